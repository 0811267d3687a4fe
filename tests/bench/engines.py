"""The same requests on SQLite and on PostgreSQL, in turns: CPU of the server's own process."""

from collections.abc import Callable
from contextlib import ExitStack

from tests.bench.load import Ask, Measured, middle
from tests.bench.people import Device, heads
from tests.bench.processes import cpu_seconds
from tests.bench.requests import Head, pull, push
from tests.bench.servers import ROUNDS, SECONDS, postgres, running, timed
from tests.e2e.machines import Server

Asking = Callable[[list[Device], list[Head], int], Ask]
Place = tuple[Server, list[Device]]
ROWS: tuple[tuple[str, Asking, int], ...] = (
    ("push of 50, 16 connections", push, 50),
    ("pull of 50, 16 connections", pull, 50),
    ("push of 1, 16 connections", push, 1),
)
MOST = 2.5


def engines() -> None:
    """Print a row for each request, and what PostgreSQL's own processes used."""
    with ExitStack() as stack:
        on_sqlite = stack.enter_context(running(16))
        other = stack.enter_context(postgres())
        addresses = {"MIDWEEK_DATABASE": other.create("midweek"), "MIDWEEK_KEYS_DATABASE": other.create("keys")}
        on_postgres = stack.enter_context(running(16, addresses))
        print(f"\nSQLite and {other.version}, {ROUNDS} rounds in turns, medians")
        print(f"{'CPU ms a request':46}{'SQLite':>9}{'PG':>9}{'ratio':>9}{'bar':>6}{'PG itself':>11}{'rate':>7}")
        for name, ask, size in ROWS:
            print(_row(name, ask, size, on_sqlite, on_postgres, other.pid), flush=True)
    print("`ratio` and `rate` are PostgreSQL's against SQLite's; `PG itself` is what its processes use besides.")


def _row(name: str, asking: Asking, size: int, on_sqlite: Place, on_postgres: Place, postgres_pid: int) -> str:
    asks = [asking(phones, heads(server.origin, phones), size) for server, phones in (on_sqlite, on_postgres)]
    one: list[Measured] = []
    other: list[Measured] = []
    itself = 0.0
    for turn in range(ROUNDS + 1):
        seconds = SECONDS / 5 if turn else SECONDS / 10
        first = timed(on_sqlite[0], 16, seconds, asks[0])
        before = cpu_seconds(postgres_pid)
        second = timed(on_postgres[0], 16, seconds, asks[1])
        if turn:  # the first is to warm up
            one.append(first)
            other.append(second)
            itself += cpu_seconds(postgres_pid) - before
    sqlite, pg = middle(one), middle(other)
    ratio, rate = pg.cpu_ms / sqlite.cpu_ms, pg.rate / sqlite.rate
    own = itself * 1000 / pg.requests
    return f"{name:46}{sqlite.cpu_ms:9.2f}{pg.cpu_ms:9.2f}{ratio:9.2f}{MOST:6}{own:11.2f}{rate:7.2f}"
