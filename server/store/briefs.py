"""The brief of a client: for their therapist, and for the client to see the same page first and hold parts back."""

from typing import Final

import msgspec

from server.bodies import Mark, SessionDates
from server.brief import PARTS, Asked, Brief, Words, brief, journal
from server.brief.entries import Journal
from server.clocks import days_on
from server.database import Database, Tx
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.schedule import day_where
from server.sealing import SealingKey, Unreadable
from server.sessions import last_before
from server.store import counter, readings, records, sharing
from server.store.keys import Keys
from server.store.known_ids import known_id
from server.store.shared_journals import therapist_of
from server.store.therapist_ops import put_of, written
from server.store.therapist_records import SESSIONS

USUAL: Final = 14
"""Days that a brief looks back when no session is known."""
LONGEST: Final = 92
MOST: Final = 1_000_000
DISCUSSED: Final = "discussed"
STILL_OPEN: Final = "open"
"""What a mark says once it was taken back: a deleted one could not be set again."""
_mark = msgspec.json.Decoder(Mark)


class _Held(msgspec.Struct):
    held: list[str] = []


class OwnBrief(msgspec.Struct, frozen=True):
    """The page as the therapist would get it now; the same with nothing held back, to choose from; and what is held
    back: names of parts and ids."""

    brief: Brief
    whole: Brief
    held: list[str]


class Briefs:
    """Briefs of the clients of a therapist, and of the viewer."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of(self, viewer: Viewer, client_id: str, since: str | None, words: Words, now: Millis) -> Brief:
        """The brief of one of the viewer's own clients, from the day `since` on, else from the last session. It is a
        reading, and noted as one. `NotFound` when the client is not, or no longer, the viewer's."""
        key = await self._keys.of(client_id)

        def note(tx: Tx) -> None:
            head = counter.peek(tx, client_id)
            scope = sharing.scope(tx, key, viewer.id, client_id)
            through = None if scope.hidden else str(Rev(head.epochs.current, head.seq))
            readings.note(tx, viewer.id, client_id, through, now, since=scope.day)

        await self._db.write(note)

        def work(tx: Tx) -> Brief:
            seen = _seen(tx, key, viewer.id, client_id, since, now)
            return _page(seen, words, held(tx, key, client_id))

        return await self._db.read(work)

    async def own(self, viewer: Viewer, since: str | None, words: Words, now: Millis) -> OwnBrief:
        """The viewer's own page, by the same statement and the same functions. Looking is not a reading. `NotFound`
        when nobody accompanies them."""
        key = await self._keys.of(viewer.id)

        def work(tx: Tx) -> OwnBrief:
            seen = _seen(tx, key, therapist_of(tx, viewer.id), viewer.id, since, now)
            back = held(tx, key, viewer.id)
            return OwnBrief(_page(seen, words, back), _page(seen, words, frozenset()), sorted(back))

        return await self._db.read(work)

    async def discuss(self, viewer: Viewer, client_id: str, record_id: str, on: bool, op: str, now: Millis) -> None:
        """Mark a record of one of the viewer's own clients as discussed in a session, or take the mark back; twice is
        harmless. `NotFound` for anyone else's client."""
        key = await self._keys.of(client_id)
        mark = known_id(f"{DISCUSSED} {record_id}", client_id)

        def work(tx: Tx) -> None:
            counter.take_for_therapist(tx, viewer.id, client_id, 0)
            there = records.of_my_client(tx, viewer.id, client_id, mark)
            if (there is not None and _is_discussed(records.opened(key, client_id, there))) == on:
                return
            body = msgspec.json.encode(Mark(what=DISCUSSED if on else STILL_OPEN, record=record_id))
            said = put_of("mark", op, mark, None if there is None else there.rev, now, body)
            written(tx, viewer, client_id, key, said, now)

        await self._db.write(work)


class _Seen(msgspec.Struct, frozen=True):
    """What is shared of a journal, and which days are asked about."""

    shared: Journal
    asked: Asked
    paused: bool


def _seen(tx: Tx, key: SealingKey, therapist_id: str, client_id: str, since: str | None, now: Millis) -> _Seen:
    head, agreed = counter.peek(tx, client_id), sharing.agreement(tx, key, client_id)
    scope = sharing.scope(tx, key, therapist_id, client_id)
    today = day_where(now, head.zone)
    rows = records.shared(tx, therapist_id, client_id, 0, MOST, scope)
    shared = [records.told(key, client_id, row, scope) for row in rows]
    asked = Asked(
        since=_since(shared, since, today, client_id),
        until=today,
        discussed=_discussed(shared),
        not_shared=agreed.not_shared,
    )
    return _Seen(journal(shared), asked, scope.paused or scope.frozen)


def _page(seen: _Seen, words: Words, held: frozenset[str]) -> Brief:
    made = brief(seen.shared, words, msgspec.structs.replace(seen.asked, held=held))
    return msgspec.structs.replace(made, paused=seen.paused)


def _since(shared: list[Record], wanted: str | None, today: str, client_id: str) -> str:
    """From the last session on, that day included; what lies further back than a quarter is cut."""
    known = wanted or _last_session(shared, today, client_id) or days_on(today, -(USUAL - 1))
    return min(max(known, days_on(today, -LONGEST)), today)


def _last_session(shared: list[Record], today: str, client_id: str) -> str | None:
    sessions = known_id(SESSIONS.name, client_id)
    record = next((one for one in shared if one.id == sessions), None)
    if record is None or isinstance(record.body, msgspec.UnsetType):
        return None
    return last_before(msgspec.json.decode(record.body, type=SessionDates), today)


def _discussed(shared: list[Record]) -> frozenset[str]:
    marks = [
        _mark.decode(one.body)
        for one in shared
        if one.kind == "mark" and one.author == "therapist" and not isinstance(one.body, msgspec.UnsetType)
    ]
    return frozenset(mark.record for mark in marks if mark.what == DISCUSSED and mark.record is not None)


def _is_discussed(body: bytes | None) -> bool:
    return body is not None and _mark.decode(body).what == DISCUSSED


def held(tx: Tx, key: SealingKey, client_id: str) -> frozenset[str]:
    """What the client holds back. What can't be read holds back everything that has a name."""
    record = records.one(tx, client_id, known_id("brief", client_id))
    if record is None or record.kind != sharing.KIND:
        return frozenset()
    try:
        body = records.opened(key, client_id, record)
        return frozenset() if body is None else frozenset(msgspec.json.decode(body, type=_Held).held)
    except (Unreadable, msgspec.ValidationError):
        return frozenset(PARTS)
