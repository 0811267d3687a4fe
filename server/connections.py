"""A connection as uvicorn serves it, with limits on what comes around a request's body: uvicorn by itself takes a head
of any length, and waits for it for as long as the other side likes. And an answer's head goes out with its body."""

import asyncio
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT: Final = 64 * 1024
"""Bytes that a head may always have, however they come."""
PIECE: Final = 16 * 1024
"""How much is looked at in one go. Where in it a head begins or ends nobody says, so such pieces are not counted: one
longer than the limit and two pieces is always cut off."""
HEAD_SECONDS: Final = 30.0
"""How long a head may take, from the first byte of the connection or of a later request on it."""
HELD_LIMIT: Final = 64 * 1024
"""Bytes of an answer that wait for the end of the turn in which they were written."""


class Together:
    """A transport that sends what is written in one turn of the event loop when the turn is over. uvicorn writes an
    answer's head and its body apart, and each was a packet of its own; and where many ask at once, their answers leave
    one after the other, which takes less than to stop between them for sending.

    What is held is bounded: who writes faster than it can be sent is held up by the transport, as ever. All else is
    the transport's own."""

    __slots__ = ("_held", "_loop", "_size", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        """Send it when the turn is over, or now when it is much."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)
        self._size += len(data)
        if self._size > HELD_LIMIT:
            self._send()

    def close(self) -> None:
        """Close when all that was written is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        held, self._held, self._size = self._held, [], 0
        if held and not self._transport.is_closing():
            self._transport.writelines(held)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Connection(HttpToolsProtocol):
    """Closed when a head is too long or takes too long; nothing of such a request was looked at. So are blank lines
    between two requests, which begin none, and what may stand behind a body in chunks: both are held to the same."""

    head_seconds = HEAD_SECONDS
    _head = 0
    _whole = False
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, Together(transport, self.loop))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        for begin in range(0, len(data), PIECE):
            self._feed(data[begin : begin + PIECE])
            if self._head > HEAD_LIMIT:
                self.transport.close()
            if self.transport.is_closing():
                return

    def _feed(self, piece: bytes) -> None:
        """Let uvicorn have it. It counts when the same head is waited for before and after."""
        waiting, request = self._waiting, self._answered()
        super().data_received(piece)
        same = waiting is not None and self._waiting is waiting
        self._head = self._head + len(piece) if same else 0
        if request is not None and self.cycle is request and self._waiting is None:
            self._wait()

    def _answered(self) -> object | None:
        """The last request, when it came whole, is answered, and no other one has begun."""
        return self.cycle if self._whole and self.cycle.response_complete else None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._whole = False
        self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def on_chunk_header(self) -> None:
        self._wait()

    def on_body(self, body: bytes) -> None:
        self._stop_waiting()
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop_waiting()
        self._whole = True
        super().on_message_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
