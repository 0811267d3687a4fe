"""Sending one message to one device: encryption by pywebpush, signing by py_vapid, and our own HTTP step.

Nothing is followed, nothing waits for long, nothing large is read, and only public addresses of known push services
are called. A burst never holds up the API: one message is encrypted per turn of the event loop.
"""

import asyncio
import socket
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable
from random import SystemRandom
from typing import Final

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver
from pywebpush import WebPusher

from server.models import Millis
from server.reminders.endpoint import Endpoint, Hosts, Unacceptable, checked
from server.reminders.payload import Message
from server.reminders.resolver import NotPublic, PublicResolver
from server.reminders.vapid import Tokens
from server.reminders.verdict import Verdict, verdict
from server.schedule import LEAST_LEFT, ttl
from server.store.subscriptions import Target
from server.store.vapid_keys import VapidKeys

AT_ONCE: Final = 64
"""As many as seven services that all hang can hold, and one more."""
AT_ONCE_PER_ORIGIN: Final = 8
LONGEST: Final = 3993
"""Bytes of a message that fit into one record of 4096, which is all that RFC 8291 allows."""
READ_AT_MOST: Final = 1024
RECEIVED_AT_MOST: Final = 32_768
LONGEST_BACKOFF: Final = 300_000
BREAK: Final = 30_000
"""Milliseconds a push service that did not answer is left alone."""
ALERT_EVERY: Final = 3_600_000
CHANGED: Final = "changed"
"""Why a message was not begun: what it is about has to be looked at again first."""
TIMEOUT: Final = aiohttp.ClientTimeout(total=7, sock_connect=3)
"""Twice at most: a service that finds a message too large is asked once more."""

_log = structlog.get_logger("midweek.push")


class Sender:
    """Hands messages to push services. Close it when done."""

    def __init__(
        self,
        *,
        keys: VapidKeys,
        tokens: Tokens,
        hosts: Hosts,
        clock: Callable[[], Millis],
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._keys, self._tokens, self._hosts, self._clock = keys, tokens, hosts, clock
        self._resolver, self._tls, self._timeout = resolver, tls, timeout
        self._session: aiohttp.ClientSession | None = None
        self._all = asyncio.Semaphore(AT_ONCE)
        self._lanes: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE_PER_ORIGIN))
        self._encoding = asyncio.Lock()
        self._parked: dict[str, Millis] = {}
        self._alerts: dict[str, Millis] = {}
        self._random = SystemRandom()

    async def send(
        self,
        target: Target,
        message: Message,
        attempt: int = 1,
        give_up_at: Millis | None = None,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Verdict:
        """Send `message` to one device, once; what is left of its window is how long the push service may keep it.
        After `give_up_at`, or when it no longer `stands` as its turn comes, it is not begun. The answer is there within
        15 seconds of its turn."""
        try:
            endpoint = checked(target.endpoint, self._hosts)
        except Unacceptable:
            return Verdict(state="refused", reason="endpoint")
        async with self._lanes[endpoint.origin], self._all:
            if give_up_at is not None and self._clock() >= give_up_at:
                return Verdict(state="later", reason="lease", retry_at=self._clock() + self._backoff(attempt))
            if stands is not None and not await stands():
                return Verdict(state="later", reason=CHANGED, retry_at=self._clock())
            result = await self._try(target, endpoint, message, message.full, attempt)
            if result.smaller:
                result = await self._try(target, endpoint, message, message.minimal, attempt)
        self._note(target, endpoint, result)
        return result

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _try(self, target: Target, endpoint: Endpoint, message: Message, plain: bytes, attempt: int) -> Verdict:
        now = self._clock()
        if (parked := self._parked.get(endpoint.origin, 0)) > now:
            return Verdict(state="later", reason="parked", retry_at=parked)
        if ttl(message.end_at, now) < LEAST_LEFT:
            return Verdict(state="expired", reason="window")
        if len(plain) > LONGEST:
            return Verdict(state="refused", reason="too-large", smaller=True)
        key = await self._keys.find(target.vapid_kid)
        if key is None:
            return Verdict(state="gone", reason="key-removed")
        body = await self._encrypted(target, plain)
        now = self._clock()
        headers = {
            "Authorization": self._tokens.authorization(key, endpoint.origin, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(ttl(message.end_at, now), 1)),
            "Topic": message.topic,
            "Urgency": "normal",
        }
        return await self._post(endpoint, headers, body, self._backoff(attempt))

    async def _encrypted(self, target: Target, plain: bytes) -> bytes:
        async with self._encoding:
            body = WebPusher(
                {"endpoint": target.endpoint, "keys": {"p256dh": target.p256dh, "auth": target.auth}}
            ).encode(plain)["body"]
            await asyncio.sleep(0)
        return body

    async def _post(self, endpoint: Endpoint, headers: dict[str, str], body: bytes, backoff: Millis) -> Verdict:
        try:
            async with self._opened().post(endpoint.url, data=body, headers=headers, allow_redirects=False) as answer:
                await answer.content.read(READ_AT_MOST)
                if not answer.content.at_eof():
                    answer.close()
                said = {name.lower(): value for name, value in answer.headers.items()}
                return verdict(answer.status, said, self._clock(), backoff)
        except aiohttp.ClientConnectorError as problem:
            if isinstance(problem.os_error, NotPublic):
                return Verdict(state="refused", reason="address")
            return self._silent("connect", backoff)
        except TimeoutError:
            return self._silent("timeout", max(backoff, BREAK))
        except (aiohttp.ClientError, OSError):
            return self._silent("connection", backoff)

    def _silent(self, reason: str, backoff: Millis) -> Verdict:
        return Verdict(
            state="later", reason=reason, retry_at=self._clock() + backoff, park=reason in ("timeout", "connect")
        )

    def _backoff(self, attempt: int) -> Millis:
        """Full jitter: 2, 4, 8, .. seconds at most, drawn anew each time."""
        longest = min(2_000 << min(attempt, 10) - 1, LONGEST_BACKOFF)
        return max(self._random.randrange(longest), 500)

    def _note(self, target: Target, endpoint: Endpoint, result: Verdict) -> None:
        if result.park:
            self._parked[endpoint.origin] = max(self._parked.get(endpoint.origin, 0), result.retry_at)
        if result.state == "accepted":
            self._parked.pop(endpoint.origin, None)
            return
        _log.info(
            "push-not-accepted",
            subscription=target.label,
            service=endpoint.host,
            state=result.state,
            status=result.status,
            reason=result.reason,
        )
        if result.alert and self._alerts.get(endpoint.origin, 0) <= self._clock():
            self._alerts[endpoint.origin] = self._clock() + ALERT_EVERY
            _log.error("push-service-refuses-our-key", service=endpoint.host, status=result.status)

    def _opened(self) -> aiohttp.ClientSession:
        """One session for all, made inside the event loop. It takes nothing from the environment."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=AT_ONCE,
                limit_per_host=AT_ONCE_PER_ORIGIN,
                resolver=self._resolver or PublicResolver(),
                ttl_dns_cache=60,
                ssl=self._tls or True,
                socket_factory=_small,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=self._timeout,
                trust_env=False,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "Midweek"},
                skip_auto_headers=("Accept", "Accept-Encoding"),
                read_bufsize=READ_AT_MOST,
                max_line_size=4096,
                max_field_size=4096,
            )
        return self._session


def _small(address: aiohttp.AddrInfoType) -> socket.socket:  # pyright: ignore[reportUnknownParameterType]
    """A socket that lets little wait to be read: an answer without end is not taken off the network."""
    made = socket.socket(*address[:3])
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED_AT_MOST)
    return made
