"""What a client shared: for their therapist, for the client to see the same, and who has looked at it."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from server.errors import Malformed
from server.merge import Rev, parse_rev
from server.models import Millis, Viewer
from server.routes.dependencies import client_only, therapist_only
from server.store.readings import Readings, ReadLog
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
    return await shared_journals.page(viewer, str(client_id), _given(cursor), limit, now)


@get("/api/journal/shared", guards=[client_only])
async def own_shared_journal(
    viewer: NamedDependency[Viewer],
    shared_journals: NamedDependency[SharedJournals],
    cursor: FromQuery[str | None] = None,
    limit: Limit = 200,
) -> SharedPage:
    """The viewer's journal exactly as their therapist would be shown it now."""
    return await shared_journals.own(viewer, _given(cursor), limit)


@get("/api/journal/readings", guards=[client_only])
async def journal_readings(viewer: NamedDependency[Viewer], readings: NamedDependency[Readings]) -> ReadLog:
    """Who read what the viewer shared, and when."""
    return await readings.of(viewer)


def _given(cursor: str | None) -> Rev | None:
    after = None if cursor is None else parse_rev(cursor)
    if cursor is not None and after is None:
        raise Malformed("`cursor` must be one the server gave. Ask again without it.")
    return after


routes = [shared_journal, own_shared_journal, journal_readings]
