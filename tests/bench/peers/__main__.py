"""`make bench-peers`: Midweek beside Kinto and PouchDB Server. The same client, records, connections and users; each
server in turn, several rounds, medians. Nothing here judges."""

import os
import platform
import signal
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType
from typing import Final

import msgspec
import uvloop

from tests.bench.load import Ask, Measured, measure, middle
from tests.bench.peers import install
from tests.bench.peers.kinto import kinto, kinto_on
from tests.bench.peers.midweek import midweek, midweek_on
from tests.bench.peers.peer import HELD, SIZE, USERS, Peer, record
from tests.bench.peers.pouchdb import pouchdb
from tests.bench.processes import cpu_model, cpu_seconds, pss_mb
from tests.bench.servers import SECONDS, postgres

ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
BARS: Final = {"push": {"PouchDB": 4, "Kinto 26.5, memory": 30}, "pull": {"PouchDB": 5, "Kinto 26.5, memory": 6}}
"""How many times Midweek's CPU each of them should take at least."""


def main() -> None:
    """Start all, measure in turns, print; end all, also when it is stopped."""
    signal.signal(signal.SIGTERM, _end)
    install.kinto()
    install.pouchdb()
    print(f"{cpu_model()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {SECONDS:g} s each, {ROUNDS} rounds")
    print(f"{USERS} users with a connection each, records of {len(msgspec.json.encode(record(0)))} bytes of JSON")
    with ExitStack() as stack:
        shared = stack.enter_context(postgres())
        starts = (midweek(), pouchdb(), kinto(), midweek_on(shared), kinto_on(shared))
        peers = [stack.enter_context(start) for start in starts]
        print(shared.version)
        for peer in peers:
            print(f"  {peer.name}: {peer.does}")
        _compare("push", f"push of {SIZE}", peers, [peer.push for peer in peers])
        _compare("pull", f"pull of {SIZE} from a point in a journal of {HELD}", peers, [peer.pull for peer in peers])


class Seen(msgspec.Struct):
    """What one server showed over the rounds."""

    peer: Peer
    runs: list[Measured] = []
    database: list[float] = []
    """CPU milliseconds a request of the database's own processes."""


def _compare(kind: str, title: str, peers: Sequence[Peer], asks: Sequence[Ask]) -> None:
    seen = [Seen(peer) for peer in peers]
    for turn in range(ROUNDS + 1):
        for one, ask in zip(seen, asks, strict=True):
            _measure(one, ask, turn)
    print(
        f"\n{title}\n{'':30}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}"
        f"{'CPU ms':>9}{'times':>8}{'bar':>5}{'DB ms':>8}{'MB':>6}"
    )
    ours = middle(seen[0].runs)
    for one in seen:
        print(_row(kind, one, ours))


def _measure(seen: Seen, ask: Ask, turn: int) -> None:
    """One run; the first is to warm up, and is not counted."""
    peer, seconds = seen.peer, SECONDS if turn else min(SECONDS, 2.0)
    before = cpu_seconds(peer.database) if peer.database else 0.0
    run = uvloop.run(measure(peer.port, peer.pid, USERS, seconds, ask, strict=False))
    spent = cpu_seconds(peer.database) - before if peer.database else 0.0
    if turn:
        seen.runs.append(run)
        seen.database.append(spent * 1000 / run.requests)


def _row(kind: str, seen: Seen, ours: Measured) -> str:
    run = middle(seen.runs)
    bar = next((str(most) for name, most in BARS[kind].items() if seen.peer.name.startswith(name)), "")
    database = f"{sorted(seen.database)[len(seen.database) // 2]:.2f}" if seen.peer.database else ""
    wrong = f"   {run.wrong} of {run.requests} answers with a record refused" if run.wrong else ""
    return (
        f"{seen.peer.name:30}{run.rate:8.1f}{run.p50:9.1f}{run.p99:9.1f}{run.cpu_ms:9.2f}"
        f"{run.cpu_ms / ours.cpu_ms:7.1f}x{bar:>5}{database:>8}{pss_mb(seen.peer.pid):6.0f}{wrong}"
    )


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped; everything that was started has ended.")
