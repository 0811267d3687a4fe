"""The practice's own page: the exercises with their whole text, and who approved which version."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from server import bodies, gates
from server.content import Card, Library
from server.errors import Conflict, NotFound
from server.models import Strict, Viewer
from server.routes.dependencies import admin_only, staff_only
from server.store.approvals import Approval, Approvals


class PracticeExercise(msgspec.Struct, kw_only=True):
    """An exercise as the practice sees it. `approval` is of this version; `earlier` are those of versions before."""

    id: str
    version: int
    title: str
    summary: str
    family: str
    intensity: gates.Intensity
    access: gates.Access
    minutes: int
    contraindications: Sequence[str]
    approval: Approval | None
    earlier: Sequence[Approval]


class PracticeExercises(msgspec.Struct):
    """Every exercise there is, in the order of the library."""

    exercises: list[PracticeExercise]


class NewApproval(Strict, frozen=True):
    """A clinician read this version and stands behind it. `by` is their name as people know it."""

    exercise: bodies.ExerciseId
    version: Annotated[int, Meta(ge=1)]
    by: Annotated[str, Meta(pattern=r"\S", max_length=120)]


@get("/api/practice/exercises", guards=[staff_only])
async def practice_exercises(
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    locale: FromQuery[str] = "en",
) -> PracticeExercises:
    """Every exercise with its approvals."""
    known = await approvals.all(viewer)
    return PracticeExercises([_shown(card, known) for card in library.assignable(locale)])


@get("/api/practice/exercises/{exercise:str}", guards=[staff_only])
async def practice_exercise(
    exercise: FromPath[str], library: NamedDependency[Library], locale: FromQuery[str] = "en"
) -> Response[bytes]:
    """One exercise, whole, as the player reads it: for reading it before it is approved."""
    whole = library.snapshot(exercise, locale)
    if whole is None:
        raise NotFound()
    return Response(whole, media_type=MediaType.JSON)


@post("/api/practice/approvals", guards=[admin_only])
async def approve(
    data: JSONBody[NewApproval],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    today: NamedDependency[date],
) -> Approval:
    """Note an approval of the version there is. The first name and day of a version stay."""
    card = library.card(data.exercise, "en")
    if card is None:
        raise NotFound()
    if card.version != data.version:
        raise Conflict(
            f"'{card.title}' is at version {card.version} by now. Nothing was approved. Read the new version first."
        )
    await approvals.add(viewer.practice, card.id, card.version, data.by.strip(), today.isoformat())
    return next(one for one in await approvals.all(viewer) if (one.exercise, one.version) == (card.id, card.version))


@delete("/api/practice/approvals/{exercise:str}/{version:int}", guards=[admin_only])
async def take_back(
    exercise: FromPath[str],
    version: FromPath[int],
    viewer: NamedDependency[Viewer],
    approvals: NamedDependency[Approvals],
) -> None:
    """Take back an approval; what was assigned already stays as it is."""
    await approvals.take_back(viewer, exercise, version)


def _shown(card: Card, known: Sequence[Approval]) -> PracticeExercise:
    own = [one for one in known if one.exercise == card.id]
    return PracticeExercise(
        id=card.id,
        version=card.version,
        title=card.title,
        summary=card.summary,
        family=card.family,
        intensity=card.intensity,
        access=card.access,
        minutes=card.minutes,
        contraindications=card.contraindications,
        approval=next((one for one in own if one.version == card.version), None),
        earlier=[one for one in own if one.version < card.version],
    )


routes = (practice_exercises, practice_exercise, approve, take_back)
