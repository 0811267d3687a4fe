"""`/api/clients/{id}/safety-part`: the sixth part of a client's safety plan, written together in a session."""

from typing import Annotated, Final
from uuid import UUID

from litestar import put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.bodies import SafetyPart
from server.errors import Invalid
from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.fields import base_of
from server.routes.ops import Id, Revision
from server.store.therapist_records import SAFETY_PART, TherapistRecords

MOST: Final = 2_000


class NewPart(Strict, frozen=True):
    """The part, whole; without text it is taken out of the plan. `base` is the revision that was on screen, null where
    there was none."""

    op: Id
    base: Revision | None
    around: Annotated[str, Meta(max_length=MOST)]
    written_together: bool = False


@put("/api/clients/{client_id:uuid}/safety-part", guards=[therapist_only])
async def write_part(
    client_id: FromPath[UUID],
    data: JSONBody[NewPart],
    viewer: NamedDependency[Viewer],
    therapist_records: NamedDependency[TherapistRecords],
    now: NamedDependency[Millis],
) -> Record:
    """Write the part with the client. It is in their plan from their phone's next sync on; they can take it out."""
    around = data.around.strip()
    if around and not data.written_together:
        raise Invalid(
            "Say that you wrote this together with your client: nobody else writes in their plan. Nothing was saved."
        )
    part = SafetyPart(around=around, by=viewer.name)
    return await therapist_records.put(viewer, str(client_id), SAFETY_PART, data.op, base_of(data.base), part, now)


routes = [write_part]
