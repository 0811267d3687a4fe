"""Practices and the people who work there; and what a signed-in person is shown of themselves."""

from typing import Final, Literal
from uuid import uuid4

import msgspec

from server.database import Database, Tx
from server.errors import Conflict, NotFound, NotSignedIn, SignInFailed
from server.models import Millis, Viewer
from server.security import Passwords
from server.store.attempts import Attempts, Limit
from server.store.clients import name_of
from server.store.keys import Keys
from server.store.values import as_bytes

StaffRole = Literal["therapist", "admin"]
_PAIR_TRIES: Final = 10
_ADDRESS_TRIES: Final = 50
_NAME_TRIES: Final = 100


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who works in a practice."""

    id: str
    practice: str
    role: StaffRole
    display_name: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """How the signed-in person and their practice are called; for clients their therapist too, if there is one."""

    name: str
    practice: str
    therapist: str = ""


class People:
    """Practices, therapists and admins."""

    def __init__(self, db: Database, keys: Keys, passwords: Passwords, attempts: Attempts) -> None:
        self._db, self._keys, self._passwords, self._attempts = db, keys, passwords, attempts

    async def create_practice(self, name: str, now: Millis) -> str:
        """A new practice's id."""
        practice = str(uuid4())
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO practice (id, name, created_at) VALUES (:id, :name, :now)",
                id=practice,
                name=name,
                now=now,
            )
        )
        return practice

    async def practices(self) -> list[str]:
        """The names of all practices on this server."""
        return [str(row[0]) for row in await self._db.read(lambda tx: tx.all("SELECT name FROM practice"))]

    async def practice_named(self, said: str) -> str:
        """The id of the practice with this name or id. `NotFound` when there is none, or more than one."""
        rows = await self._db.read(
            lambda tx: tx.all("SELECT id FROM practice WHERE name = :said OR id = :said", said=said)
        )
        if len(rows) != 1:
            raise NotFound(f"There {'is no' if not rows else 'is more than one'} practice called '{said}'.")
        return str(rows[0][0])

    async def create_staff(
        self, practice: str, role: StaffRole, name: str, display_name: str, password: str | None, now: Millis
    ) -> Account:
        """A new therapist or admin, who signs in with `name`. `Conflict` when the name is taken. Without a
        password they sign in by an invite."""
        hashed = None if password is None else await self._passwords.hash(password)
        account = Account(id=str(uuid4()), practice=practice, role=role, display_name=display_name)
        added = await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO account (id, practice_id, role, name, display_name, password_hash, disabled, "
                "created_at) VALUES (:id, :practice, :role, :name, :display, :hash, 0, :now) "
                "ON CONFLICT (name) DO NOTHING",
                id=account.id,
                role=role,
                name=name.strip().lower(),
                display=display_name,
                hash=hashed,
                now=now,
                practice=practice,
            )
        )
        if not added:
            raise Conflict(f"Someone already signs in as '{name}'. Nothing was changed. Choose another name.")
        return account

    async def with_password(self, name: str, password: str, address: str, now: Millis) -> Account:
        """The account these belong to. `SignInFailed` when they don't, whatever the reason; `TooMany` after 10
        tries for one name from one network in 15 minutes."""
        name = name.strip().lower()
        pair = Limit(f"pair {name} {address}", _PAIR_TRIES)
        await self._attempts.count(
            [pair, Limit(f"address {address}", _ADDRESS_TRIES), Limit(f"name {name}", _NAME_TRIES)], now
        )
        row = await self._db.read(
            lambda tx: tx.one(
                "SELECT id, practice_id, role, display_name, password_hash FROM account "
                "WHERE name = :name AND disabled = 0",
                name=name,
            )
        )
        stored = None if row is None or row[4] is None else str(row[4])
        if not await self._passwords.fits(stored, password) or row is None:
            raise SignInFailed()
        await self._attempts.forget(pair)
        role = msgspec.convert(row[2], StaffRole)
        return Account(id=str(row[0]), practice=str(row[1]), role=role, display_name=str(row[3]))

    async def profile(self, viewer: Viewer) -> Profile:
        """What the viewer is shown of themselves. `NotSignedIn` when they are no longer there."""
        work = _client_profile if viewer.role == "client" else _staff_profile
        row = await self._db.read(lambda tx: work(tx, viewer))
        if row is None:
            raise NotSignedIn()
        name, practice, therapist = row
        if isinstance(name, bytes):
            name = name_of(await self._keys.of(viewer.id), viewer.id, name)
        return Profile(name=name, practice=practice, therapist=therapist)


def _staff_profile(tx: Tx, viewer: Viewer) -> tuple[str | bytes, str, str] | None:
    row = tx.one(
        "SELECT account.display_name, practice.name FROM account "
        "JOIN practice ON practice.id = account.practice_id "
        "WHERE account.id = :viewer AND account.practice_id = :practice",
        viewer=viewer.id,
        practice=viewer.practice,
    )
    return None if row is None else (str(row[0]), str(row[1]), "")


def _client_profile(tx: Tx, viewer: Viewer) -> tuple[str | bytes, str, str] | None:
    row = tx.one(
        "SELECT client.name_sealed, practice.name, (SELECT account.display_name FROM relationship "
        "JOIN account ON account.id = relationship.therapist_id WHERE relationship.client_id = client.id "
        "AND relationship.until IS NULL ORDER BY relationship.since DESC LIMIT 1) "
        "FROM client JOIN practice ON practice.id = client.practice_id WHERE client.id = :viewer",
        viewer=viewer.id,
    )
    return None if row is None else (as_bytes(row[0]), str(row[1]), str(row[2] or ""))
