"""`/api/clients/{id}/message`: the one note that a therapist leaves a client until they meet next; how it goes."""

from typing import Annotated, Final
from uuid import UUID

from litestar import post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import base_of
from server.routes.ops import Id, Revision
from server.store.messages import Back, Messages, Noted, Wish

MOST: Final = 600
"""Characters: a note, and no letter."""


class NewMessage(Strict, frozen=True):
    """The note, whole; without text it is taken back. `base` is the revision that was on screen, null where there was
    none. A `fresh` one leaves the one before among the earlier ones; else it is that one, changed."""

    op: Id
    base: Revision | None
    text: Annotated[str, Meta(max_length=MOST)]
    fresh: bool = False


class Step(Strict, frozen=True):
    """The note as it was on screen, at revision `base`."""

    op: Id
    base: Revision


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


@post("/api/clients/{client_id:uuid}/messages/{note_id:uuid}/withdrawal", guards=[therapist_only], status_code=200)
async def take_message_back(
    client_id: FromPath[UUID],
    note_id: FromPath[UUID],
    data: JSONBody[Step],
    viewer: NamedDependency[Viewer],
    messages: NamedDependency[Messages],
    now: NamedDependency[Millis],
) -> Record:
    """Take back a note, also an earlier one. It leaves the client's phone with its next sync; whether it was read there
    is not known here."""
    back = Back(op=data.op, note=str(note_id), base=base_of(data.base))
    return await messages.take_back(viewer, str(client_id), back, now)


routes = [write_message, take_message_back]
