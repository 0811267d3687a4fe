"""Servers that break one promise each: a real server with one defect patched in, by name.

Each stands for a mistake that is easily made. `scenarios.py` has the shortest way to meet it, and the machine's own
checks must call it by the name of the invariant it breaks.
"""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from server import bodies
from server.database import Tx
from server.database.group import Together
from server.merge import Fork, Rev, Verdict, decide
from server.models import Role
from server.routes import ops as sent
from server.routes import sync as route
from server.routes.ops import Put
from server.routes.sync import SyncAnswer
from server.sealing import SealingKey
from server.store import counter, journal, records, results, sync
from server.store.counter import Head
from server.store.high_water import HighWater
from server.store.journal import Batch
from server.store.ledger import Ledger
from server.store.op import Op, Outcome
from server.store.records import Page, Stored
from server.store.scope import Scope
from server.store.values import as_int


def break_server(defect: str) -> None:
    """Patch the defect of this name into the server of this process."""
    DEFECTS[defect]()


def _answers_before_it_commits() -> None:
    """Each group is answered when it was run, and committed when the next one comes."""

    begin = Together.begin

    def begins(self: Together, patience_ms: int = 0) -> bool:
        if self.conn.in_transaction:
            self.conn.execute("COMMIT")
        return begin(self, patience_ms)

    def commits(_: Together) -> int:
        return 1

    _patch(Together, "begin", begins)
    _patch(Together, "commit", commits)


def _what_came_before_is_not_known() -> None:
    _patch(Batch, "_before", lambda *_: None)


def _withdrawals_do_nothing() -> None:
    _change_verdict(lambda action, verdict: Verdict.SAME if action == "withdraw" else verdict)


def _own_copies_are_not_sent() -> None:
    page = records.page

    def narrow(
        tx: Tx, key: SealingKey, client_id: str, after: int, limit: int, skip: tuple[int, int] | None = None
    ) -> Page:
        told = page(tx, key, client_id, after, limit, skip)
        first, last = skip or (0, -1)
        others = [one for one in told.records if not first <= int(one.rev.partition(".")[2]) <= last]
        return msgspec.structs.replace(told, records=others)

    _patch(records, "page", narrow)


def _the_base_is_ignored() -> None:
    _change_verdict(lambda _, verdict: Verdict.APPLY if verdict is Verdict.COPY else verdict)


def _pages_leave_one_out() -> None:
    page = records.page

    def skipping(
        tx: Tx, key: SealingKey, client_id: str, after: int, limit: int, skip: tuple[int, int] | None = None
    ) -> Page:
        return page(tx, key, client_id, after + 1 if after else 0, limit, skip)

    _patch(records, "page", skipping)


def _tombstones_are_dropped() -> None:
    write = Batch._write  # pyright: ignore[reportPrivateUsage]

    def without_trace(self: Batch, tx: Tx) -> None:
        write(self, tx)
        tx.run("DELETE FROM record WHERE deleted = 1")

    _patch(Batch, "_write", without_trace)


def _the_ledger_is_not_kept() -> None:
    async def forgetful(_self: Ledger, _client: str, _notes: object, _now: int) -> None:
        pass

    _patch(Ledger, "note", forgetful)


def _results_of_others_count() -> None:
    """An op is known by its id alone, whoever sent it."""

    def stored(tx: Tx, _client: str, _author: Role, ops: Sequence[Op]) -> dict[str, tuple[bytes, Outcome]]:
        said = "SELECT op_id, epoch, seq FROM record WHERE op_id {in:ids}"
        rows = tx.all(said, ids=[op.id for op in ops])
        return {str(op): (b"of another", Outcome("applied", Rev(str(epoch), as_int(seq)))) for op, epoch, seq in rows}

    _patch(results, "stored", stored)


def _restores_are_not_told() -> None:
    _patch(sync, "_reset", lambda *_: None)


def _older_data_is_not_noticed() -> None:
    async def nothing(_self: HighWater) -> None:
        return None

    _patch(HighWater, "missed", nothing)
    _patch(sync, "_ahead", lambda *_: False)


