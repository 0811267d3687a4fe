"""The journal of one client: every write takes the client's counter first, everything else follows in the same
transaction. The number of statements does not grow with the batch."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from server.database import Tx, Value
from server.merge import Action, Current, Lost, Rev, Verdict, decide, narrower, parse_rev, takes_unseen
from server.models import Audience, Millis, Role, Status
from server.sealing import SealingKey
from server.store import agreed, results
from server.store.counter import MOST_RECORDS, Head
from server.store.following import follow
from server.store.known_ids import copy_id, ending_id
from server.store.ledger import Agreed, Ended, State
from server.store.op import Op, Outcome, content_of, place, told
from server.store.values import as_bytes, as_int

Stale = Literal["copy", "refuse"]
"""What becomes of a put on a base that is no longer current."""

_TAKEN: Final[dict[Action, frozenset[Status]]] = {
    "put": frozenset({"applied", "conflict"}),
    "delete": frozenset({"applied", "stale"}),
    "withdraw": frozenset({"applied", "stale"}),
}
"""The outcomes of an op that was understood: what it took the place of, or ended, is over."""
_FULL: Final = Outcome(
    "refused",
    reason=f"This journal holds {MOST_RECORDS:,} entries, the most the server keeps. Nothing is lost: what you wrote "
    "is still on this device. Delete entries that are no longer needed, then save it again.",
)


class Batch:
    """One author's ops on one journal, applied in order inside one transaction. `anew` gives what is there already a
    revision of its own, too."""

    def __init__(
        self,
        client_id: str,
        author: Role,
        key: SealingKey,
        now: Millis,
        stale_puts: Stale = "copy",
        anew: bool = False,
    ) -> None:
        self._client, self._key, self._now = client_id, key, now
        self._author: Role = author
        self._stale_puts, self._anew = stale_puts, anew
        self._stored: dict[str, tuple[bytes, Outcome]] = {}
        self._in_versions: dict[str, Outcome] = {}
        self._done: dict[str, tuple[Op, Outcome]] = {}
        self._current: dict[str, Current] = {}
        self._rows: dict[str, dict[str, Value]] = {}
        self._versions: list[dict[str, Value]] = []
        self._results: list[dict[str, Value]] = []
        self._replaced: set[str] = set()
        self._emptied: set[str] = set()
        self._authors: dict[str, str] = {}
        self._bodies: dict[str, bytes] = {}
        self._places = 0
        self.ended: list[Ended] = []
        """What the ledger is to know of: deletes, withdrawals, and what was shared again."""
        self.agreed: list[Agreed] = []
        """And what says who may see what."""

    def apply(self, tx: Tx, head: Head, ops: Sequence[Op]) -> list[Outcome]:
        """The outcome of each op, in order; their effects and results are written. `head.seq` is the counter after
        one number was taken for each op."""
        self._stored = results.stored(tx, self._client, self._author, ops)
        self._load(tx, ops)
        self._places = self._room(tx, head, len(ops))
        first = head.seq - len(ops) + 1
        outcomes = [self._answer(op, head, Rev(head.epochs.current, first + n)) for n, op in enumerate(ops)]
        self._write(tx)
        follow(tx, self._client, list(self._rows.values()), self._bodies, self._now)
        return outcomes

    def _answer(self, op: Op, head: Head, rev: Rev) -> Outcome:
        content = self._key.mac(content_of(op))
        outcome = self._begun(op, rev, content) if self._is_new(op) else self._before(op, content)
        if outcome is None:
            outcome = self._one(op, head, rev, content)
            self._done[op.id] = (op, outcome)
            stands = op.action == "put" and outcome.rev is rev and op.asked is None
            if not stands and outcome.status != "refused":
                self._keep_result(op.id, self._key.mac(told(op, content)), outcome)
        if op.action != "put":
            self._note_end(op, outcome, head)
        elif outcome.status == "applied" and outcome.rev is not None and agreed.is_agreed(self._client, op):
            self.agreed.append(agreed.noted(self._key, self._client, self._author, op, head, outcome.rev))
        return outcome

    def _is_new(self, op: Op) -> bool:
        """Whether it begins a record, as almost all do: then there is nothing to weigh."""
        return (
            op.base is None
            and op.action == "put"
            and op.asked is None
            and op.record not in self._current
            and op.id not in self._done
            and op.id not in self._stored
        )

    def _begun(self, op: Op, rev: Rev, content: bytes) -> Outcome:
        outcome = _FULL
        if self._places > 0:
            self._put(op, op.record, op.audience, rev, content, op.conflict_of)
            outcome = Outcome("applied", rev)
        self._done[op.id] = (op, outcome)
        return outcome

    def _before(self, op: Op, content: bytes) -> Outcome | None:
        """What became of the op when it came before; None when it is new."""
        if op.id in self._done:
            first, outcome = self._done[op.id]
            return outcome if first == op else results.AGAIN_BUT_OTHER
        kept = self._stored.get(op.id)
        if kept is not None and kept[0] != results.FORGOTTEN:
            return kept[1] if kept[0] == self._key.mac(told(op, content)) else results.AGAIN_BUT_OTHER
        current = self._current.get(op.record)
        if current is not None and op.action == "put":
            if current.op == op.id and self._authors[op.record] == self._author:
                return Outcome("applied", current.rev) if current.content == content else results.AGAIN_BUT_OTHER
            if op.id in self._in_versions:
                return self._in_versions[op.id]
        return None if kept is None else kept[1]

    def _keep_result(self, op: str, digest: bytes, outcome: Outcome) -> None:
        self._results.append(results.row(self._client, self._author, op, digest, outcome, self._now))

    def _load(self, tx: Tx, ops: Sequence[Op]) -> None:
        """What the server holds of these records; and of their copies, which a restore may have left behind."""
        self._read(tx, {op.record for op in ops})
        edits = [op for op in ops if op.action == "put" and op.record in self._current]
        if edits:
            self._read(tx, {copy_id(op.record, op.id) for op in edits})
            self._in_versions = results.in_versions(tx, self._client, self._author, self._key, edits)

    def _read(self, tx: Tx, ids: set[str]) -> None:
        rows = tx.all(
            "SELECT id, kind, audience, author, epoch, seq, deleted, mac, op_id, conflict_of, over_at, "
            "unseen FROM record "
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
                op=str(row[8]),
                conflict_of=None if row[9] is None else str(row[9]),
                over=None if row[10] is None else parse_rev(str(row[10])),
                unseen=bool(row[11]),
            )

    def _room(self, tx: Tx, head: Head, taken: int) -> int:
        """For how many new records there is a place. A journal is counted only when it may be full: since it was
        counted last, no more records can have come than numbers were taken."""
        if head.seq <= head.room:
            return taken
        row = tx.one("SELECT count(*) FROM record WHERE client_id = :client AND deleted = 0", client=self._client)
        places = MOST_RECORDS - as_int(row[0] if row else 0)
        room = head.seq - taken + places
        tx.run("UPDATE client SET room = :room WHERE id = :client", room=room, client=self._client)
        return places

    def _one(self, op: Op, head: Head, rev: Rev, content: bytes) -> Outcome:
        current = self._current.get(op.record)
        if current is not None and self._authors[op.record] != self._author:
            return Outcome("refused", reason="This was written by someone else, so it can't be changed here.")
        if current is not None and current.kind != op.kind:
            return Outcome("refused", reason=f"This is saved as a {current.kind}, not as a {op.kind}.")
        lost = _lost(op, current, head)
        outcome = self._weighed(op, current, head, rev, content, lost)
        if lost is not None and op.id != lost.again and outcome.status in _TAKEN[op.action]:
            # It came after the lost version: whoever sends that one now is late.
            self._keep_result(lost.again, results.FORGOTTEN, Outcome("applied", op.base))
        return outcome

    def _weighed(
        self, op: Op, current: Current | None, head: Head, rev: Rev, content: bytes, lost: Lost | None
    ) -> Outcome:
        match decide(current, op.id, op.action, op.kind, op.base, content, head.epochs, head.floor, lost):
            case Verdict.SAME if not self._anew:
                assert current is not None
                return Outcome("applied", current.rev)
            case Verdict.STALE:
                return Outcome("stale", current.rev if current else None)
            case Verdict.APPLY | Verdict.SAME:
                if self._no_place_for(op, op.record):
                    return _FULL
                if op.action == "put" and current is not None and current.audience == "me":
                    self.ended.append(_ended(op, self._author, "shared", head, rev))
                unseen = op.action == "withdraw" and takes_unseen(current, op.base, head.epochs, lost)
                self._put(
                    op, op.record, op.audience, rev, content, op.conflict_of, is_late=lost is not None, unseen=unseen
                )
                return Outcome("applied", rev)
            case Verdict.COPY:
                return self._copy(op, current, rev, content)

    def _copy(self, op: Op, current: Current | None, rev: Rev, content: bytes) -> Outcome:
        there = current.rev if current else None
        if self._stale_puts == "refuse":
            return Outcome("stale", there)
        copy = copy_id(op.record, op.id)
        audience = op.audience
        if current is not None and not current.unseen:
            audience = narrower(audience, current.audience)
        if audience != "me" and copy not in self._current:
            if self._no_place_for(op, copy):
                return _FULL
            self._put(op, copy, audience, rev, content, op.record)
        return Outcome("conflict", there, copy)

    def _note_end(self, op: Op, outcome: Outcome, head: Head) -> None:
        """Also when the op came before: whoever sends it again was not told yet that it is done."""
        if outcome.status == "applied" and outcome.rev is not None:
            state: State = "deleted" if op.action == "delete" else "withdrawn"
            current = self._current.get(op.record)
            over = None if current is None else current.over
            self.ended.append(_ended(op, self._author, state, head, outcome.rev, over))

    def _no_place_for(self, op: Op, record: str) -> bool:
        return op.action == "put" and record not in self._current and self._places <= 0

    def _put(
        self,
        op: Op,
        record: str,
        audience: Audience,
        rev: Rev,
        content: bytes,
        conflict_of: str | None,
        is_late: bool = False,
        unseen: bool = False,
    ) -> None:
        gone = op.action != "put"
        id = ending_id(record, rev.epoch) if gone and is_late else op.id
        audience = "me" if op.action == "withdraw" else audience
        if op.action == "delete":
            audience = self._current[record].audience if record in self._current else "therapist"
        over = (op.base if is_late else op.over) if gone else None
        link = _link(self._current.get(record), conflict_of)
        lived = record in self._current and not self._current[record].deleted
        self._places += lived - (op.action != "delete")
        if gone:
            self._forget(record)
        elif record in self._rows:
            self._versions.append(self._rows[record])
        elif record in self._current:
            self._replaced.add(record)
        self._authors[record] = self._author
        self._current[record] = Current(
            rev=rev,
            kind=op.kind,
            audience=audience,
            deleted=op.action == "delete",
            content=content,
            op=id,
            conflict_of=link,
            over=over,
            unseen=unseen,
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
            "op": id,
            "body": self._sealed(op, record, audience),
            "conflict_of": link,
            "mac": content,
            "over": None if over is None else str(over),
            "unseen": int(unseen),
        }

    def _sealed(self, op: Op, record: str, audience: Audience) -> bytes | None:
        if op.body is None:
            return None
        return self._key.seal(place(self._client, record, op.kind, op.schema, audience, op.id), op.body)

    def _forget(self, record: str) -> None:
        """No earlier version of this record stays: not those on disk, not those of this batch."""
        self._emptied.add(record)
        self._replaced.discard(record)
        made = [row for row in (*self._versions, self._rows.get(record)) if row is not None and row["id"] == record]
        for row in made:
            if row["body"] is not None:
                rev = Rev(str(row["epoch"]), as_int(row["seq"]))
                self._keep_result(str(row["op"]), results.FORGOTTEN, Outcome("applied", rev))
        self._versions = [row for row in self._versions if row["id"] != record]

    def _write(self, tx: Tx) -> None:
        if self._emptied:
            emptied = sorted(self._emptied)
            results.keep_of_emptied(tx, self._client, emptied, self._now)
            tx.run(
                "DELETE FROM version WHERE client_id = :client AND record_id {in:ids}",
                client=self._client,
                ids=emptied,
            )
        if self._replaced:
            tx.run(
                f"INSERT INTO version (client_id, record_id, {_KEPT}) SELECT client_id, id, {_KEPT} FROM record "
                f"WHERE client_id = :client AND id {{in:ids}} AND body IS NOT NULL {_ONCE}",
                client=self._client,
                ids=sorted(self._replaced),
            )
        if self._versions:
            tx.many(
                f"INSERT INTO version (client_id, record_id, {_KEPT}) VALUES (:client, :id, :kind, :schema, :audience, "
                f":author, :epoch, :seq, :felt_at, :zone, :day, :saved_at, :op, :body) {_ONCE}",
                [_version(row) for row in self._versions if row["body"] is not None],
            )
        if self._rows:
            tx.many(_UPSERT, list(self._rows.values()))
        results.keep(tx, self._results)


def _version(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if name not in _RECORD_ONLY}


_KEPT: Final = "kind, schema, audience, author, epoch, seq, felt_at, zone, day, saved_at, op_id, body"
"""What of a record its earlier version keeps."""
_ONCE: Final = "ON CONFLICT (client_id, record_id, epoch, seq) DO NOTHING"
_RECORD_ONLY: Final = frozenset({"deleted", "conflict_of", "mac", "over", "unseen"})
_UPSERT: Final = """
INSERT INTO record (client_id, id, kind, schema, audience, author, epoch, seq, deleted, felt_at, zone, day, saved_at,
                    op_id, body, conflict_of, mac, over_at, unseen)
