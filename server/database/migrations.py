"""The tables, step by step: numbered files `NNNN_name.sql`, run forward only, each in one transaction."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from server.database.door import Tx
from server.database.errors import CannotOpen, DatabaseError
from server.database.sql import statements

T = TypeVar("T")

MIGRATIONS: Final = Path(__file__).with_name("migrations")
"""The tables of the journals and of the people."""
KEY_MIGRATIONS: Final = Path(__file__).with_name("key_migrations")
"""The tables of the keys database."""

_FILE: Final = re.compile(r"(\d{4})_(\w+)\.sql")
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, "
    "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)"
)


class Transact(Protocol):
    """Runs work in one transaction on the calling thread and answers after the commit."""

    def __call__(self, work: Callable[[Tx], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. Its checksum is of the whole file, comments too."""

    number: int
    name: str
    script: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.script.encode()).hexdigest()

    @property
    def label(self) -> str:
        return f"{self.number:04}_{self.name}"


@dataclass(frozen=True, slots=True)
class _Applied:
    number: int
    name: str
    checksum: str


def migrate(
    folder: Path, transact: Transact, now: int, before_upgrade: Callable[[Migration], None] = lambda _: None
) -> list[Migration]:
    """Bring the database to the newest step of `folder`; the steps that were run.

    `before_upgrade` is called once, with the first step to run, when the database holds earlier ones already.
    `CannotOpen` when the database is newer than the code or was made by other files, or when a step fails; a step
    that fails leaves nothing behind, and the steps before it stay.
    """
    known = load(folder)
    transact(lambda tx: tx.run(_TABLE))
    applied = transact(_applied)
    waiting = _waiting(known, applied)
    if applied and waiting:
        before_upgrade(waiting[0])
    for migration in waiting:
        _step(migration, transact, now)
    return waiting


def load(folder: Path) -> list[Migration]:
    """The steps of a folder, in order; `CannotOpen` when a number is missing or used twice."""
    found: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        name = _FILE.fullmatch(path.name)
        if name is None:
            raise CannotOpen(f"{path} is not named like 0001_what_it_does.sql.")
        found.append(Migration(int(name[1]), name[2], path.read_text(encoding="utf-8")))
    if not found or [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise CannotOpen(f"The migrations in {folder} must be numbered 0001, 0002, ... without a gap.")
    return found


def _applied(tx: Tx) -> list[_Applied]:
    rows = tx.all("SELECT number, name, checksum FROM migration ORDER BY number")
    return [_Applied(int(number or 0), str(name), str(checksum)) for number, name, checksum in rows]


def _waiting(known: Sequence[Migration], applied: Sequence[_Applied]) -> list[Migration]:
    for migration, done in zip(known, applied, strict=False):
        if (migration.number, migration.checksum) != (done.number, done.checksum):
            raise CannotOpen(
                f"Migration {migration.label} is not the file this database was made with. Nothing was changed. "
                "Put the original file back, and write changes as a new migration."
            )
    if len(applied) > len(known):
        raise CannotOpen(
            f"The database was made by a newer Midweek (step {applied[-1].number}; this one knows {len(known)}). "
            "Nothing was changed. Start the newer version, or restore a backup made by this one."
        )
    return list(known[len(applied) :])


def _step(migration: Migration, transact: Transact, now: int) -> None:
    def work(tx: Tx) -> None:
        for statement in statements(migration.script):
            tx.run(statement)
        tx.run(
            "INSERT INTO migration (number, name, checksum, applied_at) VALUES (:number, :name, :checksum, :now)",
            number=migration.number,
            name=migration.name,
            checksum=migration.checksum,
            now=now,
        )

    try:
        transact(work)
    except DatabaseError as error:
        raise CannotOpen(
            f"Migration {migration.label} failed: {error} Nothing of it was kept; the database is as before it."
        ) from error
