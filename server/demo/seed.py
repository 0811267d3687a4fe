"""Filling an empty data folder for the demo, through the same stores that serve people."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

import msgspec

from server.bodies import Assignment, SessionDates, Weekly
from server.content import Library
from server.demo.history import ANNA, BRUNO, WEEKS, Moment, Person, history
from server.demo.told import FROM_TERESA, MEANING, WORD, told
from server.errors import NotFound
from server.models import Millis, Viewer
from server.opening import Stores
from server.schedule import day_where
from server.store.assignments import Ids
from server.store.logins import Entry
from server.store.messages import Wish
from server.store.op import Op
from server.store.shared_words import NewWord
from server.store.sync import Pull
from server.store.therapist_records import SESSIONS

PRACTICE: Final = "Demo practice"
THERAPIST: Final = "teresa"
PASSWORD: Final = "a quiet demo phrase"  # noqa: S105 - printed for whoever tries the demo
_IDS: Final = UUID("0192f0a0-0000-7000-8000-000000000001")
_BATCH: Final = 100
DAY_MS: Final = 86_400_000
Set = tuple[str, str, int | None]
"""An exercise, the reason the client reads, and how often a week."""


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    """Who is there: the therapist as a viewer, and the clients' ids by name, without those who deleted everything."""

    therapist: Viewer
    clients: dict[str, str]


async def seed(stores: Stores, library: Library, now: Millis) -> Demo:
    """The demo's people, made at the first start and found again at every later one."""
    start = now - WEEKS * 7 * DAY_MS
    try:
        practice = await stores.people.practice_named(PRACTICE)
        account = await stores.people.with_password(THERAPIST, PASSWORD, "demo", now)
        fresh = False
    except NotFound:
        practice = await stores.people.create_practice(PRACTICE, start)
        account = await stores.people.create_staff(practice, "therapist", THERAPIST, "Teresa Rossi", PASSWORD, start)
        fresh = True
    teresa = Viewer(id=account.id, role="therapist", practice=practice, login="demo", name=account.display_name)
    demo = Demo(therapist=teresa, clients={person.name: _id(account.id, person.name) for person in (ANNA, BRUNO)})
    if fresh:
        await _approve_all(stores, library, practice, start)
        await _client(stores, library, demo, ANNA, _FOR_ANNA, now)
        await _client(stores, library, demo, BRUNO, _FOR_BRUNO, now)
    there = {client.id for client in await stores.clients.all(teresa)}
    return Demo(therapist=teresa, clients={name: one for name, one in demo.clients.items() if one in there})


_FOR_ANNA: Final[Sequence[Set]] = (
    ("name-it-gently", "So that we both get to know the moments before you go quiet.", 4),
    ("five-stop-scan", "You said your chest knows first. Let's see what else it knows.", 2),
    ("new-ending-recent", "The small scene in the kitchen, as we did it together. Once is plenty.", 1),
)
_FOR_BRUNO: Final[Sequence[Set]] = (
    ("feet-on-floor", "For the minutes after work, before you go in.", 3),
    ("three-guesses", "When you are sure what someone thinks, see if there is room for two more guesses.", 2),
)
_SCENE: Final = "Kitchen, last Tuesday. My sister says 'you are late again'. I look down and dry the same plate twice."


async def _approve_all(stores: Stores, library: Library, practice: str, now: Millis) -> None:
    """The demo practice has approved everything, under a name that is no clinician's."""
    for card in library.assignable("en"):
        await stores.approvals.add(practice, card.id, card.version, "Demo, not a clinician", _day(now).isoformat())


