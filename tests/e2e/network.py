"""What stands between a phone and the server, and all it can do to what goes to `/api/sync`."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import APIResponse, BrowserContext, Error, Route

from tests.e2e.people import SYNC

Way = Callable[[Route], Awaitable[None]]


class Network:
    """The way from one browser's pages to the server. Honest until told otherwise."""

    def __init__(self) -> None:
        self.left: list[str] = []
        """The ops that left the phone, by id, in order; one that left twice is in it twice."""
        self.held = 0
        """The requests that wait for `release`."""
        self._way: Way = honest
        self._open = asyncio.Event()
        self._came = asyncio.Condition()

    @classmethod
    async def of(cls, context: BrowserContext) -> "Network":
        """Put it between the server and this browser's pages, present and coming."""
        network = cls()
        await context.route(SYNC, network._pass)
        return network

    def becomes(self, way: Way) -> None:
        """From now on every request goes this way."""
        self._way = way

    def holds(self) -> None:
        """From now on every request waits on its way to the server."""
        self._open.clear()
        self._way = self._hold

    def releases(self) -> None:
        """What waits goes on, and the network is honest again."""
        self._way = honest
        self._open.set()

    async def has_held(self, count: int) -> None:
        """Wait until so many requests were held."""
        async with asyncio.timeout(10), self._came:
            await self._came.wait_for(lambda: self.held >= count)

    async def has_passed(self, count: int) -> None:
        """Wait until so many ops left the phone."""
        async with asyncio.timeout(15), self._came:
            await self._came.wait_for(lambda: len(self.left) >= count)

    async def _pass(self, route: Route) -> None:
        self.left += [op["id"] for op in json.loads(route.request.post_data or "{}").get("ops", [])]
        async with self._came:
            self._came.notify_all()
        try:
            await self._way(route)
        except Error:
            return  # its page went away meanwhile

    async def _hold(self, route: Route) -> None:
        async with self._came:
            self.held += 1
            self._came.notify_all()
        await self._open.wait()
        await honest(route)


async def honest(route: Route) -> None:
    """To the server and back."""
    await route.continue_()


async def answer_is_lost(route: Route) -> None:
    """The server does as it is asked, and the connection breaks before the phone hears of it."""
    await route.fetch()
    await route.abort("connectionreset")


async def timed_out(route: Route) -> None:
    """Nothing ever comes back."""
    await route.abort("timedout")


def answered_by(status: int, kind: str, body: str, **headers: str) -> Way:
    """Somebody on the way answers, and the server hears of nothing."""

    async def way(route: Route) -> None:
        await route.fulfill(status=status, content_type=kind, body=body, headers=headers)

    return way


def rewritten(change: Callable[[dict[str, Any]], object]) -> Way:
    """The server does as it is asked, and its answer is changed on the way."""

    async def way(route: Route) -> None:
        answer: APIResponse = await route.fetch()
        await route.fulfill(response=answer, json=change(await answer.json()))

    return way
