"""A push service that takes everything: TLS on 127.0.0.1, keep-alive, 201. `push_sink.py FOLDER` prints its port.

FOLDER gets `authority.pem`, which senders must trust.
"""

import asyncio
import re
import ssl
import sys
from pathlib import Path
from typing import cast

import trustme
import uvloop

ANSWER = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nLocation: /m/1\r\nTTL: 60\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Taking(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out, self._waiting = cast(asyncio.Transport, transport), b""

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            said = LENGTH.search(self._waiting, 0, end)
            whole = end + 4 + (int(said[1]) if said else 0)
            if len(self._waiting) < whole:
                return
            self._waiting = self._waiting[whole:]
            self._out.write(ANSWER)


async def main(folder: Path) -> None:
    """Until stdin ends."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "updates.push.services.mozilla.com").configure_cert(tls)  # pyright: ignore[reportUnknownMemberType]
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Taking, "127.0.0.1", 0, ssl=tls)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(main(Path(sys.argv[1])))
