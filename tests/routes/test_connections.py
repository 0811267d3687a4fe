"""Connections whose request never begins: they are closed, and keep nobody else from being answered."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import uvicorn

from server.connections import HEAD_LIMIT, Connection

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable


class Hasty(Connection):
    head_seconds = 0.2


@asynccontextmanager
async def listening(connection: type[Connection]) -> AsyncGenerator[int]:
    """Where an app listens that reads every request and answers it with one line."""

    async def app(_scope: object, receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        while (await receive()).get("more_body"):
            pass
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")], "trailers": False}
        )
        await send({"type": "http.response.body", "body": b"here\n", "more_body": False})

    config = uvicorn.Config(app, port=0, http=connection, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(0)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await serving


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with listening(Connection) as port:
        yield port


@pytest.fixture
async def hasty() -> AsyncIterator[int]:
    async with listening(Hasty) as port:
        yield port


async def said(port: int, *parts: bytes) -> bytes:
    """What the server answers to these bytes until it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_a_head_that_never_ends_is_cut_off(port: int) -> None:
    line = b"x-more: " + b"y" * 1_000 + b"\r\n"

    assert await said(port, b"GET / HTTP/1.1\r\nhost: here\r\n", *[line] * (HEAD_LIMIT // 1_000)) == b""


async def test_one_line_that_never_ends_is_cut_off(port: int) -> None:
    assert await said(port, b"GET / HTTP/1.1\r\nx-more: ", *[b"y" * 1_000] * (HEAD_LIMIT // 1_000 + 1)) == b""


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nhost:"])
async def test_a_head_that_does_not_come_is_not_waited_for(hasty: int, begun: bytes) -> None:
    assert await said(hasty, begun) == b""


async def test_a_second_request_on_a_connection_is_not_waited_for_either(hasty: int) -> None:
    whole = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"

    assert (await said(hasty, whole, b"GET /again")).count(b"here\n") == 1


async def test_a_long_body_is_no_long_head(port: int) -> None:
    body = b"z" * 3 * HEAD_LIMIT
    head = b"POST / HTTP/1.1\r\nhost: here\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body)

    assert (await said(port, head, body)).endswith(b"here\n")
