"""Invites: single-use ways in. A link with a 256-bit secret, and beside it a short code for fifteen minutes.

An invite is used by one conditional UPDATE, so that of two who try, one gets in.
"""

from typing import Final, Literal
from uuid import uuid4

import msgspec

from server import security
from server.database import Database, Row, Tx
from server.errors import Conflict, InviteNotValid, NotFound
from server.models import Millis, Role, Viewer
from server.store.attempts import Attempts, Limit
from server.store.keys import Keys
from server.store.ledger import Ledger
from server.store.logins import Entry, Signed, add
from server.store.values import as_bytes, as_int

LINK_LIFE: Final = 7 * security.DAY
STAFF_LINK_LIFE: Final = security.DAY
CODE_LIFE: Final = 15 * security.MINUTE
CODE_TRIES: Final = 5
_ADDRESS_TRIES: Final = 30

InviteState = Literal["waiting", "joined", "expired", "revoked"]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A fresh invite: shown once, stored only as hashes."""

    id: str
    secret: str
    code: str
    code_expires_at: Millis
    expires_at: Millis


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an invite."""

    id: str
    state: InviteState
    created_at: Millis
    expires_at: Millis
    used_at: Millis | None


class Invites:
    """Invites of the viewer's own clients; accepting one needs no login."""

    def __init__(self, db: Database, keys: Keys, attempts: Attempts) -> None:
        self._db, self._keys, self._attempts = db, keys, attempts
        self._ledger = Ledger(keys.database)

    async def offer(self, viewer: Viewer, invite_id: str, client_id: str, now: Millis) -> Offer:
        """An invite for a client of the viewer, new or for one more device. Asked again with the same id, a fresh
        link and code replace the ones before. `Conflict` when it was used or revoked already."""
        offer, hashes = await self._fresh(invite_id, now, LINK_LIFE)
        await self._db.write(lambda tx: _write_offer(tx, viewer, client_id, offer, hashes, now))
        return offer

    async def offer_staff(self, account_id: str, now: Millis) -> Offer:
        """A first way in for a therapist or admin, valid one day; for whoever runs the server."""
        offer, hashes = await self._fresh(str(uuid4()), now, STAFF_LINK_LIFE)
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO invite (id, account_id, practice_id, made_by, secret_hash, tries, expires_at, "
                "created_at) SELECT CAST(:id AS TEXT), account.id, account.practice_id, 'server', :secret, 0, "
                "CAST(:expires AS BIGINT), CAST(:now AS BIGINT) FROM account WHERE account.id = :account",
                id=offer.id,
                secret=hashes.secret,
                expires=offer.expires_at,
                now=now,
                account=account_id,
            )
        )
        return offer

    async def of_client(self, viewer: Viewer, client_id: str, now: Millis) -> list[Invite]:
        """The invites of a client of the viewer, newest first; none for anyone else's client."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT invite.id, invite.created_at, invite.expires_at, invite.used_at, invite.revoked_at "
                "FROM invite JOIN relationship ON relationship.client_id = invite.client_id "
                "WHERE invite.client_id = :client "
                "AND relationship.therapist_id = :viewer AND relationship.until IS NULL "
                "ORDER BY invite.created_at DESC, invite.id",
                client=client_id,
                viewer=viewer.id,
            )
        )
        return [_shown(row, now) for row in rows]

    async def revoke(self, viewer: Viewer, invite_id: str, now: Millis) -> None:
        """Void an invite of a client of the viewer; what was used stays used, and voiding it twice is harmless."""

        def work(tx: Tx) -> None:
            mine = tx.one(
                "SELECT 1 FROM invite JOIN relationship ON relationship.client_id = invite.client_id "
                "WHERE invite.id = :id AND relationship.therapist_id = :viewer AND relationship.until IS NULL",
                id=invite_id,
                viewer=viewer.id,
            )
            if mine is None:
                raise NotFound()
            tx.run(
                "UPDATE invite SET revoked_at = :now WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL",
                now=now,
                id=invite_id,
            )

        await self._db.write(work)

    async def accept(self, secret: str, entry: Entry, now: Millis) -> Signed:
        """Use the link's secret once. `InviteNotValid` for whatever reason it is not."""
        hashed = security.hash_token(secret)

        def work(tx: Tx) -> Signed | None:
            row = tx.one(
                "UPDATE invite SET used_at = :now WHERE secret_hash = :hash AND used_at IS NULL "
                "AND revoked_at IS NULL AND expires_at > :now RETURNING " + _WHO,
                now=now,
                hash=hashed,
            )
            return None if row is None else _enter(tx, row, entry, now)

        return await self._entered(await self._db.write(work), now)

    async def accept_code(self, typed: str, address: str, entry: Entry, now: Millis) -> Signed:
        """Use the short code once. Five wrong tries void the codes that begin alike; every failure is the same
        `InviteNotValid`, and `TooMany` after 30 tries from one network in 15 minutes."""
        await self._attempts.count([Limit(f"code {address}", _ADDRESS_TRIES)], now)
        code = security.typed_code(typed)
        if code is None:
            raise InviteNotValid()
        hashed = security.keyed_hash(await self._keys.secret("invite-code"), code)

        def work(tx: Tx) -> Signed | None:
            invite = _tried(tx, security.selector(code), hashed, now)
            if invite is None:
                return None
            row = tx.one(
                "UPDATE invite SET used_at = :now WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL "
                "RETURNING " + _WHO,
                now=now,
                id=invite,
            )
            return None if row is None else _enter(tx, row, entry, now)

        return await self._entered(await self._db.write(work), now)

    async def _entered(self, signed: Signed | None, now: Millis) -> Signed:
        if signed is None:
            raise InviteNotValid()
        await self._ledger.note_login(signed.replaced, now)
        return signed

    async def _fresh(self, invite_id: str, now: Millis, life: Millis) -> "tuple[Offer, _Hashes]":
        secret, code = security.new_token(), security.new_code()
        offer = Offer(
            id=invite_id,
            secret=secret,
            code=security.shown_code(code),
            code_expires_at=now + CODE_LIFE,
            expires_at=now + life,
        )
        hashed = security.keyed_hash(await self._keys.secret("invite-code"), code)
        return offer, _Hashes(security.hash_token(secret), security.selector(code), hashed)


