"""`/api/clients/{id}/settings`: what a therapist keeps one of their clients from, or to."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server import bodies
from server.bodies import Clock, ExerciseId
from server.content.shapes import Contraindication
from server.errors import Invalid
from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import base_of
from server.routes.ops import Id, Revision
from server.store.clients import Clients
from server.store.therapist_records import SETTINGS, TherapistRecords

DAYTIME: Final = ("09:00", "20:00")
"""Hours can be narrowed inside these, never widened."""
Exercises = Annotated[list[ExerciseId], Meta(max_length=200)]


class Hours(Strict, frozen=True):
    """From when to when, by the client's clock."""

    from_: Clock = msgspec.field(name="from")
    to: Clock


class NewSetting(Strict, frozen=True):
    """The settings, whole. `base` is the revision that was on screen, null where there was none. `allowed` are the only
    exercises the client may start by themselves (empty: all that are open), `ok` those that wait for the therapist's
    yes and have it, `hours` when exercises that only a therapist sets may open."""

    op: Id
    base: Revision | None
    blocks: Annotated[list[Contraindication], Meta(max_length=20)]
    open_only: bool
    allowed: Exercises = []
    ok: Exercises = []
    hours: Hours | None = None


class Settings(msgspec.Struct):
    """The settings as they stand, with their revision; null where nothing was set."""

    settings: Record | None


@get("/api/clients/{client_id:uuid}/settings", guards=[therapist_only])
async def get_client_settings(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    clients: NamedDependency[Clients],
    therapist_records: NamedDependency[TherapistRecords],
) -> Settings:
    """What is set for one of the viewer's clients. Nothing of the client's is read for it."""
    client = await clients.one(viewer, str(client_id))
    return Settings(await therapist_records.of(viewer, client.id, SETTINGS))


@put("/api/clients/{client_id:uuid}/settings", guards=[therapist_only])
async def set_client_settings(
    client_id: FromPath[UUID],
    data: JSONBody[NewSetting],
    viewer: NamedDependency[Viewer],
    therapist_records: NamedDependency[TherapistRecords],
    now: NamedDependency[Millis],
) -> Record:
    """Set what exercises the client's phone opens by itself. It holds there from the phone's next sync on."""
    setting = bodies.ClientSetting(
        blocks=sorted(set(data.blocks)),
        open_only=data.open_only,
        allowed=sorted(set(data.allowed)),
        ok=sorted(set(data.ok)),
        hours=_hours(data.hours),
    )
    return await therapist_records.put(viewer, str(client_id), SETTINGS, data.op, base_of(data.base), setting, now)


def _hours(said: Hours | None) -> bodies.Hours | None:
    if said is None or (said.from_, said.to) == DAYTIME:
        return None
    first, last = DAYTIME
    if not first <= said.from_ < said.to <= last:
        raise Invalid(f"The hours have to lie between {first} and {last}, and end after they begin. Nothing was saved.")
    return bodies.Hours(said.from_, said.to)


routes = [get_client_settings, set_client_settings]
