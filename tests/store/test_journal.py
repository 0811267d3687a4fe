"""The journal's rules, on both engines: what the design promises of sync, one test a promise."""

import msgspec
import pytest

from server.database import Database
from server.errors import NotFound
from server.merge import Rev
from server.models import Viewer
from server.store.known_ids import copy_id
from server.store.op import Op, Outcome
from server.store.sync import Sync
from tests.store.journals import ANNA, BRUNO, NOW, delete, everything, put, rid, saved, send, text, withdraw


async def test_a_record_comes_back_as_it_was_said_unknown_fields_kept(sync: Sync) -> None:
    await send(sync, put("one"))

    record = (await everything(sync))[rid("one")]

    assert isinstance(record.body, msgspec.Raw)
    assert msgspec.json.decode(record.body) == {"text": "calm", "from_the_future": [1, {"kept": True}]}
    assert (record.zone, record.day, record.felt_at) == ("Europe/Rome", "2026-11-22", NOW)


async def test_a_batch_sent_ten_times_is_kept_once_with_ten_equal_answers(sync: Sync) -> None:
    answers = [(await send(sync, put("one"), put("two"))).outcomes for _ in range(10)]

    assert all(answer == answers[0] for answer in answers)
    assert len(await everything(sync)) == 2


async def test_the_same_op_id_with_other_content_is_refused(sync: Sync) -> None:
    await send(sync, put("one", "calm", op="x"))

    outcome = (await send(sync, put("one", "angry", op="x"))).outcomes[0]

    assert outcome.status == "refused"
    assert text((await everything(sync))[rid("one")]) == "calm"


async def test_an_op_that_comes_late_is_answered_as_before_whatever_became_of_its_record(sync: Sync) -> None:
    early = put("one", "calm", op="early")
    first = await saved(sync, early)
    second = await saved(sync, put("one", "sad", first))
    after_edit = (await send(sync, early)).outcomes
    third = await saved(sync, withdraw("one", second))
    after_withdrawal = (await send(sync, early)).outcomes
    fourth = await saved(sync, put("one", "shared anew", third))
    await saved(sync, delete("one", fourth))
    after_delete = (await send(sync, early)).outcomes

    assert after_edit == after_withdrawal == after_delete == [Outcome("applied", first)]
    assert [(record.deleted, record.body) for record in (await everything(sync)).values()] == [(True, msgspec.UNSET)]


async def test_an_op_of_a_batch_that_went_on_to_delete_is_known_when_it_comes_again(sync: Sync) -> None:
    ops = [put("one", "a"), put("one", "b", Rev("e1", 1)), delete("one", Rev("e1", 2))]
    before = (await send(sync, *ops)).outcomes

    assert (await send(sync, *ops[:2])).outcomes == before[:2]
    assert [record.deleted for record in (await everything(sync)).values()] == [True]


async def test_the_same_op_id_with_other_content_is_refused_after_an_edit_too(sync: Sync) -> None:
    first = await saved(sync, put("one", "calm", op="x"))
    await send(sync, put("one", "sad", first))

    outcome = (await send(sync, put("one", "angry", op="x"))).outcomes[0]

    assert outcome.status == "refused"
    assert text((await everything(sync))[rid("one")]) == "sad"


async def test_the_same_op_twice_in_one_batch_has_one_effect(sync: Sync) -> None:
    outcomes = (await send(sync, put("one", op="x"), put("one", op="x"), put("one", "sad", op="x"))).outcomes

    assert [outcome.status for outcome in outcomes] == ["applied", "applied", "refused"]
    assert outcomes[0] == outcomes[1]


async def test_an_edit_on_the_current_revision_applies(sync: Sync) -> None:
    first = await saved(sync, put("one"))

    outcome = (await send(sync, put("one", "sad", first))).outcomes[0]

    assert outcome.status == "applied"
    assert text((await everything(sync))[rid("one")]) == "sad"


async def test_an_edit_on_a_stale_base_keeps_both_texts(sync: Sync) -> None:
    first = await saved(sync, put("one"))
    await send(sync, put("one", "sad", first))

    answer = await send(sync, put("one", "angry", first, op="late"), cursor=Rev("e1", 2))

    copy = copy_id(rid("one"), rid("late"))
    assert answer.outcomes == [Outcome(status="conflict", rev=Rev("e1", 2), copy=copy)]
    assert [(r.id, r.conflict_of, text(r)) for r in answer.records] == [(copy, rid("one"), "angry")]
    assert text((await everything(sync))[rid("one")]) == "sad"


