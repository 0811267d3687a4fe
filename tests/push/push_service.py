"""A push service on loopback, as strict as RFC 8030, 8188, 8291 and 8292 allow, and the devices it serves.

It is reached under the names of the real ones: the resolver it gives the sender leads every name to its port, so that
every rule about hosts, TLS and addresses runs as in production.
"""

import asyncio
import json
import re
import secrets
import socket
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import http_ece
import msgspec
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MOZILLA: Final = "updates.push.services.mozilla.com"
GOOGLE: Final = "fcm.googleapis.com"
GOOGLE_TOO: Final = "jmt17.google.com"
"""Where Debian's Chromium is reached."""
APPLE: Final = "web.push.apple.com"
MUCH: Final = b"x" * 65_536
DAY: Final = 24 * 3_600_000
HEADER: Final = 86


class Answer(msgspec.Struct, frozen=True):
    """What the service says. With `hang` it says nothing; with `endless` it never stops."""

    status: int = 201
    headers: dict[str, str] = {}
    body: bytes = b""
    hang: bool = False
    endless: bool = False


class Arrived(msgspec.Struct, frozen=True):
    """A push that kept every rule."""

    host: str
    path: str
    headers: dict[str, str]
    body: bytes
    claims: dict[str, str | int]


class Device:
    """A browser's side of a subscription: it alone can read what arrives."""

    def __init__(self, service: "PushService", host: str = MOZILLA) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self.secret = secrets.token_bytes(16)
        self._service = service
        self.path = f"/wpush/v2/{secrets.token_urlsafe(24)}"
        self.endpoint = f"https://{host}{self.path}"
        self.point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.p256dh, self.auth = base64url(self.point), base64url(self.secret)

    @property
    def arrived(self) -> list[Arrived]:
        """What the service took for this device, in order."""
        return [push for push in self._service.arrived if push.path == self.path]

    def plain(self, push: Arrived) -> bytes:
        """What a push says, padding included."""
        return http_ece.decrypt(push.body, private_key=self._private, auth_secret=self.secret, version="aes128gcm")

    def read(self, push: Arrived) -> dict[str, object]:
        """The notification a push declares."""
        said: dict[str, dict[str, object]] = json.loads(self.plain(push))
        return said["notification"]

    def id(self, push: Arrived) -> str:
        """The occasion that a push is about."""
        said: dict[str, dict[str, dict[str, str]]] = json.loads(self.plain(push))
        return said["notification"]["data"]["id"]

    def texts(self) -> list[object]:
        """The text of every notification that arrived."""
        return [self.read(push)["body"] for push in self.arrived]


class PushService:
    """Listens on 127.0.0.1. `keep`, or else `answer`, decides what is said to a push that keeps the rules; one that
    breaks a rule is answered 400 and kept in `broken`."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self.arrived: list[Arrived] = []
        self.broken: list[str] = []
        self.connections = 0
        self.endless_bytes = 0
        self.keep: Callable[[Arrived], Answer | None] = lambda _: None
        self.answer: Callable[[str], Answer] = lambda _: Answer()
        self._clock = clock
        self._authority = trustme.CA()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf = self._authority.issue_cert(MOZILLA, GOOGLE, GOOGLE_TOO, APPLE)
        with leaf.private_key_and_cert_chain_pem.tempfile() as file:
            tls.load_cert_chain(file)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def tls(self) -> ssl.SSLContext:
        """What a sender needs to trust it: checks of names and dates are on."""
        context = ssl.create_default_context()
        context.load_verify_locations(cadata=self._authority.cert_pem.bytes().decode())
        return context

    def resolver(self) -> AbstractResolver:
        """Leads every name here."""
        return leading_to(self.port)

    def authority(self) -> bytes:
        """The certificate that a sender in another process must trust."""
        return self._authority.cert_pem.bytes()

    def always(self, status: int, **headers: str) -> None:
        """Answer so from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda _: Answer(status, named)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
        answer = self._take(first, headers, body)
        if answer.endless:  # what is counted has left, and does not wait here
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, len(MUCH))
        await _say(writer, answer)
        while answer.endless:
            writer.write(MUCH)
            await writer.drain()
            self.endless_bytes += len(MUCH)
        return True

    def _take(self, first: str, headers: dict[str, str], body: bytes) -> Answer:
        path = first.split(" ")[1]
        try:
            check_message(first, headers, body)
            claims = check_token(headers["authorization"], f"https://{headers['host']}", self._clock())
        except AssertionError as problem:
            self.broken.append(str(problem))
            return Answer(400, body=str(problem).encode())
        push = Arrived(headers["host"], path, headers, body, claims)
        self.arrived.append(push)
        return self.keep(push) or self.answer(path)


