"""The journal of one client: every write takes the client's counter first, everything else follows in the same
transaction. The number of statements does not grow with the batch."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from server.bodies import Mark
from server.database import Row, Tx, Value
from server.errors import NotFound
from server.merge import Action, Current, Epochs, Rev, Verdict, decide, narrower
from server.models import Audience, Millis, Role, Status
from server.sealing import SealingKey, bind
from server.store import occasions, plans
from server.store.values import as_bytes, as_int


class Op(msgspec.Struct, frozen=True, kw_only=True):
    """One wish of an author about one record, checked and ready. `body` is None for delete and withdraw."""

    id: str
    record: str
    kind: str
    action: Action
    base: Rev | None
    schema: int = 1
    audience: Audience = "me"
    felt_at: Millis | None = None
    zone: str | None = None
    day: str | None = None
    body: bytes | None = None
    asked: bytes | None = None
    """What the author sent, where the server made the rest of the op from it: sending it again later is the same."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an op, as stored beside its effect."""

    status: Status
    rev: Rev | None = None
    copy: str | None = None
    reason: str | None = None


class Head(msgspec.Struct, frozen=True):
    """Where a journal stands: its epochs, its counter, and the revision below which tombstones were dropped."""

    epochs: Epochs
    seq: int
    floor: int


