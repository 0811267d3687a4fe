"""What the ledger is told, and when: never before it is so, and never after someone was told that it is."""

import msgspec
import pytest

from server.database import Database
from server.store.agreed import op_of
from server.store.keys import Keys
from server.store.ledger import Ended, Ledger, Notes
from server.store.lifetimes import LIFE
from server.store.op import Op
from server.store.restored import Restored
from server.store.sharing import id_of
from server.store.sync import Sync
from tests.store.journals import ANNA, NOW, delete, put, rid, saved, send, withdraw


@pytest.fixture
def ledger(keys: Keys) -> Ledger:
    return Ledger(keys.database)


def sharing(paused: bool) -> Op:
    """Anna pauses what she shares, or goes on."""
    said = put("sharing", str(paused), kind="preference", audience="service")
    return msgspec.structs.replace(said, record=id_of(ANNA.id), body=msgspec.json.encode({"paused": paused}))


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


async def seen(ledger: Ledger, keys: Keys) -> list[tuple[object, int]]:
    """What it keeps of who may see Anna's journal, with the number of each."""
    found, key = (await ledger.known()).agreed.get(ANNA.id, []), await keys.of(ANNA.id)
    ops = [(op_of(key, ANNA.id, one, one.record, None), one.seq) for one in found]
    return [(msgspec.json.decode(op.body or b"null"), seq) for op, seq in ops]


async def test_what_was_said_last_of_who_may_see_what_is_noted(sync: Sync, ledger: Ledger, keys: Keys) -> None:
    pause, go_on = sharing(True), sharing(False)
    await send(sync, put("one"), pause)
    await send(sync, go_on)
    await send(sync, pause)  # a phone says late what it said first

    assert await seen(ledger, keys) == [({"paused": False}, 3)]
    assert b"paused" not in (await ledger.known()).agreed[ANNA.id][0].said


async def test_a_server_that_stopped_before_it_noted_who_may_see_notes_it_when_it_is_said_again(
    sync: Sync, ledger: Ledger, keys: Keys
) -> None:
    await send(sync, sharing(True))
    await keys.database.write(lambda tx: tx.run("DELETE FROM agreed"))

    await send(sync, sharing(True))

    assert await seen(ledger, keys) == [({"paused": True}, 1)]


async def test_a_ledger_from_before_learns_at_a_start_who_may_see_what(
    sync: Sync, ledger: Ledger, keys: Keys, database: Database
) -> None:
    await send(sync, sharing(True))
    await keys.database.write(lambda tx: tx.run("DELETE FROM agreed"))

    await Restored(database, keys).look(NOW)

    assert await seen(ledger, keys) == [({"paused": True}, 1)]


async def test_of_an_erased_client_nothing_of_who_might_see_stays(sync: Sync, ledger: Ledger) -> None:
    await send(sync, sharing(True))

    await ledger.note_erased(ANNA.id, NOW)

    assert not await ledger.has_agreed()


async def test_notes_are_forgotten_with_the_tombstones(ledger: Ledger, database: Database) -> None:
    ended = Ended(record=rid("one"), kind="note", author="client", state="deleted", ord=0, seq=1)
    await ledger.note(ANNA.id, Notes([ended]), NOW)

    await ledger.forget(NOW + LIFE - LIFE)
    assert await standing(ledger) != []

    await ledger.forget(NOW + 1)
    assert await standing(ledger) == []
