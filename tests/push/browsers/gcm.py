"""Google's push service as Chromium sees it: check-in, registration, and MCS, the line on which messages come.

The protocols are those of `google_apis/gcm` in Chromium's source: HTTP for the first two, protocol buffers over TLS
for MCS, each message behind its tag and its length.
"""

import asyncio
import hashlib
import secrets
import ssl
from base64 import b64encode
from types import TracebackType
from typing import Final, Self

import msgspec
import trustme
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from tests.push.browsers.post import Letter, Post
from tests.push.browsers.protobuf import Fixed64, read, varint, written

VERSION: Final = 41
SETTLED: Final = 0.5
"""Seconds after a login until messages follow: a Chromium that reads both at once drops the line, and takes its time to
come back."""
PING, ACK, LOGIN, LOGGED_IN, IQ, DATA = 0, 1, 2, 3, 7, 8
RECEIVED: Final = 10
"""The field of a login that lists the messages it has."""
SUBTYPE: Final = "X-subtype"
UNDER: Final = "/fcm/send/"
PROTOBUF: Final = "application/x-protobuf"


class App(msgspec.Struct, frozen=True):
    """One subscription as Chromium registered it; each message must name all three."""

    category: str
    subtype: str
    sender: str


class Gcm:
    """Listens on 127.0.0.1 for one Chromium. `post` is what it has for it."""

    def __init__(self, post: Post) -> None:
        self.post = post
        post.came = self._hand_over
        leaf = trustme.CA().issue_cert("127.0.0.1")
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with leaf.private_key_and_cert_chain_pem.tempfile() as file:
            self._tls.load_cert_chain(file)
        self._key = load_pem_private_key(leaf.private_key_pem.bytes(), None).public_key()
        self._apps: dict[str, App] = {}
        self._line: asyncio.StreamWriter | None = None
        self._sent: set[str] = set()
        self._holds_back = False

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/checkin", self._checked_in)
        app.router.add_post("/register", self._registered)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._mcs = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mcs.close()
        if self._line is not None:
            self._line.close()
        await self._runner.cleanup()

    def switches(self) -> list[str]:
        """What leads a Chromium here."""
        http = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        spki = hashlib.sha256(self._key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
        return [
            f"--gcm-checkin-url={http}/checkin",
            f"--gcm-registration-url={http}/register",
            f"--gcm-mcs-endpoint=https://127.0.0.1:{self._mcs.sockets[0].getsockname()[1]}",
            f"--ignore-certificate-errors-spki-list={b64encode(spki).decode()}",
        ]

    def hold_back(self) -> None:
        """Keep what comes until `hand_over`: a Chromium that has only just been opened says that it has a message, and
        shows nothing."""
        self._holds_back = True

    def hand_over(self) -> None:
        """Send what waits."""
        self._holds_back = False
        self._hand_over()

    async def _checked_in(self, _: web.Request) -> web.Response:
        id, token = Fixed64(secrets.randbits(62)), Fixed64(secrets.randbits(62))
        return web.Response(body=written([(1, 1), (7, id), (8, token), (11, "test")]), content_type=PROTOBUF)

    async def _registered(self, request: web.Request) -> web.Response:
        said = await request.post()
        app = App(str(said["app"]), str(said.get(SUBTYPE, "")), str(said.get("sender", "")))
        known = [path for path, one in self._apps.items() if one.subtype == app.subtype]
        if "delete" in said:
            for path in known:
                self.post.end(path)
                del self._apps[path]
            return web.Response(text=f"deleted={app.category}")
        path = next((path for path in known if self._apps[path] == app), None) or self.post.subscribe(app.sender, UNDER)
        self._apps[path] = app
        return web.Response(text=f"token={path.removeprefix(UNDER)}")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readexactly(1)
            writer.write(bytes([VERSION]))
            while True:
                self._answer(*await _message(reader), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            if self._line is writer:
                self._line = None
            writer.close()

    def _answer(self, tag: int, body: bytes, writer: asyncio.StreamWriter) -> None:
        """It drops its first line right after the login: what it does not say it has is sent again on the next one."""
        if tag == LOGIN:
            _say(writer, LOGGED_IN, written([(1, "1")]))
            self._line = writer
            self._sent.clear()
            for id in read(body).get(RECEIVED, []):
                self.post.has(bytes(id).decode() if isinstance(id, bytes) else "")
            asyncio.get_running_loop().call_later(SETTLED, self._hand_over)
        elif tag == IQ and writer is self._line:
            for sent in self._sent:
                self.post.has(sent)
        elif tag == PING:
            _say(writer, ACK, b"")

    def _hand_over(self) -> None:
        if self._line is None or self._holds_back:
            return
        for letter in self.post.waiting():
            if letter.path in self._apps and letter.id not in self._sent:
                self._sent.add(letter.id)
                _say(self._line, DATA, self._data(letter))

    def _data(self, letter: Letter) -> bytes:
        app = self._apps[letter.path]
        about = {"subtype": app.subtype, "content-encoding": "aes128gcm"}
        data = [(7, written([(1, name), (2, value)])) for name, value in about.items()]
        return written([(3, app.sender), (5, app.category), *data, (9, letter.id), (21, letter.body), (24, 1)])


async def _message(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    tag = (await reader.readexactly(1))[0]
    size = shift = 0
    while True:
        (byte,) = await reader.readexactly(1)
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return tag, await reader.readexactly(size)


def _say(writer: asyncio.StreamWriter, tag: int, body: bytes) -> None:
    writer.write(bytes([tag]) + varint(len(body)) + body)
