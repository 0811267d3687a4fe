"""A month offline: everything that waited arrives once, and the phone goes on answering meanwhile."""

import pytest

from tests.bench.backlog import ENTRIES, fill_outbox, send_slowly
from tests.e2e.devices import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONGEST = 250
"""Milliseconds of processor time, slowed four times. Far above what `python -m tests.bench.backlog` prints: machines
that run tests have other work."""


async def test_120_waiting_check_ins_arrive_once_and_never_hold_the_page_up(anna: Client) -> None:
    page = await anna.handset()
    await fill_outbox(page)

    measured = await send_slowly(page)

    kept = await (await anna.tablet()).records("checkin")
    assert len(kept) == len({one.id for one in kept}) == ENTRIES
    assert max(measured.busy, default=0) < LONGEST
