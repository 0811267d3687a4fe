"""What must hold. Each check says its invariant in one line and raises `Violation` with its name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from server.merge import parse_cursor, parse_rev
from tests.sync.people import Answer, Device, Kept, Outcome, Person, Practice, Violation, word_sent

if TYPE_CHECKING:
    from tests.sync.world import World

Op = Mapping[str, object]


# --- With each answer


def answer_to(
    person: Person,
    people: Sequence[Person],
    device: Device,
    ops: Sequence[Op],
    answer: Answer,
    limit: int,
    current: set[str],
) -> None:
    """Every op is answered in its place, and what is answered is remembered."""
    if [one.op for one in answer.results] != [op["id"] for op in ops]:
        raise Violation("liveness", f"{device.name} sent {len(ops)} ops and can't tell which answer is whose")
    for op, outcome in zip(ops, answer.results, strict=True):
        taken_as_sent(person, people, op, outcome)
        if op["id"] in current:
            applied_whatever_the_clock(device, op, outcome)
        if outcome.op in person.answers:
            same_outcomes([person.answers[outcome.op]], [outcome])
        _remember(person, op, outcome)
    page_within_bounds(device, answer, limit)


def _remember(person: Person, op: Op, outcome: Outcome) -> None:
    assert outcome.op is not None
    person.answers[outcome.op] = outcome
    if outcome.status != "applied" or outcome.rev is None:
        return
    person.acked[str(op["record"])] = outcome.rev
    if word := word_sent(op):
        person.deeds.held.add(word)
    person.deleting.pop(outcome.op, None)


def taken_as_sent(person: Person, people: Sequence[Person], op: Op, outcome: Outcome) -> None:
    """I7: an op is taken, whoever else has used its ids; liveness: and no op of an app's own is refused."""
    if outcome.status != "refused":
        return
    others = [other for other in people if other is not person]
    shared = any(op["id"] in other.asked or op["record"] in _records(other) for other in others)
    raise Violation("I7" if shared else "liveness", f"an op of {person.name} is refused: {outcome.reason}")


def _records(person: Person) -> set[object]:
    return {op["record"] for op in person.asked.values()}


def current_bases(person: Person, device: Device, ops: Sequence[Op]) -> set[str]:
    """The puts that build on a text that the server has now: nobody has anything against them."""
    if device.clock == 0 or not ops:
        return set()
    there = {record.id: record for record in person.all_records()}
    return {str(op["id"]) for op in ops if op["action"] == "put" and _is_current(there.get(str(op["record"])), op)}


def _is_current(record: Kept | None, op: Op) -> bool:
    if record is None:
        return op["base"] is None
    return not record.deleted and record.audience != "me" and op["base"] == record.rev


def applied_whatever_the_clock(device: Device, op: Op, outcome: Outcome) -> None:
    """I10: an edit of the current text is applied, whatever the clock of the phone says."""
    if outcome.status != "applied":
        raise Violation("I10", f"an edit of the current text was '{outcome.status}'; {device.name}'s clock is off")


def same_outcomes(first: Sequence[Outcome], again: Sequence[Outcome]) -> None:
    """I2: an op that arrives again has no second effect, and is answered as it was."""
    before = {one.op: (one.status, one.rev, one.copy) for one in first}
    for one in again:
        if one.op in before and before[one.op] != (one.status, one.rev, one.copy):
            raise Violation("I2", f"the same op was answered {before[one.op]} and {(one.status, one.rev, one.copy)}")


def page_within_bounds(device: Device, answer: Answer, limit: int) -> None:
    """I5: a page is no longer than was asked for, and within an epoch a cursor only goes on."""
    if len(answer.records) > limit:
        raise Violation("I5", f"{device.name} asked for {limit} records and got {len(answer.records)}")
    before = parse_cursor(device.phone.cursor) if device.phone.cursor else None
    after = parse_cursor(answer.cursor)
    if after is None:
        raise Violation("I5", f"'{answer.cursor}' is no cursor")
    if before is not None and answer.reset is None and before.rev.epoch == after.rev.epoch:
        went_on(before.rev.seq, after.rev.seq)


def went_on(before: int, after: int) -> None:
    """I5: a cursor never goes back."""
    if after < before:
        raise Violation("I5", f"a cursor went back from {before} to {after}")


# --- When the server was started again


