"""Assignments: what a therapist sets for their own client, written into the client's journal."""

from collections.abc import Callable
from datetime import date

import msgspec

from server import assigned
from server.assigned import Fields
from server.bodies import Assignment
from server.database import Database, Tx
from server.errors import Invalid, NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.sealing import SealingKey, Unreadable, bind
from server.store import counter, records, sharing
from server.store.keys import Keys
from server.store.ledger import Ledger, Notes
from server.store.op import Op
from server.store.records import Stored
from server.store.therapist_ops import done, written
from server.store.values import as_bytes, as_int

_KIND = "assignment"


class Ids(msgspec.Struct, frozen=True):
    """The ids a therapist's browser made: of the assignment, and of the wish to set it."""

    record: str
    op: str


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A therapist's wish about the assignment that was on screen at revision `base`."""

    record: str
    op: str
    base: Rev


class Assignments:
    """A therapist's writes into the journals of their own clients."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys, self._ledger = db, keys, Ledger(keys.database)

    async def of(self, viewer: Viewer, client_id: str) -> list[Record]:
        """All that was set for one of the viewer's own clients, in the order it was last changed; nothing for anyone
        else's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> list[Record]:
            found = records.of_kind_of_my_client(tx, viewer.id, client_id, _KIND)
            return [records.travelling(key, client_id, one) for one in found]

        return await self._db.read(work)

    async def add(
        self,
        viewer: Viewer,
        client_id: str,
        ids: Ids,
        assignment: Assignment,
        asked: bytes,
        now: Millis,
        today: date,
    ) -> Record:
        """Set an exercise for one of the viewer's own clients; `Invalid` while the same one is set already. `asked` is
        what the therapist sent: the same again with the same ids changes nothing, whenever it comes. `today` is the
        date where the viewer is."""
        key = await self._keys.of(client_id)
        said = Op(
            id=ids.op,
            record=ids.record,
            kind=_KIND,
            action="put",
            base=None,
            audience="therapist",
            felt_at=now,
            day=assignment.set_on,
            body=msgspec.json.encode(assignment),
            asked=asked,
        )

        def work(tx: Tx) -> Record:
            counter.take_for_therapist(tx, viewer.id, client_id, count=0)
            if records.one(tx, client_id, ids.record) is None:
                _refuse_second(tx, key, viewer, client_id, assignment, today)
            return written(tx, viewer, client_id, key, said, now)

        return await self._db.write(work)

    async def change(
        self, viewer: Viewer, client_id: str, wish: Wish, change: Callable[[Fields], Fields], asked: bytes, now: Millis
    ) -> Record:
        """Change what was agreed for an assignment. `asked` is what the therapist sent, as for `add`; `Conflict` as for
        `end`."""
        return await self._change(viewer, client_id, wish, now, lambda _, __, body: change(body), asked)

    async def end(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Record:
        """End an assignment of one of the viewer's own clients; ending it twice is harmless. The exercise's text
        leaves the journal with it. `Conflict` when the assignment changed since `wish.base`."""
        return await self._change(viewer, client_id, wish, now, lambda _, __, body: assigned.ended(body, now))

    async def reopen(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis, today: date) -> Record:
        """Undo an ending: the assignment is as it was before. Twice is harmless. `Conflict` as for `end`, `Invalid`
        while the same exercise is set anew."""
        key = await self._keys.of(client_id)

        def reopened(tx: Tx, stored: Stored, body: Fields) -> Fields | None:
            if body.get("ended_at") is None:
                return None
            before = _before(tx, key, client_id, stored)
            _refuse_second(tx, key, viewer, client_id, assigned.read(before), today, stored.id)
            return before

        return await self._change(viewer, client_id, wish, now, reopened)

    async def confirm(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Record:
        """Let an assignment that a restore set aside go on; twice is harmless. `Conflict` as for `end`."""
        return await self._change(viewer, client_id, wish, now, lambda _, __, body: assigned.confirmed(body))

    async def withdraw(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Record:
        """Take back what was set by mistake: nothing of it stays, and it leaves the client's phone. Twice is harmless;
        `Conflict` when the assignment changed since `wish.base`. It is in the ledger when this answers."""
        key = await self._keys.of(client_id)
        said = Op(id=wish.op, record=wish.record, kind=_KIND, action="delete", base=wish.base)

        def work(tx: Tx) -> tuple[Record, Notes]:
            counter.take_for_therapist(tx, viewer.id, client_id, count=0)
            _of_therapist(tx, client_id, wish.record)
            return done(tx, viewer, client_id, key, said, now)

        record, notes = await self._db.write(work)
        await self._ledger.note(client_id, notes, now)
        return record

    async def _change(
        self,
        viewer: Viewer,
        client_id: str,
        wish: Wish,
        now: Millis,
        change: Callable[[Tx, Stored, Fields], Fields | None],
        asked: bytes | None = None,
    ) -> Record:
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Record:
            counter.take_for_therapist(tx, viewer.id, client_id, count=0)
            stored = _of_therapist(tx, client_id, wish.record)
            if stored.deleted:
                raise NotFound()
            body = change(tx, stored, msgspec.json.decode(records.opened(key, client_id, stored) or b"{}", type=Fields))
            if body is None:
                return records.told(key, client_id, stored, sharing.scope(tx, key, viewer.id, client_id))
            said = Op(
                id=wish.op,
                record=wish.record,
                kind=_KIND,
                action="put",
                base=wish.base,
                audience="therapist",
                felt_at=stored.felt_at,
                day=stored.day,
                body=msgspec.json.encode(body),
                asked=asked,
            )
            return written(tx, viewer, client_id, key, said, now)

        return await self._db.write(work)


def _of_therapist(tx: Tx, client_id: str, record_id: str) -> Stored:
    stored = records.one(tx, client_id, record_id)
    if stored is None or stored.kind != _KIND or stored.author != "therapist":
        raise NotFound()
    return stored


def _refuse_second(
    tx: Tx, key: SealingKey, viewer: Viewer, client_id: str, wanted: Assignment, today: date, but: str | None = None
) -> None:
    """`Invalid` when the same exercise is with the client already; the record `but` is not looked at."""
    for stored in records.of_kind_of_my_client(tx, viewer.id, client_id, _KIND):
        other = None if stored.id == but else _opened(key, client_id, stored)
        if other is not None and other.exercise == wanted.exercise and assigned.is_live(other, today):
            raise Invalid(
                f"\u201c{wanted.title}\u201d is set for this client already, so nothing was set. "
                "Change that one, or end it first."
            )


def _opened(key: SealingKey, client_id: str, stored: Stored) -> Assignment | None:
    """What an assignment says; None where it can't be read."""
    try:
        return msgspec.json.decode(records.opened(key, client_id, stored) or b"", type=Assignment)
    except (Unreadable, msgspec.DecodeError):
        return None


def _before(tx: Tx, key: SealingKey, client_id: str, stored: Stored) -> Fields:
    """What an assignment said before it was ended."""
    row = tx.one(
        "SELECT kind, schema, audience, op_id, body FROM version WHERE client_id = :client AND record_id = :id "
        "AND author = 'therapist' AND body IS NOT NULL AND seq < :seq ORDER BY seq DESC LIMIT 1",
        client=client_id,
        id=stored.id,
        seq=stored.rev.seq,
    )
    if row is None:
        raise NotFound()
    kind, schema, audience, op, body = str(row[0]), as_int(row[1]), str(row[2]), str(row[3]), as_bytes(row[4])
    return msgspec.json.decode(key.open(bind(client_id, stored.id, kind, schema, audience, op), body), type=Fields)
