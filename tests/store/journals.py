"""Ops as a test says them, and what a journal answers."""

from uuid import UUID, uuid5

import msgspec

from server.database import Database, Tx
from server.merge import Rev
from server.models import Audience, Record, Viewer
from server.store.counter import open_epoch
from server.store.op import Op
from server.store.sync import Pull, Sync, Synced

NOW = 1_790_000_000_000
ANNA = Viewer(id="anna", role="client", practice="p", login="l1")
BRUNO = Viewer(id="bruno", role="client", practice="p", login="l2")
SPACE = UUID("6a2f41a3-c54c-4a3b-9f4d-0c5c0d3a0001")


def rid(name: str) -> str:
    return str(uuid5(SPACE, name))


def put(
    record: str,
    text: str = "calm",
    base: Rev | None = None,
    op: str = "",
    kind: str = "note",
    audience: Audience = "therapist",
    copy_of: str | None = None,
) -> Op:
    return Op(
        id=rid(op or f"op {record} {text}"),
        record=rid(record),
        kind=kind,
        action="put",
        base=base,
        audience=audience,
        felt_at=NOW,
        zone="Europe/Rome",
        day="2026-11-22",
        body=msgspec.json.encode({"text": text, "from_the_future": [1, {"kept": True}]}),
        conflict_of=None if copy_of is None else rid(copy_of),
    )


def delete(record: str, base: Rev | None, op: str = "", kind: str = "note") -> Op:
    return Op(id=rid(op or f"delete {record}"), record=rid(record), kind=kind, action="delete", base=base)


def withdraw(record: str, base: Rev | None) -> Op:
    return Op(id=rid(f"withdraw {record}"), record=rid(record), kind="note", action="withdraw", base=base)


async def send(sync: Sync, *ops: Op, viewer: Viewer = ANNA, cursor: Rev | None = None, limit: int = 200) -> Synced:
    return await sync.exchange(viewer, Pull(cursor=cursor, limit=limit, zone=None), ops, NOW)


async def everything(sync: Sync, viewer: Viewer = ANNA) -> dict[str, Record]:
    return {record.id: record for record in (await send(sync, viewer=viewer)).records}


async def saved(sync: Sync, op: Op) -> Rev:
    outcome = (await send(sync, op)).outcomes[0]
    assert outcome.rev is not None
    return outcome.rev


def text(record: Record) -> object:
    assert isinstance(record.body, msgspec.Raw)
    return msgspec.json.decode(record.body, type=dict[str, object])["text"]


async def restored(database: Database, epoch: str, fork: int) -> None:
    """As a restore leaves the journal: the counter back at `fork`, what came later gone, a new epoch."""

    def work(tx: Tx) -> None:
        for table in ("record", "version"):
            tx.run(f"DELETE FROM {table} WHERE client_id = 'anna' AND seq > :fork", fork=fork)
        tx.run("DELETE FROM op WHERE client_id = 'anna'")
        tx.run("UPDATE client SET seq = :fork WHERE id = 'anna'", fork=fork)
        open_epoch(tx, "anna", epoch, NOW, fork)

    await database.write(work)
