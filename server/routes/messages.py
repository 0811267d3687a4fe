"""`/api/clients/{id}/message`: the one note that a therapist leaves a client until they meet next."""

from typing import Annotated, Final
from uuid import UUID

from litestar import put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.models import Millis, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import base_of
from server.routes.ops import Id, Revision
from server.store.messages import Messages, Noted, Wish

MOST: Final = 600
"""Characters: a note, and no letter."""


class NewMessage(Strict, frozen=True):
    """The note, whole; without text it is taken back. `base` is the revision that was on screen, null where there was
    none. A `fresh` one leaves the one before among the earlier ones; else it is that one, changed."""

    op: Id
    base: Revision | None
    text: Annotated[str, Meta(max_length=MOST)]
    fresh: bool = False


@put("/api/clients/{client_id:uuid}/message", guards=[therapist_only])
async def write_message(
    client_id: FromPath[UUID],
    data: JSONBody[NewMessage],
    viewer: NamedDependency[Viewer],
    messages: NamedDependency[Messages],
    now: NamedDependency[Millis],
) -> Noted:
    """Write the note. The client's phone shows it from its next sync on; no reminder goes out for it."""
    wish = Wish(op=data.op, base=base_of(data.base), text=data.text.strip(), fresh=data.fresh)
    return await messages.write(viewer, str(client_id), wish, now)


routes = [write_message]