class Batch:
    """One author's ops on one journal, applied in order inside one transaction."""

    def __init__(
        self,
        client_id: str,
        author: Role,
        key: SealingKey,
        now: Millis,
        stale_puts: Literal["copy", "refuse"] = "copy",
    ) -> None:
        self._client, self._author, self._key, self._now = client_id, author, key, now
        self._stale_puts = stale_puts
        self._current: dict[str, Current] = {}
        self._rows: dict[str, dict[str, Value]] = {}
        self._versions: list[dict[str, Value]] = []
        self._replaced: set[str] = set()
        self._emptied: set[str] = set()
        self._authors: dict[str, str] = {}
        self._bodies: dict[str, bytes] = {}

    def apply(self, tx: Tx, head: Head, ops: Sequence[Op]) -> list[Outcome]:
        """The outcome of each op, in order; their effects and results are written. `head.seq` is the counter after
        one number was taken for each op."""
        seen = self._seen(tx, ops)
        fresh = [op for op in ops if op.id not in seen]
        self._load(tx, fresh)
        first = head.seq - len(ops) + 1
        outcomes: list[Outcome] = []
        results: list[dict[str, Value]] = []
        for number, op in enumerate(ops):
            content = self._key.mac(_content(op))
            digest = self._key.mac(_said(op, content))
            if op.id in seen:
                outcomes.append(_again(seen[op.id], digest))
                continue
            outcome = self._one(op, head.epochs, Rev(head.epochs.current, first + number), content)
            outcomes.append(outcome)
            if outcome.status != "refused":
                results.append(self._result_row(op, outcome, digest))
                seen[op.id] = (digest, outcome)
        self._write(tx, results)
        self._tell_reminders(tx)
        return outcomes

    def _seen(self, tx: Tx, ops: Sequence[Op]) -> dict[str, tuple[bytes, Outcome]]:
        rows = tx.all(
            "SELECT id, mac, status, rev, copy FROM op WHERE client_id = :client AND author = :author AND id {in:ids}",
            client=self._client,
            author=self._author,
            ids=[op.id for op in ops],
        )
        return {str(row[0]): (as_bytes(row[1]), _stored_outcome(row)) for row in rows}

    def _load(self, tx: Tx, ops: Sequence[Op]) -> None:
        """What the server holds of these records; and of their copies, which a restore may have left behind."""
        self._read(tx, {op.record for op in ops})
        edits = [op for op in ops if op.action == "put" and op.record in self._current]
        if edits:
            self._read(tx, {copy_id(op.record, op.id) for op in edits})

    def _read(self, tx: Tx, ids: set[str]) -> None:
        rows = tx.all(
            "SELECT id, kind, audience, author, epoch, seq, deleted, mac FROM record "
            "WHERE client_id = :client AND id {in:ids}",
            client=self._client,
            ids=sorted(ids),
        )
        for row in rows:
            self._authors[str(row[0])] = str(row[3])
            self._current[str(row[0])] = Current(
                kind=str(row[1]),
                audience=msgspec.convert(row[2], Audience),
                rev=Rev(str(row[4]), as_int(row[5])),
                deleted=bool(row[6]),
                content=as_bytes(row[7]),
            )

    def _one(self, op: Op, epochs: Epochs, rev: Rev, content: bytes) -> Outcome:
        current = self._current.get(op.record)
        if current is not None and self._authors[op.record] != self._author:
            return Outcome(status="refused", reason="This was written by someone else, so it can't be changed here.")
        if current is not None and current.kind != op.kind:
            return Outcome(status="refused", reason=f"This is saved as a {current.kind}, not as a {op.kind}.")
        match decide(current, op.action, op.kind, op.base, content, epochs):
            case Verdict.SAME:
                assert current is not None
                return Outcome(status="applied", rev=current.rev)
            case Verdict.STALE:
                return Outcome(status="stale", rev=current.rev if current else None)
            case Verdict.APPLY:
                self._put(op, op.record, op.audience, rev, content, conflict_of=None)
                return Outcome(status="applied", rev=rev)
            case Verdict.COPY:
                assert current is not None
                return self._copy(op, current, rev, content)

    def _copy(self, op: Op, current: Current, rev: Rev, content: bytes) -> Outcome:
        if self._stale_puts == "refuse":
            return Outcome(status="stale", rev=current.rev)
        copy = copy_id(op.record, op.id)
        audience = narrower(op.audience, current.audience)
        if audience != "me" and copy not in self._current:
            self._put(op, copy, audience, rev, content, conflict_of=op.record)
        return Outcome(status="conflict", rev=current.rev, copy=copy)

    def _put(self, op: Op, record: str, audience: Audience, rev: Rev, content: bytes, conflict_of: str | None) -> None:
        gone = op.action != "put"
        audience = "me" if op.action == "withdraw" else audience
        if op.action == "delete":
            audience = self._current[record].audience if record in self._current else "therapist"
        if gone:
            self._forget(record)
        elif record in self._rows:
            self._versions.append(self._rows[record])
        elif record in self._current:
            self._replaced.add(record)
        self._authors[record] = self._author
        self._current[record] = Current(
            rev=rev, kind=op.kind, audience=audience, deleted=op.action == "delete", content=content
        )
        if op.body is not None:
            self._bodies[record] = op.body
        self._rows[record] = {
            "client": self._client,
            "id": record,
            "kind": op.kind,
            "schema": op.schema,
            "audience": audience,
            "author": self._author,
            "epoch": rev.epoch,
            "seq": rev.seq,
            "deleted": int(op.action == "delete"),
            "felt_at": None if gone else op.felt_at,
            "zone": None if gone else op.zone,
            "day": None if gone else op.day,
            "saved_at": self._now,
            "op": op.id,
            "body": None if op.body is None else self._key.seal(self._aad(op, record, audience), op.body),
            "conflict_of": conflict_of,
            "mac": content,
        }

    def _forget(self, record: str) -> None:
        """No earlier version of this record stays: not those on disk, not those of this batch."""
        self._emptied.add(record)
        self._replaced.discard(record)
        self._versions = [row for row in self._versions if row["id"] != record]

    def _aad(self, op: Op, record: str, audience: Audience) -> bytes:
        return bind(self._client, record, op.kind, op.schema, audience, op.id)

    def _result_row(self, op: Op, outcome: Outcome, digest: bytes) -> dict[str, Value]:
        return {
            "client": self._client,
            "author": self._author,
            "id": op.id,
            "mac": digest,
            "status": outcome.status,
            "rev": str(outcome.rev) if outcome.rev else None,
            "copy": outcome.copy,
            "now": self._now,
        }

    def _write(self, tx: Tx, results: Sequence[Mapping[str, Value]]) -> None:
        if self._emptied:
            tx.run(
                "DELETE FROM version WHERE client_id = :client AND record_id {in:ids}",
                client=self._client,
                ids=sorted(self._emptied),
            )
        if self._replaced:
            tx.run(
                "INSERT INTO version (client_id, record_id, kind, schema, audience, author, epoch, seq, felt_at, zone, "
                "day, saved_at, op_id, body) "
                "SELECT client_id, id, kind, schema, audience, author, epoch, seq, felt_at, zone, day, saved_at, "
                "op_id, body FROM record WHERE client_id = :client AND id {in:ids} AND body IS NOT NULL "
                "ON CONFLICT (client_id, record_id, epoch, seq) DO NOTHING",
                client=self._client,
                ids=sorted(self._replaced),
            )
        if self._versions:
            tx.many(
                "INSERT INTO version (client_id, record_id, kind, schema, audience, author, epoch, seq, felt_at, zone, "
                "day, saved_at, op_id, body) VALUES (:client, :id, :kind, :schema, :audience, :author, :epoch, :seq, "
                ":felt_at, :zone, :day, :saved_at, :op, :body) "
                "ON CONFLICT (client_id, record_id, epoch, seq) DO NOTHING",
                [_version(row) for row in self._versions if row["body"] is not None],
            )
        if self._rows:
            tx.many(_UPSERT, list(self._rows.values()))
        if results:
            tx.many(
                "INSERT INTO op (client_id, author, id, mac, status, rev, copy, created_at) "
                "VALUES (:client, :author, :id, :mac, :status, :rev, :copy, :now)",
                results,
            )

    def _tell_reminders(self, tx: Tx) -> None:
        if any(row["kind"] == "assignment" for row in self._rows.values()):
            plans.note_all(tx, self._client)
        changed = [row for row in self._rows.values() if row["kind"] == "plan"]
        if changed:
            plans.note_plans(tx, self._client, [str(row["id"]) for row in changed], self._now)
        done = [
            mark
            for record, row in self._rows.items()
            if row["kind"] == "mark" and record in self._bodies
            for mark in _done_marks(self._bodies[record])
        ]
        if done:
            occasions.note_done(tx, self._client, done, self._now)