def acknowledged(person: Person) -> None:
    """I1: of what was answered, everything is there after a kill: each record at that revision or a later one."""
    there = {record.id: record for record in person.all_records()}
    for record, rev in person.acked.items():
        answered = parse_rev(rev)
        kept = parse_rev(there[record].rev) if record in there else None
        if kept is None or (answered is not None and kept.epoch == answered.epoch and kept.seq < answered.seq):
            raise Violation("I1", f"{person.name} was told that {record} is saved as {rev}; the server has {kept}")


# --- When all has come to rest


def at_rest(world: "World", person: Person, page: int) -> None:
    """Everything that must hold once nothing moves any more, in the order that names the cause."""
    outboxes_are_empty(person)
    records = pages_of_any_size(person, page)
    only_own_words(world, person, records)
    bodies_are_whole(person, records)
    clocks_are_labels(person, records)
    deleted_stays_deleted(person, records)
    replaced_never_returns(person, records)
    if world.restored:
        devices_bring_back(person, records)
    device_is_server(person, records)
    leaves_alive_once(person, records)
    latest_of_a_plan(person, records)
    therapists_view(world.practice, person, page)


def outboxes_are_empty(person: Person) -> None:
    """Liveness: without faults, every outbox drains."""
    for device in person.devices:
        if device.phone.ops:
            raise Violation("liveness", f"{device.name} can't get rid of {[op.op for op in device.phone.ops]}")


def pages_of_any_size(person: Person, page: int) -> list[Kept]:
    """I5: pages of any size come to the same set, each record once, and the cursor goes on with each."""
    whole = {record.id: record for record in person.all_records()}
    found: list[Kept] = []
    before = -1
    for answer in person.pages(page):
        found += answer.records
        after = parse_cursor(answer.cursor)
        assert after is not None
        went_on(before, after.rev.seq)
        before = after.rev.seq
    if len(found) != len(whole) or {record.id: record for record in found} != whole:
        missing = [record.word for record in whole.values() if record not in found]
        raise Violation("I5", f"in pages of {page} come {len(found)} records of {len(whole)}; missing: {missing}")
    person.noted(found)
    return found


def only_own_words(world: "World", person: Person, records: Sequence[Kept]) -> None:
    """I7: a journal holds its own person's words, on the server and on their devices, whatever ids others use."""
    own = set(person.deeds.texts) | set(person.assigned.values())
    there = {record.word for record in records if record.word}
    there |= {row.word for device in person.devices for row in device.phone.shown() if row.word}
    if foreign := there - own:
        raise Violation("I7", f"{person.name}'s journal has {sorted(foreign)}")


def bodies_are_whole(person: Person, records: Sequence[Kept]) -> None:
    """I9: a text comes back with every field it was saved with, known or not, under the kind it was saved as."""
    texts = person.deeds.texts
    for record in records:
        text = texts.get(record.word or "")
        if text is not None and (record.body != text.body or record.kind != text.kind):
            raise Violation("I9", f"'{text.word}' was saved as {text.kind} {text.body}, and is {record.body}")
    for row in (row for device in person.devices for row in device.phone.shown()):
        text = texts.get(row.word or "")
        if text is not None and (row.body != text.body or row.kind != text.kind):
            raise Violation("I9", f"on a device '{text.word}' was saved as {text.body}, and is {row.body}")


def clocks_are_labels(person: Person, records: Sequence[Kept]) -> None:
    """I10: the time of a text comes back as its phone said it, however far off that is."""
    for record in records:
        text = person.deeds.texts.get(record.word or "")
        if text is not None and record.felt_at != text.felt_at:
            raise Violation("I10", f"'{text.word}' was felt at {text.felt_at}, and the server says {record.felt_at}")


def deleted_stays_deleted(person: Person, records: Sequence[Kept]) -> None:
    """I6: a text that was deleted where it was seen is on no server and shared on no device, also after a restore."""
    if returned := _shared_words(person, records) & (person.deeds.deleted - person.deeds.free):
        raise Violation("I6", f"{sorted(returned)} was deleted, and is back")


def replaced_never_returns(person: Person, records: Sequence[Kept]) -> None:
    """I2: a text that was replaced, taken back or never shared is not on the server, and no text is there twice."""
    if returned := _shared_words(person, records) & person.deeds.over():
        raise Violation("I2", f"{sorted(returned)} was replaced or taken back, and is back")
    if twice := [word for word, count in _live(records).items() if count > 1]:
        raise Violation("I2", f"{twice} is there more than once")


