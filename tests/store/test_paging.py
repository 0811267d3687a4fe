"""Pages of changes, cursors, epochs after a restore, and what a phone that was away for very long is told."""

import pytest

from server.database import Database
from server.merge import Cursor, Rev, parse_cursor
from server.store.sync import Pull, Sync, Synced
from tests.store.journals import ANNA, NOW, everything, put, restored, rid, saved, send, text


@pytest.mark.parametrize("limit", [1, 2, 7, 500])
async def test_pages_of_any_size_give_the_same_set(sync: Sync, limit: int) -> None:
    await send(sync, *(put(f"r{i}") for i in range(20)))

    found: list[str] = []
    cursor: Rev | None = None
    more = True
    while more:
        answer = await send(sync, cursor=cursor, limit=limit)
        found += [record.id for record in answer.records]
        cursor, more = answer.cursor, answer.more

    assert found == [rid(f"r{i}") for i in range(20)]


async def test_what_a_phone_sends_is_not_echoed_in_the_same_answer(sync: Sync) -> None:
    answer = await send(sync, put("one"), cursor=Rev("e1", 0))

    assert answer.records == []
    assert answer.cursor == Rev("e1", 1)


async def test_a_cursor_of_another_epoch_is_reset_and_gets_everything(sync: Sync) -> None:
    await send(sync, put("one"))

    answer = await send(sync, cursor=Rev("other", 7))

    assert answer.reset == "epoch"
    assert len(answer.records) == 1


async def test_a_cursor_ahead_of_the_counter_opens_a_new_epoch(sync: Sync) -> None:
    await send(sync, put("one"))

    answer = await send(sync, cursor=Rev("e1", 9))

    assert answer.reset == "epoch"
    assert answer.epochs[0] == ("e1", 0)
    assert answer.epochs[1][1] == 1
    assert answer.cursor.epoch == answer.epochs[1][0]


async def test_an_edit_whose_base_was_lost_by_a_restore_applies(sync: Sync) -> None:
    await saved(sync, put("one"))
    await send(sync, cursor=Rev("e1", 9))

    outcome = (await send(sync, put("one", "after the backup", Rev("e1", 5)))).outcomes[0]

    assert outcome.status == "applied"


async def test_what_was_written_after_a_restore_is_not_overwritten_by_an_edit_from_before_it(
    sync: Sync, database: Database
) -> None:
    await saved(sync, put("one"))
    await restored(database, "e2", 1)
    await send(sync, put("one", "after the first restore", Rev("e1", 1)))
    await restored(database, "e3", 2)

    outcome = (await send(sync, put("one", "before it", Rev("e1", 7)))).outcomes[0]

    assert outcome.status == "conflict"
    assert text((await everything(sync))[rid("one")]) == "after the first restore"


async def test_a_cursor_below_the_dropped_tombstones_is_reset_by_age(sync: Sync, database: Database) -> None:
    await send(sync, put("one"), put("two"))
    await database.write(lambda tx: tx.run("UPDATE client SET floor = 2"))

    assert (await send(sync, cursor=Rev("e1", 1))).reset == "age"
    assert (await send(sync, cursor=Rev("e1", 2))).reset is None


async def page(sync: Sync, cursor: Cursor | None, limit: int) -> Synced:
    place = Pull(cursor=cursor.rev if cursor else None, floor=cursor.floor if cursor else 0, limit=limit, zone=None)
    return await sync.exchange(ANNA, place, [], NOW)


@pytest.mark.parametrize("limit", [1, 3, 7])
async def test_reading_everything_page_by_page_ends_though_all_of_it_lies_below_the_floor(
    sync: Sync, database: Database, limit: int
) -> None:
    await send(sync, *(put(f"r{i}") for i in range(7)))
    await database.write(lambda tx: tx.run("UPDATE client SET floor = 90, seq = 100"))

    answer = await page(sync, Cursor(Rev("e1", 4)), limit)
    found = [record.id for record in answer.records]
    resets = [answer.reset]
    while answer.more and len(resets) < 20:
        answer = await page(sync, parse_cursor(str(Cursor(answer.cursor, answer.floor))), limit)
        found += [record.id for record in answer.records]
        resets.append(answer.reset)

    assert found == [rid(f"r{i}") for i in range(7)]
    assert resets == ["age"] + [None] * (len(resets) - 1)
    assert str(Cursor(answer.cursor, answer.floor)) == "e1.100"


async def test_tombstones_dropped_while_everything_is_read_begin_the_reading_anew(
    sync: Sync, database: Database
) -> None:
    await send(sync, *(put(f"r{i}") for i in range(7)))
    await database.write(lambda tx: tx.run("UPDATE client SET floor = 5, seq = 100"))
    first = await page(sync, None, 3)
    await database.write(lambda tx: tx.run("UPDATE client SET floor = 50"))

    assert (await page(sync, Cursor(first.cursor, first.floor), 3)).reset == "age"


@pytest.mark.parametrize("said", ["e1", "e1.", "e1.4+", "e1.4+x", "e1.4+5+6", "e1.4+-1", "e1.+4", "e1.4+" + "9" * 30])
def test_a_cursor_of_another_form_is_none(said: str) -> None:
    assert parse_cursor(said) is None


def test_a_cursor_reads_as_it_was_written() -> None:
    for cursor in (Cursor(Rev("e1", 4)), Cursor(Rev("e1", 4), 9)):
        assert parse_cursor(str(cursor)) == cursor
