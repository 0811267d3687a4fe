"""What may happen to a request on its way, over real sockets."""

import http.client
import ipaddress
import json
import secrets
import socket
from collections.abc import Mapping
from typing import Final

from tests.sync.process import Quick

PATIENCE: Final = 30
Answer = dict[str, object]


class Unanswered(Exception):
    """The connection ended before the answer did."""


class Line:
    """A signed-in device's way to the server."""

    def __init__(self, server: Quick, cookie: str) -> None:
        self._server, self._cookie = server, cookie

    def call(self, method: str, path: str, body: object = None) -> tuple[int, Answer]:
        """One request and its answer. `Unanswered` when the connection breaks first."""
        return self.post(path, None if body is None else json.dumps(body).encode(), method)

    def post(self, path: str, body: bytes | None, method: str = "POST") -> tuple[int, Answer]:
        """The same, with these bytes."""
        talk = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE)
        try:
            talk.request(method, path, body, self._headers())
            answer = talk.getresponse()
            said = answer.read()
            return answer.status, json.loads(said) if said else {}
        except (OSError, http.client.HTTPException) as broken:
            raise Unanswered(path) from broken
        finally:
            talk.close()

    def sign_in(self, said: Mapping[str, object]) -> str:
        """The cookie of a new login, from an address nobody has signed in from: tries are counted by address."""
        talk = http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE)
        talk.request("POST", "/api/logins", json.dumps(said), self._headers() | {"x-forwarded-for": _somewhere()})
        answer = talk.getresponse()
        detail = answer.read()
        cookie = answer.headers["set-cookie"]
        talk.close()
        if not cookie:
            raise RuntimeError(f"Nobody is let in: {detail!r}")
        return str(cookie).partition(";")[0]

    def cut(self, path: str, body: bytes) -> None:
        """Hang up in the middle of the body."""
        with self._sent(path, body, len(body) // 2):
            pass

    def whole(self, path: str, body: bytes) -> socket.socket:
        """Send the whole request, and do not wait."""
        return self._sent(path, body, len(body))

    def _sent(self, path: str, body: bytes, much: int) -> socket.socket:
        wire = socket.create_connection(("127.0.0.1", self._server.port), timeout=PATIENCE)
        head = [f"POST {path} HTTP/1.1", f"content-length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in self._headers().items()]
        wire.sendall("\r\n".join([*head, "", ""]).encode() + body[:much])
        return wire

    def _headers(self) -> dict[str, str]:
        host = f"localhost:{self._server.port}"
        return {
            "host": host,
            "origin": f"http://{host}",
            "x-midweek": "1",
            "content-type": "application/json",
            "cookie": self._cookie,
        }


def _somewhere() -> str:
    return str(ipaddress.IPv6Address(secrets.randbits(128)))
