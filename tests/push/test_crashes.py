"""Servers that are killed while they send: every reminder is sent, and nobody sees one twice.

A push that a dead server had sent without having noted it is sent again. It has the same topic and the same tag, so it
takes the place of the first: that is what is counted here.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from server.database import KEY_MIGRATIONS, open_database
from server.reminders.loop import BATCH
from server.store.keys import Keys
from server.store.occasions import LEASE
from tests.cast import Clock
from tests.e2e.machines import ROOT
from tests.push.crash_worker import written
from tests.push.push_service import Arrived, Device, PushService
from tests.push.world import World, instant, rid

OCCASIONS = int(os.environ.get("MIDWEEK_OCCASIONS", "400"))
KILLS = int(os.environ.get("MIDWEEK_PUSH_KILLS", "8"))
DAY = "2026-09-22T09:00"
PATIENCE = 300 if OCCASIONS <= 1_000 else 3_600
A_DAY = 5
"""Reminders a person may want a day."""


class Workers:
    """Servers in processes of their own, on the database of the test."""

    def __init__(self, folder: Path, addresses: tuple[str, str], service: PushService, clock: Clock) -> None:
        self._folder, authority = folder, folder / "authority.pem"
        authority.write_bytes(service.authority())
        self.clock, self._questions = clock, count(1)
        self.tell_time()
        written(folder / "question", "0")
        words = [sys.executable, "-m", "tests.push.crash_worker", *addresses]
        words += [str(service.port), str(authority), str(folder)]
        self._log = (folder / "workers.log").open("wb")
        self._launcher = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )
        self._pids: set[int] = set()

    def tell_time(self) -> None:
        """Every worker's clock shows what the test's does."""
        written(self._folder / "clock", str(self.clock()))

    async def start(self) -> int:
        """One more; its process id."""
        assert self._launcher.stdin
        assert self._launcher.stdout
        self._launcher.stdin.write(b"\n")
        self._launcher.stdin.flush()
        pid = int(await asyncio.to_thread(self._launcher.stdout.readline))
        self._pids.add(pid)
        return pid

    def kill(self, pid: int) -> None:
        """As a power cut ends it; comes back when it is gone, and holds no file any more."""
        self._pids.discard(pid)
        os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(pid, 0)

    async def all_sent(self, met: Callable[[], bool]) -> None:
        """Wait until it is met; when the living have done what they can, the leases of the dead are over."""
        async with asyncio.timeout(PATIENCE):
            await self.idle()
            while not met():
                self.clock.forward(LEASE + 1_000)
                self.tell_time()
                await self.idle()

    async def idle(self) -> None:
        """Wait until every living server has looked once more, found nothing to do, and has nothing on its way."""
        question = str(next(self._questions))
        written(self._folder / "question", question)
        answers = [self._folder / f"idle-{pid}" for pid in self._pids]
        await self.until(lambda: all(one.exists() and one.read_text() == question for one in answers))

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait until it is met."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if met():
                    return
                await asyncio.sleep(0.01)

    def end(self) -> None:
        """Kill the rest."""
        for pid in list(self._pids):
            self.kill(pid)
        self._launcher.communicate(timeout=20)
        self._log.close()


Addresses = tuple[str, str]


@pytest.fixture
def addresses(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Addresses]:
    """Where the workers find the database and the keys."""
    if engine == "sqlite":
        yield str(tmp_path / "main.db"), str(tmp_path / "keys.db")
        return
    server = request.getfixturevalue("postgresql")
    names = server.create(), server.create()
    yield server.url(names[0]), server.url(names[1])
    for name in names:
        server.drop(name)


@asynccontextmanager
async def opened(addresses: Addresses, service: PushService, clock: Clock) -> AsyncGenerator[World]:
    """The world in this process. SQLite has one process at a time, so it is closed before workers start."""
    db = await open_database(addresses[0])
    keys = await open_database(addresses[1], migrations=KEY_MIGRATIONS)
    world = World(db, Keys(keys, bytes(32)), service, clock)
    yield world
    for node in world.nodes:
        await node.close()
    await db.close()
    await keys.close()


@asynccontextmanager
async def workers(folder: Path, addresses: Addresses, service: PushService, clock: Clock) -> AsyncGenerator[Workers]:
    found = Workers(folder, addresses, service, clock)
    yield found
    found.end()


Devices = dict[str, Device]
"""By the path of their endpoint."""


async def planned(addresses: Addresses, service: PushService, clock: Clock, plans: int) -> Devices:
    """The devices of as many people as it takes, who together want so many reminders every day at nine."""
    people = [rid(f"person {number}") for number in range(-(-plans // A_DAY))]
    async with opened(addresses, service, clock) as world:
        await world.begin(*people)
        await world.node()
        devices = [await world.device(of=person) for person in people]
        for person in people:
            await world.limit(of=person, most=A_DAY)
        for number in range(plans):
            await world.plan("09:00", name=f"plan {number}", of=people[number // A_DAY], about=rid("an exercise"))
        await world.step()
        return {urlsplit(device.endpoint).path: device for device in devices}


def nine_on(number: int) -> int:
    """When it is nine that many days later, by the clocks of that day."""
    return instant((datetime.fromisoformat(DAY) + timedelta(days=number)).isoformat())


def more_than(service: PushService, before: int) -> bool:
    """Whether something came since."""
    return len(service.arrived) > before


async def states(addresses: Addresses, service: PushService, clock: Clock) -> Counter[str]:
    """How many occasions that were due are in each state."""
    async with opened(addresses, service, clock) as world:
        rows = await world.db.read(
            lambda tx: tx.all("SELECT state, count(*) FROM occasion WHERE due_at <= :now GROUP BY state", now=clock())
        )
    return Counter({str(row[0]): int(str(row[1])) for row in rows})


def visible(service: PushService, devices: Devices) -> Counter[str]:
    """Under how many names each occasion was seen: a push of the same topic and tag takes the other's place."""
    opened = [(devices[push.path], push) for push in service.arrived]
    seen = {(device.id(push), str(device.read(push)["tag"]), push.headers["topic"]) for device, push in opened}
    return Counter(id for id, *_ in seen)


