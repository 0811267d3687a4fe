"""Connections whose request never begins: they are closed, and keep nobody else from being answered. However bytes are
cut into chunks, what is short enough goes through and what is too long does not."""

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ClassVar

import pytest
import uvicorn

from server.connections import HEAD_LIMIT, PIECE, Connection

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable

BUFFER = 1024 * 1024
READ = 256 * 1024
"""As much as the event loop reads at once."""
SHORT = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n"
IN_CHUNKS = b"POST / HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"


class Watched(Connection):
    """One that remembers how long the chunks were in which everything came."""

    chunks: ClassVar[list[int]] = []

    def data_received(self, data: bytes) -> None:
        self.chunks.append(len(data))
        super().data_received(data)


class Hasty(Watched):
    head_seconds = 0.2


async def here(_scope: object, receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
    """An app that reads every request and answers it with one line."""
    while (await receive()).get("more_body"):
        pass
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")], "trailers": False}
    )
    await send({"type": "http.response.body", "body": b"here\n", "more_body": False})


@asynccontextmanager
async def listening(connection: type[Connection], app: "ASGI3Application" = here) -> AsyncGenerator[int]:
    """Where an app listens."""
    Watched.chunks.clear()
    config = uvicorn.Config(app, http=connection, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        while not server.started:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0)
        yield door.getsockname()[1]
        server.should_exit = True
        await serving


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with listening(Watched) as port:
        yield port


@pytest.fixture
async def hasty() -> AsyncIterator[int]:
    async with listening(Hasty) as port:
        yield port


async def said(port: int, *parts: bytes) -> bytes:
    """What the server answers to these bytes until it closes the connection. Each part lies there whole before the
    server looks, and the next one is sent when it was taken."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        line.connect(("127.0.0.1", port))
        line.sendall(parts[0])
        reader, writer = await asyncio.open_connection(sock=line)
        try:
            async with asyncio.timeout(20):
                for at, part in enumerate(parts[1:], 1):
                    await taken(sum(map(len, parts[:at])), reader)
                    writer.write(part)
                    await writer.drain()
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()


async def taken(count: int, reader: asyncio.StreamReader) -> None:
    """Until the server has so many bytes, or closed the connection."""
    while sum(Watched.chunks) < count and not reader.at_eof() and reader.exception() is None:  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(0)


async def dripped(port: int, first: bytes, drop: bytes) -> int:
    """How many bytes the server took, drop by drop, until it closed the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ended = asyncio.create_task(reader.read())
    sent = 0
    writer.write(first)
    while not ended.done():
        writer.write(drop)
        sent += len(drop)
        await asyncio.sleep(0.001)
    await asyncio.wait([ended])
    writer.close()
    return sent


def head(length: int, more: bytes = b"") -> bytes:
    """A whole head of exactly this length."""
    begun = b"GET / HTTP/1.1\r\nhost: here\r\n" + more + b"x-more: "
    return begun + b"y" * (length - len(begun) - 4) + b"\r\n\r\n"


def cut(whole: bytes, length: int) -> list[bytes]:
    return [whole[begin : begin + length] for begin in range(0, len(whole), length)]


def posted(body: int) -> bytes:
    return b"POST / HTTP/1.1\r\nhost: here\r\ncontent-length: %d\r\n\r\n" % body + b"z" * body


LINE = b"x-more: " + b"y" * 1_000 + b"\r\n"
MANY = 6 * HEAD_LIMIT // 1_000


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (b"GET / HTTP/1.1\r\nhost: here\r\n", LINE),
        (b"GET / HTTP/1.1\r\nx-more: ", b"y" * 1_000),
        (b"GET /", b"y" * 1_000),
        (b"\r\n", b"\r\n" * 500),
        (SHORT + b"GET / HTTP/1.1\r\n", LINE),
        (IN_CHUNKS + b"1\r\na\r\n0\r\n", LINE),
        (IN_CHUNKS + b"1\r\na\r\n0\r\nx-more: ", b"y" * 1_000),
    ],
    ids=["lines", "one line", "an address", "blank lines", "a second head", "after a body", "one line after a body"],
)
async def test_what_never_ends_is_cut_off_soon(port: int, first: bytes, more: bytes) -> None:
    answer = await said(port, first, *[more] * MANY)

    assert answer.count(b"here\n") <= first.count(SHORT)
    assert sum(Watched.chunks) <= HEAD_LIMIT + 2 * PIECE + READ