async def test_two_devices_saying_the_same_is_no_conflict(sync: Sync) -> None:
    first = await saved(sync, put("one"))
    second = await saved(sync, put("one", "sad", first, op="device 1"))

    outcome = (await send(sync, put("one", "sad", first, op="device 2"))).outcomes[0]

    assert outcome == Outcome(status="applied", rev=second)


async def test_a_delete_of_what_was_seen_leaves_a_tombstone_without_text(sync: Sync) -> None:
    first = await saved(sync, put("one"))

    await send(sync, delete("one", first))

    record = (await everything(sync))[rid("one")]
    assert record.deleted
    assert record.body is msgspec.UNSET


async def test_a_delete_with_a_stale_base_deletes_nothing(sync: Sync) -> None:
    first = await saved(sync, put("one"))
    await send(sync, put("one", "sad", first))

    outcome = (await send(sync, delete("one", first))).outcomes[0]

    assert outcome.status == "stale"
    assert text((await everything(sync))[rid("one")]) == "sad"


async def test_an_edit_of_what_was_deleted_meanwhile_stays_as_a_copy(sync: Sync) -> None:
    first = await saved(sync, put("one"))
    await send(sync, delete("one", first))

    outcome = (await send(sync, put("one", "kept", first))).outcomes[0]

    records = await everything(sync)
    assert records[rid("one")].deleted
    assert outcome.copy is not None
    assert text(records[outcome.copy]) == "kept"


@pytest.mark.parametrize("kind", ["plan", "preference", "safety-plan"])
async def test_the_later_plan_wins_and_is_never_copied(sync: Sync, kind: str) -> None:
    first = await saved(sync, put("one", kind=kind, audience="service"))
    await send(sync, put("one", "second", first, kind=kind, audience="service"))

    outcome = (await send(sync, put("one", "third", first, kind=kind, audience="service"))).outcomes[0]

    records = await everything(sync)
    assert outcome.status == "applied"
    assert [text(record) for record in records.values()] == ["third"]


async def test_a_plan_put_on_its_tombstone_is_stale(sync: Sync) -> None:
    first = await saved(sync, put("one", kind="plan", audience="service"))
    await send(sync, delete("one", first, kind="plan"))

    outcome = (await send(sync, put("one", "again", first, kind="plan", audience="service"))).outcomes[0]

    assert outcome.status == "stale"


async def test_taking_back_a_share_empties_body_and_history(sync: Sync, database: Database) -> None:
    first = await saved(sync, put("one"))
    second = await saved(sync, put("one", "sad", first))

    outcome = (await send(sync, withdraw("one", second))).outcomes[0]

    record = (await everything(sync))[rid("one")]
    assert outcome.status == "applied"
    assert (record.audience, record.deleted, record.body) == ("me", False, msgspec.UNSET)
    assert await database.read(lambda tx: tx.all("SELECT 1 FROM version")) == []


@pytest.mark.parametrize("seen", [True, False])
async def test_what_is_shared_in_place_of_an_unseen_text_that_was_taken_back_is_a_copy(sync: Sync, seen: bool) -> None:
    first = await saved(sync, put("one", "a"))
    second = await saved(sync, put("one", "b", first))
    back = await saved(sync, withdraw("one", second if seen else first))

    outcome = (await send(sync, put("one", "c", back))).outcomes[0]

    records = await everything(sync)
    if seen:
        assert (outcome.status, text(records[rid("one")])) == ("applied", "c")
        return
    assert (outcome.status, records[rid("one")].audience) == ("conflict", "me")
    copy = records[outcome.copy or ""]
    assert (text(copy), copy.audience, copy.conflict_of) == ("c", "therapist", rid("one"))
    twice = msgspec.structs.replace(withdraw("one", back), id=rid("taken back twice"))
    again = (await send(sync, twice, put("one", "d", back))).outcomes
    assert [one.status for one in again] == ["applied", "conflict"]


