"""Of which record an entry is a copy: the server says it when it makes one, and takes it from a phone that brings one
back after a restore."""

import msgspec

from server.merge import Rev
from server.store.known_ids import copy_id
from server.store.op import Outcome
from server.store.sync import Sync
from tests.store.journals import ANNA, BRUNO, delete, everything, put, rid, saved, send, text, withdraw


async def link(sync: Sync, record: str) -> str | None:
    return (await everything(sync))[rid(record)].conflict_of


async def test_what_is_new_here_is_the_copy_it_is_said_to_be(sync: Sync) -> None:
    await send(sync, put("one"), put("copy", "angry", Rev("lost", 7), copy_of="one"), put("new", copy_of="one"))

    there = await everything(sync)

    assert {there[rid(name)].conflict_of for name in ("copy", "new")} == {rid("one")}
    assert there[rid("one")].conflict_of is None


async def test_it_may_come_before_the_entry_that_it_is_a_copy_of(sync: Sync) -> None:
    outcomes = (await send(sync, put("copy", copy_of="one"), put("one", "sad"))).outcomes

    assert [one.status for one in outcomes] == ["applied", "applied"]
    assert await link(sync, "copy") == rid("one")


async def test_an_entry_that_is_there_does_not_become_a_copy(sync: Sync) -> None:
    rev = await saved(sync, put("one"))

    await send(sync, put("one", "sad", rev, copy_of="two"))

    assert text((await everything(sync))[rid("one")]) == "sad"
    assert await link(sync, "one") is None


async def test_a_copy_stays_one_whatever_its_edits_say(sync: Sync) -> None:
    rev = await saved(sync, put("copy", copy_of="one"))
    rev = await saved(sync, put("copy", "sad", rev))
    rev = await saved(sync, put("copy", "angry", rev, copy_of="two"))

    assert await link(sync, "copy") == rid("one")


async def test_it_stays_one_when_it_is_made_and_changed_at_once(sync: Sync) -> None:
    first = await saved(sync, put("one"))
    await send(sync, put("one", "sad", first))
    copy = copy_id(rid("one"), rid("late"))
    edit = msgspec.structs.replace(put("one", "furious"), record=copy, base=Rev("e1", 3))

    await send(sync, put("one", "angry", first, op="late"), edit)

    record = (await everything(sync))[copy]
    assert (text(record), record.conflict_of) == ("furious", rid("one"))


async def test_an_op_is_the_same_whether_it_says_it_or_not(sync: Sync) -> None:
    """Of two phones that send a lost copy again, one is too old to say what it is."""
    says, does_not = (put("copy", "sad", Rev("lost", 7), copy_of=of) for of in ("one", None))

    outcomes = [(await send(sync, op)).outcomes[0] for op in (says, does_not, says)]

    assert outcomes == [Outcome("applied", Rev("e1", 1))] * 3
    assert await link(sync, "copy") == rid("one")


async def test_a_copy_that_is_there_already_under_the_same_words_changes_nothing(sync: Sync) -> None:
    rev = await saved(sync, put("copy", copy_of="one"))

    outcome = (await send(sync, put("copy", base=Rev("lost", 7), op="another", copy_of="two"))).outcomes[0]

    assert outcome == Outcome("applied", rev)
    assert await link(sync, "copy") == rid("one")


async def test_a_copy_that_was_taken_back_and_is_shared_again_is_one(sync: Sync) -> None:
    """Also where a restore lost it, and only the withdrawal came since."""
    known = await saved(sync, put("known", copy_of="one"))
    for record, base in (("known", known), ("lost", Rev("lost", 7))):
        rev = await saved(sync, withdraw(record, base))
        await send(sync, put(record, "again", rev, copy_of="one"))

    assert [await link(sync, record) for record in ("known", "lost")] == [rid("one")] * 2


async def test_a_copy_of_what_was_deleted_is_of_that_record_whatever_it_says(sync: Sync) -> None:
    rev = await saved(sync, put("one"))
    await send(sync, delete("one", rev))

    copy = (await send(sync, put("one", "sad", rev, copy_of="two"))).outcomes[0].copy

    assert copy is not None
    assert (await everything(sync))[copy].conflict_of == rid("one")


async def test_one_that_names_an_entry_of_another_journal_touches_neither(sync: Sync) -> None:
    await send(sync, put("his", "of Bruno"), viewer=BRUNO)

    await send(sync, put("hers", "of Anna", copy_of="his"))

    hers, his = await everything(sync, ANNA), await everything(sync, BRUNO)
    assert [text(one) for one in hers.values()] == ["of Anna"]
    assert [(text(one), one.conflict_of) for one in his.values()] == [("of Bruno", None)]
