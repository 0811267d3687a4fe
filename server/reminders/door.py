"""Everything of reminders that the rest of the server holds: opened once, closed once."""

import asyncio
import binascii
import ssl
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Final

import structlog
from aiohttp.abc import AbstractResolver
from cryptography.hazmat.primitives.asymmetric import ec

from server.database import Database
from server.models import Millis, Viewer
from server.reminders.endpoint import Hosts, Unacceptable, checked
from server.reminders.lines import TEST_LINE
from server.reminders.loop import Engine, topic
from server.reminders.payload import message
from server.reminders.push import Sender
from server.reminders.vapid import Tokens, first_key, reachable
from server.reminders.verdict import Verdict
from server.settings import Settings
from server.store.devices import Devices
from server.store.keys import Keys
from server.store.subscriptions import Address, Subscriptions, Target
from server.store.vapid_keys import VapidKey, VapidKeys

TEST_WINDOW: Final = 120_000
POINT_BYTES: Final = 65
AUTH_BYTES: Final = 16
_BASE64URL: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class Reminders:
    """The engine, the sender and the devices. `start` begins sending; `close` stops it and waits for what is on its
    way."""

    def __init__(
        self, settings: Settings, db: Database, keys: Keys, clock: Callable[[], Millis], sender: Sender, hosts: Hosts
    ) -> None:
        self.subscriptions = Subscriptions(db, keys)
        self.devices = Devices(db)
        self.vapid = VapidKeys(keys)
        self.sender = sender
        self.engine = Engine(db, keys, sender, origin=settings.origin, clock=clock)
        self._settings, self._keys, self._hosts, self._clock = settings, keys, hosts, clock
        self._stop = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Send what is due from now on, in the background."""
        self._running = asyncio.create_task(self.engine.run(self._stop))

    async def close(self) -> None:
        """Stop, let what is being sent finish, and close the connections."""
        self._stop.set()
        if self._running is not None:
            await self._running
        await self.sender.close()

    async def key(self) -> VapidKey:
        """The key that devices subscribe with."""
        return await first_key(self.vapid, self._clock())

    async def check(self, address: Address, vapid_kid: str) -> None:
        """`Unacceptable` says why nothing can be sent to this address, or why not with this key."""
        checked(address.endpoint, self._hosts)
        _check_keys(address)
        if await self.vapid.find(vapid_kid) is None:
            raise Unacceptable("it was made with a key this server does not have")

    async def test(self, viewer: Viewer, target: Target, name: str) -> Verdict:
        """Send one neutral message to the viewer's device now, and keep what became of it. The device says by `name`
        that it showed it."""
        now, secret = self._clock(), await self._keys.secret("push-topic")
        await self.devices.begin_test(viewer, name, now)
        said = message(
            self._settings.origin,
            id=name,
            line=TEST_LINE,
            topic=topic(secret, viewer.id, "test"),
            due_at=now,
            end_at=now + TEST_WINDOW,
            later=False,
        )
        verdict = await self.sender.send(target, said)
        await self.subscriptions.tried(target.id, verdict.state, verdict.reason, self._clock())
        return verdict


async def open_reminders(
    settings: Settings,
    db: Database,
    keys: Keys,
    clock: Callable[[], Millis],
    *,
    resolver: AbstractResolver | None = None,
    tls: ssl.SSLContext | None = None,
) -> Reminders:
    """Reminders, not yet started; the first start makes the VAPID key. `BadSetting` names a setting that stops the
    start. `resolver` and `tls` are for tests, whose push service has no public address."""
    hosts = Hosts(settings.push_hosts)
    vapid, tokens = VapidKeys(keys), Tokens(settings.vapid_subject)
    sender = Sender(keys=vapid, tokens=tokens, hosts=hosts, clock=clock, resolver=resolver, tls=tls)
    reminders = Reminders(settings, db, keys, clock, sender, hosts)
    await reminders.key()
    if settings.secure and not reachable(settings.vapid_subject):
        structlog.get_logger("midweek.push").warning("vapid-subject-unreachable", setting="MIDWEEK_VAPID_SUBJECT")
    return reminders


def _check_keys(address: Address) -> None:
    point, auth = _decoded(address.p256dh), _decoded(address.auth)
    if len(point) != POINT_BYTES or point[0] != 4:
        raise Unacceptable("its key is not a P-256 point")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise Unacceptable("its key is not on the P-256 curve") from None
    if len(auth) != AUTH_BYTES:
        raise Unacceptable("its secret does not have 16 bytes")


def _decoded(text: str) -> bytes:
    """base64url, with or without padding, and nothing else."""
    try:
        plain = text.rstrip("=").encode("ascii")
        return urlsafe_b64decode(plain + b"=" * (-len(plain) % 4)) if plain.translate(None, _BASE64URL) == b"" else b""
    except (binascii.Error, UnicodeEncodeError):
        return b""
