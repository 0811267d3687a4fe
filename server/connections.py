"""A connection as uvicorn serves it, with limits on what comes before a request's body: uvicorn by itself takes a head
of any length, and waits for it for as long as the other side likes."""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_LIMIT: Final = 64 * 1024
"""Bytes that have come without a head being whole by then."""
HEAD_SECONDS: Final = 30.0
"""How long a head may take, from the first byte of the connection or of a later request on it."""


class Connection(HttpToolsProtocol):
    """Closed when a head is too long or takes too long; nothing of such a request was looked at."""

    head_seconds = HEAD_SECONDS
    _head = 0
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._head = self._head + len(data) if self._waiting else 0
        if self._head > HEAD_LIMIT:
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
