"""What a connection writes: an answer's head and body go out together, and nothing waits that could go."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest

from server.connections import Connection
from tests.routes.test_connections import LAST, SHORT, listening, said

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent

PIECE = 100_000
BEGUN: "ASGISendEvent" = {"type": "http.response.start", "status": 200, "headers": [], "trailers": False}


class Recorded(Connection):
    """One that remembers what was given to the system in one go, and whether it was told to wait."""

    sent: ClassVar[list[bytes]] = []
    waits: ClassVar[asyncio.Event]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(cast(asyncio.Transport, _Recording(transport, self.sent)))

    def pause_writing(self) -> None:
        super().pause_writing()
        self.waits.set()


class _Recording:
    def __init__(self, transport: asyncio.Transport, sent: list[bytes]) -> None:
        self._transport, self._sent = transport, sent

    def write(self, data: bytes) -> None:
        self._sent.append(data)
        self._transport.write(data)

    def writelines(self, parts: tuple[bytes, ...]) -> None:
        self._sent.append(b"".join(parts))
        self._transport.writelines(parts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


@pytest.fixture(autouse=True)
def anew() -> None:
    Recorded.sent.clear()
    Recorded.waits = asyncio.Event()


def piece(content: bytes, more: bool = True) -> "ASGISendEvent":
    return {"type": "http.response.body", "body": content, "more_body": more}


async def test_a_head_and_its_body_go_out_together() -> None:
    async with listening(Recorded) as port:
        answer = await said(port, LAST)

    assert answer.endswith(b"here\n")
    assert Recorded.sent == [answer]


async def test_a_head_does_not_wait_for_a_body_that_comes_later() -> None:
    come = asyncio.Event()

    async def app(_scope: object, _receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        await send(BEGUN)
        await come.wait()
        await send(piece(b"at last", more=False))

    async with listening(Recorded, app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(LAST)
        async with asyncio.timeout(20):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            come.set()
            assert b"at last" in await reader.read()
        writer.close()


async def test_who_writes_faster_than_it_is_read_is_held_up() -> None:
    written = 0

    async def app(_scope: object, _receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        nonlocal written
        await send(BEGUN)
        for _ in range(1_000):
            await send(piece(b"x" * PIECE))
            written += 1
        await send(piece(b"", more=False))

    async with listening(Recorded, app) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(LAST)
        async with asyncio.timeout(20):
            await Recorded.waits.wait()
            assert written < 1_000
            answer = await reader.read()
        writer.close()

    assert answer.count(b"x") == 1_000 * PIECE


def closes(connection: Connection) -> None:
    connection.transport.close()


@pytest.mark.parametrize("ends", [closes, Connection.shutdown])
async def test_what_was_written_before_the_connection_closes_arrives(ends: Callable[[Connection], None]) -> None:
    class Ending(Recorded):
        def on_response_complete(self) -> None:
            ends(self)
            super().on_response_complete()

    async with listening(Ending) as port:
        assert (await said(port, SHORT)).endswith(b"here\n")
