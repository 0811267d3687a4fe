"""Assignments: a therapist sets an exercise for a client, changes what was agreed for it, takes it back, ends it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server import gates
from server.assigned import Fields
from server.content import Card, Library
from server.errors import Invalid, Malformed
from server.merge import parse_rev
from server.models import Millis, Record, Strict, Viewer
from server.routes import terms
from server.routes.dependencies import therapist_only
from server.routes.ops import Id, Revision
from server.routes.terms import ChangedTerms, NewAssignment
from server.store.approvals import Approvals
from server.store.assignments import Assignments, Ids, Wish
from server.store.clients import Clients


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


class AssignmentList(msgspec.Struct):
    """What was set for a client, what has ended included."""

    assignments: list[Record]


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


@get("/api/clients/{client_id:uuid}/assignments", guards=[therapist_only])
async def assignments_of(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    clients: NamedDependency[Clients],
    assignments: NamedDependency[Assignments],
) -> AssignmentList:
    """What was set for one of the viewer's own clients. Nothing of the client's is read for it."""
    client = await clients.one(viewer, str(client_id))
    return AssignmentList(await assignments.of(viewer, client.id))


@post("/api/clients/{client_id:uuid}/assignments", guards=[therapist_only])
async def assign(
    client_id: FromPath[UUID],
    data: JSONBody[NewAssignment],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
    today: NamedDependency[date],
) -> Record:
    """Set an exercise for one of the viewer's own clients."""
    card = library.card(data.exercise, data.locale)
    if card is None:
        raise Invalid(f"There is no exercise called '{data.exercise}'. Nothing was set. Choose one from the list.")
    terms.refuse(gates.too_long(terms.named(data)))
    terms.refuse(gates.why_not(terms.wanted(data, card, set(await approvals.of(viewer)), today), today))
    body = terms.body_of(data, card, library, viewer, today)
    asked = msgspec.json.encode(data)
    return await assignments.add(viewer, str(client_id), Ids(data.id, data.op), body, asked, now, today)


@put("/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}", guards=[therapist_only])
async def change(
    client_id: FromPath[UUID],
    assignment_id: FromPath[UUID],
    data: JSONBody[ChangedTerms],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    approvals: NamedDependency[Approvals],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
    today: NamedDependency[date],
) -> Record:
    """Agree anew on an assignment that is with the client; what was done together and written together stays unless
    it is said anew, which the client is told."""
    terms.refuse(gates.too_long(terms.named(data)))
    approved = set(await approvals.of(viewer))

    def changed(body: Fields) -> Fields:
        return terms.changed(body, data, library, approved, now, today)

    wish = _wish(assignment_id, data)
    return await assignments.change(viewer, str(client_id), wish, changed, msgspec.json.encode(data), now)


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
    "/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}/reopening",
    guards=[therapist_only],
    status_code=200,
)
async def reopen(
    client_id: FromPath[UUID],
    assignment_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
    today: NamedDependency[date],
) -> Record:
    """Undo an ending: the assignment goes on as it was."""
    return await assignments.reopen(viewer, str(client_id), _wish(assignment_id, data), now, today)


@post(
    "/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}/withdrawal",
    guards=[therapist_only],
    status_code=200,
)
async def withdraw(
    client_id: FromPath[UUID],
    assignment_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    assignments: NamedDependency[Assignments],
    now: NamedDependency[Millis],
) -> Record:
    """Take back what was set by mistake: nothing of it stays."""
    return await assignments.withdraw(viewer, str(client_id), _wish(assignment_id, data), now)


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


def _wish(assignment_id: UUID, data: Step | ChangedTerms) -> Wish:
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


routes = [assignable_exercises, assignments_of, assign, change, end, reopen, withdraw, confirm]
