"""A world with Anna, Bruno and one server in it, on each engine."""

from collections.abc import AsyncIterator

import pytest

from server.database import Database
from server.store.keys import Keys
from tests.cast import Clock
from tests.push.push_service import PushService
from tests.push.world import World, instant


@pytest.fixture
def clock() -> Clock:
    """Monday evening in Rome."""
    return Clock(instant("2026-09-21T20:00"))


@pytest.fixture
async def service(clock: Clock) -> AsyncIterator[PushService]:
    async with PushService(clock) as service:
        yield service
    assert service.broken == []


@pytest.fixture
async def world(
    database: Database, keys_database: Database, service: PushService, clock: Clock
) -> AsyncIterator[World]:
    world = World(database, Keys(keys_database, bytes(32)), service, clock)
    await world.begin()
    await world.node()
    yield world
    for node in world.nodes:
        await node.close()
