"""`GET /api/records/{id}/versions`: what a record said before, for the one who wrote it."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from server.errors import Malformed
from server.merge import parse_rev
from server.models import Viewer
from server.store.versions import VersionPage, Versions

Limit = Annotated[int, QueryParameter(ge=1, le=50)]


@get("/api/records/{record_id:uuid}/versions")
async def earlier_versions(
    record_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    versions: NamedDependency[Versions],
    before: FromQuery[str | None] = None,
    limit: Limit = 20,
) -> VersionPage:
    """Earlier versions of one of the viewer's own records, the newest first; `before` is the `older` of the page
    before. Not yours and not there are the same 404."""
    rev = None if before is None else parse_rev(before)
    if before is not None and rev is None:
        raise Malformed("`before` must be a revision the server gave. Ask again without it.")
    return await versions.page(viewer, str(record_id), rev, limit)
