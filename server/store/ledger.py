"""The ledger: what must outlive a restore of the database, so it is kept apart from it, beside the keys.

Epochs with their forks, deletes, withdrawals, who may see what, ended logins and erasures. Each is written after its
effect is durable and before anyone is told of it: who was told that something is gone never finds it back.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from server.database import Database, Row, Tx
from server.models import Millis, Role
from server.store.values import as_bytes, as_int

State = Literal["deleted", "withdrawn", "shared"]
EPOCH: Final = "client_id, epoch, parent, fork, opened_at, ord"
"""The columns of an epoch, here and in the database."""


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was deleted or taken back, or shared again after that; `ord` is the place of its epoch, `seq` the
    counter then. The latest counts."""

    record: str
    kind: str
    author: Role
    state: State
    ord: int
    seq: int
    over: str | None = None
    """The lost version that it was the end of, where it came after a restore. None: whatever was lost."""


class Epoch(msgspec.Struct, frozen=True, kw_only=True):
    """An epoch of a journal, the one it goes on from (None: it is the first), and the counter at which it began."""

    client: str
    epoch: str
    parent: str | None
    fork: int
    opened_at: Millis
    ord: int


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """What was said last, in this record, of who may see what: `said` is sealed with the client's key. `epoch`, its
    place `ord` and `seq` are its revision."""

    record: str
    author: Role
    epoch: str
    ord: int
    seq: int
    said: bytes


class Notes(msgspec.Struct, frozen=True):
    """What one write has for the ledger."""

    ended: Sequence[Ended] = ()
    epochs: Sequence[Epoch] = ()
    agreed: Sequence[Agreed] = ()


class Parted(msgspec.Struct, frozen=True):
    """That a therapist no longer accompanies a client, since then."""

    client: str
    therapist: str
    at: Millis


class Known(msgspec.Struct, frozen=True):
    """All of the ledger."""

    epochs: Sequence[Epoch]
    ended: Mapping[str, Sequence[Ended]]
    """By client, the deletes and withdrawals that stand."""
    agreed: Mapping[str, Sequence[Agreed]]
    """By client, what says who may see what."""
    logins: Sequence[str]
    parted: Sequence[Parted] = ()
    disabled: Sequence[str] = ()
    """Accounts that may not sign in."""


class Ledger:
    """The ledger in the keys database. It acts for nobody: its callers have settled who may do what."""

    def __init__(self, keys_database: Database) -> None:
        self._db = keys_database

    async def note(self, client_id: str, notes: Notes, now: Millis) -> None:
        """Keep what a write to this journal has for the ledger: nothing, mostly. Noted twice is noted once."""
        if notes.ended or notes.epochs or notes.agreed:
            await self._db.write(lambda tx: _note(tx, client_id, notes, now))

    async def note_agreed(self, agreed: Mapping[str, Sequence[Agreed]]) -> None:
        """Keep what these clients agreed to, all at once; what is known to be newer stays as it is."""

        def work(tx: Tx) -> None:
            for client, found in agreed.items():
                _note_agreed(tx, client, found)

        await self._db.write(work)

    async def has_agreed(self) -> bool:
        """Whether it keeps what anybody agreed to: one from before it did has none."""
        return await self._db.read(lambda tx: tx.one("SELECT 1 FROM agreed LIMIT 1")) is not None

    async def note_epochs(self, epochs: Sequence[Epoch]) -> None:
        """Keep epochs; those known already stay as they are."""
        await self._db.write(lambda tx: _note_epochs(tx, epochs))

    async def note_login(self, login_id: str | None, now: Millis) -> None:
        """Keep that a login was ended."""
        if login_id is not None:
            await self._db.write(
                lambda tx: tx.run(
                    "INSERT INTO ended_login (id, noted_at) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING",
                    id=login_id,
                    now=now,
                )
            )

    async def note_parted(self, client_id: str, therapists: Sequence[str], now: Millis) -> None:
        """Keep that these therapists no longer accompany the client."""
        if therapists:
            await self._db.write(
                lambda tx: tx.many(
                    "INSERT INTO parted (client_id, therapist_id, noted_at) VALUES (:client, :therapist, :now) "
                    "ON CONFLICT (client_id, therapist_id) DO UPDATE SET noted_at = excluded.noted_at",
                    [{"client": client_id, "therapist": therapist, "now": now} for therapist in therapists],
                )
            )

    async def note_disabled(self, account_id: str, disabled: bool, now: Millis) -> None:
        """Keep that an account may not sign in, or that it may again."""

        def work(tx: Tx) -> None:
            tx.run("DELETE FROM disabled_account WHERE id = :id", id=account_id)
            if disabled:
                tx.run("INSERT INTO disabled_account (id, noted_at) VALUES (:id, :now)", id=account_id, now=now)

        await self._db.write(work)

    async def note_erased(self, client_id: str, now: Millis) -> None:
        """Keep that everything of a client was erased; nothing else of them stays here."""
        await self._db.write(lambda tx: _note_erased(tx, client_id, now))

    async def erased(self) -> list[str]:
        """The clients of whom everything was erased."""
        return await self._db.read(lambda tx: [str(id) for (id,) in tx.all("SELECT id FROM erased_client")])

    async def known(self) -> Known:
        """All of it, for a database that was put back."""
        return await self._db.read(_known)

    async def forget(self, before: Millis) -> None:
        """Forget deletes, withdrawals and ended logins noted before: no device or backup is that old."""
        await self._db.write(lambda tx: _forget(tx, before))


