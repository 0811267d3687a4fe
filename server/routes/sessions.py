"""`/api/clients/{id}/sessions`: when a therapist and one of their clients meet."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.bodies import Clock, SessionDates, Single, Weekly
from server.errors import Invalid
from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import base_of
from server.routes.ops import Id, Revision
from server.store.clients import Clients
from server.store.therapist_records import SESSIONS, TherapistRecords

MOST: Final = 60


class EveryWeek(Strict, frozen=True):
    """The same day of every week (1 is Monday), from a date on."""

    weekday: Annotated[int, Meta(ge=1, le=7)]
    at: Clock
    since: date


class OneDate(Strict, frozen=True):
    """One session beside the pattern."""

    day: date
    at: Clock


class NewSessions(Strict, frozen=True):
    """The dates, whole. `base` is the revision that was on screen, null where there was none. `off` are dates of the
    pattern that fall out."""

    op: Id
    base: Revision | None
    weekly: EveryWeek | None
    single: Annotated[list[OneDate], Meta(max_length=MOST)]
    off: Annotated[list[date], Meta(max_length=MOST)] = []


class Sessions(msgspec.Struct):
    """The dates as they stand, with their revision; null where none was set."""

    sessions: Record | None


@get("/api/clients/{client_id:uuid}/sessions", guards=[therapist_only])
async def get_sessions(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    clients: NamedDependency[Clients],
    therapist_records: NamedDependency[TherapistRecords],
) -> Sessions:
    """When the viewer meets one of their clients. Nothing of the client's is read for it."""
    client = await clients.one(viewer, str(client_id))
    return Sessions(await therapist_records.of(viewer, client.id, SESSIONS))


@put("/api/clients/{client_id:uuid}/sessions", guards=[therapist_only])
async def set_sessions(
    client_id: FromPath[UUID],
    data: JSONBody[NewSessions],
    viewer: NamedDependency[Viewer],
    therapist_records: NamedDependency[TherapistRecords],
    now: NamedDependency[Millis],
) -> Record:
    """Set when the two meet. The client's phone shows it from its next sync on."""
    days = [one.day for one in data.single]
    if len(set(days)) < len(days):
        raise Invalid("Two single sessions are on the same date. Nothing was saved. Take one of them away.")
    return await therapist_records.put(viewer, str(client_id), SESSIONS, data.op, base_of(data.base), _body(data), now)


def _body(data: NewSessions) -> SessionDates:
    weekly = data.weekly
    return SessionDates(
        weekly=Weekly(weekly.weekday, weekly.at, weekly.since.isoformat()) if weekly else None,
        single=[Single(one.day.isoformat(), one.at) for one in sorted(data.single, key=lambda one: one.day)],
        off=sorted({day.isoformat() for day in data.off}),
    )


routes = [get_sessions, set_sessions]
