"""`python -m tests.bench.burst`: 2,000 reminders due in the same minute, one server, a push service that takes all.

It prints how long they took, how late each was accepted (p99), how long the server's event loop stood still meanwhile
(p99), and what the burst adds to the p99 of phones that pull. The server is the real one in a process of its own:
SQLite, the engine and its sender; only the clock is set to just before the minute. Nothing here judges.
"""

import asyncio
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import IO, Final
from zoneinfo import ZoneInfo

import msgspec
import uvloop

from server import serving
from server.app import create_app
from server.database import Tx
from server.reminders.door import Reminders, open_reminders
from server.store.subscriptions import Address
from tests.bench.load import at_random
from tests.bench.people import Device, devices, heads
from tests.bench.push import device_keys, sink
from tests.bench.requests import nothing_new
from tests.bench.servers import set_up
from tests.cast import Clock, library, settings_in, started
from tests.e2e.machines import PASSWORD
from tests.push.browsers.town import noon_zone
from tests.push.push_service import MOZILLA, leading_to
from tests.push.world import MINUTE, World, viewer

COUNT: Final = int(os.environ.get("BENCH_PUSHES", "2000"))
PHONES: Final = 16
EACH: Final = 3.0
"""Pulls a second of each phone."""
AHEAD: Final = 3_000
"""Milliseconds from the word to go until all are due."""
READY: Final = "ready-to-send"
SEEN: Final = "seen"
LOOK: Final = 0.002
"""Seconds between two looks at the loop: what one comes late, the loop stood still."""


class Burst(msgspec.Struct):
    """What the server saw, in milliseconds."""

    took: float
    late: list[float]
    stalls: list[float]


class Moved(Clock):
    """The real time, so much further on."""

    by = 0

    def __call__(self) -> int:
        """UTC milliseconds."""
        return time.time_ns() // 1_000_000 + self.by


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder, sink(Path(folder)) as sink_port:
        server = set_up(Path(folder))
        words = [sys.executable, "-m", "tests.bench.burst", folder, str(server.port), str(sink_port)]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdin
            assert process.stdout
            try:
                _said(process.stdout, READY)
                phones = devices(server.origin, PASSWORD, PHONES)
                usual = _pulls(server.port, process.pid, phones)
                process.stdin.write(b"go\n")
                process.stdin.flush()
                time.sleep(AHEAD / 1000)
                meanwhile = _pulls(server.port, process.pid, phones)
                seen = msgspec.json.decode(_said(process.stdout, SEEN), type=Burst)
            finally:
                process.terminate()
    late, stalls = _p99(seen.late), _p99(seen.stalls)
    print(f"{len(seen.late)} of {COUNT} accepted in {seen.took / 1000:.1f} s, load {os.getloadavg()[0]:.1f}")
    print(f"late at most {late:.0f} ms for 99 of 100, {max(seen.late):.0f} ms for the last (bar 5000)")
    print(f"the loop stood still {stalls:.1f} ms at p99, {max(seen.stalls):.0f} at most (bar 30)")
    print(f"pulls: p99 {usual:.0f} ms before, {meanwhile:.0f} meanwhile, {meanwhile - usual:.0f} added (bar 50)")


def _said(out: IO[bytes], what: str) -> bytes:
    """What follows this word on the server's output; its log is passed over."""
    for line in out:
        word, _, said = line.partition(b" ")
        if word.strip() == what.encode():
            return said
    raise RuntimeError("the server ended; what it said is above")


def _pulls(port: int, pid: int, phones: list[Device]) -> float:
    """The p99 in milliseconds of phones that pull now and then, for five seconds."""
    ask = nothing_new(phones, heads(f"http://localhost:{port}", phones))
    return uvloop.run(at_random(port, pid, len(phones), EACH, 5, ask)).p99


def _p99(of: Sequence[float]) -> float:
    return quantiles(of, n=100)[98]


async def serve(folder: Path, port: int, sink_port: int) -> None:
    """The server, until it is told to stop."""
    clock, data = Moved(), folder / "data"
    settings = settings_in(data, origin=f"http://localhost:{port}", port=port, syncs_a_minute=100_000_000)
    app = create_app(settings, clock, library())
    tls = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    async with started(app):
        state = app.state
        reminders = await open_reminders(
            settings, state.db, state["keys"], clock, resolver=leading_to(sink_port), tls=tls
        )
        world = World(state.db, state["keys"], None, clock)  # type: ignore[arg-type]  # nobody has a device of a test
        await _planned(world, reminders)
        watching = asyncio.create_task(_burst(world, reminders, clock))
        await serving.serve(app, settings, lambda: print(READY, flush=True))
        watching.cancel()
        await reminders.close()


async def _planned(world: World, reminders: Reminders) -> None:
    """Everybody has a device, and wants to be reminded in the same minute."""
    people = [f"person-{number}" for number in range(COUNT)]
    await world.begin(*people)
    kid = (await reminders.key()).kid
    zone = noon_zone(world.clock() / 1000 + 600)
    at = datetime.fromtimestamp(world.clock() / 1000 + 600, ZoneInfo(zone)).strftime("%H:%M")
    for number, person in enumerate(people):
        keys = device_keys()
        address = Address(endpoint=f"https://{MOZILLA}/wpush/v2/{number}", p256dh=keys["p256dh"], auth=keys["auth"])
        await reminders.subscriptions.put(viewer(person), address, kid, world.clock())
        await world.plan(at, of=person, name=f"plan of {person}", zone=zone)
    await reminders.engine.step(world.clock())


async def _burst(world: World, reminders: Reminders, clock: Moved) -> None:
    """Once it is told so: the clock is just before the minute, the engine runs, and what comes of it is printed."""
    await asyncio.to_thread(sys.stdin.readline)
    (due,) = await world.db.read(lambda tx: [int(str(row[0])) for row in tx.all("SELECT MIN(due_at) FROM occasion")])
    clock.by = due - AHEAD - time.time_ns() // 1_000_000
    reminders.start()
    await asyncio.sleep(AHEAD / 1000 - 0.1)
    stalls: list[float] = []
    looking = asyncio.create_task(_look(stalls))
    sent: list[int] = []
    while len(sent) < COUNT and clock() < due + MINUTE:
        await asyncio.sleep(0.25)
        sent = await world.db.read(lambda tx: _sent(tx, due))
    looking.cancel()
    late = [float(at - due) for at in sent]
    print(SEEN, msgspec.json.encode(Burst(max(late), late, stalls)).decode(), flush=True)


def _sent(tx: Tx, due: int) -> list[int]:
    rows = tx.all(
        "SELECT sent_at FROM delivery JOIN occasion ON occasion.id = delivery.occasion_id "
        "WHERE due_at < :until AND delivery.state = 'accepted'",
        until=due + MINUTE,
    )
    return [int(str(row[0])) for row in rows]


async def _look(stalls: list[float]) -> None:
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(LOOK)
        stalls.append(max(0.0, time.perf_counter() - begun - LOOK) * 1000)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        uvloop.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
    else:
        main()
