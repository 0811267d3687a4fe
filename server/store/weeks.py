"""The week of each client of a therapist, for the list of clients: when they meet, and what is new. Counts only."""

from typing import Final

import msgspec

from server.bodies import SessionDates
from server.clocks import days_on
from server.database import Database, Tx
from server.models import Millis, Viewer
from server.schedule import day_where
from server.sealing import SealingKey
from server.sessions import last_before, next_from, time_on
from server.store import counter, records, sharing
from server.store.briefs import USUAL
from server.store.keys import Keys
from server.store.known_ids import known_id
from server.store.scope import Choice
from server.store.therapist_records import SESSIONS

DAYS: Final = 7
NEWEST: Final = 200
"""Records that are looked at, the newest; with more news than that there is nothing to count."""
ENTRIES: Final = ("checkin", "run", "not-today", "note", "message", "card", "scene")


class Meeting(msgspec.Struct, frozen=True):
    """A local date and time as they were agreed."""

    day: str
    at: str


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """What is coming and what is new with one client. `news` counts entries lived after the last session, without dates
    in the last two weeks; `days` are the local dates of the last seven that hold a shared entry. While sharing is
    paused there are neither. `choice` is what the client lets the viewer see, `frozen` that everything rests."""

    client: str
    next: Meeting | None
    news: int
    days: list[str]
    paused: bool
    frozen: bool
    choice: Choice


class Weeks:
    """The weeks of the viewer's clients."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of(self, viewer: Viewer, now: Millis) -> list[Week]:
        """One for each client of a live relationship, in no order. Nothing of what they wrote is opened for it."""
        clients = await self._db.read(lambda tx: _clients(tx, viewer))
        keys = {client: await self._keys.of(client) for client in clients}
        return await self._db.read(lambda tx: [_week(tx, viewer, client, key, now) for client, key in keys.items()])


def _clients(tx: Tx, viewer: Viewer) -> list[str]:
    rows = tx.all(
        "SELECT client_id FROM relationship WHERE therapist_id = :viewer AND until IS NULL ORDER BY client_id",
        viewer=viewer.id,
    )
    return [str(row[0]) for row in rows]


def _week(tx: Tx, viewer: Viewer, client_id: str, key: SealingKey, now: Millis) -> Week:
    today = day_where(now, counter.peek(tx, client_id).zone)
    sessions = _sessions(tx, viewer, client_id, key)
    scope = sharing.scope(tx, key, viewer.id, client_id)
    lived = [] if scope.hidden else _lived(tx, viewer, client_id, scope.day)
    last = last_before(sessions, today) or days_on(today, -USUAL)
    return Week(
        client=client_id,
        next=_next(sessions, today),
        news=sum(day > last for day in lived),
        days=sorted({day for day in lived if days_on(today, -DAYS) < day <= today}),
        paused=scope.paused or scope.frozen,
        frozen=scope.frozen,
        choice=scope.choice,
    )


def _next(sessions: SessionDates, today: str) -> Meeting | None:
    day = next_from(sessions, today)
    at = None if day is None else time_on(sessions, day)
    return None if day is None or at is None else Meeting(day, at)


def _sessions(tx: Tx, viewer: Viewer, client_id: str, key: SealingKey) -> SessionDates:
    stored = records.of_my_client(tx, viewer.id, client_id, known_id(SESSIONS.name, client_id))
    body = None if stored is None else records.opened(key, client_id, stored)
    return SessionDates() if body is None else msgspec.json.decode(body, type=SessionDates)


def _lived(tx: Tx, viewer: Viewer, client_id: str, since: str) -> list[str]:
    """The local dates of the newest entries that the viewer may see."""
    rows = tx.all(
        "SELECT record.day FROM record JOIN relationship ON relationship.client_id = record.client_id "
        "WHERE record.client_id = :client AND relationship.therapist_id = :viewer AND relationship.until IS NULL "
        "AND record.author = 'client' AND record.audience = 'therapist' AND record.deleted = 0 "
        "AND record.body IS NOT NULL AND record.conflict_of IS NULL AND record.kind {in:kinds} "
        "AND record.day IS NOT NULL AND record.day >= :since ORDER BY record.seq DESC LIMIT :most",
        client=client_id,
        viewer=viewer.id,
        kinds=list(ENTRIES),
        most=NEWEST,
        since=since,
    )
    return [str(row[0]) for row in rows]
