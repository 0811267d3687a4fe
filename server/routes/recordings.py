"""Recordings: staff attach one to an exercise or a step, phones fetch those of their practice."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from server.content import Library, is_own
from server.errors import Conflict, NotFound, TooLarge
from server.models import Millis, Viewer
from server.routes.dependencies import BYTES, staff_only
from server.store.recordings import MOST_BYTES, TOO_LARGE, Recording, Recordings, Words

_NAME: Final = r"^[a-z0-9]+([-_][a-z0-9]+)*\Z"
_LOCALE: Final = r"^[a-z]{2}(-[A-Z]{2})?\Z"


class RecordingList(msgspec.Struct):
    """What the viewer may hear."""

    recordings: list[Recording]


@get("/api/recordings")
async def list_recordings(
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    recordings: NamedDependency[Recordings],
    now: NamedDependency[Millis],
) -> RecordingList:
    """Staff see all of their practice's. A client sees those of the words there are now, and of exercises that travel
    inside assignments those of what they were set."""
    return RecordingList(await _heard_by(viewer, library, recordings, now))


@get("/api/recordings/{recording_id:uuid}")
async def read_recording(
    recording_id: FromPath[UUID],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    recordings: NamedDependency[Recordings],
    now: NamedDependency[Millis],
) -> Stream:
    """The sound itself. No cache may keep it: phones keep it themselves, and let it go themselves."""
    seen = await _heard_by(viewer, library, recordings, now)
    found = next((one for one in seen if one.id == str(recording_id)), None)
    if found is None:
        raise NotFound()
    sound = await recordings.open(viewer, found)
    return Stream(
        sound, media_type=found.type, headers={"content-length": str(found.size), "cache-control": "no-store"}
    )


@post("/api/recordings", guards=[staff_only], opt=BYTES, request_max_body_size=None)
async def add_recording(
    request: Request[Viewer, object, State],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    recordings: NamedDependency[Recordings],
    now: NamedDependency[Millis],
    exercise: Annotated[str, QueryParameter(pattern=_NAME, max_length=80)],
    version: Annotated[int, QueryParameter(ge=1)],
    locale: Annotated[str, QueryParameter(pattern=_LOCALE)] = "en",
    step: Annotated[str, QueryParameter(max_length=80)] = "",
) -> Recording:
    """Keep the file in the body as the recording of these words, in the place of the one there was."""
    if int(request.headers.get("content-length", "0")) > MOST_BYTES:
        raise TooLarge(TOO_LARGE)
    _there_is(library, exercise, version, locale, step)
    words = Words(exercise=exercise, version=version, locale=locale, step=step)
    return await recordings.add(viewer, words, request.stream(), now)


@delete("/api/recordings/{recording_id:uuid}", guards=[staff_only])
async def remove_recording(
    recording_id: FromPath[UUID], viewer: NamedDependency[Viewer], recordings: NamedDependency[Recordings]
) -> None:
    """Remove a recording of the practice; phones let it go at their next look."""
    await recordings.remove(viewer, str(recording_id))


async def _heard_by(viewer: Viewer, library: Library, recordings: Recordings, now: Millis) -> list[Recording]:
    found = await recordings.all(viewer)
    if viewer.role != "client":
        return found
    cards = {card.id: card for card in library.assignable("en")}
    known = [one for one in found if one.exercise in cards]
    guarded = {one.exercise for one in known if cards[one.exercise].access == "therapist" or is_own(one.exercise)}
    opened = await recordings.assigned(viewer, now) if guarded else set[str]()
    return [
        one
        for one in known
        if (one.exercise in opened if one.exercise in guarded else one.version == cards[one.exercise].version)
    ]


class _Step(msgspec.Struct):
    id: str
    text: str | None = None


class _Exercise(msgspec.Struct):
    title: str
    version: int
    steps: list[_Step]


def _there_is(library: Library, exercise: str, version: int, locale: str, step: str) -> None:
    """`NotFound` where there are no such words, `Conflict` where they are others by now."""
    whole = library.snapshot(exercise, locale)
    if whole is None:
        raise NotFound()
    found = msgspec.json.decode(whole, type=_Exercise)
    if found.version != version:
        raise Conflict(
            f"'{found.title}' is at version {found.version} by now, so other words would be heard than are read. "
            "Nothing was attached. Read the new version first."
        )
    if step and not any(one.id == step and one.text for one in found.steps):
        raise NotFound("This step has no words to be read aloud. Nothing was attached.")


routes = (list_recordings, read_recording, add_recording, remove_recording)
