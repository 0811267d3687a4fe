"""A bounded load on one server: so many connections, so many seconds, requests made beforehand."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

import msgspec


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What one run showed. Times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    cpu_ms: float
    peak_mb: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


async def measure(
    port: int, pid: int, connections: int, seconds: float, request: Callable[[int, int], bytes]
) -> Measured:
    """Send `request(connection, number)` on keep-alive connections for `seconds`; every answer must be a 200."""
    _forget_peak(pid)
    before = cpu_seconds(pid)
    start = time.perf_counter()
    lines = await asyncio.gather(
        *(_connection(port, number, start + seconds, request) for number in range(connections))
    )
    took = time.perf_counter() - start
    times = sorted(took for line in lines for took in line)
    cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
    return Measured(
        requests=len(times),
        seconds=took,
        p50=cuts[49] * 1000,
        p99=cuts[98] * 1000,
        cpu_ms=(cpu_seconds(pid) - before) * 1000 / max(1, len(times)),
        peak_mb=_peak_mb(pid),
    )


async def _connection(port: int, number: int, until: float, request: Callable[[int, int], bytes]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    try:
        for turn in _turns(until):
            body = request(number, turn)
            start = time.perf_counter()
            writer.write(body)
            await _answer(reader)
            times.append(time.perf_counter() - start)
    finally:
        writer.close()
    return times


def _turns(until: float) -> Iterator[int]:
    turn = 0
    while time.perf_counter() < until:
        yield turn
        turn += 1


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"the server answered {head[:40]!r} {body[:300]!r}")
    return body


def cpu_seconds(pid: int) -> float:
    """User and system time the process has used so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