def _version(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if name not in _RECORD_ONLY}


_RECORD_ONLY: Final = frozenset({"deleted", "conflict_of", "mac"})
_UPSERT: Final = """
INSERT INTO record (client_id, id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day, saved_at,
                    op_id, body, conflict_of, mac)
VALUES (:client, :id, :kind, :schema, :audience, :author, :epoch, :seq, :deleted, :felt_at, :zone, :day, :saved_at,
        :op, :body, :conflict_of, :mac)
ON CONFLICT (client_id, id) DO UPDATE SET
    schema = excluded.schema, audience = excluded.audience, epoch = excluded.epoch, seq = excluded.seq,
    deleted = excluded.deleted, felt_at = excluded.felt_at, zone = excluded.zone, day = excluded.day,
    saved_at = excluded.saved_at, op_id = excluded.op_id, body = excluded.body, mac = excluded.mac
"""


def take(tx: Tx, client_id: str, count: int, now: Millis, zone: str | None = None) -> Head:
    """Take `count` numbers of a client's counter: the first statement of every journal write."""
    row = tx.one(
        "UPDATE client SET seq = seq + :count, active_at = :now, zone = coalesce(:zone, zone) WHERE id = :client "
        "RETURNING epoch, seq, floor",
        count=count,
        now=now,
        zone=zone,
        client=client_id,
    )
    return _head(tx, client_id, row)


def take_for_therapist(tx: Tx, therapist_id: str, client_id: str, count: int = 1) -> Head:
    """Take `count` numbers of the journal of the therapist's own client (0 only holds it); 404 without a live
    relationship."""
    row = tx.one(
        "UPDATE client SET seq = seq + :count WHERE id = :client AND EXISTS (SELECT 1 FROM relationship "
        "WHERE relationship.client_id = client.id AND relationship.therapist_id = :therapist "
        "AND relationship.until IS NULL) RETURNING epoch, seq, floor",
        count=count,
        client=client_id,
        therapist=therapist_id,
    )
    return _head(tx, client_id, row)


def peek(tx: Tx, client_id: str) -> Head:
    """Where the journal stands, without taking a number."""
    return _head(tx, client_id, tx.one("SELECT epoch, seq, floor FROM client WHERE id = :client", client=client_id))


def open_epoch(tx: Tx, client_id: str, epoch: str, now: Millis, fork: int) -> None:
    """Open a new epoch at the counter `fork`: what a device holds past it was lost by a restore."""
    tx.run(
        "INSERT INTO epoch (client_id, epoch, fork, opened_at, ord) SELECT :client, :epoch, :fork, :now, "
        "coalesce(max(ord), 0) + 1 FROM epoch WHERE client_id = :client",
        client=client_id,
        epoch=epoch,
        fork=fork,
        now=now,
    )
    tx.run("UPDATE client SET epoch = :epoch WHERE id = :client", client=client_id, epoch=epoch)


def copy_id(record: str, op: str) -> str:
    """The id of the copy that a conflicting op makes: the same on every device and server."""
    return str(uuid5(_uuid(record), op))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid5(NAMESPACE_URL, text)


def _head(tx: Tx, client_id: str, row: Row | None) -> Head:
    if row is None:
        raise NotFound()
    forks = tx.all("SELECT epoch, fork FROM epoch WHERE client_id = :client ORDER BY ord", client=client_id)
    return Head(Epochs({str(e): as_int(f) for e, f in forks}, str(row[0])), as_int(row[1]), as_int(row[2]))


def _said(op: Op, content: bytes) -> bytes:
    if op.asked is not None:
        return bind(op.record, op.action) + op.asked
    return bind(op.record, op.action, str(op.base) if op.base else None) + content


def _content(op: Op) -> bytes:
    said = bind(op.action, op.kind, op.schema, op.audience, op.felt_at, op.zone, op.day)
    return said + (op.body or b"")


def _again(stored: tuple[bytes, Outcome], digest: bytes) -> Outcome:
    if stored[0] != digest:
        return Outcome(status="refused", reason="This was sent before with other content. Nothing was changed.")
    return stored[1]


def _stored_outcome(row: Row) -> Outcome:
    _, _, status, rev, copy = row
    epoch, _, seq = str(rev).partition(".")
    return Outcome(
        status=msgspec.convert(status, Status),
        rev=Rev(epoch, int(seq)) if rev is not None else None,
        copy=None if copy is None else str(copy),
    )


def _done_marks(body: bytes) -> list[tuple[str, str, int]]:
    mark = msgspec.json.decode(body, type=Mark)
    if mark.what != "done" or mark.plan is None or mark.day is None:
        return []
    return [(mark.plan, mark.day, mark.slot)]
