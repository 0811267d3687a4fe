"""Supervision: a therapist asks, the client agrees on their phone, a colleague looks at numbers and codes."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.content import Library
from server.models import Millis, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import Id
from server.store.supervisions import LONGEST, Supervises, Supervision, Supervisions
from server.supervised import Codes, Seen, seen


class NewSupervision(Strict, frozen=True):
    """Who is to look, and for how long."""

    id: Id
    to: Id
    weeks: Annotated[int, Meta(ge=1, le=LONGEST)]


class OfClient(msgspec.Struct):
    """What was asked last; null where nothing was."""

    supervision: Supervision | None


class Mine(msgspec.Struct):
    """What the viewer may look at."""

    supervisions: list[Supervises]


class View(msgspec.Struct):
    """Numbers and codes, the newest first: no name, no word that somebody wrote, no date."""

    entries: list[Seen]


@post("/api/clients/{client_id:uuid}/supervision", guards=[therapist_only])
async def ask_for_supervision(
    client_id: FromPath[UUID],
    data: JSONBody[NewSupervision],
    viewer: NamedDependency[Viewer],
    supervisions: NamedDependency[Supervisions],
    now: NamedDependency[Millis],
) -> Supervision:
    """Ask a client to let a colleague look. Until they agree, nothing is shown."""
    return await supervisions.ask(viewer, str(client_id), data.id, data.to, data.weeks, now)


@get("/api/clients/{client_id:uuid}/supervision", guards=[therapist_only])
async def supervision_of_client(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    supervisions: NamedDependency[Supervisions],
    now: NamedDependency[Millis],
) -> OfClient:
    """What became of it."""
    return OfClient(await supervisions.of_client(viewer, str(client_id), now))


@delete("/api/clients/{client_id:uuid}/supervision", guards=[therapist_only])
async def end_supervision(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    supervisions: NamedDependency[Supervisions],
    now: NamedDependency[Millis],
) -> None:
    """End it; the colleague sees nothing from the next request on."""
    await supervisions.end(viewer, str(client_id), now)


@get("/api/supervisions", guards=[therapist_only])
async def my_supervisions(
    viewer: NamedDependency[Viewer], supervisions: NamedDependency[Supervisions], now: NamedDependency[Millis]
) -> Mine:
    """What the viewer may look at, and until when."""
    return Mine(await supervisions.mine(viewer, now))


@get("/api/supervisions/{supervision_id:uuid}", guards=[therapist_only])
async def look_at_supervision(
    supervision_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    supervisions: NamedDependency[Supervisions],
    library: NamedDependency[Library],
    now: NamedDependency[Millis],
) -> View:
    """The numbers and codes. The look is noted, and the client can see it."""
    found = await supervisions.look(viewer, str(supervision_id), now)
    return View(seen(found.records, Codes.of(library), found.today))


routes = [ask_for_supervision, supervision_of_client, end_supervision, my_supervisions, look_at_supervision]