@pytest.mark.parametrize("gone", ["withdraw", "delete"])
async def test_what_was_taken_back_or_deleted_leaves_no_history_even_when_the_batch_goes_on(
    sync: Sync, database: Database, gone: str
) -> None:
    first = await saved(sync, put("one", "before"))
    second = await saved(sync, put("one", "then", first))
    briefly = Rev("e1", 3)
    taken = withdraw("one", briefly) if gone == "withdraw" else delete("one", briefly)

    await send(sync, put("one", "briefly", second), taken, put("one", "shared anew", Rev("e1", 4)))

    rows = await database.read(lambda tx: tx.all("SELECT seq FROM version WHERE body IS NOT NULL ORDER BY seq"))
    assert rows == []


async def test_a_copy_takes_the_narrower_audience_and_for_me_alone_the_phone_makes_it(sync: Sync) -> None:
    first = await saved(sync, put("one"))
    await send(sync, withdraw("one", first))

    outcome = (await send(sync, put("one", "other device", first))).outcomes[0]

    assert outcome.status == "conflict"
    assert len(await everything(sync)) == 1


async def test_an_edit_keeps_the_earlier_text_in_the_history(sync: Sync, database: Database) -> None:
    first = await saved(sync, put("one"))
    await send(sync, put("one", "sad", first))

    rows = await database.read(lambda tx: tx.all("SELECT record_id, seq FROM version"))

    assert rows == [(rid("one"), first.seq)]


async def test_several_edits_of_one_record_in_one_batch_apply_in_order(sync: Sync, database: Database) -> None:
    answer = await send(sync, put("one", "a"), put("one", "b", Rev("e1", 1)), put("one", "c", Rev("e1", 2)))

    assert [o.status for o in answer.outcomes] == ["applied"] * 3
    assert text((await everything(sync))[rid("one")]) == "c"
    rows = await database.read(lambda tx: tx.all("SELECT seq FROM version ORDER BY seq"))
    assert rows == [(1,), (2,)]


async def test_ids_used_by_another_person_neither_clash_nor_tell(sync: Sync) -> None:
    await send(sync, put("one"), viewer=ANNA)

    outcome = (await send(sync, put("one", "bruno's"), viewer=BRUNO)).outcomes[0]

    assert outcome.status == "applied"
    assert text((await everything(sync, ANNA))[rid("one")]) == "calm"
    assert text((await everything(sync, BRUNO))[rid("one")]) == "bruno's"


async def test_a_sealed_body_moved_to_another_record_does_not_open(sync: Sync, database: Database) -> None:
    await send(sync, put("one"), put("two", "other"))
    await database.write(
        lambda tx: tx.run(
            "UPDATE record SET body = (SELECT body FROM record AS other WHERE other.id = :two) WHERE id = :one",
            one=rid("one"),
            two=rid("two"),
        )
    )

    record = (await everything(sync))[rid("one")]
    assert (record.unreadable, record.body) == (True, msgspec.UNSET)


async def test_a_copy_that_was_edited_since_is_not_made_again(sync: Sync, database: Database) -> None:
    first = await saved(sync, put("one"))
    await send(sync, put("one", "sad", first))
    copy = (await send(sync, put("one", "angry", first, op="late"))).outcomes[0].copy
    assert copy is not None
    edited = Op(
        id=rid("edit"),
        record=copy,
        kind="note",
        action="put",
        base=Rev("e1", 3),
        audience="therapist",
        body=b'{"text": "angry, then calm"}',
    )
    await send(sync, edited)
    await database.write(lambda tx: tx.run("DELETE FROM op"))

    await send(sync, put("one", "angry", first, op="late"))

    assert text((await everything(sync))[copy]) == "angry, then calm"


async def test_a_copy_beside_the_delete_of_something_unknown_is_still_shared(sync: Sync) -> None:
    await send(sync, delete("one", Rev("e1", 5)))

    outcome = (await send(sync, put("one", "kept", Rev("e1", 4)))).outcomes[0]

    assert outcome.copy in await everything(sync)


async def test_someone_without_a_journal_finds_nothing(sync: Sync) -> None:
    with pytest.raises(NotFound):
        await send(sync, viewer=Viewer(id="teresa", role="therapist", practice="p", login="l"))