@pytest.mark.parametrize("length", [1_000, PIECE, 6 * HEAD_LIMIT])
@pytest.mark.parametrize("size", [HEAD_LIMIT + 2 * PIECE + 1, 3 * HEAD_LIMIT])
async def test_a_whole_head_that_is_too_long_is_not_answered(port: int, size: int, length: int) -> None:
    assert await said(port, *cut(head(size), length)) == b""


@pytest.mark.parametrize("length", [100, 1_000, PIECE, PIECE + 1, HEAD_LIMIT])
async def test_a_head_of_the_limit_is_answered_however_it_is_cut(port: int, length: int) -> None:
    assert (await said(port, *cut(head(HEAD_LIMIT, b"connection: close\r\n"), length))).endswith(b"here\n")


async def test_a_head_that_begins_behind_the_end_of_a_long_body_is_a_short_one(port: int) -> None:
    answer = await said(port, posted(HEAD_LIMIT + 5_000) + LAST[:20], LAST[20:])

    assert answer.count(b"here\n") == 2
    assert Watched.chunks[0] > HEAD_LIMIT + 5_000


async def test_a_head_that_begins_behind_a_long_body_is_cut_off_when_it_never_ends(port: int) -> None:
    answer = await said(port, posted(HEAD_LIMIT + 5_000) + b"GET / HTTP/1.1\r\n", *[LINE] * MANY)

    assert answer.count(b"here\n") <= 1
    assert sum(Watched.chunks) <= 2 * HEAD_LIMIT + 5_000 + 2 * PIECE + READ


async def test_many_heads_in_one_chunk_are_each_a_short_one(port: int) -> None:
    assert (await said(port, head(1_000) * 100 + LAST)).count(b"here\n") == 101
    assert max(Watched.chunks) > HEAD_LIMIT


@pytest.mark.parametrize("length", [1_000, PIECE, 3 * HEAD_LIMIT])
async def test_long_heads_one_after_the_other_are_counted_apart(port: int, length: int) -> None:
    heads = head(HEAD_LIMIT - 5_000) + head(HEAD_LIMIT - 5_000) + LAST

    assert (await said(port, *cut(heads, length))).count(b"here\n") == 3


@pytest.mark.parametrize("length", [1_000, 3 * HEAD_LIMIT])
async def test_a_long_body_is_no_long_head(port: int, length: int) -> None:
    assert (await said(port, *cut(posted(3 * HEAD_LIMIT), length), LAST)).count(b"here\n") == 2


async def test_a_long_body_in_chunks_is_no_long_head(port: int) -> None:
    parts = [b"3\r\nabc\r\n" * 2_000] * 10

    assert (await said(port, IN_CHUNKS, *parts, b"0\r\n\r\n")).endswith(b"here\n")


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nhost:"])
async def test_a_head_that_does_not_come_is_not_waited_for(hasty: int, begun: bytes) -> None:
    assert await said(hasty, begun) == b""


async def test_a_second_request_on_a_connection_is_not_waited_for_either(hasty: int) -> None:
    assert (await said(hasty, SHORT, b"GET /again")).count(b"here\n") == 1


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"GET / HTTP/1.1\r\nx-more: ", b"y"),
        (b"GET / HTTP/1.1\r\n", b"a: b\r\n"),
        (b"", b"\r\n"),
        (SHORT, b"\r\n"),
        (SHORT + b"GET / HTTP/1.1\r\nx-more: ", b"y"),
        (posted(HEAD_LIMIT) + b"GET / HTTP/1.1\r\nx-more: ", b"y"),
        (IN_CHUNKS + b"1\r\na\r\n0\r\n", b"a: b\r\n"),
    ],
    ids=["one line", "lines", "blank lines", "blank lines later", "a second head", "behind a body", "in chunks"],
)
async def test_what_drips_is_cut_off_when_its_time_is_over(hasty: int, first: bytes, drop: bytes) -> None:
    assert 0 < await dripped(hasty, first, drop) < HEAD_LIMIT / 2


async def test_a_body_may_take_longer_than_a_head(hasty: int) -> None:
    begun = b"POST / HTTP/1.1\r\nhost: here\r\nconnection: close\r\ncontent-length: 400\r\n\r\n"

    assert await dripped(hasty, begun, b"z") >= 400
