"""What the ledger is told, and when: never before it is so, and never after someone was told that it is."""

import pytest

from server.database import Database
from server.store.keys import Keys
from server.store.ledger import Ended, Ledger, Notes
from server.store.lifetimes import LIFE
from server.store.sync import Sync
from tests.store.journals import ANNA, NOW, delete, put, rid, saved, send, withdraw


@pytest.fixture
def ledger(keys: Keys) -> Ledger:
    return Ledger(keys.database)


async def standing(ledger: Ledger) -> list[tuple[str, str]]:
    """What of Anna's records stands as gone."""
    return [(one.record, one.state) for one in (await ledger.known()).ended.get(ANNA.id, [])]


async def test_a_delete_and_a_withdrawal_are_noted(sync: Sync, ledger: Ledger) -> None:
    one, two = await saved(sync, put("one")), await saved(sync, put("two"))

    await send(sync, delete("one", one), withdraw("two", two))

    assert await standing(ledger) == [(rid("one"), "deleted"), (rid("two"), "withdrawn")]


async def test_what_came_to_nothing_is_not_noted(sync: Sync, ledger: Ledger) -> None:
    rev = await saved(sync, put("one"))
    await saved(sync, put("one", "again", rev))

    await send(sync, delete("one", rev))

    assert await standing(ledger) == []


async def test_what_is_shared_again_after_it_was_taken_back_is_not_gone(sync: Sync, ledger: Ledger) -> None:
    rev = await saved(sync, put("one"))
    rev = await saved(sync, withdraw("one", rev))

    await send(sync, put("one", "shared again", rev))

    assert await standing(ledger) == []


async def test_a_withdrawal_that_arrives_again_late_changes_nothing(sync: Sync, ledger: Ledger) -> None:
    took_back = withdraw("one", await saved(sync, put("one")))
    rev = await saved(sync, took_back)
    await send(sync, put("one", "shared again", rev))

    await send(sync, took_back)

    assert await standing(ledger) == []


async def test_a_server_that_stopped_before_it_noted_a_delete_notes_it_when_it_comes_again(
    sync: Sync, ledger: Ledger, keys: Keys
) -> None:
    gone = delete("one", await saved(sync, put("one")))
    await send(sync, gone)
    await keys.database.write(lambda tx: tx.run("DELETE FROM ended_record"))

    await send(sync, gone)

    assert await standing(ledger) == [(rid("one"), "deleted")]


async def test_an_epoch_that_a_cursor_ahead_opened_is_noted(sync: Sync, ledger: Ledger) -> None:
    synced = await send(sync, put("one"))
    ahead = synced.cursor.__class__(synced.cursor.epoch, synced.cursor.seq + 5)

    await send(sync, cursor=ahead)

    assert [epoch.fork for epoch in (await ledger.known()).epochs] == [1]


async def test_notes_are_forgotten_with_the_tombstones(ledger: Ledger, database: Database) -> None:
    ended = Ended(record=rid("one"), kind="note", author="client", state="deleted", ord=0, seq=1)
    await ledger.note(ANNA.id, Notes([ended]), NOW)

    await ledger.forget(NOW + LIFE - LIFE)
    assert await standing(ledger) != []

    await ledger.forget(NOW + 1)
    assert await standing(ledger) == []
