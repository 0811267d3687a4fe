"""One sender in a process of its own: `push_senders.py plain|midweek PORT FOLDER COUNT`. It prints seconds by the clock
and seconds of CPU."""

import asyncio
import ssl
import sys
import time
from pathlib import Path

import msgspec
import pywebpush
import uvloop

from server.reminders.endpoint import Hosts
from server.reminders.payload import Message
from server.reminders.push import AT_ONCE_PER_ORIGIN, Sender
from server.reminders.vapid import Tokens
from server.store.subscriptions import Target
from server.store.vapid_keys import VapidKey
from tests.push.push_service import MOZILLA, leading_to

AT_ONCE = AT_ONCE_PER_ORIGIN


class Given(msgspec.Struct):
    """What every sender is given: subscriptions, a VAPID key in two forms, and the text."""

    devices: list[dict[str, str]]
    public: str
    raw: str
    der: str
    text: str


class OneKey:
    """The keys of a server that has one."""

    def __init__(self, key: VapidKey) -> None:
        self._key = key

    async def find(self, kid: str) -> VapidKey | None:
        """The key."""
        return self._key if kid == self._key.kid else None


def plain(given: Given, port: int, count: int) -> None:
    """As pywebpush's own page says: one call after the other."""
    for number in range(count):
        device = given.devices[number % len(given.devices)]
        pywebpush.webpush(
            {"endpoint": f"https://localhost:{port}/{number}", "keys": device},
            given.text,
            vapid_private_key=given.raw,
            vapid_claims={"sub": "mailto:ada@example.org"},
            ttl=60,
        )


async def midweek(given: Given, port: int, folder: Path, count: int) -> None:
    """Midweek's sender, as the engine uses it."""
    key = VapidKey(kid="k", public=given.public, private=bytes.fromhex(given.der))
    sender = Sender(
        keys=OneKey(key),  # type: ignore[arg-type]  # the sender only looks keys up
        tokens=Tokens("mailto:ada@example.org"),
        hosts=Hosts(),
        clock=lambda: time.time_ns() // 1_000_000,
        resolver=leading_to(port),
        tls=ssl.create_default_context(cafile=str(folder / "authority.pem")),
    )
    text = given.text.encode()
    said = Message(full=text, minimal=text, topic="t" * 24, end_at=time.time_ns() // 1_000_000 + 600_000)
    endpoint = f"https://{MOZILLA}/x"
    targets = [
        Target(id="s", label="s", vapid_kid="k", endpoint=endpoint, p256dh=one["p256dh"], auth=one["auth"])
        for one in given.devices
    ]
    verdicts = await asyncio.gather(*(sender.send(targets[n % len(targets)], said) for n in range(count)))
    await sender.close()
    assert all(verdict.state == "accepted" for verdict in verdicts), verdicts[0]


def main(which: str, port: int, folder: Path, count: int) -> None:
    """Warm up a little, then measure."""
    given = msgspec.json.decode((folder / "given.json").read_bytes(), type=Given)
    for warm in (True, False):
        many = min(count, 50) if warm else count
        start, cpu = time.perf_counter(), time.process_time()
        if which == "plain":
            plain(given, port, many)
        else:
            uvloop.run(midweek(given, port, folder, many))
    print(time.perf_counter() - start, time.process_time() - cpu)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