def _note(tx: Tx, client_id: str, notes: Notes, now: Millis) -> None:
    if notes.epochs:
        _note_epochs(tx, notes.epochs)
    if notes.agreed:
        _note_agreed(tx, client_id, notes.agreed)
    if notes.ended:
        tx.many(
            "INSERT INTO ended_record (client_id, record_id, kind, author, state, ord, seq, over_at, noted_at) "
            "VALUES (:client, :record, :kind, :author, :state, :ord, :seq, :over, :now) "
            "ON CONFLICT (client_id, record_id) DO UPDATE SET state = excluded.state, ord = excluded.ord, "
            "seq = excluded.seq, over_at = excluded.over_at, noted_at = excluded.noted_at "
            "WHERE ended_record.ord < excluded.ord "
            "OR (ended_record.ord = excluded.ord AND ended_record.seq < excluded.seq)",
            [{"client": client_id, "now": now, **msgspec.structs.asdict(one)} for one in notes.ended],
        )


def _note_agreed(tx: Tx, client_id: str, agreed: Sequence[Agreed]) -> None:
    tx.many(
        "INSERT INTO agreed (client_id, record_id, author, epoch, ord, seq, said) "
        "VALUES (:client, :record, :author, :epoch, :ord, :seq, :said) "
        "ON CONFLICT (client_id, record_id) DO UPDATE SET author = excluded.author, epoch = excluded.epoch, "
        "ord = excluded.ord, seq = excluded.seq, said = excluded.said WHERE agreed.ord < excluded.ord "
        "OR (agreed.ord = excluded.ord AND agreed.seq < excluded.seq)",
        [{"client": client_id, **msgspec.structs.asdict(one)} for one in agreed],
    )


def _note_epochs(tx: Tx, epochs: Sequence[Epoch]) -> None:
    tx.many(
        "INSERT INTO epoch (client_id, epoch, parent, fork, opened_at, ord) "
        "VALUES (:client, :epoch, :parent, :fork, :opened_at, :ord) ON CONFLICT (client_id, epoch) DO NOTHING",
        [msgspec.structs.asdict(one) for one in epochs],
    )


def _note_erased(tx: Tx, client_id: str, now: Millis) -> None:
    tx.run(
        "INSERT INTO erased_client (id, noted_at) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING", id=client_id, now=now
    )
    tx.run("DELETE FROM ended_record WHERE client_id = :client", client=client_id)
    tx.run("DELETE FROM agreed WHERE client_id = :client", client=client_id)
    tx.run("DELETE FROM parted WHERE client_id = :client", client=client_id)
    tx.run("DELETE FROM epoch WHERE client_id = :client", client=client_id)


def _known(tx: Tx) -> Known:
    ended: dict[str, list[Ended]] = {}
    for client, *said in tx.all(
        "SELECT client_id, record_id, kind, author, state, ord, seq, over_at FROM ended_record WHERE state <> 'shared' "
        "ORDER BY client_id, ord, seq"
    ):
        ended.setdefault(str(client), []).append(_ended(tuple(said)))
    epochs = tx.all(f"SELECT {EPOCH} FROM epoch ORDER BY client_id, ord")
    return Known(
        epochs=[epoch_of(row) for row in epochs],
        ended=ended,
        agreed=_known_agreed(tx),
        logins=[str(id) for (id,) in tx.all("SELECT id FROM ended_login")],
        parted=[
            Parted(str(client), str(therapist), as_int(at))
            for client, therapist, at in tx.all("SELECT client_id, therapist_id, noted_at FROM parted")
        ],
        disabled=[str(id) for (id,) in tx.all("SELECT id FROM disabled_account")],
    )


def _known_agreed(tx: Tx) -> dict[str, list[Agreed]]:
    found: dict[str, list[Agreed]] = {}
    for client, record, author, epoch, order, seq, said in tx.all(
        "SELECT client_id, record_id, author, epoch, ord, seq, said FROM agreed ORDER BY client_id, record_id"
    ):
        one = Agreed(
            record=str(record),
            author=msgspec.convert(author, Role),
            epoch=str(epoch),
            ord=as_int(order),
            seq=as_int(seq),
            said=as_bytes(said),
        )
        found.setdefault(str(client), []).append(one)
    return found


def _ended(row: Row) -> Ended:
    record, kind, author, state, order, seq, over = row
    return Ended(
        record=str(record),
        kind=str(kind),
        author=msgspec.convert(author, Role),
        state=msgspec.convert(state, State),
        ord=as_int(order),
        seq=as_int(seq),
        over=None if over is None else str(over),
    )


def epoch_of(row: Row) -> Epoch:
    """The epoch in a row of the columns `EPOCH`."""
    client, epoch, parent, fork, opened_at, order = row
    return Epoch(
        client=str(client),
        epoch=str(epoch),
        parent=None if parent is None else str(parent),
        fork=as_int(fork),
        opened_at=as_int(opened_at),
        ord=as_int(order),
    )


def _forget(tx: Tx, before: Millis) -> None:
    for table in ("ended_record", "ended_login", "parted"):
        tx.run(f"DELETE FROM {table} WHERE noted_at < :before", before=before)
