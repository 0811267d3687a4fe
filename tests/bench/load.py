"""A bounded load on one server: so many connections, so many seconds. Every answer is looked at."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from statistics import median, quantiles

import msgspec

from tests.bench.processes import cpu_seconds, forget_peak, peak_mb

ROW = f"{'':46}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'peak MB':>9}"


class Ask(msgspec.Struct, frozen=True):
    """What is asked again and again: `request(connection, turn)` gives the bytes to send, and `right` says whether
    the body of an answer is what it should be."""

    request: Callable[[int, int], bytes]
    right: Callable[[bytes], bool]


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What one run showed. Times in milliseconds, CPU those of the server a request."""

    requests: int
    seconds: float
    p50: float
    p99: float
    cpu_ms: float
    peak_mb: float
    wrong: int = 0
    """Answers that were not what they should be."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    def row(self, name: str) -> str:
        """A line under `ROW`."""
        return f"{name:46}{self.rate:8.0f}{self.p50:9.1f}{self.p99:9.1f}{self.cpu_ms:9.2f}{self.peak_mb:9.0f}"


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each figure over several runs."""
    return Measured(
        requests=sum(run.requests for run in runs),
        seconds=sum(run.requests for run in runs) / median(run.rate for run in runs),
        p50=median(run.p50 for run in runs),
        p99=median(run.p99 for run in runs),
        cpu_ms=median(run.cpu_ms for run in runs),
        peak_mb=median(run.peak_mb for run in runs),
        wrong=sum(run.wrong for run in runs),
    )


async def measure(
    port: int, pid: int, connections: int, seconds: float, ask: Ask, most: int = 1_000_000_000, strict: bool = True
) -> Measured:
    """Ask on keep-alive connections, each again as soon as it was answered, for `seconds` or `most` requests. With
    `strict` a wrong answer ends it; else they are counted."""
    turns = _turns(seconds, most)

    async def one(number: int) -> tuple[list[float], int]:
        async with Line(port, strict) as line:
            times = [await line.timed(ask, number, turn) for turn in turns]
            return times, line.wrong

    return await _watched(pid, [one(number) for number in range(connections)])


async def at_random(port: int, pid: int, phones: int, each: float, seconds: float, ask: Ask) -> Measured:
    """`phones` that don't wait for each other: each asks `each` times a second at random moments. A time counts from
    the moment it meant to ask, so waiting for its own turn counts too."""

    async def one(number: int) -> tuple[list[float], int]:
        chance = random.Random(number)
        start = time.perf_counter()
        due = start + chance.expovariate(each)
        times: list[float] = []
        async with Line(port) as line:
            while due < start + seconds:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                took = await line.timed(ask, number, len(times))
                times.append(max(took, time.perf_counter() - due))
                due += chance.expovariate(each)
        return times, line.wrong

    return await _watched(pid, [one(number) for number in range(phones)])


async def all_at_once(port: int, pid: int, phones: int, times: int, pause: float, ask: Ask) -> Measured:
    """`phones` that all ask in the same instant, `times` times, `pause` seconds apart."""
    start = time.perf_counter() + 0.2

    async def one(number: int) -> tuple[list[float], int]:
        took: list[float] = []
        async with Line(port) as line:
            for turn in range(times):
                due = start + turn * pause
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                await line.timed(ask, number, turn)
                took.append(time.perf_counter() - due)
        return took, line.wrong

    return await _watched(pid, [one(number) for number in range(phones)])


class Line:
    """One keep-alive connection."""

    def __init__(self, port: int, strict: bool = True) -> None:
        self._port, self._strict = port, strict
        self.wrong = 0

    async def __aenter__(self) -> "Line":
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def timed(self, ask: Ask, number: int, turn: int) -> float:
        """Ask once; the seconds until the whole answer was there."""
        said = ask.request(number, turn)
        start = time.perf_counter()
        self._writer.write(said)
        head, body = await self._answer()
        took = time.perf_counter() - start
        if not (head.startswith(b"HTTP/1.1 2") and ask.right(body)):
            self.wrong += 1
            if self._strict:
                raise RuntimeError(f"the server answered {head[:40]!r} {body[:300]!r}")
        return took

    async def _answer(self) -> tuple[bytes, bytes]:
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        return head, await self._reader.readexactly(length)


def _turns(seconds: float, most: int) -> Iterator[int]:
    until = time.perf_counter() + seconds
    for turn in range(most):
        if time.perf_counter() >= until:
            return
        yield turn


async def _watched(pid: int, lines: Sequence[Awaitable[tuple[list[float], int]]]) -> Measured:
    forget_peak(pid)
    before, start = cpu_seconds(pid), time.perf_counter()
    done = await asyncio.gather(*lines)
    took, spent = time.perf_counter() - start, cpu_seconds(pid) - before
    times = sorted(one for line, _ in done for one in line)
    cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
    return Measured(
        requests=len(times),
        seconds=took,
        p50=cuts[49] * 1000,
        p99=cuts[98] * 1000,
        cpu_ms=spent * 1000 / max(1, len(times)),
        peak_mb=peak_mb(pid),
        wrong=sum(wrong for _, wrong in done),
    )