class _Here(AbstractResolver):
    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        return [answer_of(host, "127.0.0.1", self._port)]

    async def close(self) -> None:
        pass


def leading_to(port: int) -> AbstractResolver:
    """Leads every name to a port of this machine."""
    return _Here(port)


def answer_of(host: str, address: str, port: int) -> ResolveResult:
    """One resolved address, as resolvers say it."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=flags)


def check_message(first: str, headers: dict[str, str], body: bytes) -> None:
    """RFC 8030, 8188 and 8291, as far as they bind who sends."""
    assert re.fullmatch(r"POST /\S+ HTTP/1\.1", first), "not a POST"
    assert re.fullmatch(r"[1-9]\d{0,8}", headers.get("ttl", "")), "no TTL, or one that drops the message at once"
    assert headers.get("urgency") in ("very-low", "low", "normal", "high"), "no such urgency"
    topic = headers.get("topic", "")
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", topic), "the topic is not base64url of at most 32 characters"
    assert len(topic) % 4 != 1, "the topic is not a length base64url can have"
    assert headers.get("content-encoding") == "aes128gcm", "not aes128gcm"
    assert not {"cookie", "referer", "origin"} & set(headers), "tells more than it must"
    assert HEADER + 17 < len(body) <= 4096, "the body is empty or larger than 4096 bytes"
    record, name_length = int.from_bytes(body[16:20], "big"), body[20]
    assert name_length == 65, "the key of the sender is not a point"
    assert body[21] == 4, "the key of the sender is compressed"
    assert len(body) - HEADER <= record, "more than one record"


def check_token(authorization: str, audience: str, now: int) -> dict[str, str | int]:
    """RFC 8292; the claims of a token that is right."""
    parts = re.fullmatch(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)", authorization)
    assert parts, "no vapid token"
    head, said, signature, key = parts.groups()
    assert json.loads(unbase64url(head)) == {"typ": "JWT", "alg": "ES256"}, "not ES256"
    pair = unbase64url(signature)
    r, s = int.from_bytes(pair[:32], "big"), int.from_bytes(pair[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unbase64url(key))
    public.verify(encode_dss_signature(r, s), f"{head}.{said}".encode(), ec.ECDSA(SHA256()))
    claims = msgspec.json.decode(unbase64url(said), type=dict[str, str | int])
    assert claims["aud"] == audience, "a token for another push service"
    assert isinstance(claims["exp"], int), "no expiry"
    assert now < claims["exp"] * 1000 <= now + DAY, "expired, or valid for more than a day"
    assert str(claims["sub"]).startswith(("mailto:", "https://")), "nobody to write to"
    return claims


def base64url(plain: bytes) -> str:
    """Without padding."""
    return urlsafe_b64encode(plain).decode().rstrip("=")


def unbase64url(text: str) -> bytes:
    """Without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def _say(writer: asyncio.StreamWriter, answer: Answer) -> None:
    if answer.hang:
        await asyncio.sleep(3600)
    length = 10**12 if answer.endless else len(answer.body)
    lines = [f"HTTP/1.1 {answer.status} Said", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + answer.body)
    await writer.drain()
