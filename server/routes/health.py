"""`/healthz`: the process runs. `/readyz`: it can do its work. Neither tells anything else."""

import asyncio
from typing import Final

import msgspec
from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency

from server.errors import Unavailable
from server.models import Millis
from server.routes.dependencies import PUBLIC
from server.store.readiness import Readiness

_PROBE_SECONDS: Final = 5


class Health(msgspec.Struct):
    """Nothing but that."""

    status: str = "ok"


@get("/healthz", opt=PUBLIC, sync_to_thread=False)
def healthz() -> Health:
    """The process answers."""
    return Health()


@get("/readyz", opt=PUBLIC)
async def readyz(state: State, readiness: NamedDependency[Readiness], now: NamedDependency[Millis]) -> Health:
    """The database takes writes and the keys can be read; 503 when not, or when the server is stopping. Migrations
    ran before the server began to listen."""
    if state.stopping:
        raise Unavailable("The server is stopping. Nothing is lost; try again in a moment.")
    try:
        async with asyncio.timeout(_PROBE_SECONDS):
            await readiness.probe(now)
    except TimeoutError as slow:
        raise Unavailable("The storage does not answer in time. Nothing is lost; try again in a moment.") from slow
    return Health()


routes = [healthz, readyz]