async def test_of_several_servers_one_is_killed_and_each_reminder_is_seen_once(
    engine: str, addresses: Addresses, tmp_path: Path, service: PushService, clock: Clock
) -> None:
    devices = await planned(addresses, service, clock, OCCASIONS)
    clock.now = instant(DAY)
    third = asyncio.Event()
    service.keep = lambda _: third.set() if len(service.arrived) >= OCCASIONS // 3 else None
    async with workers(tmp_path, addresses, service, clock) as running:
        first = await running.start()
        for _ in range(2 if engine == "postgresql" else 0):
            await running.start()
        await asyncio.wait_for(third.wait(), 300)
        running.kill(first)
        if engine == "sqlite":
            await running.start()
        await running.all_sent(lambda: len(visible(service, devices)) == OCCASIONS)

    assert set(visible(service, devices).values()) == {1}
    assert len(service.arrived) < OCCASIONS + BATCH
    assert await states(addresses, service, clock) == {"sent": OCCASIONS}


async def test_a_server_killed_before_it_heard_the_answer_leaves_one_reminder_on_the_screen(
    addresses: Addresses, tmp_path: Path, service: PushService, clock: Clock
) -> None:
    devices = await planned(addresses, service, clock, 1)
    async with workers(tmp_path, addresses, service, clock) as running:
        worker = await running.start()
        for number in range(KILLS):
            clock.now = nine_on(number)
            running.tell_time()
            killed = asyncio.Event()

            def kill(_: Arrived, victim: int = worker, killed: asyncio.Event = killed) -> None:
                service.keep = lambda _: None
                running.kill(victim)
                killed.set()

            service.keep = kill
            await asyncio.wait_for(killed.wait(), 60)
            worker = await running.start()
            before = len(service.arrived)
            clock.forward(LEASE + 1_000)
            running.tell_time()
            await running.until(partial(more_than, service, before))
        await running.idle()  # the last answer is in the database

    seen = visible(service, devices)
    assert seen == dict.fromkeys(seen, 1)
    assert len(seen) == KILLS
    assert await states(addresses, service, clock) == {"sent": KILLS}
