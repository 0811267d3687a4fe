"""What is done once a day, by one node of however many: forgetting what has outlived its time."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

import structlog

from server.database import forget_upgrade_copies
from server.models import Millis
from server.store.lifetimes import DAY, Lifetimes

LEAP: Final = 30 * DAY
"""A clock that went on by more than this since the last time is first believed a day later: what is forgotten because
a clock was wrong does not come back."""
SLACK: Final = 3_600_000
"""How far nodes' clocks may differ."""
FIRST_LOOK: Final = 60.0
LOOK_EVERY: Final = 3_600.0

Step = Literal["wait", "note", "run"]
_log = structlog.get_logger("midweek.housekeeping")


def due(last: Millis | None, now: Millis) -> Step:
    """What to do at `now` when it was last begun at `last`: nothing yet, only note that a day begins, or the work."""
    if last is None:
        return "note"
    passed = now - last
    if passed < -SLACK or passed > LEAP:
        return "note"
    return "run" if passed >= DAY else "wait"


class Housekeeping:
    """Looks every hour whether the day's work is due. `copies` are the databases whose upgrade copies this node has."""

    def __init__(self, lifetimes: Lifetimes, copies: Sequence[Path], clock: Callable[[], Millis]) -> None:
        self._lifetimes, self._copies, self._clock = lifetimes, copies, clock
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Look from now on, in the background."""
        self._running = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop. A step that was begun is finished by the database; the rest is done another day."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def look(self, now: Millis) -> bool:
        """Do the day's work if it is due and no other node has taken it on; whether it was done."""
        last = await self._lifetimes.begun_at()
        step = due(last, now)
        if step == "wait" or not await self._lifetimes.begin(last, now) or step == "note":
            return False
        gone = await self._lifetimes.forget(now)
        copies = [copy for path in self._copies for copy in forget_upgrade_copies(path, now)]
        _log.info(
            "forgotten", tombstones=gone.tombstones, results=gone.results, tries=gone.tries, upgrade_copies=len(copies)
        )
        return True

    async def _run(self) -> None:
        await asyncio.sleep(FIRST_LOOK)
        while True:
            try:
                await self.look(self._clock())
            except Exception as problem:  # the loop outlives a database that is away
                _log.error("housekeeping-failed", error=type(problem).__name__)
            await asyncio.sleep(LOOK_EVERY)