class _Hashes(msgspec.Struct, frozen=True):
    secret: bytes
    selector: str
    code: bytes


_WHO: Final = "id, client_id, account_id, practice_id"


def _write_offer(tx: Tx, viewer: Viewer, client_id: str, offer: Offer, hashes: _Hashes, now: Millis) -> None:
    written = tx.run(
        "INSERT INTO invite (id, client_id, practice_id, made_by, secret_hash, code_selector, code_hash, "
        "code_expires_at, tries, expires_at, created_at) "
        "SELECT CAST(:id AS TEXT), client.id, client.practice_id, relationship.therapist_id, :secret, "
        "CAST(:selector AS TEXT), :code, CAST(:code_expires AS BIGINT), 0, CAST(:expires AS BIGINT), "
        "CAST(:now AS BIGINT) FROM client JOIN relationship ON relationship.client_id = client.id "
        "WHERE client.id = :client AND relationship.therapist_id = :viewer AND relationship.until IS NULL "
        "ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash, "
        "code_selector = excluded.code_selector, code_hash = excluded.code_hash, "
        "code_expires_at = excluded.code_expires_at, tries = 0, expires_at = excluded.expires_at "
        "WHERE invite.client_id = excluded.client_id AND invite.made_by = excluded.made_by "
        "AND invite.used_at IS NULL AND invite.revoked_at IS NULL",
        id=offer.id,
        secret=hashes.secret,
        selector=hashes.selector,
        code=hashes.code,
        code_expires=offer.code_expires_at,
        expires=offer.expires_at,
        now=now,
        client=client_id,
        viewer=viewer.id,
    )
    if not written:
        raise _why_unwritten(tx, viewer, client_id, offer.id)


def _why_unwritten(tx: Tx, viewer: Viewer, client_id: str, invite_id: str) -> Conflict | NotFound:
    spent = tx.one(
        "SELECT 1 FROM invite JOIN relationship ON relationship.client_id = invite.client_id "
        "WHERE invite.id = :id AND invite.client_id = :client AND relationship.therapist_id = :viewer "
        "AND relationship.until IS NULL",
        id=invite_id,
        client=client_id,
        viewer=viewer.id,
    )
    if spent is None:
        return NotFound()
    return Conflict("This invite was used or taken back. Nothing was changed. Make a new one.")


def _tried(tx: Tx, selector: str, hashed: bytes, now: Millis) -> str | None:
    """The invite with this code. The try is counted before anything is compared, so that tries at the same moment
    count too."""
    rows = tx.all(
        "UPDATE invite SET tries = tries + 1 WHERE code_selector = :selector AND tries < :most "
        "AND code_expires_at > :now AND used_at IS NULL AND revoked_at IS NULL RETURNING id, code_hash",
        selector=selector,
        most=CODE_TRIES,
        now=now,
    )
    fitting = [str(row[0]) for row in rows if security.same(as_bytes(row[1]), hashed)]
    return fitting[0] if fitting else None


def _enter(tx: Tx, invite: Row, entry: Entry, now: Millis) -> Signed | None:
    """The login of whom the invite is for. None when that account may no longer sign in; the invite is spent."""
    client_id, practice = invite[1], str(invite[3])
    if client_id is not None:
        signed = add(tx, str(client_id), "client", practice, "", entry, now)
        tx.run(
            "UPDATE client SET joined_at = coalesce(joined_at, :now), active_at = :now WHERE id = :client",
            now=now,
            client=client_id,
        )
    else:
        account = tx.one("SELECT id, role, display_name FROM account WHERE id = :id AND disabled = 0", id=invite[2])
        if account is None:
            return None
        role = msgspec.convert(account[1], Role)
        signed = add(tx, str(account[0]), role, practice, str(account[2]), entry, now)
    tx.run("UPDATE invite SET used_login = :login WHERE id = :id", login=signed.viewer.login, id=invite[0])
    return signed


def _shown(row: Row, now: Millis) -> Invite:
    used_at = None if row[3] is None else as_int(row[3])
    expires_at = as_int(row[2])
    state: InviteState = "waiting" if expires_at > now else "expired"
    if used_at is not None:
        state = "joined"
    elif row[4] is not None:
        state = "revoked"
    return Invite(id=str(row[0]), state=state, created_at=as_int(row[1]), expires_at=expires_at, used_at=used_at)
