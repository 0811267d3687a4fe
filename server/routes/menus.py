"""`/api/clients/{id}/menu`: in which order what is set is offered to a client, and what to begin with."""

from typing import Annotated
from uuid import UUID

from litestar import put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.bodies import Menu
from server.errors import Invalid
from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import base_of
from server.routes.ops import Id, Revision
from server.store.therapist_records import MENU, TherapistRecords


class NewMenu(Strict, frozen=True):
    """The ids of assignments in their order. `base` is the revision that was on screen, null where there was none."""

    op: Id
    base: Revision | None
    order: Annotated[list[Id], Meta(max_length=100)]
    first: Id | None = None


@put("/api/clients/{client_id:uuid}/menu", guards=[therapist_only])
async def set_menu(
    client_id: FromPath[UUID],
    data: JSONBody[NewMenu],
    viewer: NamedDependency[Viewer],
    therapist_records: NamedDependency[TherapistRecords],
    now: NamedDependency[Millis],
) -> Record:
    """Put what is set into an order. The client's phone follows it from its next sync on."""
    if data.first is not None and data.first not in data.order:
        raise Invalid("The one to begin with is not in the list. Nothing was saved. Look at it again.")
    menu = Menu(order=list(dict.fromkeys(data.order)), first=data.first)
    return await therapist_records.put(viewer, str(client_id), MENU, data.op, base_of(data.base), menu, now)


routes = [set_menu]
