"""No reminder ever leaves when it must not. `MIDWEEK_SIMULATED=1000000` looks at a million of them by the engine's own
statements on a database, in parts that may run side by side; and at as many by the pure functions alone."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from server.database import open_database
from tests.schedule.simulation import World, walk

ON_A_DATABASE: Final = int(os.environ.get("MIDWEEK_SIMULATED", "5000"))
OCCASIONS: Final = max(ON_A_DATABASE, 40_000)
PARTS: Final = 1 if ON_A_DATABASE < 100_000 else 8
PEOPLE: Final = 70
DAYS: Final = 9
WALK: Final = 40


@pytest.fixture
async def made(tmp_path: Path) -> Path:
    """A database file with its tables."""
    await (await open_database(tmp_path / "main.db")).close()
    return tmp_path / "main.db"


@pytest.fixture
def conn(made: Path) -> Iterator[sqlite3.Connection]:
    """A copy of it in memory."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with sqlite3.connect(made) as file:
        file.backup(memory)
    yield memory
    memory.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_no_reminder_leaves_outside_its_window_in_quiet_hours_after_done_or_twice(
    conn: sqlite3.Connection, part: int
) -> None:
    seen, sent, seed = 0, 0, part
    while seen < ON_A_DATABASE / PARTS:
        world = World(conn, seed, PEOPLE)
        seen += world.run(DAYS)
        sent += len(world.sent)
        assert world.broken == []
        seed += PARTS
    print(f"on a database: {seen} occasions, {sent} sent, none wrong")
    assert sent > seen // 8


def test_what_is_planned_may_leave_whenever_the_engine_comes_to_it() -> None:
    seen, sent, seed = 0, 0, 0
    while seen < OCCASIONS:
        some, gone, broken = walk(seed, WALK)
        seen, sent, seed = seen + some, sent + gone, seed + 1
        assert broken == []
    print(f"by the pure functions: {seen} occasions, {sent} sent, none wrong")
    assert sent > seen // 8
