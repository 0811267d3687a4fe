"""When the day's work is due, and that it is done while the server runs."""

import os
from pathlib import Path

import pytest

from server.housekeeping import LEAP, SLACK, Housekeeping, Step, due
from server.store.lifetimes import DAY, LIFE
from tests.cast import ANNA, START, Stage
from tests.routes.test_sync import check_in, sync, uid


@pytest.mark.parametrize(
    ("passed", "step"),
    [
        (0, "wait"),
        (DAY - 1, "wait"),
        (DAY, "run"),
        (LEAP, "run"),
        (LEAP + 1, "note"),
        (10 * 365 * DAY, "note"),
        (-SLACK, "wait"),
        (-SLACK - 1, "note"),
    ],
)
def test_it_is_due_once_a_day_and_a_clock_that_leapt_is_not_believed_at_once(passed: int, step: Step) -> None:
    assert due(START, START + passed) == step


def test_the_first_day_only_begins() -> None:
    assert due(None, START) == "note"


async def test_the_days_work_forgets_tombstones_and_old_copies_once(stage: Stage, tmp_path: Path) -> None:
    anna = await stage.signed_in(ANNA)
    base = (await sync(anna, check_in())).results[0].rev
    gone = {"action": "delete", "id": uid("gone"), "record": uid("one"), "kind": "checkin", "base": base}
    await sync(anna, gone)
    copy = tmp_path / "midweek.db.before-0002"
    copy.write_bytes(b"")
    now = START + LIFE + DAY
    os.utime(copy, (START / 1000, START / 1000))
    nodes = [Housekeeping(stage.stores.lifetimes, stage.settings.files, stage.clock) for _ in range(2)]

    begun = [await node.look(now - DAY) for node in nodes]
    done = [await node.look(now) for node in nodes]

    assert (begun, done) == ([False, False], [True, False])
    assert not copy.exists()
    assert (await sync(anna)).records == []
    assert (await sync(anna, cursor=base)).reset == "age"


async def test_it_is_stopped_with_the_server(stage: Stage) -> None:
    housekeeping = Housekeeping(stage.stores.lifetimes, [], stage.clock)
    housekeeping.start()

    await housekeeping.close()
