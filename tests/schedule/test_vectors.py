"""What the phone works out by itself and what the server does are the same: both keep to `vectors.json`."""

from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import pytest
from msgspec.structs import replace

from server import bodies
from server.schedule import Limits, Occasion, outlook, within
from server.store.limits import as_limits
from server.store.plan_records import as_planned

SECRET: Final = b"a secret of the server, 32 bytes"


class Expected(msgspec.Struct):
    """A reminder at a time, or `times` of them between `at` and `to`."""

    plan: str
    day: str
    slot: int
    at: str
    to: str | None = None
    times: int = 1
    skip: str | None = None
    maybe: bool = False


class Vector(msgspec.Struct, rename={"start": "from"}):
    """What was planned, and what there will be."""

    why: str
    zone: str
    start: str
    days: int
    limits: bodies.Preference
    plans: dict[str, bodies.Plan]
    done: list[tuple[str, str, int]]
    gives: list[Expected]


VECTORS: Final = msgspec.json.decode((Path(__file__).parent / "vectors.json").read_bytes(), type=list[Vector])


@pytest.mark.parametrize("vector", VECTORS, ids=[one.why for one in VECTORS])
def test_the_server_plans_what_the_vectors_say(vector: Vector) -> None:
    found = planned(vector)

    assert {(plan, one.day) for plan, one in found} == {(one.plan, one.day) for one in vector.gives}
    for expected in vector.gives:
        mine = [one for plan, one in found if (plan, one.day) == (expected.plan, expected.day)]
        if expected.to is None:
            mine = [one for one in mine if one.slot == expected.slot]
            assert [one.due_at for one in mine] == [at(expected.at)]
        agrees(expected, mine)


def agrees(expected: Expected, mine: list[Occasion]) -> None:
    if not expected.maybe:
        assert {one.skip for one in mine if one.skip != "done"} == ({expected.skip} - {"done"})
    if expected.to is not None and expected.skip is None:
        assert len([one for one in mine if one.skip != "done"]) == expected.times
        assert all(at(expected.at) <= one.due_at < at(expected.to) for one in mine)
        assert all(one.end_at <= at(expected.to) for one in mine)


def planned(vector: Vector) -> list[tuple[str, Occasion]]:
    limits: Limits = as_limits(vector.limits)
    found: list[tuple[str, Occasion]] = []
    for name, body in vector.plans.items():
        plan = as_planned(body, name, vector.zone, limits)
        found += [(name, one) for one in outlook(plan, vector.start, vector.days, SECRET)]
    marked = [
        (name, replace(one, skip="done") if one.skip is None and (name, one.day, one.slot) in vector.done else one)
        for name, one in found
    ]
    return within(marked, limits.most, {})


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)
