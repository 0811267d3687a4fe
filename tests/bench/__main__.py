"""`make bench`: rates, times and ratios of sync, from one run on this machine. Nothing here judges.

Authentication, sealing, permission checks and durable commits are on. The ceiling is plain sqlite3: the same record
rows and indexes, `executemany` at the same batch, synchronous=FULL, nothing else.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import msgspec
import uvloop

from tests.bench.ceiling import rows_per_second
from tests.bench.load import Measured, measure
from tests.bench.people import Device, cursor, devices, uuid7
from tests.e2e.conftest import PASSWORD, Server

SECONDS = float(os.environ.get("BENCH_SECONDS", "5"))
SLOW_DISK_US = "4000"
CHECK_IN = {
    "when": "now",
    "affect": {"v": -0.4, "a": 0.25},
    "distress": 6,
    "words": [{"id": "uneasy", "strength": 3}, {"id": "left_out"}],
    "regions": ["chest", "throat"],
    "sensations": ["tight"],
    "contexts": ["home", "partner"],
    "bring": False,
    "seconds": 18,
    "source": "own",
}
Request = Callable[[int, int], bytes]


def main() -> None:
    """Run everything and print it."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {SECONDS:g} s a row\n")
    print(f"{'':46}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'peak MB':>9}")
    with running() as (server, phones):
        fifty = show("push of 50, 16 connections", server, 16, push(server, phones[:16], 50))
        one = show("push of 1, 64 connections", server, 64, push(server, phones, 1))
        show("pull of 50, 16 connections", server, 16, pull(phones[:16], 50))
    with running(MIDWEEK_GROUP_COMMIT="0") as (server, phones):
        alone = show("push of 1, 64, a transaction each", server, 64, push(server, phones, 1))
    slow_ratio = _slow_ratio()
    ceiling = rows_per_second(50, SECONDS / 2)
    print(f"\nplain executemany, batches of 50, FULL: {ceiling:,.0f} rows/s")
    print(f"push of 50 against it:                  {fifty.rate * 50 / ceiling:.2f}   (to reach: 0.25)")
    print(f"grouped against a transaction each:     {one.rate / alone.rate:.1f}    (to reach: 1.5)")
    print(f"the same with 4 ms more each fsync:     {slow_ratio}    (to reach: 5)")


def _slow_ratio() -> str:
    slow = _slow_disk()
    if not slow:
        return "not measured: the slower disk needs Linux and a C compiler (cc)"
    with running(**slow) as (server, phones):
        grouped = show("push of 1, 64, each fsync +4 ms", server, 64, push(server, phones, 1))
    with running(**slow, MIDWEEK_GROUP_COMMIT="0") as (server, phones):
        alone = show("the same, a transaction each", server, 64, push(server, phones, 1))
    return f"{grouped.rate / alone.rate:.1f}"


def show(name: str, server: Server, connections: int, request: Request) -> Measured:
    """One row of the table, after a second to warm up."""
    uvloop.run(measure(server.port, server.pid, connections, 1, request))
    seen = uvloop.run(measure(server.port, server.pid, connections, SECONDS, request))
    print(f"{name:46}{seen.rate:8.0f}{seen.p50:9.1f}{seen.p99:9.1f}{seen.cpu_ms:9.2f}{seen.peak_mb:9.0f}", flush=True)
    return seen


def push(server: Server, phones: list[Device], size: int) -> Request:
    """Requests that send `size` new check-ins and are told nothing else: each phone's cursor is at its head."""
    numbers = count()
    heads = [cursor(server.origin, phone) for phone in phones]

    def request(connection: int, _turn: int) -> bytes:
        phone = connection % len(phones)
        epoch, head = heads[phone]
        heads[phone] = (epoch, head + size)
        body = {
            "cursor": f"{epoch}.{head}",
            "limit": 200,
            "zone": "Europe/Rome",
            "ops": [_op(next(numbers)) for _ in range(size)],
        }
        return _http(phones[phone], msgspec.json.encode(body))

    return request


def pull(phones: list[Device], size: int) -> Request:
    """Requests for the first `size` records of a journal."""
    body = msgspec.json.encode({"cursor": None, "limit": size, "zone": "Europe/Rome", "ops": []})
    return lambda connection, _turn: _http(phones[connection % len(phones)], body)


@contextmanager
def running(**environ: str) -> Generator[tuple[Server, list[Device]], None, None]:
    """A real server with 64 signed-in phones."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), environ)
        server.command("create-practice", "The practice")
        server.command("create-therapist", "--practice", "The practice", "--name", "teresa", "--display-name", "T")
        server.start()
        try:
            yield server, devices(server.origin, PASSWORD, 64)
        finally:
            server.stop()


def _op(number: int) -> dict[str, object]:
    return {
        "action": "put",
        "id": uuid7(),
        "record": uuid7(),
        "kind": "checkin",
        "schema": 1,
        "base": None,
        "audience": "therapist",
        "felt_at": 1_790_000_000_000 + number,
        "zone": "Europe/Rome",
        "day": "2026-11-22",
        "body": CHECK_IN,
    }


def _http(phone: Device, body: bytes) -> bytes:
    head = (
        "POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Midweek: 1\r\n"
        f"Sec-Fetch-Site: same-origin\r\nCookie: {phone.cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _slow_disk() -> dict[str, str]:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return {}
    shim = Path(tempfile.mkdtemp()) / "slow_fsync.so"
    source = Path(__file__).with_name("slow_fsync.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"], check=True)
    return {"LD_PRELOAD": str(shim), "SLOW_FSYNC_US": SLOW_DISK_US}


if __name__ == "__main__":
    main()
