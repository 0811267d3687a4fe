"""The note that a therapist leaves a client until they meet next: one at a time, under one id. A new one takes its
place, and the one before stays, as a record of its own."""

from typing import Final

import msgspec

from server.bodies import Message
from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.sealing import SealingKey
from server.store import counter, records
from server.store.keys import Keys
from server.store.known_ids import known_id
from server.store.ledger import Ledger, Notes
from server.store.op import Op
from server.store.records import Stored
from server.store.therapist_ops import done, put_of, written

KIND: Final = "message"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the note is to say in place of the one on screen at revision `base`: that one, changed, unless it is a
    `fresh` one."""

    op: str
    base: Rev | None
    text: str
    fresh: bool


class Back(msgspec.Struct, frozen=True, kw_only=True):
    """Which note is to go, as it was on screen at revision `base`."""

    op: str
    note: str
    base: Rev | None


class Noted(msgspec.Struct, frozen=True):
    """The note as it stands, and the one before it where that was kept just now."""

    message: Record
    earlier: Record | None


class Messages:
    """The notes of a therapist to their own clients."""

    def __init__(self, db: Database, keys: Keys, ledger: Ledger) -> None:
        self._db, self._keys, self._ledger = db, keys, ledger

    async def write(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Noted:
        """Write the note to one of the viewer's own clients; without text it is taken back. `NotFound` for anyone
        else's client, `Conflict` when it changed since."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Noted:
            counter.take_for_therapist(tx, viewer.id, client_id, 0)
            there = records.of_my_client(tx, viewer.id, client_id, known_id(KIND, client_id))
            before = (
                _kept(key, client_id, there) if wish.fresh and there is not None and there.rev == wish.base else None
            )
            earlier = None if before is None else written(tx, viewer, client_id, key, before, now)
            return Noted(written(tx, viewer, client_id, key, _note(viewer, client_id, wish, now), now), earlier)

        return await self._db.write(work)

    async def take_back(self, viewer: Viewer, client_id: str, back: Back, now: Millis) -> Record:
        """Take back a note of the viewer's own, the one that stands or one before; twice is harmless. `NotFound` when
        their client has no such note, `Conflict` when it changed since. It is in the ledger when this answers."""
        key = await self._keys.of(client_id)
        stands = back.note == known_id(KIND, client_id)
        nothing = Wish(op=back.op, base=back.base, text="", fresh=False)
        gone = Op(id=back.op, record=back.note, kind=KIND, action="delete", base=back.base)
        said = _note(viewer, client_id, nothing, now) if stands else gone

        def work(tx: Tx) -> tuple[Record, Notes]:
            counter.take_for_therapist(tx, viewer.id, client_id, 0)
            there = records.of_my_client(tx, viewer.id, client_id, back.note)
            if there is None or there.kind != KIND:
                raise NotFound()
            return done(tx, viewer, client_id, key, said, now)

        record, notes = await self._db.write(work)
        await self._ledger.note(client_id, notes, now)
        return record


def _note(viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Op:
    body = Message(text=wish.text, by=viewer.name)
    return put_of(KIND, wish.op, known_id(KIND, client_id), wish.base, now, msgspec.json.encode(body))


def _kept(key: SealingKey, client_id: str, there: Stored) -> Op | None:
    """What puts a note aside as it is, under an id that its revision gives; None when it says nothing."""
    body = records.opened(key, client_id, there)
    if body is None or not msgspec.json.decode(body, type=Message).text:
        return None
    aside = known_id(f"{KIND} {there.rev}", client_id)
    return put_of(KIND, known_id(f"keep {aside}", client_id), aside, None, there.felt_at, body)
