"""Assignments: a therapist sets an exercise for a client, and ends it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta

from server import bodies, gates
from server.content import Card, Library
from server.content.together import TEXTS
from server.errors import Invalid, Malformed
from server.merge import parse_rev
from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.ops import Id, NewId, Revision
from server.store.approvals import Approvals
from server.store.assignments import Assignments, Ids, Wish

EXPIRES_AFTER_DAYS: Final = 14
"""A therapist-only assignment ends by itself after this many days when nothing else was agreed."""


class Texts(Strict, frozen=True):
    """What client and therapist wrote together, each as far as it was written."""

    calm_image: Annotated[str, Meta(max_length=TEXTS["calm_image"])] = ""
    healthy_self: Annotated[str, Meta(max_length=TEXTS["healthy_self"])] = ""
    rehearsed_reply: Annotated[str, Meta(max_length=TEXTS["rehearsed_reply"])] = ""

    def of(self, names: Sequence[str]) -> dict[str, str]:
        """Those of these names that were written."""
        return {name: text for name in names if (text := str(getattr(self, name)).strip())}


class Suggested(Strict, frozen=True):
    """When the therapist suggests to be reminded."""

    at: bodies.Clock
    days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)]


class NewAssignment(Strict, frozen=True):
    """What a therapist sends. `id` and `op` are made in the browser, so sending it twice changes nothing."""

    id: NewId
    op: Id
    exercise: bodies.ExerciseId
    locale: Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?\Z")] = "en"
    reason: Annotated[str, Meta(max_length=500)] = ""
    times_a_week: Annotated[int, Meta(ge=1, le=21)] | None = None
    until: date | None = None
    rehearsed_on: date | None = None
    scene: Annotated[str, Meta(max_length=2_000)] | None = None
    distress_limit: Annotated[int, Meta(ge=0, le=gates.HIGHEST_START)] | None = None
    texts: Texts = Texts()
    written_together: bool = False
    suggested: Suggested | None = None


class Step(Strict, frozen=True):
    """What to do with the assignment that was on screen at revision `base`."""

    op: Id
    base: Revision


class Assignable(msgspec.Struct, kw_only=True):
    """An exercise as a therapist chooses it; `why_not` says why it can't be set."""

    id: str
    version: int
    title: str
    summary: str
    family: str
    functions: Sequence[str]
    intensity: gates.Intensity
    access: gates.Access
    minutes: int
    contraindications: Sequence[str]
    needs_scene: bool
    scene_hint: str | None
    texts: Sequence[str]
    approved: bool
    assignable: bool
    why_not: str | None


class AssignableList(msgspec.Struct):
    exercises: list[Assignable]


@get("/api/assignable-exercises", guards=[therapist_only])
async def assignable_exercises(
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    locale: FromQuery[str] = "en",
) -> AssignableList:
    """Every exercise with what a therapist needs to choose, those that can't be set yet included."""
    approved = set(await approvals.of(viewer))
    return AssignableList([_assignable(card, approved) for card in library.assignable(locale)])


@post("/api/clients/{client_id:uuid}/assignments", guards=[therapist_only])
async def assign(
    client_id: FromPath[UUID],
    data: JSONBody[NewAssignment],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
) -> Record:
    """Set an exercise for one of the viewer's own clients."""
    card = library.card(data.exercise, data.locale)
    if card is None:
        raise Invalid(f"There is no exercise called '{data.exercise}'. Nothing was set. Choose one from the list.")
    today = datetime.fromtimestamp(now / 1000, UTC).date()
    reason = gates.why_not(_wanted(data, card, set(await approvals.of(viewer))), today)
    if reason is not None:
        raise Invalid(reason)
    body = _body(data, card, library, viewer, today)
    return await assignments.add(viewer, str(client_id), Ids(data.id, data.op), body, msgspec.json.encode(data), now)


@post(
    "/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}/ending",
    guards=[therapist_only],
    status_code=200,
)
async def end(
    client_id: FromPath[UUID],
    assignment_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
) -> Record:
    """End an assignment; the exercise's text leaves the client's phone with it."""
    return await assignments.end(viewer, str(client_id), _wish(assignment_id, data), now)


@post(
    "/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}/confirmation",
    guards=[therapist_only],
    status_code=200,
)
async def confirm(
    client_id: FromPath[UUID],
    assignment_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
) -> Record:
    """Let an assignment that was set aside by a restore go on."""
    return await assignments.confirm(viewer, str(client_id), _wish(assignment_id, data), now)


def _wish(assignment_id: UUID, data: Step) -> Wish:
    base = parse_rev(data.base)
    if base is None:
        raise Malformed("`base` must be the revision you see. Nothing was changed.")
    return Wish(record=str(assignment_id), op=data.op, base=base)


def _assignable(card: Card, approved: set[str]) -> Assignable:
    wanted = gates.Wanted(
        intensity=card.intensity,
        access="self",
        approved=f"{card.id}@{card.version}" in approved,
        until=None,
        rehearsed_on=None,
        scene=None,
        needs_scene=False,
    )
    why_not = gates.why_not(wanted, date.min)
    return Assignable(
        id=card.id,
        version=card.version,
        title=card.title,
        summary=card.summary,
        family=card.family,
        functions=card.functions,
        intensity=card.intensity,
        access=card.access,
        minutes=card.minutes,
        contraindications=card.contraindications,
        needs_scene=card.needs_scene,
        scene_hint=card.scene_hint,
        texts=card.texts,
        approved=wanted.approved,
        assignable=why_not is None,
        why_not=why_not,
    )


def _wanted(data: NewAssignment, card: Card, approved: set[str]) -> gates.Wanted:
    return gates.Wanted(
        intensity=card.intensity,
        access=card.access,
        approved=f"{card.id}@{card.version}" in approved,
        until=data.until,
        rehearsed_on=data.rehearsed_on,
        scene=data.scene,
        needs_scene=card.needs_scene,
        needs_texts=bool(card.texts),
        texts=list(data.texts.of(card.texts).values()),
        together=data.written_together,
    )


def _body(data: NewAssignment, card: Card, library: Library, viewer: Viewer, today: date) -> bodies.Assignment:
    guarded = card.access == "therapist"
    texts = data.texts.of(card.texts) if card.texts else None
    expires = today + timedelta(days=card.limits.expires_days if card.limits else EXPIRES_AFTER_DAYS)
    return bodies.Assignment(
        exercise=card.id,
        version=card.version,
        title=card.title,
        by=viewer.name,
        reason=data.reason.strip(),
        times_a_week=data.times_a_week,
        until=data.until.isoformat() if data.until else None,
        rehearsed_on=data.rehearsed_on.isoformat() if guarded and data.rehearsed_on else None,
        scene=data.scene if guarded else None,
        distress_limit=data.distress_limit if guarded else None,
        set_on=today.isoformat(),
        suggested=bodies.Suggested(data.suggested.at, sorted(set(data.suggested.days))) if data.suggested else None,
        expires_on=min(expires, data.until or expires).isoformat() if guarded else None,
        snapshot=msgspec.Raw(library.snapshot(card.id, data.locale, texts) or b"null") if guarded else None,
    )
