"""Supervision: somebody of the practice looks at numbers and codes of a client, by the client's word and until a time.

It is there only while all of it holds: the client agreed and took nothing back, nobody ended it, its time is not over,
the therapist who asked still accompanies the client, and nothing rests. Otherwise it is the same 404 as one that never
was.
"""

from typing import Final, Literal

import msgspec

from server.bodies import Supervised
from server.database import Database, Row, Tx
from server.errors import Invalid, NotFound
from server.models import Millis, Record, Viewer
from server.schedule import day_where
from server.sealing import SealingKey
from server.security import DAY
from server.store import counter, readings, records, sharing
from server.store.briefs import held
from server.store.keys import Keys
from server.store.known_ids import copy_id
from server.store.op import Op
from server.store.scope import Scope
from server.store.therapist_ops import Known, news, tell
from server.store.values import as_int

SUPERVISED: Final = Known("supervision", "supervision")
LONGEST: Final = 12
"""Weeks."""
LOOKED_AT: Final = 500
"""Records that are looked at, the newest."""
State = Literal["asked", "agreed", "declined", "ended"]


class Consent(msgspec.Struct, frozen=True):
    """What the client answered, and to which question."""

    to: str = ""
    agreed: bool = False


class Supervision(msgspec.Struct, frozen=True, kw_only=True):
    """One that was asked for, as the therapist sees it."""

    id: str
    supervisor: str
    until: Millis
    state: State


class Supervises(msgspec.Struct, frozen=True, kw_only=True):
    """One that the viewer may look at: whose, and until when. Whom it is about is not said."""

    id: str
    by: str
    until: Millis


class Looked(msgspec.Struct, frozen=True):
    """What is looked at, and the date where the client is."""

    records: list[Record]
    today: str


class Supervisions:
    """What the viewer asked for, and what they may look at."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def ask(self, viewer: Viewer, client_id: str, id: str, to: str, weeks: int, now: Millis) -> Supervision:
        """Ask one of the viewer's own clients to let a colleague look, in the place of what was asked before; the same
        id twice is one. `NotFound` for anyone else's client, and for a colleague there is not."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Supervision:
            head = counter.take_for_therapist(tx, viewer.id, client_id)
            if tx.one("SELECT 1 FROM supervision WHERE id = :id AND therapist_id = :me", id=id, me=viewer.id) is None:
                supervisor = _colleague(tx, viewer, to)
                ending(tx, client_id, now)
                until = now + weeks * 7 * DAY
                _write(tx, viewer, client_id, id, to, until, now)
                said = Supervised(id=id, at=now, until=until, by=viewer.name, supervisor=supervisor)
                tell(tx, head, client_id, key, [news(tx, client_id, SUPERVISED, id, said, now)], now)
            found = _of_client(tx, viewer, client_id, key, now)
            assert found is not None
            return found

        return await self._db.write(work)

    async def of_client(self, viewer: Viewer, client_id: str, now: Millis) -> Supervision | None:
        """What was asked last of one of the viewer's own clients; None where nothing was. `NotFound` for anyone
        else's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Supervision | None:
            sharing.scope(tx, key, viewer.id, client_id)  # for anyone else it raises
            return _of_client(tx, viewer, client_id, key, now)

        return await self._db.read(work)

    async def end(self, viewer: Viewer, client_id: str, now: Millis) -> None:
        """End what was asked of one of the viewer's own clients; twice is harmless."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> None:
            head = counter.take_for_therapist(tx, viewer.id, client_id)
            ops = ending(tx, client_id, now)
            if ops:
                tell(tx, head, client_id, key, ops, now)

        await self._db.write(work)

    async def mine(self, viewer: Viewer, now: Millis) -> list[Supervises]:
        """What the viewer may look at, what ends first at the top."""
        rows = await self._db.read(
            lambda tx: tx.all(_LIVE + "ORDER BY supervision.until, supervision.id", **_me(viewer, now))
        )
        keys = {str(row[1]): await self._keys.of(str(row[1])) for row in rows}
        return await self._db.read(
            lambda tx: [
                Supervises(id=str(row[0]), by=str(row[3]), until=as_int(row[4]))
                for row in rows
                if _agreed(tx, keys[str(row[1])], row) is not None
            ]
        )

    async def look(self, viewer: Viewer, id: str, now: Millis) -> Looked:
        """The shared records that the supervision is about, which nobody may see as they are: their numbers and codes
        are to be taken. It is a reading, and noted as one."""
        row = await self._db.read(lambda tx: tx.one(_LIVE + "AND supervision.id = :id", id=id, **_me(viewer, now)))
        if row is None:
            raise NotFound()
        key = await self._keys.of(str(row[1]))

        def work(tx: Tx) -> Looked:
            live = tx.one(_LIVE + "AND supervision.id = :id", id=id, **_me(viewer, now))
            scope = None if live is None else _agreed(tx, key, live)
            if live is None or scope is None:
                raise NotFound()
            client, back = str(live[1]), held(tx, key, str(live[1]))
            readings.note_supervision(tx, viewer.id, client, now)
            head = counter.peek(tx, client)
            rows = records.shared(tx, str(live[2]), client, max(0, head.seq - LOOKED_AT), LOOKED_AT, scope)
            told = [one for one in rows if one.id not in back and one.author == "client"]
            return Looked([records.travelling(key, client, one) for one in told], day_where(now, head.zone))

        return await self._db.write(work)


