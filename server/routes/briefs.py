"""The one page before a session: for the therapist, for the client to see the same, and what was talked about."""

from datetime import date
from uuid import UUID

from litestar import delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.brief import Brief, Words
from server.content import Library
from server.models import Millis, Strict, Viewer
from server.routes.dependencies import client_only, therapist_only
from server.routes.ops import Id
from server.store.briefs import Briefs, OwnBrief


class Said(Strict, frozen=True):
    """One change; the same `op` twice is one."""

    op: Id


@get("/api/clients/{client_id:uuid}/brief", guards=[therapist_only])
async def client_brief(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    briefs: NamedDependency[Briefs],
    library: NamedDependency[Library],
    now: NamedDependency[Millis],
    since: FromQuery[date | None] = None,
) -> Brief:
    """What one of the viewer's clients shares since the last session, or since a day. A reading: the client sees it."""
    return await briefs.of(viewer, str(client_id), _day(since), Words.of(library.vocabulary), now)


@get("/api/journal/brief", guards=[client_only])
async def own_brief(
    viewer: NamedDependency[Viewer],
    briefs: NamedDependency[Briefs],
    library: NamedDependency[Library],
    now: NamedDependency[Millis],
    since: FromQuery[date | None] = None,
) -> OwnBrief:
    """The same page as the viewer's therapist would get it now, the whole of it, and what the viewer holds back."""
    return await briefs.own(viewer, _day(since), Words.of(library.vocabulary), now)


@put("/api/clients/{client_id:uuid}/discussed/{record_id:uuid}", guards=[therapist_only], status_code=204)
async def mark_discussed(
    client_id: FromPath[UUID],
    record_id: FromPath[UUID],
    data: JSONBody[Said],
    viewer: NamedDependency[Viewer],
    briefs: NamedDependency[Briefs],
    now: NamedDependency[Millis],
) -> None:
    """This was discussed in a session. The client sees the mark."""
    await briefs.discuss(viewer, str(client_id), str(record_id), True, data.op, now)


@delete("/api/clients/{client_id:uuid}/discussed/{record_id:uuid}", guards=[therapist_only], status_code=204)
async def unmark_discussed(
    client_id: FromPath[UUID],
    record_id: FromPath[UUID],
    data: JSONBody[Said],
    viewer: NamedDependency[Viewer],
    briefs: NamedDependency[Briefs],
    now: NamedDependency[Millis],
) -> None:
    """Take the mark back."""
    await briefs.discuss(viewer, str(client_id), str(record_id), False, data.op, now)


def _day(since: date | None) -> str | None:
    return None if since is None else since.isoformat()


routes = [client_brief, own_brief, mark_discussed, unmark_discussed]
