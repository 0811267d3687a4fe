"""Who accompanies a client: handing over, ending, coming back, letting everything rest; and a practice's people."""

from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.models import Millis, Strict, Viewer
from server.routes.dependencies import admin_only, therapist_only
from server.routes.fields import Id
from server.store.relationships import Colleague, Former, Relationships
from server.store.staff import Member, Named, Staff


class Step(Strict, frozen=True):
    """One step; the same `id` twice is one."""

    id: Id


class HandOver(Strict, frozen=True):
    """Who accompanies the client from now on: an account of the practice."""

    id: Id
    to: Id


class Colleagues(msgspec.Struct):
    """The other therapists of the practice."""

    colleagues: list[Colleague]


class FormerClients(msgspec.Struct):
    """With whom the viewer has ended."""

    clients: list[Former]


class Members(msgspec.Struct):
    """Everyone who works in the practice."""

    staff: list[Member]


class NamedClients(msgspec.Struct):
    """Clients by name."""

    clients: list[Named]


@get("/api/colleagues", guards=[therapist_only])
async def colleagues(viewer: NamedDependency[Viewer], relationships: NamedDependency[Relationships]) -> Colleagues:
    """To whom the viewer can hand over."""
    return Colleagues(await relationships.colleagues(viewer))


@get("/api/former-clients", guards=[therapist_only])
async def former_clients(
    viewer: NamedDependency[Viewer], relationships: NamedDependency[Relationships]
) -> FormerClients:
    """With whom the viewer has ended: names, and nothing that they shared."""
    return FormerClients(await relationships.former(viewer))


@post("/api/former-clients/{client_id:uuid}/return", guards=[therapist_only], status_code=204)
async def come_back(
    client_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    relationships: NamedDependency[Relationships],
    now: NamedDependency[Millis],
) -> None:
    """Accompany a client again. They are asked on their phone what may be seen."""
    await relationships.come_back(viewer, str(client_id), data.id, now)


@post("/api/clients/{client_id:uuid}/relationship-ending", guards=[therapist_only], status_code=204)
async def end_relationship(
    client_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    relationships: NamedDependency[Relationships],
    now: NamedDependency[Millis],
) -> None:
    """Accompany a client no longer. They keep everything, and are told on their phone."""
    await relationships.end(viewer, str(client_id), data.id, now)


@post("/api/clients/{client_id:uuid}/hand-over", guards=[therapist_only], status_code=204)
async def hand_over(
    client_id: FromPath[UUID],
    data: JSONBody[HandOver],
    viewer: NamedDependency[Viewer],
    relationships: NamedDependency[Relationships],
    now: NamedDependency[Millis],
) -> None:
    """Hand a client over to a colleague. The client is asked on their phone what the colleague may see."""
    await relationships.hand_over(viewer, str(client_id), data.to, data.id, now)


@post("/api/clients/{client_id:uuid}/freeze", guards=[therapist_only], status_code=204)
async def freeze(
    client_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    relationships: NamedDependency[Relationships],
    now: NamedDependency[Millis],
) -> None:
    """Let everything of a client rest: no therapist reads it until the client ends that on their phone."""
    await relationships.freeze(viewer, str(client_id), data.id, now)


@get("/api/practice/staff", guards=[admin_only])
async def list_staff(viewer: NamedDependency[Viewer], staff: NamedDependency[Staff]) -> Members:
    """Everyone who works in the practice."""
    return Members(await staff.all(viewer))


@get("/api/practice/staff/{account_id:uuid}/clients", guards=[admin_only])
async def clients_of_staff(
    account_id: FromPath[UUID], viewer: NamedDependency[Viewer], staff: NamedDependency[Staff]
) -> NamedClients:
    """Whom somebody of the practice accompanies: names alone, for handing them over."""
    return NamedClients(await staff.clients_of(viewer, str(account_id)))


@post("/api/practice/staff/{account_id:uuid}/disabling", guards=[admin_only])
async def disable_staff(
    account_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    staff: NamedDependency[Staff],
    now: NamedDependency[Millis],
) -> NamedClients:
    """End every login of somebody of the practice at once; the answer is whom they leave behind."""
    await staff.disable(viewer, str(account_id), now)
    return NamedClients(await staff.clients_of(viewer, str(account_id)))


@delete("/api/practice/staff/{account_id:uuid}/disabling", guards=[admin_only])
async def enable_staff(
    account_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    staff: NamedDependency[Staff],
    now: NamedDependency[Millis],
) -> None:
    """Let somebody of the practice sign in again."""
    await staff.enable(viewer, str(account_id), now)


@post("/api/practice/clients/{client_id:uuid}/hand-over", guards=[admin_only], status_code=204)
async def hand_over_for_practice(
    client_id: FromPath[UUID],
    data: JSONBody[HandOver],
    viewer: NamedDependency[Viewer],
    relationships: NamedDependency[Relationships],
    now: NamedDependency[Millis],
) -> None:
    """Hand over a client of somebody who can't do it themselves any more."""
    await relationships.hand_over(viewer, str(client_id), data.to, data.id, now)


routes = [
    colleagues,
    former_clients,
    come_back,
    end_relationship,
    hand_over,
    freeze,
    list_staff,
    clients_of_staff,
    disable_staff,
    enable_staff,
    hand_over_for_practice,
]
