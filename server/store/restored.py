"""A database that was put back: noticed when it is opened, and told what has happened since it was copied.

Every journal begins a new epoch, so that each device sends again what was lost; what was deleted, taken back, closed,
ended or erased since stays so; and nothing that a person ended in the meantime goes on by itself.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import msgspec
import structlog

from server.assigned import suspended
from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev, parse_rev
from server.models import Millis, Role
from server.sealing import SealingKey, Unreadable
from server.store import counter, high_water, records, supervisions
from server.store.agreed import op_of, standing
from server.store.counter import Head
from server.store.erasures import Erasures
from server.store.high_water import HighWater
from server.store.journal import Batch
from server.store.keys import Keys
from server.store.known_ids import copy_id, ending_id
from server.store.ledger import EPOCH, Agreed, Ended, Epoch, Known, Ledger, epoch_of
from server.store.op import Op
from server.store.records import Stored

_log = structlog.get_logger("midweek.restore")


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """What a database that was put back was told."""

    journals: int
    gone: int
    """Deletes and withdrawals made since the copy."""
    agreed: int
    """Of what clients agreed to about who may see what, how much was said since the copy."""
    suspended: int
    """Therapist-only assignments that wait for their therapist's word."""


class Restored:
    """Looks, before anyone is answered, whether the database is the one that was left."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys
        self._ledger = Ledger(keys.database)
        self._high_water = HighWater(db, keys.database)
        self._erasures = Erasures(db, keys)

    async def look(self, now: Millis) -> Mended | None:
        """Mend the database if it was put back, once, whichever node comes first; None when it was not. The ledger
        then knows every epoch there is."""
        await self._erasures.finish(now)
        missed = await self._high_water.missed()
        mended = None if missed is None else await self._mend(missed, now)
        await self._ledger.note_epochs(await self._db.read(_epochs))
        await self._high_water.rise()
        await self._learn()
        if mended is not None:
            _log.warning("database-was-put-back", **msgspec.structs.asdict(mended))
        return mended

    async def readable(self) -> list[bool]:
        """For each client who has written something, whether the newest of it opens with the keys there are."""
        found: list[bool] = []
        for client in await self._db.read(counter.everyone):
            stored = await self._db.read(partial(records.newest, client_id=client))
            if stored is not None:
                found.append(await self._opens(client, stored))
        return found

    async def _opens(self, client: str, stored: Stored) -> bool:
        try:
            return records.opened(await self._keys.of(client), client, stored) is not None
        except (NotFound, Unreadable):
            return False

    async def _mend(self, mark: int, now: Millis) -> Mended | None:
        known = await self._ledger.known()
        keys = await self._keys_of(await self._db.read(counter.everyone))
        return await self._db.write(partial(_mend, mark=mark, known=known, keys=keys, now=now))

    async def _learn(self) -> None:
        """A ledger from before it kept what clients agreed to learns it, once."""
        if not await self._ledger.has_agreed():
            keys = await self._keys_of(await self._db.read(counter.everyone))
            await self._ledger.note_agreed(await self._db.read(partial(_agreed, keys=keys)))

    async def _keys_of(self, clients: Iterable[str]) -> dict[str, SealingKey]:
        found: dict[str, SealingKey] = {}
        for client in clients:
            try:
                found[client] = await self._keys.of(client)
            except NotFound:  # erased: what is left of them is removed, or can't be read by anyone
                continue
        return found


def _mend(tx: Tx, mark: int, known: Known, keys: Mapping[str, SealingKey], now: Millis) -> Mended | None:
    if not high_water.reach(tx, mark):
        return None
    journals = _open_epochs(tx, known.epochs, now)
    _end_what_was_open(tx, known.logins, now)
    _part(tx, known, now)
    gone = again = suspended = 0
    for client, key in keys.items():
        gone += _replay(tx, client, key, known.ended.get(client, ()), now)
        again += _agree(tx, client, key, known.agreed.get(client, ()), now)
        _apply(tx, client, "therapist", key, supervisions.ending(tx, client, now), now)
        suspended += _suspend(tx, client, key, now)
    return Mended(journals=journals, gone=gone, agreed=again, suspended=suspended)


def _open_epochs(tx: Tx, known: Sequence[Epoch], now: Millis) -> int:
    """Every journal learns the epochs it has lost, and begins a new one where it stands."""
    there = set(counter.everyone(tx))
    tx.many(
        "INSERT INTO epoch (client_id, epoch, parent, fork, opened_at, ord) "
        "VALUES (:client, :epoch, :parent, :fork, :opened_at, :ord) ON CONFLICT (client_id, epoch) DO NOTHING",
        [msgspec.structs.asdict(one) for one in known if one.client in there],
    )
    epoch = secrets.token_hex(4)
    tx.run(
        "INSERT INTO epoch (client_id, epoch, parent, fork, opened_at, ord) SELECT client.id, CAST(:epoch AS TEXT), "
        "client.epoch, client.seq, CAST(:now AS BIGINT), (SELECT max(known.ord) + 1 FROM epoch AS known "
        "WHERE known.client_id = client.id) FROM client",
        epoch=epoch,
        now=now,
    )
    return tx.run("UPDATE client SET epoch = :epoch", epoch=epoch)


def _end_what_was_open(tx: Tx, ended: Sequence[str], now: Millis) -> None:
    """Ways in that may have been closed since are closed, and what was due is not sent a second time."""
    tx.run("UPDATE invite SET revoked_at = :now WHERE used_at IS NULL AND revoked_at IS NULL", now=now)
    tx.run("UPDATE login SET revoked_at = :now WHERE role <> 'client' AND revoked_at IS NULL", now=now)
    tx.many(
        "UPDATE login SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL",
        [{"id": id, "now": now} for id in ended],
    )
    tx.many("DELETE FROM subscription WHERE login_id = :id", [{"id": id} for id in ended])
    tx.run("DELETE FROM calendar_feed")
    tx.run(
        "UPDATE occasion SET state = 'expired', reason = 'restored', lease_until = NULL "
        "WHERE state IN ('planned', 'claimed') AND due_at <= :now",
        now=now,
    )


def _part(tx: Tx, known: Known, now: Millis) -> None:
    """Who no longer accompanied a client does not again: they can only ask to, and the client says what they see."""
    tx.many(
        "UPDATE relationship SET until = :now, ended_how = 'ended' WHERE client_id = :client "
        "AND therapist_id = :therapist AND until IS NULL AND since <= :at",
        [{"client": one.client, "therapist": one.therapist, "at": one.at, "now": now} for one in known.parted],
    )
    tx.many("UPDATE account SET disabled = 1 WHERE id = :id", [{"id": id} for id in known.disabled])


# --- What was deleted or taken back since


def _replay(tx: Tx, client: str, key: SealingKey, ended: Sequence[Ended], now: Millis) -> int:
    head = counter.hold(tx, client)
    there = {one.record: records.one(tx, client, one.record) for one in ended}
    wanted = [one for one in ended if _still_open(one, there[one.record], head)]
    count = 0
    roles: tuple[Role, ...] = ("client", "therapist")
    for author in roles:
        ops = [_ending(one, there[one.record], head) for one in wanted if one.author == author]
        count += _apply(tx, client, author, key, ops, now)
    return count


def _still_open(ended: Ended, current: Stored | None, head: Head) -> bool:
    """Whether the copy does not know of it: the record is as it was before, or not there yet."""
    if current is None:
        return True
    if current.deleted or (ended.state == "withdrawn" and current.audience == "me"):
        return False
    then = (head.place(current.rev.epoch), current.rev.seq)
    return ended.state == "deleted" or then < (ended.ord, ended.seq)


def _ending(ended: Ended, current: Stored | None, head: Head) -> Op:
    return Op(
        id=ending_id(ended.record, head.epochs.current),
        record=ended.record,
        kind=ended.kind if current is None else current.kind,
        action="delete" if ended.state == "deleted" else "withdraw",
        base=None if current is None else current.rev,
        over=None if ended.over is None else parse_rev(ended.over),
    )


# --- What was said since of who may see what


def _agree(tx: Tx, client: str, key: SealingKey, kept: Sequence[Agreed], now: Millis) -> int:
    """Say again what the copy does not know of, before anyone looks."""
    head = counter.hold(tx, client)
    there = records.some(tx, client, [one.record for one in kept])
    count = 0
    roles: tuple[Role, ...] = ("client", "therapist")
    for author in roles:
        wanted = [one for one in kept if one.author == author and _is_newer(one, there.get(one.record), head)]
        ops = [op for one in wanted if (op := _again(client, key, one, there.get(one.record))) is not None]
        count += _apply(tx, client, author, key, ops, now, anew=True)
    return count


def _is_newer(kept: Agreed, current: Stored | None, head: Head) -> bool:
    return current is None or (head.place(current.rev.epoch), current.rev.seq) < (kept.ord, kept.seq)


def _again(client: str, key: SealingKey, kept: Agreed, current: Stored | None) -> Op | None:
    id = copy_id(kept.record, str(Rev(kept.epoch, kept.seq)))
    try:
        return op_of(key, client, kept, id, None if current is None else current.rev)
    except Unreadable:
        _log.error("agreed-unreadable", client=client, record=kept.record)
        return None


def _agreed(tx: Tx, keys: Mapping[str, SealingKey]) -> dict[str, list[Agreed]]:
    return {client: standing(tx, client, key) for client, key in keys.items()}


# --- Assignments that may have been ended since


def _suspend(tx: Tx, client: str, key: SealingKey, now: Millis) -> int:
    """Set aside the text of each therapist-only assignment: no device can start it until the therapist confirms."""
    ops = [op for record in records.of_kind(tx, client, "assignment") if (op := _suspended(client, key, record, now))]
    return _apply(tx, client, "therapist", key, ops, now)


def _suspended(client: str, key: SealingKey, record: Stored, now: Millis) -> Op | None:
    try:
        said = records.opened(key, client, record)
    except Unreadable:
        _log.error("record-unreadable", client=client, record=record.id, rev=str(record.rev))
        return None
    body = suspended(msgspec.json.decode(said or b"{}", type=dict[str, object]), now)
    if body is None or record.author != "therapist":
        return None
    return Op(
        id=copy_id(record.id, f"suspended {record.rev}"),
        record=record.id,
        kind=record.kind,
        action="put",
        base=record.rev,
        schema=record.schema,
        audience=record.audience,
        felt_at=record.felt_at,
        zone=record.zone,
        day=record.day,
        body=msgspec.json.encode(body),
    )


def _apply(
    tx: Tx, client: str, author: Role, key: SealingKey, ops: Sequence[Op], now: Millis, anew: bool = False
) -> int:
    if ops:
        head = counter.hold(tx, client, len(ops))
        Batch(client, author, key, now, anew=anew).apply(tx, head, ops)
    return len(ops)


def _epochs(tx: Tx) -> list[Epoch]:
    rows = tx.all(f"SELECT {EPOCH} FROM epoch ORDER BY client_id, ord")
    return [epoch_of(row) for row in rows]
