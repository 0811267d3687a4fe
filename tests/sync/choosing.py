"""What a step of an example chooses from. It is counted round, so that a number always means something."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from tests.sync.people import Device
from tests.sync.phones import Row

T = TypeVar("T")


def pick(among: Sequence[T], which: int) -> T:
    """The one at `which`, counted round."""
    return among[which % len(among)]


def pick_or_none(among: Sequence[T], which: int) -> T | None:
    """The same, None when there is none."""
    return among[which % len(among)] if among else None


def ids_of(op: Mapping[str, object]) -> set[object]:
    """The ids that a phone made for an op."""
    return {op["id"], op["record"]}


def texts_on(device: Device) -> list[Row]:
    """The texts that a person can change, delete or take back there, which are shared."""
    return [row for row in own_on(device) if row.shared]


def own_on(device: Device) -> list[Row]:
    """What a person made themselves, and has there."""
    return [row for row in device.phone.shown() if row.author == "client"]