_LIVE: Final = (
    "SELECT supervision.id, supervision.client_id, supervision.therapist_id, account.display_name, supervision.until "
    "FROM supervision JOIN account ON account.id = supervision.therapist_id AND account.disabled = 0 "
    "JOIN relationship ON relationship.client_id = supervision.client_id "
    "AND relationship.therapist_id = supervision.therapist_id AND relationship.until IS NULL "
    "WHERE supervision.supervisor_id = :viewer AND supervision.ended_at IS NULL AND supervision.until > :now "
)


def _me(viewer: Viewer, now: Millis) -> dict[str, str | int]:
    return {"viewer": viewer.id, "now": now}


def _agreed(tx: Tx, key: SealingKey, row: Row) -> Scope | None:
    """What may be looked at by a live supervision; None when nothing may."""
    client = str(row[1])
    if _consent(tx, key, client) != Consent(str(row[0]), agreed=True):
        return None
    scope = sharing.scope(tx, key, str(row[2]), client)
    return None if scope.hidden else scope


def _consent(tx: Tx, key: SealingKey, client_id: str) -> Consent:
    return sharing.answered(tx, key, client_id, "supervision-answer", Consent, Consent()) or Consent()


def _of_client(tx: Tx, viewer: Viewer, client_id: str, key: SealingKey, now: Millis) -> Supervision | None:
    row = tx.one(
        "SELECT supervision.id, account.display_name, supervision.until, supervision.ended_at FROM supervision "
        "JOIN account ON account.id = supervision.supervisor_id JOIN relationship "
        "ON relationship.client_id = supervision.client_id AND relationship.therapist_id = supervision.therapist_id "
        "AND relationship.until IS NULL WHERE supervision.client_id = :client AND supervision.therapist_id = :viewer "
        "ORDER BY supervision.asked_at DESC, supervision.id DESC LIMIT 1",
        client=client_id,
        viewer=viewer.id,
    )
    if row is None:
        return None
    over = row[3] is not None or as_int(row[2]) <= now
    consent = _consent(tx, key, client_id)
    answer: State = "asked" if consent.to != row[0] else "agreed" if consent.agreed else "declined"
    return Supervision(id=str(row[0]), supervisor=str(row[1]), until=as_int(row[2]), state="ended" if over else answer)


def _colleague(tx: Tx, viewer: Viewer, to: str) -> str:
    if to == viewer.id:
        raise Invalid("That is you. Nothing was asked. Choose a colleague.")
    row = tx.one(
        "SELECT display_name FROM account WHERE id = :to AND practice_id = :practice AND role = 'therapist' "
        "AND disabled = 0",
        to=to,
        practice=viewer.practice,
    )
    if row is None:
        raise NotFound()
    return str(row[0])


def _write(tx: Tx, viewer: Viewer, client_id: str, id: str, to: str, until: Millis, now: Millis) -> None:
    written = tx.run(
        "INSERT INTO supervision (id, client_id, therapist_id, supervisor_id, asked_at, until) "
        "VALUES (:id, :client, :therapist, :supervisor, :now, :until) ON CONFLICT (id) DO NOTHING",
        id=id,
        client=client_id,
        therapist=viewer.id,
        supervisor=to,
        now=now,
        until=until,
    )
    if not written:
        raise NotFound()


def ending(tx: Tx, client_id: str, now: Millis) -> list[Op]:
    """End the supervision that is asked for or agreed; what the client's devices are told of it: one op, or none."""
    row = tx.one(
        "SELECT supervision.id, supervision.asked_at, supervision.until, therapist.display_name, "
        "supervisor.display_name FROM supervision JOIN account AS therapist ON therapist.id = supervision.therapist_id "
        "JOIN account AS supervisor ON supervisor.id = supervision.supervisor_id "
        "WHERE supervision.client_id = :client AND supervision.ended_at IS NULL "
        "ORDER BY supervision.asked_at DESC, supervision.id DESC LIMIT 1",
        client=client_id,
    )
    if row is None:
        return []
    tx.run(
        "UPDATE supervision SET ended_at = :now WHERE client_id = :client AND ended_at IS NULL",
        client=client_id,
        now=now,
    )
    id = str(row[0])
    said = Supervised(
        id=id, at=as_int(row[1]), until=as_int(row[2]), by=str(row[3]), supervisor=str(row[4]), ended_at=now
    )
    return [news(tx, client_id, SUPERVISED, copy_id(id, "ended"), said, now)]
