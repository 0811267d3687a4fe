"""What is forgotten after its time, and what then becomes of those who come late."""

import pytest

from server.database import Database
from server.merge import Rev
from server.store.known_ids import copy_id
from server.store.lifetimes import DAY, LIFE, STEP, Forgotten, Lifetimes
from server.store.sync import Pull, Sync, Synced
from tests.store.journals import ANNA, BRUNO, NOW, delete, everything, put, restored, rid, saved, send, text, withdraw

LATER = NOW + LIFE + DAY


async def dropped(sync: Sync, lifetimes: Lifetimes) -> Rev:
    """A record, deleted, and its tombstone forgotten; its first revision."""
    first = await saved(sync, put("one"))
    await send(sync, delete("one", first))
    await lifetimes.forget(LATER)
    return first


async def asked(sync: Sync, cursor: Rev) -> Synced:
    return await sync.exchange(ANNA, Pull(cursor=cursor, limit=200, zone=None), [], LATER)


async def test_a_tombstone_lives_400_days_and_not_one_more(sync: Sync, lifetimes: Lifetimes) -> None:
    first = await saved(sync, put("one"))
    await send(sync, delete("one", first), put("two"))

    assert (await lifetimes.forget(NOW + LIFE)).tombstones == 0
    assert (await lifetimes.forget(NOW + LIFE + 1)).tombstones == 1
    assert set(await everything(sync)) == {rid("two")}


async def test_who_has_read_the_tombstone_goes_on_and_who_has_not_begins_anew(sync: Sync, lifetimes: Lifetimes) -> None:
    await send(sync, put("one"), delete("one", Rev("e1", 1)), put("two"), viewer=ANNA)
    await send(sync, put("one"), viewer=BRUNO)
    await lifetimes.forget(LATER)

    assert (await asked(sync, Rev("e1", 1))).reset == "age"
    assert (await asked(sync, Rev("e1", 2))).reset is None
    assert (await send(sync, viewer=BRUNO, cursor=Rev("e1", 0))).reset is None


async def test_more_than_one_step_is_forgotten_whole_and_living_records_stay(
    sync: Sync, database: Database, lifetimes: Lifetimes
) -> None:
    count = STEP + 20
    for start in range(0, count, 100):
        size = min(100, count - start)
        first = start * 2
        names = [f"r{i}" for i in range(start, start + size)]
        await send(sync, *map(put, names))
        await send(sync, *(delete(name, Rev("e1", first + i + 1)) for i, name in enumerate(names)))
    await send(sync, put("alive"))
    await sync.exchange(ANNA, Pull(cursor=None, limit=1, zone=None), [put("young", op="young")], LATER)

    gone = await lifetimes.forget(LATER)

    assert gone == Forgotten(tombstones=count, results=2 * count, tries=0)
    assert set(await everything(sync)) == {rid("alive"), rid("young")}
    assert await database.read(lambda tx: tx.all("SELECT floor FROM client WHERE id = 'anna'")) == [(2 * count,)]
    assert await lifetimes.forget(LATER) == Forgotten(tombstones=0, results=0, tries=0)


async def test_counts_of_tries_are_forgotten_after_a_day(sync: Sync, database: Database, lifetimes: Lifetimes) -> None:
    for key, at in (("old", NOW), ("new", NOW + DAY)):
        await database.write(
            lambda tx, key=key, at=at: tx.run(  # type: ignore[misc]
                "INSERT INTO attempt (key, window_start, tries) VALUES (:key, :at, 1)", key=key, at=at
            )
        )

    assert (await lifetimes.forget(NOW + DAY + 1)).tries == 1
    assert await database.read(lambda tx: tx.all("SELECT key FROM attempt")) == [("new",)]


async def test_an_edit_of_what_was_deleted_long_ago_is_a_copy_the_same_each_time(
    sync: Sync, lifetimes: Lifetimes
) -> None:
    first = await dropped(sync, lifetimes)
    late = put("one", "written on a plane", first, op="late")

    outcomes = [(await send(sync, late)).outcomes[0] for _ in range(2)]

    copy = copy_id(rid("one"), rid("late"))
    records = await everything(sync)
    assert [(o.status, o.rev, o.copy) for o in outcomes] == [("conflict", None, copy)] * 2
    assert set(records) == {copy}
    assert (text(records[copy]), records[copy].conflict_of) == ("written on a plane", rid("one"))


@pytest.mark.parametrize("kind", ["plan", "preference", "safety-plan"])
async def test_a_plan_deleted_long_ago_does_not_come_back(sync: Sync, kind: str, lifetimes: Lifetimes) -> None:
    first = await saved(sync, put("one", kind=kind, audience="service"))
    await send(sync, delete("one", first, kind=kind))
    await lifetimes.forget(LATER)

    outcome = (await send(sync, put("one", "again", first, kind=kind, audience="service"))).outcomes[0]

    assert outcome.status == "stale"
    assert await everything(sync) == {}


async def test_taking_back_what_was_deleted_long_ago_brings_nothing_back(sync: Sync, lifetimes: Lifetimes) -> None:
    first = await dropped(sync, lifetimes)

    outcome = (await send(sync, withdraw("one", first))).outcomes[0]

    assert outcome.status == "stale"
    assert await everything(sync) == {}


async def test_deleting_what_was_deleted_long_ago_leaves_it_deleted(sync: Sync, lifetimes: Lifetimes) -> None:
    first = await dropped(sync, lifetimes)

    outcome = (await send(sync, delete("one", first, op="again"))).outcomes[0]

    assert outcome.status == "applied"
    assert [record.deleted for record in (await everything(sync)).values()] == [True]


async def test_something_new_below_the_floor_is_new(sync: Sync, lifetimes: Lifetimes) -> None:
    await dropped(sync, lifetimes)

    outcome = (await send(sync, put("two"))).outcomes[0]

    assert outcome.status == "applied"


@pytest.mark.parametrize("base", [Rev("e1", 7), Rev("nowhere", 1)])
async def test_what_a_restore_lost_comes_back_though_it_lies_below_the_floor(
    sync: Sync, database: Database, base: Rev, lifetimes: Lifetimes
) -> None:
    await dropped(sync, lifetimes)
    await restored(database, "e2", 2)
    await send(sync, *(put(f"since {i}") for i in range(10)))
    await database.write(lambda tx: tx.run("UPDATE client SET floor = 9"))

    outcome = (await send(sync, put("lost", "what only this phone has", base))).outcomes[0]

    assert outcome.status == "applied"
    assert text((await everything(sync))[rid("lost")]) == "what only this phone has"


async def test_the_day_is_taken_on_by_one_of_many(lifetimes: Lifetimes) -> None:
    nodes = [lifetimes, lifetimes]

    first = [await node.begin(None, NOW) for node in nodes]
    last = await nodes[1].begun_at()
    second = [await node.begin(last, NOW + DAY) for node in nodes]

    assert (first, second) == ([True, False], [True, False])
    assert await nodes[0].begun_at() == NOW + DAY
