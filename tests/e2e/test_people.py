"""What the other tests lean on does what it says."""

import asyncio
from typing import Final

import pytest

from tests.e2e.devices import Client
from tests.e2e.people import at_rest

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENDS: Final = """() => new Promise(begun => navigator.locks.request("midweek-sync", () => {
    begun();
    return new Promise(done => { window.done = done; });
}))"""


async def test_at_rest_waits_until_nothing_is_sent_any_more(anna: Client) -> None:
    page = await anna.handset()
    await page.evaluate(SENDS)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await at_rest(page)
    await page.evaluate("() => window.done()")
    await at_rest(page)
