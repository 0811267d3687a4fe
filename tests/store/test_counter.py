"""Where a journal stands, as whoever takes a number sees it, also beside someone who has just begun an epoch."""

import asyncio
import threading

import pytest

from server.database import Database, Tx
from server.store import counter
from tests.store.journals import NOW


@pytest.mark.usefixtures("sync")
async def test_a_journal_knows_its_only_epoch_and_later_all_of_them(database: Database) -> None:
    def taken(tx: Tx) -> counter.Head:
        return counter.take(tx, "anna", 1, NOW)

    only = await database.write(taken)
    await database.write(lambda tx: counter.open_epoch(tx, "anna", "e2", NOW, fork=1))
    both = await database.write(taken)
    seen = await database.read(lambda tx: counter.peek(tx, "anna"))

    assert (dict(only.epochs.forks), only.epochs.current) == ({"e1": 0}, "e1")
    assert (dict(both.epochs.forks), both.epochs.current) == ({"e1": 0, "e2": 1}, "e2")
    assert seen == both


@pytest.mark.usefixtures("sync")
async def test_who_waited_for_the_journal_sees_the_epoch_that_was_opened_meanwhile(database: Database) -> None:
    begun, free = threading.Event(), threading.Event()

    def opening(tx: Tx) -> None:
        counter.open_epoch(tx, "anna", "e2", NOW, fork=0)
        begun.set()
        free.wait(20)

    first = asyncio.create_task(database.write(opening))
    await asyncio.to_thread(begun.wait, 20)
    second = asyncio.create_task(database.write(lambda tx: counter.take(tx, "anna", 1, NOW)))
    async with asyncio.timeout(20):
        while database.engine == "postgresql" and not await database.read(_somebody_waits):
            pass
    free.set()
    await first

    epochs = (await second).epochs
    assert (dict(epochs.forks), epochs.current) == ({"e1": 0, "e2": 0}, "e2")


def _somebody_waits(tx: Tx) -> bool:
    return tx.one("SELECT 1 FROM pg_locks WHERE NOT granted") is not None