def _epochs_are_one_line() -> None:
    """Each epoch goes on from the last one, whatever copy was put back."""

    def in_line(tx: Tx, client_id: str) -> dict[str, Fork]:
        found: dict[str, Fork] = {}
        for epoch, fork in tx.all(
            "SELECT epoch, fork FROM epoch WHERE client_id = :client ORDER BY ord", client=client_id
        ):
            found[str(epoch)] = Fork(next(reversed(found), None), as_int(fork))
        return found

    _patch(counter, "_known", in_line)


def _therapists_read_everything() -> None:
    def shared(tx: Tx, _therapist_id: str, client_id: str, after: int, limit: int, _scope: Scope) -> list[Stored]:
        rows = tx.all(
            "SELECT id FROM record WHERE client_id = :client AND seq > :after AND body IS NOT NULL ORDER BY seq "
            "LIMIT :limit",
            client=client_id,
            after=after,
            limit=limit,
        )
        found = records.some(tx, client_id, [str(id) for (id,) in rows]).values()
        return sorted(found, key=lambda one: one.rev.seq)

    _patch(records, "shared", shared)


def _unknown_fields_are_dropped() -> None:
    put = sent._put  # pyright: ignore[reportPrivateUsage]

    def trimming(said: Put, base: Rev | None) -> Op:
        op = put(said, base)
        known = bodies.KINDS.get(op.kind)
        if known is None or op.body is None:
            return op
        return msgspec.structs.replace(op, body=msgspec.json.encode(msgspec.json.decode(op.body, type=known)))

    _patch(sent, "_put", trimming)


def _the_phones_clock_decides() -> None:
    one = Batch._one  # pyright: ignore[reportPrivateUsage]
    felt: dict[str, int] = {}

    def by_clock(self: Batch, op: Op, head: Head, rev: Rev, content: bytes) -> Outcome:
        if op.felt_at is not None:
            if op.felt_at < felt.get(op.record, op.felt_at):
                return Outcome(status="stale", rev=rev)
            felt[op.record] = op.felt_at
        return one(self, op, head, rev, content)

    def is_new(_: Batch, _op: Op) -> bool:
        return False

    _patch(Batch, "_one", by_clock)
    _patch(Batch, "_is_new", is_new)


def _only_the_first_result_is_told() -> None:
    answer: Callable[..., SyncAnswer] = route._answer  # pyright: ignore[reportPrivateUsage]

    def brief(*said: object) -> SyncAnswer:
        whole = answer(*said)
        return msgspec.structs.replace(whole, results=whole.results[:1])

    _patch(route, "_answer", brief)


DEFECTS: Final[dict[str, Callable[[], None]]] = {
    "answers before it commits": _answers_before_it_commits,
    "what came before is not known": _what_came_before_is_not_known,
    "withdrawals do nothing": _withdrawals_do_nothing,
    "own copies are not sent": _own_copies_are_not_sent,
    "the base is ignored": _the_base_is_ignored,
    "pages leave one out": _pages_leave_one_out,
    "tombstones are dropped": _tombstones_are_dropped,
    "the ledger is not kept": _the_ledger_is_not_kept,
    "results of others count": _results_of_others_count,
    "restores are not told": _restores_are_not_told,
    "older data is not noticed": _older_data_is_not_noticed,
    "epochs are one line": _epochs_are_one_line,
    "therapists read everything": _therapists_read_everything,
    "unknown fields are dropped": _unknown_fields_are_dropped,
    "the phone's clock decides": _the_phones_clock_decides,
    "only the first result is told": _only_the_first_result_is_told,
}


def _change_verdict(change: Callable[[str, Verdict], Verdict]) -> None:
    sound: Callable[..., Verdict] = decide

    def changed(*said: object) -> Verdict:
        return change(str(said[2]), sound(*said))

    _patch(journal, "decide", changed)


def _patch(owner: object, name: str, patched: Callable[..., object]) -> None:
    setattr(owner, name, patched)
