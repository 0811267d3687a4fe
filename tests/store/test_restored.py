"""A database that was put back is noticed when it is opened, and told what has happened since it was copied."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from server.database import Database, Tx
from server.merge import Rev
from server.models import Viewer
from server.store.high_water import HighWater, expect_more, reach
from server.store.keys import Keys
from server.store.known_ids import copy_id
from server.store.ledger import Ended, Epoch, Ledger, Notes, State
from server.store.op import Op
from server.store.restored import Mended, Restored
from server.store.sync import Sync
from tests.store.journals import ANNA, NOW, delete, everything, put, rid, saved, send, text, withdraw

LATER = NOW + 60_000
TERESA = Viewer(id="teresa", role="therapist", practice="p", login="l3", name="Teresa")


@pytest.fixture
def restored(sync: Sync, database: Database, keys: Keys) -> Restored:
    """Anna's and Bruno's journals, and who looks at them at a start."""
    return Restored(database, keys)


async def put_back(keys: Keys, restored: Restored) -> Mended:
    """The database is an old one: the ledger has come further."""
    await expect_more(keys.database)
    mended = await restored.look(LATER)
    assert mended is not None
    return mended


async def since(keys: Keys, record: str, state: State, seq: int, place: int = 0) -> None:
    """What a server noted after the copy was made."""
    ended = Ended(record=rid(record), kind="note", author="client", state=state, ord=place, seq=seq)
    await Ledger(keys.database).note(ANNA.id, Notes([ended]), NOW)


def sent_again(record: str, text: str, lost: Rev) -> Op:
    """What every device makes of a version that a restore lost."""
    return msgspec.structs.replace(put(record, text, lost), id=copy_id(rid(record), str(lost)))


@pytest.mark.parametrize("restores", [1, 2])
@pytest.mark.parametrize("end", [delete, withdraw])
async def test_what_comes_late_ends_what_was_seen_where_it_was_said_and_nothing_later(
    sync: Sync, restored: Restored, keys: Keys, database: Database, end: Callable[[str, Rev], Op], restores: int
) -> None:
    epoch, _ = (await send(sync)).epochs[0]
    await put_back(keys, restored)
    assert (await send(sync, end("one", Rev(epoch, 3)))).outcomes[0].status == "applied"
    if restores == 2:
        await database.write(lambda tx: tx.run("DELETE FROM record"))  # the copy is from before all of it
        assert (await put_back(keys, restored)).gone == 1

    older, later = (sent_again("one", f"text {seq}", Rev(epoch, seq)) for seq in (2, 4))
    told = (await send(sync, older, later)).outcomes

    assert [one.status for one in told] == ["stale", "conflict"]
    records = (await everything(sync)).values()
    shared = {text(one) for one in records if one.audience == "therapist" and not one.deleted}
    assert shared == ({"text 4"} if end is delete else set())


async def test_the_database_that_was_left_is_not_touched(sync: Sync, restored: Restored) -> None:
    await saved(sync, put("one"))
    before = await send(sync)

    assert [await restored.look(LATER) for _ in range(3)] == [None, None, None]
    assert (await send(sync)).epochs == before.epochs


async def test_one_put_back_begins_a_new_epoch_once(sync: Sync, restored: Restored, keys: Keys) -> None:
    rev = await saved(sync, put("one"))

    mended = await put_back(keys, restored)

    assert (mended.journals, await restored.look(LATER)) == (2, None)
    assert [fork for _, fork in (await send(sync)).epochs] == [0, rev.seq]


async def test_one_whose_mark_lags_behind_is_one_put_back(
    restored: Restored, database: Database, keys: Keys, sync: Sync
) -> None:
    high_water = HighWater(database, keys.database)
    await restored.look(LATER)
    await high_water.rise()
    await database.write(lambda tx: tx.run("UPDATE high_water SET mark = mark - 1"))

    assert await restored.look(LATER) is not None


async def test_one_that_is_further_than_the_ledger_is_the_right_one(
    restored: Restored, database: Database, sync: Sync
) -> None:
    await database.write(lambda tx: reach(tx, 1_000))

    assert await restored.look(LATER) is None


async def test_of_two_nodes_that_start_together_one_mends(sync: Sync, database: Database, keys: Keys) -> None:
    await expect_more(keys.database)

    looked = await asyncio.gather(*(Restored(database, keys).look(LATER) for _ in range(2)))

    assert len([mended for mended in looked if mended is not None]) == 1
    assert len((await send(sync)).epochs) == 2


async def test_what_was_said_after_a_copy_that_was_too_old_is_lost_with_the_right_one(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    """In `e2` a phone was told of a number that the right copy has, too."""
    older = await saved(sync, put("one"))
    newer = await saved(sync, put("two"))
    between = Epoch(client=ANNA.id, epoch="e2", parent="e1", fork=older.seq, opened_at=NOW, ord=2)
    await Ledger(keys.database).note_epochs([between])

    await put_back(keys, restored)

    answer = await send(sync, cursor=Rev("e2", newer.seq))
    assert (answer.reset, answer.epochs) == ("epoch", [("e1", 0), (answer.cursor.epoch, newer.seq)])
    ends = [(one.epoch, one.parent) for one in (await Ledger(keys.database).known()).epochs if one.client == ANNA.id]
    assert ends == [("e1", None), ("e2", "e1"), (answer.cursor.epoch, "e1")]


async def test_what_was_edited_on_both_sides_of_a_copy_that_was_too_old_is_kept_twice(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    first = await saved(sync, put("one", "first"))
    await saved(sync, put("one", "as the right copy has it", first))
    between = Epoch(client=ANNA.id, epoch="e2", parent="e1", fork=first.seq, opened_at=NOW, ord=2)
    await Ledger(keys.database).note_epochs([between])
    await put_back(keys, restored)

    lost = Rev("e2", first.seq + 1)
    outcome = (await send(sync, sent_again("one", "as it was said between", lost))).outcomes[0]

    assert outcome.status == "conflict"
    texts = {text(record) for record in (await everything(sync)).values()}
    assert texts == {"as the right copy has it", "as it was said between"}


async def test_a_lost_text_that_was_replaced_by_then_is_not_brought_back_by_another_phone(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    """Both phones have the lost text; one edits it and is there first, the other one sends it again as it was."""
    await put_back(keys, restored)
    lost = Rev("e1", 1)
    await saved(sync, put("one", "edited", lost))

    again = sent_again("one", "lost", lost)
    outcomes = [(await send(sync, again)).outcomes[0] for _ in range(2)]
    later = (await send(sync, put("one", "edited on the other phone", lost))).outcomes[0]

    assert [(one.status, one.rev) for one in outcomes] == [("applied", lost)] * 2
    assert later.status == "conflict"
    assert {text(one) for one in (await everything(sync)).values()} == {"edited", "edited on the other phone"}


async def test_a_lost_text_of_which_an_edit_became_a_copy_is_not_brought_back_either(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    first = await saved(sync, put("one", "first"))
    await put_back(keys, restored)
    await saved(sync, put("one", "on what is there", first))
    lost = Rev("e1", first.seq + 1)

    copied = (await send(sync, put("one", "on what was lost", lost))).outcomes[0]
    outcome = (await send(sync, sent_again("one", "lost", lost))).outcomes[0]

    assert (copied.status, outcome.status) == ("conflict", "applied")
    assert {text(one) for one in (await everything(sync)).values()} == {"on what is there", "on what was lost"}


async def test_who_deletes_what_a_restore_brought_back_does_not_delete_an_edit_they_never_saw(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    first = await saved(sync, put("one", "first"))
    await put_back(keys, restored)
    await saved(sync, delete("one", first))
    lost = Rev("e1", first.seq + 1)

    outcome = (await send(sync, sent_again("one", "an edit that was lost", lost))).outcomes[0]

    assert outcome.status == "conflict"
    assert [text(one) for one in (await everything(sync)).values() if not one.deleted] == ["an edit that was lost"]


async def test_who_deletes_what_a_restore_lost_has_deleted_it_and_what_was_lost_before_it(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    first = await saved(sync, put("one", "first"))
    await put_back(keys, restored)
    before, lost = Rev("e1", first.seq + 1), Rev("e1", first.seq + 2)
    await send(sync, delete("one", lost))

    await send(sync, sent_again("one", "lost", lost))
    await send(sync, sent_again("one", "lost before it", before))

    assert [one.id for one in (await everything(sync)).values() if not one.deleted] == []


async def test_who_deletes_what_a_restore_lost_leaves_what_someone_made_of_the_older_text(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    first = await saved(sync, put("one", "first"))
    await put_back(keys, restored)
    await saved(sync, put("one", "on the older text", first))
    lost = Rev("e1", first.seq + 1)

    outcome = (await send(sync, delete("one", lost))).outcomes[0]
    await send(sync, sent_again("one", "lost", lost))

    assert outcome.status == "stale"
    assert [text(one) for one in (await everything(sync)).values()] == ["on the older text"]


async def test_what_was_deleted_since_is_deleted_again_with_its_history(
    sync: Sync, restored: Restored, keys: Keys, database: Database
) -> None:
    rev = await saved(sync, put("one", "first"))
    rev = await saved(sync, put("one", "second", rev))
    await since(keys, "one", "deleted", rev.seq + 1)

    mended = await put_back(keys, restored)

    assert mended.gone == 1
    assert (await everything(sync))[rid("one")].deleted
    assert await database.read(lambda tx: tx.one("SELECT count(*) FROM version")) == (0,)


async def test_a_phone_that_missed_the_delete_does_not_bring_it_back(
    sync: Sync, restored: Restored, keys: Keys
) -> None:
    """The copy is from before the record; the phone that deleted it is gone; another one still has the text."""
    await since(keys, "one", "deleted", 2)
    await put_back(keys, restored)

    lost = Rev("e1", 1)
    again = sent_again("one", "as the other phone has it", lost)
    outcome = (await send(sync, again)).outcomes[0]

    assert outcome.status in {"stale", "conflict"}
    assert (await everything(sync))[rid("one")].deleted


async def test_what_was_taken_back_since_is_empty_again(sync: Sync, restored: Restored, keys: Keys) -> None:
    rev = await saved(sync, put("one"))
    await since(keys, "one", "withdrawn", rev.seq + 1)

    await put_back(keys, restored)

    record = (await everything(sync))[rid("one")]
    assert (record.audience, record.body) == ("me", msgspec.UNSET)


async def test_what_was_shared_again_before_the_copy_was_made_stays(sync: Sync, restored: Restored, keys: Keys) -> None:
    rev = await saved(sync, put("one"))
    rev = await saved(sync, withdraw("one", rev))
    await saved(sync, put("one", "shared again", rev))

    mended = await put_back(keys, restored)

    assert mended.gone == 0
    assert text((await everything(sync))[rid("one")]) == "shared again"


async def test_what_the_copy_knows_to_be_gone_is_left_as_it_is(sync: Sync, restored: Restored, keys: Keys) -> None:
    rev = await saved(sync, put("one"))
    await send(sync, delete("one", rev))
    before = (await everything(sync))[rid("one")].rev

    mended = await put_back(keys, restored)

    assert mended.gone == 0
    assert (await everything(sync))[rid("one")].rev == before


async def test_two_restores_in_a_row_bring_nothing_back(sync: Sync, restored: Restored, keys: Keys) -> None:
    rev = await saved(sync, put("one"))
    await since(keys, "one", "deleted", rev.seq + 1)
    await put_back(keys, restored)
    await put_back(keys, restored)

    assert (await everything(sync))[rid("one")].deleted
    assert len((await send(sync)).epochs) == 3


async def test_ways_in_that_may_have_been_closed_since_are_closed(
    sync: Sync, restored: Restored, database: Database, keys: Keys
) -> None:
    await database.write(_ways_in)
    await Ledger(keys.database).note_login("anna's lost phone", NOW)

    await put_back(keys, restored)

    live = await database.read(lambda tx: tx.all("SELECT id FROM login WHERE revoked_at IS NULL ORDER BY id"))
    open_invites = await database.read(lambda tx: tx.all("SELECT id FROM invite WHERE revoked_at IS NULL"))
    due = await database.read(lambda tx: tx.all("SELECT id, state FROM occasion ORDER BY id"))
    assert (live, open_invites) == ([("anna's phone",)], [])
    assert due == [("past", "expired"), ("to come", "planned")]


def _ways_in(tx: Tx) -> None:
    for id, role, person in (
        ("anna's phone", "client", "anna"),
        ("anna's lost phone", "client", "anna"),
        ("desk", "therapist", "teresa"),
    ):
        tx.run(
            "INSERT INTO login (id, token_hash, role, person_id, practice_id, device, created_at, seen_at, expires_at) "
            "VALUES (:id, :hash, :role, :person, 'p', '', 0, 0, 0)",
            id=id,
            hash=id.encode(),
            role=role,
            person=person,
        )
    tx.run(
        "INSERT INTO invite (id, client_id, practice_id, made_by, secret_hash, expires_at, created_at) "
        "VALUES ('i', 'anna', 'p', 'teresa', :hash, 0, 0)",
        hash=b"i",
    )
    for id, due in (("past", LATER), ("to come", LATER + 1)):
        tx.run(
            "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state) "
            "VALUES (:id, 'anna', 'plan', :id, 0, :due, :due, 0, 'planned')",
            id=id,
            due=due,
        )


async def test_who_no_longer_accompanied_anna_or_could_sign_in_does_not_again(
    restored: Restored, database: Database, keys: Keys
) -> None:
    ledger = Ledger(keys.database)
    await database.write(_accompanied)
    await ledger.note_parted("anna", ["teresa"], NOW)
    await ledger.note_parted("bruno", ["teresa"], NOW - 2)
    await ledger.note_disabled("carlo", True, NOW)
    await ledger.note_disabled("teresa", True, NOW)
    await ledger.note_disabled("teresa", False, NOW)

    await put_back(keys, restored)

    live = await database.read(lambda tx: tx.all("SELECT client_id FROM relationship WHERE until IS NULL"))
    off = await database.read(lambda tx: tx.all("SELECT id FROM account WHERE disabled = 1"))
    assert ([tuple(one) for one in live], [tuple(one) for one in off]) == ([("bruno",)], [("carlo",)])


def _accompanied(tx: Tx) -> None:
    """Teresa accompanies both; Bruno again since she was noted to have parted from him."""
    for person in ("teresa", "carlo"):
        tx.run(
            "INSERT INTO account (id, practice_id, role, name, display_name, created_at) "
            "VALUES (:id, 'p', 'therapist', :id, :id, 0)",
            id=person,
        )
    tx.run("INSERT INTO relationship (client_id, therapist_id, since) VALUES ('anna', 'teresa', :at)", at=NOW - 1)
    tx.run("INSERT INTO relationship (client_id, therapist_id, since) VALUES ('bruno', 'teresa', :at)", at=NOW - 1)
