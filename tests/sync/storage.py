"""Backups of the server's data and putting them back, as whoever runs it does."""

import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import psycopg
from psycopg import sql

from tests.sync.process import Quick

if TYPE_CHECKING:
    from tests.conftest import Server as Postgresql

Backup = Path


class Storage(Protocol):
    """Where a server's data is. Each `restore` is done while the server is stopped."""

    def backup(self) -> Backup:
        """A backup, made while the server runs."""
        ...

    def restore(self, backup: Backup, announced: bool) -> None:
        """Put a backup back: by the command, or (not `announced`) behind the server's back."""
        ...


class Databases:
    """PostgreSQL: a backup is a copy of the database, as from pg_dump; after putting one back comes
    `midweek new-epoch`, or nothing."""

    def __init__(self, postgresql: "Postgresql") -> None:
        self._postgresql = postgresql
        self._data, self._keys = postgresql.create(), postgresql.create()
        self._copies: list[str] = []
        self.server: Quick | None = None

    @property
    def environ(self) -> dict[str, str]:
        """What makes a server use them."""
        return {
            "MIDWEEK_DATABASE": self._postgresql.url(self._data),
            "MIDWEEK_KEYS_DATABASE": self._postgresql.url(self._keys),
        }

    def backup(self) -> Backup:
        """See `Storage`. A copy needs the database to itself, so the server is stopped for it."""
        assert self.server is not None
        self.server.stop()
        copy = self._copied(self._data)
        self._copies.append(copy)
        self.server.start()
        return Path(copy)

    def restore(self, backup: Backup, announced: bool) -> None:
        """See `Storage`."""
        assert self.server is not None
        self._postgresql.drop(self._data)
        self._copied(backup.name, self._data)
        if announced:
            self.server.command("new-epoch")

    def drop(self) -> None:
        """Remove them all."""
        for name in (self._data, self._keys, *self._copies):
            self._postgresql.drop(name)

    def _copied(self, source: str, target: str | None = None) -> str:
        name = target or f"copy_{secrets.token_hex(8)}"
        with psycopg.connect(self._postgresql.url("postgres"), autocommit=True) as conn:
            conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))
        return name


class Files:
    """SQLite: `midweek backup` and `midweek restore`, and plain copies of files."""

    def __init__(self, server: Quick) -> None:
        self._server = server

    def backup(self) -> Backup:
        """See `Storage`."""
        folder = self._server.folder / f"backups-{secrets.token_hex(4)}"
        self._server.command("backup", str(folder))
        (copy,) = folder.glob("midweek-*.db")
        return copy

    def restore(self, backup: Backup, announced: bool) -> None:
        """See `Storage`."""
        if announced:
            self._server.command("restore", str(backup))
            return
        for suffix in ("-wal", "-shm"):
            self._data.with_name(self._data.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(backup, self._data)

    @property
    def _data(self) -> Path:
        return self._server.folder / "data" / "midweek.db"