async def _client(
    stores: Stores, library: Library, demo: Demo, person: Person, sets: Sequence[Set], now: Millis
) -> None:
    client_id = demo.clients[person.name]
    start = now - WEEKS * 7 * DAY_MS
    await stores.clients.add(demo.therapist, client_id, person.name, start)
    offer = await stores.invites.offer(demo.therapist, _id(client_id, "invite"), client_id, start)
    await stores.invites.accept(offer.secret, Entry(device="An invented phone"), start)
    given = {
        exercise: await _assign(stores, library, demo, client_id, one, now) for one in sets for exercise in one[:1]
    }
    await _meet(stores, demo, client_id, now)
    entries = list(history(person, _day(now)))
    if person is ANNA:
        entries += told(_day(now), await _in_common(stores, demo, client_id, now))
        entries.sort(key=lambda one: one.felt_at)
    viewer = Viewer(id=client_id, role="client", practice=demo.therapist.practice, login="demo")
    titles = {card.id: card.title for card in library.assignable("en")}
    ops = [_op(client_id, number, entry, given, titles) for number, entry in enumerate(entries)]
    for batch in _batches(ops):
        pull = Pull(cursor=None, limit=1, zone=person.zone)
        await stores.sync.exchange(viewer, pull, batch, batch[-1].felt_at or now)


async def _meet(stores: Stores, demo: Demo, client_id: str, now: Millis) -> None:
    """Every week, the next time the day after tomorrow."""
    first = _day(now) + timedelta(days=2 - WEEKS * 7)
    dates = SessionDates(weekly=Weekly(first.isoweekday(), "16:30", first.isoformat()))
    op = _id(client_id, "sessions")
    await stores.therapist_records.put(demo.therapist, client_id, SESSIONS, op, None, dates, now)


async def _in_common(stores: Stores, demo: Demo, client_id: str, now: Millis) -> str:
    """A word of the two, its id given back, and a note that the therapist left after the last session."""
    record = _id(client_id, "word")
    new = NewWord(record=record, op=_id(client_id, "add word"), word=WORD, meaning=MEANING)
    await stores.shared_words.add(demo.therapist, client_id, new, now - 3 * 7 * DAY_MS)
    wish = Wish(op=_id(client_id, "note"), base=None, text=FROM_TERESA, fresh=False)
    await stores.messages.write(demo.therapist, client_id, wish, now - 4 * DAY_MS)
    return record


async def _assign(stores: Stores, library: Library, demo: Demo, client_id: str, one: Set, now: Millis) -> str:
    exercise, reason, times = one
    card = library.card(exercise, "en")
    assert card is not None
    guarded = card.access == "therapist"
    set_at = now - (3 * DAY_MS if guarded else (WEEKS * 7 - 6) * DAY_MS)
    body = Assignment(
        exercise=exercise,
        version=card.version,
        title=card.title,
        by=demo.therapist.name,
        reason=reason,
        times_a_week=times,
        set_on=_day(set_at).isoformat(),
        rehearsed_on=_day(set_at).isoformat() if guarded else None,
        scene=_SCENE if guarded else None,
        expires_on=(_day(set_at) + timedelta(days=14)).isoformat() if guarded else None,
        snapshot=msgspec.Raw(library.snapshot(exercise, "en") or b"null") if guarded else None,
    )
    ids = Ids(_id(client_id, exercise), _id(client_id, f"set {exercise}"))
    await stores.assignments.add(demo.therapist, client_id, ids, body, exercise.encode(), set_at, _day(set_at))
    return ids.record


def _op(client_id: str, number: int, entry: Moment, given: dict[str, str], titles: dict[str, str]) -> Op:
    body = dict(entry.body)
    if entry.kind in ("run", "not-today"):
        exercise = str(body["exercise"])
        body |= {"title": titles[exercise]} | ({"assignment": given[exercise]} if exercise in given else {})
    return Op(
        id=_id(client_id, f"op {number}"),
        record=_id(client_id, f"record {number}"),
        kind=entry.kind,
        action="put",
        base=None,
        audience="therapist",
        felt_at=entry.felt_at,
        zone=entry.zone,
        day=entry.day,
        body=msgspec.json.encode(body),
    )


def _batches(ops: Sequence[Op]) -> Iterator[Sequence[Op]]:
    for start in range(0, len(ops), _BATCH):
        yield ops[start : start + _BATCH]


def _day(now: Millis) -> date:
    """The day where the demo's people are: it is the same in Rome and in Berlin."""
    return date.fromisoformat(day_where(now, ANNA.zone))


def _id(space: str, name: str) -> str:
    """An id that is the same at every start."""
    return str(uuid5(_IDS, f"{space} {name}"))
