"""Midweek, as it is run for people; only the pace of each device is not held back."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager

import uvloop

from tests.bench.load import measure
from tests.bench.peers.peer import HELD, SIZE, USERS, Peer
from tests.bench.people import heads
from tests.bench.requests import pull, push
from tests.bench.servers import Postgres, running

DOES = (
    "signs in by a cookie whose token is looked up each time, checks whose journal it is, checks every field, seals\n"
    "    each record with AES-256-GCM under the client's key, knows what was sent before, keeps both sides of a\n"
    "    conflict; {}"
)


@contextmanager
def midweek() -> Generator[Peer, None, None]:
    """On SQLite."""
    with _ready("Midweek, SQLite", "an answer means the rows are flushed to the disk", {}, None) as peer:
        yield peer


@contextmanager
def midweek_on(postgres: Postgres) -> Generator[Peer, None, None]:
    """On PostgreSQL."""
    addresses = {
        "MIDWEEK_DATABASE": postgres.create("midweek"),
        "MIDWEEK_KEYS_DATABASE": postgres.create("midweekkeys"),
    }
    with _ready("Midweek, PostgreSQL", "durable as PostgreSQL is", addresses, postgres.pid) as peer:
        yield peer


@contextmanager
def _ready(name: str, durable: str, environ: Mapping[str, str], database: int | None) -> Generator[Peer, None, None]:
    with running(2 * USERS, environ) as (server, devices):
        writing, reading = devices[:USERS], devices[USERS:]
        fill = push(reading, heads(server.origin, reading), SIZE)
        for _ in range(HELD // SIZE):
            uvloop.run(measure(server.port, server.pid, USERS, 60, fill, most=USERS))
        yield Peer(
            name=name,
            does=DOES.format(durable),
            port=server.port,
            pid=server.pid,
            push=push(writing, heads(server.origin, writing), SIZE),
            pull=pull(reading, heads(server.origin, reading), SIZE),
            database=database,
        )
