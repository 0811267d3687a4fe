"""Mozilla's push service as Firefox sees it: a WebSocket on which it subscribes and is handed messages."""

import asyncio
import secrets
from base64 import urlsafe_b64encode
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.push.browsers.patience import until
from tests.push.browsers.post import Post
from tests.push.push_service import MOZILLA


class Autopush:
    """Listens on 127.0.0.1 for one Firefox. `post` is what it has for it."""

    def __init__(self, post: Post) -> None:
        self.post = post
        post.came = self._hand_over
        self._channels: dict[str, str] = {}
        self._uaid = ""
        self._socket: web.WebSocketResponse | None = None
        self._sent: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/", self._serve)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close()
        await self._runner.cleanup()

    async def is_online(self, online: bool) -> None:
        """Wait until Firefox has a line here, or has none."""

        async def met() -> bool:
            return (self._socket is not None) is online

        await until(met)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._answer(socket, message.json())
        if self._socket is socket:
            self._socket = None
        return socket

    async def _answer(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        match said.get("messageType"):
            case "hello":
                uaid = self._uaid_of(said.get("uaid"))
                known: dict[str, object] = {
                    "messageType": "hello",
                    "status": 200,
                    "uaid": uaid,
                    "use_webpush": True,
                    "broadcasts": {},
                }
                await socket.send_json(known)
                self._socket, self._sent = socket, set()
                self._hand_over()
            case "register":
                await socket.send_json(self._registered(said))
            case "unregister":
                self.post.end(self._channels.pop(said["channelID"], ""))
                await socket.send_json({**said, "status": 200})
            case "ack":
                for update in said["updates"]:
                    self.post.has(update["version"])
            case None:
                await socket.send_str("{}")  # it asks whether anyone is there
            case _:
                pass  # what it subscribes to by broadcast is not played here

    def _uaid_of(self, said: str | None) -> str:
        """Its name; one that comes without is another browser, and what the one before had is gone."""
        if said != self._uaid:
            for path in self._channels.values():
                self.post.end(path)
            self._channels.clear()
            self._uaid = secrets.token_hex(16)
        return self._uaid

    def _registered(self, said: dict[str, Any]) -> dict[str, Any]:
        channel = said["channelID"]
        path = self._channels[channel] = self.post.subscribe(said["key"])
        return {
            "messageType": "register",
            "status": 200,
            "channelID": channel,
            "pushEndpoint": f"https://{MOZILLA}{path}",
        }

    def _hand_over(self) -> None:
        if self._socket is None:
            return
        channels = {path: channel for channel, path in self._channels.items()}
        for letter in self.post.waiting():
            if letter.id in self._sent or letter.path not in channels:
                continue
            self._sent.add(letter.id)
            said = {
                "messageType": "notification",
                "channelID": channels[letter.path],
                "version": letter.id,
                "ttl": 60,
                "data": urlsafe_b64encode(letter.body).decode().rstrip("="),
                "headers": {"encoding": "aes128gcm"},
            }
            task = asyncio.create_task(self._socket.send_json(said))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
