"""The preview of an exercise: what the practice's people play through, with nothing kept of it."""

import asyncio

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery

from server import content
from server.content import Card, Library
from server.errors import NotFound
from server.models import Viewer
from server.routes.dependencies import staff_only
from server.settings import Settings
from server.store.approvals import Approvals

_SETTLED = "settled"


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The exercise, or the sentences that say why it can't be played. `live`: it follows the files, so ask again with
    `tag` as `known`."""

    tag: str
    live: bool
    approved: bool
    exercise: msgspec.Raw | None
    problems: list[str]
    notes: list[str]


@get("/api/practice/exercises/{exercise:str}/preview", guards=[staff_only])
async def preview(
    exercise: FromPath[str],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    settings: NamedDependency[Settings],
    locale: FromQuery[str] = "en",
    known: FromQuery[str] = "",
) -> Response[bytes]:
    """One exercise to play through: the settled one; in development as its files are now. 204 when it is as `known`."""
    card = library.card(exercise, locale)
    has_files = card is not None or content.is_begun(settings.exercises, exercise)
    follows = settings.development and has_files and not content.is_own(exercise)
    approved = set(await approvals.of(viewer))
    if follows:
        shown = await asyncio.to_thread(_live, settings, library, exercise, locale, known, approved)
    elif card is not None:
        shown = _settled(library, card, locale, approved)
    else:
        raise NotFound()
    if shown is None or shown.tag == known:
        return Response(b"", status_code=204)
    return Response(msgspec.json.encode(shown), media_type=MediaType.JSON)


def _settled(library: Library, card: Card, locale: str, approved: set[str]) -> Preview:
    """As people have it."""
    return Preview(
        tag=_SETTLED,
        live=False,
        approved=f"{card.id}@{card.version}" in approved,
        exercise=msgspec.Raw(library.snapshot(card.id, locale) or b"null"),
        problems=[],
        notes=[],
    )


def _live(
    settings: Settings, library: Library, exercise: str, locale: str, known: str, approved: set[str]
) -> Preview | None:
    """As the files are; None when they are as they were. The tag comes first: a file written meanwhile changes it."""
    tag = content.stamp(settings.exercises, exercise)
    if tag == known:
        return None
    now = content.draft(settings.exercises, exercise, locale, library.heads())
    whole = now.exercise
    return Preview(
        tag=tag,
        live=True,
        approved=whole is not None and f"{exercise}@{whole['version']}" in approved,
        exercise=None if whole is None else msgspec.Raw(msgspec.json.encode(whole)),
        problems=now.problems,
        notes=now.notes,
    )


routes = [preview]
