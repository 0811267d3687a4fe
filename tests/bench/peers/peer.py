"""What every server that is compared gives: a name, what it does and does not do, and the same requests."""

import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Final

import msgspec

from tests.bench.load import Ask
from tests.bench.requests import ABOUT, START

USERS: Final = 16
"""Each with one connection. Two that push for one user overtake each other: to Midweek the second cursor is then ahead
of its journal, as after a database was put back, and it opens a new epoch. No phone does that."""
SIZE: Final = 50
HELD: Final = 200
"""Records in each journal that is pulled from. Those who push are others, so that no pull depends on the pushes."""
_PATIENCE: Final = 60.0


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """A running server, ready to be asked."""

    name: str
    does: str
    """What it does for a request that others don't, and what it leaves."""
    port: int
    pid: int
    push: Ask
    """50 new records of one user."""
    pull: Ask
    """The last 50 records of one user who has 200."""
    database: int | None = None
    """The process of the database besides, whose work is shown apart."""


def record(number: int) -> dict[str, object]:
    """What each server is given to keep, apart from the id."""
    return {"felt_at": START + number, **ABOUT}


def http(method: str, path: str, body: object = None, user: str | None = None) -> bytes:
    """A request as it travels."""
    said = b"" if body is None else msgspec.json.encode(body)
    about = "" if body is None else f"Content-Type: application/json\r\nContent-Length: {len(said)}\r\n"
    who = "" if user is None else f"Authorization: Basic {b64encode(f'{user}:secret'.encode()).decode()}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{who}{about}\r\n".encode() + said


def ask_once(port: int, request: bytes) -> bytes:
    """The body of the answer; anything but success ends the run."""
    with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as line:
        line.sendall(request)
        answer = HTTPResponse(line)
        answer.begin()
        body = answer.read()
    if not 200 <= answer.status < 300:
        raise RuntimeError(f"{request[:80]!r} was answered {answer.status} {body[:300]!r}")
    return body


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: Sequence[str], folder: Path, port: int, ready: bytes) -> Generator[int, None, None]:
    """The id of a process that answers `ready` on `port`; it is ended afterwards. It is no part of the terminal's
    group, so that only we end it."""
    with (folder / "server.log").open("wb") as log:
        started = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    try:
        give_up = time.monotonic() + _PATIENCE
        while not _answers(port, ready):
            if started.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{command[0]} did not start: {(folder / 'server.log').read_text()[-2000:]}")
            time.sleep(0.1)
        yield started.pid
    finally:
        started.terminate()
        try:
            started.wait(timeout=20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _answers(port: int, ready: bytes) -> bool:
    try:
        return bool(ask_once(port, ready))
    except OSError:
        return False
