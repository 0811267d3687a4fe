"""`/api/clients`: the clients of the therapist who asks."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.models import Millis, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import Id, Name
from server.store.clients import Client, Clients
from server.store.weeks import Week, Weeks


class NewClient(Strict, frozen=True):
    """A client to be invited. The name is for the therapist's own list, and sealed."""

    id: Id
    name: Name


class Caseload(msgspec.Struct):
    """The viewer's clients, in the order they were added."""

    clients: list[Client]


class ComingWeek(msgspec.Struct):
    """What is coming and what is new, for each of the viewer's clients."""

    weeks: list[Week]


@get("/api/clients", guards=[therapist_only])
async def caseload(viewer: NamedDependency[Viewer], clients: NamedDependency[Clients]) -> Caseload:
    """The viewer's clients."""
    return Caseload(await clients.all(viewer))


@get("/api/weeks", guards=[therapist_only])
async def weeks(
    viewer: NamedDependency[Viewer], weeks: NamedDependency[Weeks], now: NamedDependency[Millis]
) -> ComingWeek:
    """When the viewer meets each of their clients next, and what is new. Nothing that they wrote is read for it."""
    return ComingWeek(await weeks.of(viewer, now))


@post("/api/clients", guards=[therapist_only])
async def add(
    data: JSONBody[NewClient],
    viewer: NamedDependency[Viewer],
    clients: NamedDependency[Clients],
    now: NamedDependency[Millis],
) -> Client:
    """Add a client; the same id twice is harmless."""
    return await clients.add(viewer, data.id, data.name.strip(), now)


@get("/api/clients/{client_id:uuid}", guards=[therapist_only])
async def client(
    client_id: FromPath[UUID], viewer: NamedDependency[Viewer], clients: NamedDependency[Clients]
) -> Client:
    """One client of the viewer."""
    return await clients.one(viewer, str(client_id))


routes = [caseload, weeks, add, client]
