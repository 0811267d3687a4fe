"""`make bench`: rates, times and ratios of sync, from one run on this machine. Nothing here judges.

Authentication, sealing, permission checks and durable commits are on; only the pace of each device is not held back.
`BENCH_ONLY=growth,phones` runs only those parts, `BENCH_SECONDS` and `BENCH_ROUNDS` set how long.
"""

import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from typing import Final

from tests.bench.ceiling import ceiling, flushes_per_second
from tests.bench.engines import engines
from tests.bench.growth import growth
from tests.bench.load import ROW, Measured, middle
from tests.bench.people import heads
from tests.bench.phones import phones
from tests.bench.processes import cpu_model
from tests.bench.requests import first_page, push
from tests.bench.servers import ROUNDS, SECONDS, running, show, slow_disk, timed, warm

APART: Final = {"MIDWEEK_GROUP_COMMIT": "0"}


def main() -> None:
    """Run what is asked for and print it."""
    print(f"{cpu_model()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {SECONDS:g} s a row, {ROUNDS} rounds")
    print(f"the disk takes {flushes_per_second(1):,.0f} flushes of 4 KB a second")
    wanted = os.environ.get("BENCH_ONLY", ",".join(PARTS)).split(",")
    for name in wanted:
        PARTS[name]()


def rates() -> None:
    """The table of requests, and what grouping gives."""
    print(f"\n{ROW}")
    with running() as (server, devices):
        sixteen = devices[:16]
        show("push of 50, 16 connections", server, 16, push(sixteen, heads(server.origin, sixteen), 50))
        show("pull of 50, 16 connections", server, 16, first_page(sixteen, 50))
        show("push of 1, 64 connections", server, 64, push(devices, heads(server.origin, devices), 1))
    print("\ngrouped, and a transaction each, in turns")
    said = _grouping("push of 1, 64 connections", {})
    slow = slow_disk()
    slower = _grouping("push of 1, 64, each fsync +4 ms", slow) if slow else "not measured: needs Linux and cc"
    print(f"\ngrouped against a transaction each:     {said}    (to reach: 1.5)")
    print(f"the same with 4 ms more each fsync:     {slower}    (to reach: 5)")


def _grouping(name: str, environ: dict[str, str]) -> str:
    """How many times the rate is what it is with a transaction each: the median and the extremes."""
    with running(64, environ) as grouped, running(64, environ | APART) as apart:
        asks = [(server, push(phones, heads(server.origin, phones), 1)) for server, phones in (grouped, apart)]
        seen: list[list[Measured]] = [[], []]
        for turn in range(ROUNDS + 1):
            for (server, ask), runs in zip(asks, seen, strict=True):
                runs.append(timed(server, 64, SECONDS / 2 if turn else min(1.0, SECONDS), ask))
    together, alone = (runs[1:] for runs in seen)  # the first is to warm up
    print(middle(together).row(name))
    print(middle(alone).row("the same, a transaction each"), flush=True)
    ratios = sorted(one.rate / other.rate for one, other in zip(together, alone, strict=True))
    return f"{median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f})"


def raw() -> None:
    """Pushes of 50 against plain `executemany` of the same rows, in turns."""
    with running(16) as (server, devices), ceiling() as plain:
        ask = push(devices, heads(server.origin, devices), 50)
        warm(server, 16, ask)
        plain.rows_per_second(50, 0.5)
        ours: list[float] = []
        best: list[float] = []
        for _ in range(ROUNDS):
            ours.append(timed(server, 16, SECONDS / 2, ask).rate * 50)
            best.append(plain.rows_per_second(50, SECONDS / 5))
    ratios = sorted(one / other for one, other in zip(ours, best, strict=True))
    print(f"\nrows a second, batches of 50, medians of {ROUNDS} rounds in turns")
    print(f"plain executemany, durable: {median(best):,.0f} ({min(best):,.0f} to {max(best):,.0f})")
    print(f"Midweek, pushes of 50:      {median(ours):,.0f} ({min(ours):,.0f} to {max(ours):,.0f})")
    print(f"ratio:                      {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})   (to reach: 0.35)")


def backlog() -> None:
    """What waits on a phone after 30 days offline goes out without stopping the screen."""
    if find_spec("tests.bench.backlog") is not None:
        print(flush=True)
        subprocess.run([sys.executable, "-m", "tests.bench.backlog"], check=False)


PARTS: Final[dict[str, Callable[[], None]]] = {
    "rates": rates,
    "raw": raw,
    "phones": phones,
    "engines": engines,
    "growth": growth,
    "backlog": backlog,
}


if __name__ == "__main__":
    main()