def devices_bring_back(person: Person, records: Sequence[Kept]) -> None:
    """I8: after a restore, what any device shows as shared is on the server again."""
    live = _live(records)
    for device in person.devices:
        for row in device.phone.shown():
            if row.author == "client" and row.shared and row.word not in live:
                raise Violation("I8", f"{device.name} has '{row.word}', and the restored server has not")


def device_is_server(person: Person, records: Sequence[Kept]) -> None:
    """I3: every device shows what the server has, in the same revision and as a copy of the same record, and nothing
    else but what is only there."""
    there = {one.id: (one.word, one.rev, one.audience, one.conflict_of) for one in records if one.live}
    for device in person.devices:
        rows = (row for row in device.phone.shown() if row.shared)
        shown = {row.id: (row.word, row.rev, row.audience, row.conflict_of) for row in rows}
        if shown != there:
            only = {id: said for id, said in shown.items() if there.get(id) != said}
            not_there = {id: said for id, said in there.items() if shown.get(id) != said}
            raise Violation("I3", f"{device.name} shows {only}, the server has {not_there}")


def leaves_alive_once(person: Person, records: Sequence[Kept]) -> None:
    """I4: a text that nobody replaced or deleted is there exactly once: under its record or as one copy, or, when a
    share was taken back, on a phone."""
    live = _live(records)
    deeds = person.deeds
    for word in deeds.leaves():
        if deeds.texts[word].alone:
            continue
        private = _private_places(person, word)
        if word in deeds.mine:
            alive = 1 if deeds.mine[word] in private.values() else 0
        elif deeds.may_be_private(word):
            alive = live[word] or min(1, len(private))
        else:
            alive = live[word]
        if alive != 1:
            raise Violation("I4", f"'{word}' is there {alive} times (private: {private})")


def latest_of_a_plan(person: Person, records: Sequence[Kept]) -> None:
    """I4, for kinds of which the latest wins: a record shows one of the texts that nobody replaced."""
    deeds = person.deeds
    live = _live(records)
    by_record: dict[str, set[str]] = {}
    for word, text in deeds.texts.items():
        if text.alone:
            by_record.setdefault(deeds.root(text.record), set()).add(word)
    for record, words in by_record.items():
        touched = words & (deeds.deleted | deeds.free | deeds.taken_back | set(deeds.mine))
        alive = [word for word in words if live[word]]
        if len(alive) > 1 or (not alive and not touched):
            raise Violation("I4", f"the plan {record} shows {alive} of {words}")


def therapists_view(practice: Practice, person: Person, limit: int) -> None:
    """I7: a therapist reads exactly what their own client shares with them now; another therapist reads nothing."""
    path = f"/api/clients/{person.client}/journal"
    status, _ = practice.carlo.call("GET", f"{path}?limit={limit}")
    if status != 404:
        raise Violation("I7", f"Carlo asked for {person.name}'s journal and was answered {status}")
    seen = set(_read_by_therapist(practice, path, limit))
    shared = {record.id for record in person.all_records() if record.live and record.audience == "therapist"}
    if seen != shared:
        raise Violation("I7", f"Teresa reads {sorted(seen - shared)} too much and {sorted(shared - seen)} too little")


def _read_by_therapist(practice: Practice, path: str, limit: int) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        status, said = practice.teresa.call("GET", f"{path}?limit={limit}{cursor}")
        if status != 200:
            raise Violation("liveness", f"Teresa asked for {path} and was answered {status}: {said}")
        page = msgspec.convert(said["records"], list[Kept])
        found += [record.id for record in page]
        if not said["more"]:
            return found
        cursor = f"&cursor={said['cursor']}"


# --- What is where


def _live(records: Sequence[Kept]) -> Counter[str]:
    return Counter(record.word for record in records if record.live and record.word is not None)


def _shared_words(person: Person, records: Sequence[Kept]) -> set[str]:
    on_devices = {row.word for device in person.devices for row in device.phone.shown() if row.shared and row.word}
    return set(_live(records)) | on_devices


def _private_places(person: Person, word: str) -> dict[str, str]:
    """The records under which devices keep a text for themselves, with the device."""
    return {
        f"{row.id}@{device.name}": device.name
        for device in person.devices
        for row in device.phone.shown()
        if row.word == word and row.audience == "me"
    }
