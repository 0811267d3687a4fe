"""Backups of the SQLite files: made while the server runs, proved to be whole, and put back."""

import hashlib
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from server.database import CannotOpen, files
from server.database.files import Claim


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. It lies beside the file as JSON, and tells whether the file is as it was when made."""

    made_at: int
    sha256: str
    step: int
    """The number of its last migration."""
    clients: int
    records: int


def backup(database: Path, folder: Path, now: int) -> tuple[Path, Backup]:
    """Write a whole, checked copy of `database` into `folder`, and what it holds beside it; `CannotOpen` says why not.
    The server may run meanwhile, and nobody waits."""
    target = _copied(database, folder, "midweek", now)
    made = _described(target, now)
    files.write(_note(target), msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    return target, made


def backup_keys(keys_database: Path, folder: Path, now: int) -> Path:
    """Write a copy of the keys into `folder`, and remove those there that are older than a week: a destroyed key must
    not live on in a copy."""
    target = _copied(keys_database, folder, "keys", now)
    for old in folder.glob("keys-*.db"):
        if now - old.stat().st_mtime * 1000 > files.BACKUP_DAYS * files.DAY:
            old.unlink()
    return target


def _copied(database: Path, folder: Path, name: str, now: int) -> Path:
    target = folder / f"{name}-{datetime.fromtimestamp(now / 1000, UTC):%Y%m%d-%H%M%S-%f}.db"
    with _reading(database) as source:
        files.backup(source, target)
    return target


def checked(path: Path) -> Backup:
    """What the backup at `path` holds, once it is known to be whole; `CannotOpen` otherwise."""
    if not path.is_file():
        raise CannotOpen(f"There is no file {path}. Nothing was changed. Name a backup made by midweek backup.")
    note = _note(path)
    said = msgspec.json.decode(note.read_bytes(), type=Backup) if note.is_file() else None
    found = _described(path, said.made_at if said else int(path.stat().st_mtime * 1000))
    if said is not None and said != found:
        raise CannotOpen(f"{path} is not as it was when it was made. Nothing was changed. Take another backup.")
    return found


def _described(path: Path, made_at: int) -> Backup:
    """Look through the whole file; `CannotOpen` when it is no sound Midweek database."""
    try:
        with closing(_connect(path, "immutable=1")) as conn:
            if conn.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CannotOpen(f"{path} is damaged. Nothing was changed. Take another backup.")
            step, clients, records = conn.execute(
                "SELECT (SELECT max(number) FROM migration), (SELECT count(*) FROM client), "
                "(SELECT count(*) FROM record)"
            ).fetchone()
    except sqlite3.Error as error:
        raise CannotOpen(f"{path} is no whole Midweek database. Nothing was changed. Take another backup.") from error
    return Backup(made_at=made_at, sha256=_sha256(path), step=step, clients=clients, records=records)


def put_back(path: Path, database: Path, now: int) -> Path | None:
    """Put the backup at `path` in the place of `database`, whole or not at all. Where the database that was there lies
    now, or the log of one that was gone; None when there was nothing. `CannotOpen` when a server uses it."""
    claim = Claim(database)
    try:
        fresh = database.with_name(f"{database.name}.restoring")
        files.copy(path, fresh)
        aside = _keep_aside(database, now)
        fresh.replace(database)
        files.sync_folder(database.parent)
    finally:
        claim.release()
    return next(iter(aside), None)


def _keep_aside(database: Path, now: int) -> list[Path]:
    """What is there gets another name: the database a second one, so that there always is one. Its log becomes part of
    it first, or else goes aside, also when the database itself is gone: beside another it would be taken for that
    one's."""
    aside = files.restore_copy(database, now)
    if database.exists():
        _named_too(database, aside)
    logs = [(files.beside(database, end), files.beside(aside, end)) for end in files.LOGS]
    for log, other in logs:
        if log.exists():
            log.replace(other)
    kept = [file for file in (aside, *(other for _, other in logs)) if file.exists()]
    for file in kept:
        file.touch()  # a week from now
    return kept


def _named_too(database: Path, aside: Path) -> None:
    with suppress(sqlite3.Error), closing(_connect(database, "mode=rw")) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        aside.hardlink_to(database)
    except OSError:  # a file system without second names
        files.copy(database, aside)


@contextmanager
def _reading(database: Path) -> Generator[sqlite3.Connection]:
    """A connection to read from, beside a server or without one."""
    if not database.is_file():
        raise CannotOpen(f"There is no database {database}. Nothing was changed. Check MIDWEEK_DATA.")
    try:
        with _beside_nobody(database) as alone, closing(_connect(database, "mode=rw" if alone else "mode=ro")) as conn:
            yield conn
    except sqlite3.Error as error:
        raise CannotOpen(f"{database} can't be read: {error}. Nothing was changed.") from error


@contextmanager
def _beside_nobody(database: Path) -> Generator[bool]:
    """Whether no server has it. Beside one, nothing else may ever empty its log."""
    try:
        claim = Claim(database)
    except CannotOpen:
        yield False
        return
    try:
        yield True
    finally:
        claim.release()


def _connect(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")
