"""Waiting for what another process does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

SECONDS: Final = 25


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    """Come back when it is met; `TimeoutError` when that takes too long."""
    async with asyncio.timeout(SECONDS):
        while True:
            if await met():
                return
            await asyncio.sleep(0.02)
