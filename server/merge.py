"""What becomes of an op on a record: pure, the rules of the journal in one place.

The server orders; device clocks never decide. `base` is the revision that was on screen when editing began.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, Literal

import msgspec

from server.bodies import LATEST_WINS
from server.models import Audience

Action = Literal["put", "delete", "withdraw"]
_NARROWEST_FIRST: Final[tuple[Audience, ...]] = ("me", "service", "therapist")


class Rev(msgspec.Struct, frozen=True, order=True):
    """A revision: the epoch it was made in, and the journal's counter then."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"


def parse_rev(text: str) -> Rev | None:
    """`epoch.seq`, or None when it is not of that form."""
    epoch, dot, seq = text.partition(".")
    if not (epoch.isascii() and epoch.isalnum() and dot and seq.isascii() and seq.isdigit() and len(seq) < 19):
        return None
    return Rev(epoch, int(seq))


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """The record as the server holds it."""

    rev: Rev
    kind: str
    audience: Audience
    deleted: bool
    content: bytes
    """A keyed digest of what the record says."""


class Verdict(Enum):
    """What to do with an op."""

    APPLY = "apply"
    SAME = "same"
    COPY = "copy"
    STALE = "stale"


class Epochs(msgspec.Struct, frozen=True):
    """The journal's epochs with the counter at which each began; the last is the current one."""

    forks: Mapping[str, int]
    current: str

    def descends(self, base: Rev, current: Rev) -> bool:
        """Whether `base` was lost by a restore that `current` is older than: then what was said on `base` follows on
        `current`, which nobody has changed since."""
        order = list(self.forks)
        if base.epoch not in self.forks or current.epoch not in self.forks:
            return False
        later = order[order.index(base.epoch) + 1 :]
        losing = next((epoch for epoch in later if base.seq > self.forks[epoch]), None)
        return losing is not None and order.index(current.epoch) < order.index(losing)


def decide(
    current: Current | None, action: Action, kind: str, base: Rev | None, content: bytes, epochs: Epochs
) -> Verdict:
    """A current base applies, equal content is no conflict, a stale put is copied, a stale delete deletes nothing,
    taking back a share always works."""
    if current is None:
        return Verdict.APPLY
    if action == "withdraw":
        return Verdict.STALE if current.deleted else Verdict.APPLY
    fits = base == current.rev or (base is not None and epochs.descends(base, current.rev))
    if action == "delete":
        return Verdict.SAME if current.deleted else Verdict.APPLY if fits else Verdict.STALE
    if current.deleted and kind in LATEST_WINS:
        return Verdict.STALE
    if current.deleted:
        return Verdict.COPY
    if content == current.content:
        return Verdict.SAME
    return Verdict.APPLY if fits or kind in LATEST_WINS else Verdict.COPY


def narrower(one: Audience, other: Audience) -> Audience:
    """The narrower of two audiences: what was meant for fewer stays with fewer."""
    return one if _NARROWEST_FIRST.index(one) <= _NARROWEST_FIRST.index(other) else other
