"""The files of a SQLite database: who may read them, that one process uses them, the copy before an upgrade."""

import fcntl
import os
import shutil
import sqlite3
from itertools import count
from pathlib import Path
from typing import Final

from server.database.errors import CannotOpen

DAY: Final = 86_400_000
BACKUP_DAYS: Final = 7
"""How long the copy made before an upgrade or a restore is kept: a destroyed key must not live on in a copy."""

LOGS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, by the ends of its names. Beside another file of that name it takes it for that
one's."""


class Claim:
    """This process's hold on a database file, by an exclusive lock on a file beside it.

    It ends with the process, however that ends; the file stays.
    """

    def __init__(self, path: Path) -> None:
        """`CannotOpen` when another process, or another part of this one, holds the database."""
        self._file = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise CannotOpen(
                f"Another Midweek process is using {path}. Nothing was changed. Stop that one first; "
                "to run several, use PostgreSQL (MIDWEEK_DATABASE=postgresql://...)."
            ) from error

    def release(self) -> None:
        """Let the next one in."""
        os.close(self._file)


def prepare(path: Path) -> None:
    """Make the file and its folder, readable by this user alone. A folder that exists keeps its mode."""
    try:
        for folder in reversed([parent for parent in path.parents if not parent.exists()]):
            folder.mkdir(mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise CannotOpen(f"The database file {path} can't be opened: {error.strerror}.") from error


def backup(conn: sqlite3.Connection, target: Path) -> None:
    """Write a whole copy of the database to `target`, for this user alone; it appears when it is complete."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    prepare(unfinished)
    copy = sqlite3.connect(unfinished)
    try:
        conn.backup(copy)
    finally:
        copy.close()
    unfinished.replace(target)
    sync_folder(target.parent)


def copy(source: Path, target: Path) -> None:
    """Copy a file as it is, for this user alone; it is on disk when this answers."""
    prepare(target)
    shutil.copyfile(source, target)
    _sync(target, os.O_RDWR)


def write(path: Path, content: bytes) -> None:
    """Write a small file, for this user alone; it is on disk when this answers."""
    prepare(path)
    path.write_bytes(content)
    _sync(path, os.O_RDWR)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    _sync(folder, os.O_RDONLY)


def _sync(path: Path, how: int) -> None:
    file = os.open(path, how)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def upgrade_copy(path: Path, number: int) -> Path:
    """Where the copy made before migration `number` is."""
    return path.with_name(f"{path.name}.before-{number:04}")


def restore_copy(path: Path, now: int) -> Path:
    """Where the database and its logs lie that a restore at `now` takes the place of: a name that nothing has yet."""
    names = (path.with_name(f"{path.name}.before-restore-{moment}") for moment in count(now))
    return next(name for name in names if not any(beside(name, end).exists() for end in ("", *LOGS)))


def beside(path: Path, end: str) -> Path:
    """The file beside a database whose name ends so."""
    return path.with_name(f"{path.name}{end}")


def forget_upgrade_copies(path: Path, now: int) -> list[Path]:
    """Remove what was there before upgrades and restores, when it is older than a week; those removed.

    It is run at every start; a server that stays up is to run it daily.
    """
    old = [
        copy
        for pattern in ("[0-9][0-9][0-9][0-9]", "restore-*")
        for copy in path.parent.glob(f"{path.name}.before-{pattern}")
        if now - copy.stat().st_mtime * 1000 > BACKUP_DAYS * DAY
    ]
    for copy in old:
        copy.unlink()
    return old


def size(path: Path) -> int:
    """Bytes in a file; 0 when there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
