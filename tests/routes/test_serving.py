"""A real server process: it answers, refuses what is too large, and stops without losing what was asked."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.cast import CHECKOUT


@pytest.fixture(params=["granian", "uvicorn"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Generator["Server", None, None]:
    with running(tmp_path, MIDWEEK_SERVER=str(request.param)) as server:
        yield server


class Server:
    """A process and where it listens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        said = process.stdout.readline()
        self.origin: str = said.split()[3].rstrip(".")

    def connect(self) -> socket.socket:
        address = urlsplit(self.origin)
        return socket.create_connection((address.hostname or "", address.port or 0), timeout=30)

    def stop(self) -> int:
        """Ask it to stop; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def test_a_server_answers_and_stops_with_success(server: Server) -> None:
    answer = httpx.get(f"{server.origin}/readyz")

    assert (answer.status_code, server.stop()) == (200, 0)


def test_ten_megabytes_are_refused_before_they_are_sent(server: Server) -> None:
    headers = {"origin": server.origin, "x-midweek": "1", "content-type": "application/json"}

    answer = httpx.post(f"{server.origin}/api/logins", content=b" " * 10_000_000, headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_a_request_that_has_begun_is_answered_before_the_server_stops(server: Server) -> None:
    body = b'{"with": "invite", "secret": "none"}'
    with server.connect() as connection:
        connection.sendall(_head(server.origin, len(body)) + body[:5])
        httpx.get(f"{server.origin}/healthz")  # by now the first bytes are read
        server.process.send_signal(signal.SIGTERM)
        connection.sendall(body[5:])

        answer = connection.recv(4_096)

    assert answer.startswith(b"HTTP/1.1 410")
    assert server.process.wait(30) == 0


def test_a_request_that_never_ends_does_not_keep_the_server_for_long(tmp_path: Path) -> None:
    with running(tmp_path) as server, server.connect() as connection:
        connection.sendall(_head(server.origin, 100) + b"{")
        httpx.get(f"{server.origin}/healthz")

        assert server.stop() == 0


def test_a_second_server_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with running(tmp_path):
        second = subprocess.run(
            _COMMAND, env=_environment(tmp_path), capture_output=True, text=True, timeout=30, check=False
        )

    assert (second.returncode, second.stdout) == (1, "")
    assert "Another Midweek process" in second.stderr


@pytest.mark.parametrize(("believed", "last"), [("127.0.0.1", 410), ("192.0.2.1", 429)])
def test_only_a_known_proxy_is_believed_about_where_requests_come_from(
    tmp_path: Path, believed: str, last: int
) -> None:
    with running(tmp_path, MIDWEEK_PROXIES=believed) as server, httpx.Client(base_url=server.origin) as client:
        own = {"origin": server.origin, "x-midweek": "1"}
        answers = [
            client.post(
                "/api/logins",
                json={"with": "code", "code": "2222-2222"},
                headers=own | {"x-forwarded-for": f"10.0.0.{number}"},
            )
            for number in range(31)
        ]

    assert answers[-1].status_code == last


@contextlib.contextmanager
def running(folder: Path, **environment: str) -> Generator[Server, None, None]:
    """A server of its own, on a free port, stopped at the end."""
    process = subprocess.Popen(
        _COMMAND, env=_environment(folder) | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Server(process)
    finally:
        process.kill()
        process.communicate()


_COMMAND = [sys.executable, "-m", "server.cli", "serve"]


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "PYTHONPATH": str(CHECKOUT),
        "MIDWEEK_PORT": "0",
        "MIDWEEK_DATA": str(folder / "data"),
        "MIDWEEK_REMINDERS": "0",
    }


def _head(origin: str, length: int) -> bytes:
    return (
        f"POST /api/logins HTTP/1.1\r\nHost: {urlsplit(origin).netloc}\r\nOrigin: {origin}\r\nX-Midweek: 1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()
