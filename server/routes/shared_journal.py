"""`GET /api/clients/{id}/journal`: what a client shared, for their therapist."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from server.errors import Malformed
from server.merge import parse_rev
from server.models import Millis, Viewer
from server.routes.dependencies import therapist_only
from server.store.shared_journals import SharedJournals, SharedPage

Limit = Annotated[int, QueryParameter(ge=1, le=500)]


@get("/api/clients/{client_id:uuid}/journal", guards=[therapist_only])
async def shared_journal(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    shared_journals: NamedDependency[SharedJournals],
    now: NamedDependency[Millis],
    cursor: FromQuery[str | None] = None,
    limit: Limit = 200,
) -> SharedPage:
    """Shared records past the cursor, oldest change first. The reading is logged, and the client can see it."""
    after = None if cursor is None else parse_rev(cursor)
    if cursor is not None and after is None:
        raise Malformed("`cursor` must be one the server gave. Ask again without it.")
    return await shared_journals.page(viewer, str(client_id), after, limit, now)