VALUES (:client, :id, :kind, :schema, :audience, :author, :epoch, :seq, :deleted, :felt_at, :zone, :day, :saved_at,
        :op, :body, :conflict_of, :mac, :over, :unseen)
ON CONFLICT (client_id, id) DO UPDATE SET
    schema = excluded.schema, audience = excluded.audience, epoch = excluded.epoch, seq = excluded.seq,
    deleted = excluded.deleted, felt_at = excluded.felt_at, zone = excluded.zone, day = excluded.day,
    saved_at = excluded.saved_at, op_id = excluded.op_id, body = excluded.body,
    conflict_of = excluded.conflict_of, mac = excluded.mac, over_at = excluded.over_at,
    unseen = excluded.unseen
"""


def _lost(op: Op, current: Current | None, head: Head) -> Lost | None:
    if op.base is None or not head.epochs.lost(op.base):
        return None
    ended = current is not None and current.op == ending_id(op.record, current.rev.epoch)
    over = current is not None and ended and (current.over is None or head.epochs.held(current.over, op.base))
    return Lost(copy_id(op.record, str(op.base)), over)


def _link(current: Current | None, said: str | None) -> str | None:
    """The record that this one is a copy of: said when it is new here, or when its text is not here since it was
    taken back. Otherwise it stays what it is."""
    if current is None or (current.conflict_of is None and current.audience == "me"):
        return said
    return current.conflict_of


def _ended(op: Op, author: Role, state: State, head: Head, rev: Rev, over: Rev | None = None) -> Ended:
    return Ended(
        record=op.record,
        kind=op.kind,
        author=author,
        state=state,
        ord=head.place(rev.epoch),
        seq=rev.seq,
        over=None if over is None else str(over),
    )
