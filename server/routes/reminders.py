"""`/api/reminders`: what a client's phone says of reminders, what became of each, and what a therapist is told."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.models import Millis, Strict, Viewer
from server.reminders.door import Reminders
from server.routes.dependencies import client_only, therapist_only
from server.snooze import MOST
from server.store.attempts import Attempts, Limit
from server.store.devices import State
from server.store.reach import Reach, Reaches
from server.store.reminder_log import ReminderLog, ReminderLogs
from server.store.replies import PutOff, Replies

SAYS: Final = 300
"""How often a client's devices may say something of reminders in a quarter of an hour."""


class DeviceState(Strict, frozen=True):
    """What stands between this device and a reminder."""

    state: State


class Later(Strict, frozen=True):
    """Which sending is put off: the one after `nth` others were."""

    nth: Annotated[int, Meta(ge=0, le=MOST)]


class Opened(msgspec.Struct):
    """The plan the reminder is about; null when there is none of the viewer's."""

    plan: str | None


class Reached(msgspec.Struct):
    """By assignment; those the client wants no reminders of are not there."""

    assignments: list[Reach]


@get("/api/reminders", guards=[client_only])
async def reminder_log(
    viewer: NamedDependency[Viewer], reminder_logs: NamedDependency[ReminderLogs], now: NamedDependency[Millis]
) -> ReminderLog:
    """The viewer's devices, the reminders to come, and what became of those of the last 60 days."""
    return await reminder_logs.of(viewer, now)


@put("/api/reminders/device", guards=[client_only], status_code=204)
async def say(
    data: JSONBody[DeviceState],
    viewer: NamedDependency[Viewer],
    reminders: NamedDependency[Reminders],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> None:
    """This device says whether it can show reminders."""
    await attempts.count([Limit(f"reminder-says:{viewer.id}", SAYS)], now)
    await reminders.devices.say(viewer, data.state, now)


@post("/api/reminders/{name:uuid}/shown", guards=[client_only], status_code=204)
async def shown(
    name: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    replies: NamedDependency[Replies],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> None:
    """This device showed it. Of one that is not the viewer's nothing is noted, and the answer is the same."""
    await attempts.count([Limit(f"reminder-says:{viewer.id}", SAYS)], now)
    await replies.shown(viewer, name.hex, now)


@post("/api/reminders/{name:uuid}/opened", guards=[client_only], status_code=200)
async def opened(
    name: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    replies: NamedDependency[Replies],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> Opened:
    """Midweek was opened from it."""
    await attempts.count([Limit(f"reminder-says:{viewer.id}", SAYS)], now)
    return Opened(await replies.opened(viewer, name.hex, now))


@post("/api/reminders/{name:uuid}/later", guards=[client_only], status_code=200)
async def later(
    name: FromPath[UUID],
    data: JSONBody[Later],
    viewer: NamedDependency[Viewer],
    replies: NamedDependency[Replies],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> PutOff:
    """Put it off inside its window; said twice it is put off once."""
    await attempts.count([Limit(f"reminder-says:{viewer.id}", SAYS)], now)
    return await replies.later(viewer, name.hex, data.nth, now)


@get("/api/clients/{client_id:uuid}/reminders", guards=[therapist_only])
async def reached(
    client_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    reaches: NamedDependency[Reaches],
    now: NamedDependency[Millis],
) -> Reached:
    """Whether reminders about what was set reach the client. The look is noted, and the client can see it."""
    return Reached(await reaches.of_client(viewer, str(client_id), now))


routes = [reminder_log, say, shown, opened, later, reached]
