"""`DELETE /api/journal`: everything of a client, erased at their word."""

from litestar import delete
from litestar.di import NamedDependency

from server.models import Millis, Viewer
from server.routes.dependencies import client_only
from server.store.erasures import Erasures


@delete("/api/journal", guards=[client_only])
async def erase_journal(
    viewer: NamedDependency[Viewer], erasures: NamedDependency[Erasures], now: NamedDependency[Millis]
) -> None:
    """Erase everything the server holds of the viewer, for good. Every device of theirs is signed out and emptied."""
    await erasures.erase(viewer, now)
