"""Assignments: what a therapist sets for their own client, written into the client's journal."""

from collections.abc import Callable

import msgspec

from server.bodies import Assignment
from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.store import counter, records, sharing
from server.store.keys import Keys
from server.store.op import Op
from server.store.therapist_ops import written

_Body = dict[str, object]


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
        self._db, self._keys = db, keys

    async def add(
        self, viewer: Viewer, client_id: str, ids: Ids, assignment: Assignment, asked: bytes, now: Millis
    ) -> Record:
        """Set an exercise for one of the viewer's own clients. `asked` is what the therapist sent: the same again with
        the same ids changes nothing, whenever it comes."""
        key = await self._keys.of(client_id)
        said = Op(
            id=ids.op,
            record=ids.record,
            kind="assignment",
            action="put",
            base=None,
            audience="therapist",
            felt_at=now,
            day=assignment.set_on,
            body=msgspec.json.encode(assignment),
            asked=asked,
        )
        return await self._db.write(lambda tx: written(tx, viewer, client_id, key, said, now))

    async def end(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Record:
        """End an assignment of one of the viewer's own clients; ending it twice is harmless. The exercise's text
        leaves the journal with it. `Conflict` when the assignment changed since `wish.base`."""
        return await self._change(viewer, client_id, wish, now, lambda body: _ended(body, now))

    async def confirm(self, viewer: Viewer, client_id: str, wish: Wish, now: Millis) -> Record:
        """Let an assignment that a restore set aside go on; twice is harmless. `Conflict` as for `end`."""
        return await self._change(viewer, client_id, wish, now, _confirmed)

    async def _change(
        self, viewer: Viewer, client_id: str, wish: Wish, now: Millis, change: Callable[[_Body], _Body | None]
    ) -> Record:
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Record:
            counter.take_for_therapist(tx, viewer.id, client_id, count=0)
            stored = records.one(tx, client_id, wish.record)
            if stored is None or stored.kind != "assignment" or stored.author != "therapist" or stored.deleted:
                raise NotFound()
            body = change(msgspec.json.decode(records.opened(key, client_id, stored) or b"{}", type=_Body))
            if body is None:
                return records.told(key, client_id, stored, sharing.scope(tx, key, viewer.id, client_id))
            said = Op(
                id=wish.op,
                record=wish.record,
                kind="assignment",
                action="put",
                base=wish.base,
                audience="therapist",
                felt_at=stored.felt_at,
                day=stored.day,
                body=msgspec.json.encode(body),
            )
            return written(tx, viewer, client_id, key, said, now)

        return await self._db.write(work)


def suspended(body: _Body, now: Millis) -> _Body | None:
    """The assignment with the exercise's text set aside, so that no device can start it; None when it holds no text."""
    snapshot = body.get("snapshot")
    if snapshot is None:
        return None
    return {name: value for name, value in body.items() if name != "snapshot"} | {
        "suspended": {"since": now, "snapshot": snapshot}
    }


def _confirmed(body: _Body) -> _Body | None:
    aside = body.get("suspended")
    if not isinstance(aside, dict):
        return None
    kept = {name: value for name, value in body.items() if name != "suspended"}
    return kept | {"snapshot": aside["snapshot"]}


def _ended(body: _Body, now: Millis) -> _Body | None:
    if body.get("ended_at") is not None:
        return None
    return {name: value for name, value in body.items() if name not in {"snapshot", "suspended"}} | {"ended_at": now}
