"""`GET /api/export`: everything the server holds about a client, for that client."""

from typing import Final

from litestar import get
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.response import Stream

from server.models import Millis, Viewer
from server.routes.dependencies import client_only
from server.store.attempts import Attempts, Limit
from server.store.exports import Exports

MOST: Final = 12
"""How often a client may ask in a quarter of an hour: it reads all there is."""


@get("/api/export", guards=[client_only])
async def export(
    viewer: NamedDependency[Viewer],
    exports: NamedDependency[Exports],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> Stream:
    """Records as they were last sent with earlier versions, devices, reminders and what became of them, who read what
    when. One JSON document (see docs/export.md), written as it is read."""
    await attempts.count([Limit(f"export:{viewer.id}", MOST)], now)
    name = 'attachment; filename="midweek-server.json"'
    return Stream(await exports.open(viewer, now), media_type=MediaType.JSON, headers={"content-disposition": name})
