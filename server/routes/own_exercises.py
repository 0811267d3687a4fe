"""Exercises that a practice writes itself: written here, checked at each save, published, taken home as a file."""

import asyncio
from typing import Annotated, Final

import msgspec
from litestar import Request, Response, delete, get, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import Meta

from server import bodies, content
from server.content import Form, Library, Problem, Source
from server.content.form import form_of, source_of
from server.content.library import compiled
from server.content.new import template
from server.content.own import MOST_STRUCTURE, MOST_WORDS, Checked, checked, copied, settled
from server.content.parcel import MOST_BYTES, NotAnExercise, packed, plain, readable, unpacked
from server.content.read import ENGLISH
from server.errors import Conflict, Invalid, NotFound, TooLarge
from server.models import Millis, Strict, Viewer
from server.routes.dependencies import BYTES, staff_only
from server.routes.previews import Preview
from server.settings import Settings
from server.store.approvals import Approvals
from server.store.own_exercises import Edition, Listed, OwnExercises, Writing

_ID: Final = r"^own-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z"
OwnId = Annotated[str, Meta(pattern=_ID)]
Title = Annotated[str, Meta(pattern=r"\S", max_length=120)]
Base = Annotated[int, Meta(ge=1)]


class Files(Strict, frozen=True):
    """The texts of the two files."""

    structure: Annotated[str, Meta(max_length=MOST_STRUCTURE)]
    words: Annotated[str, Meta(max_length=MOST_WORDS)]


class NewOwn(Strict, frozen=True):
    """A new exercise, whose id the browser made: like one there is, from what was written elsewhere, or a first draft
    under this title. Files that were `brought` from outside have to be readable."""

    id: OwnId
    title: Title = "A new exercise"
    like: bodies.ExerciseId | None = None
    form: Form | None = None
    files: Files | None = None
    brought: bool = False


class Saved(Strict, frozen=True):
    """What was written on top of revision `base`: by the form, or the two files themselves."""

    base: Base
    form: Form | None = None
    files: Files | None = None


class Seen(Strict, frozen=True):
    """The revision that is on screen."""

    base: Base


class OwnLine(msgspec.Struct, kw_only=True):
    """One of the practice's own exercises in the list."""

    id: str
    title: str
    version: int
    draft: bool
    retired: bool
    by: str
    at: Millis


class OwnList(msgspec.Struct):
    exercises: list[OwnLine]


class OwnExercise(msgspec.Struct, kw_only=True):
    """An exercise as it is being written, with all that is to be put right. `form` is null where the files can't be
    shown as one; `seconds` is about how long each step takes."""

    id: str
    title: str
    rev: int
    version: int
    draft: bool
    retired: bool
    by: str
    at: Millis
    editions: list[Edition]
    files: Source
    form: Form | None
    problems: list[Problem]
    seconds: dict[str, int]


@get("/api/practice/own-exercises", guards=[staff_only])
async def own_exercises_of_practice(
    viewer: NamedDependency[Viewer], own_exercises: NamedDependency[OwnExercises]
) -> OwnList:
    """What the practice wrote itself, published or not."""
    return OwnList([_line(one) for one in await own_exercises.all(viewer)])


@post("/api/practice/own-exercises", guards=[staff_only])
async def begin(
    data: JSONBody[NewOwn],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
    settings: NamedDependency[Settings],
    now: NamedDependency[Millis],
) -> OwnExercise:
    """A new draft; the same id twice is one."""
    source = await _begun(data, viewer, library, own_exercises, settings)
    return await _whole(await own_exercises.add(viewer, data.id, source, now), library)


@post("/api/practice/own-exercises/parcels", guards=[staff_only], opt=BYTES)
async def import_parcel(
    request: Request[Viewer, object, State],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
    now: NamedDependency[Millis],
    id: Annotated[str, QueryParameter(pattern=_ID)],
) -> OwnExercise:
    """A new draft from the .zip in the body. Never more than a draft, whatever is in it."""
    if int(request.headers.get("content-length", "0")) > MOST_BYTES:
        raise TooLarge("This file is larger than any exercise. Choose the .zip of one exercise. Nothing was added.")
    try:
        source = readable(await asyncio.to_thread(unpacked, await request.body()))
    except NotAnExercise as why:
        raise Invalid(f"{why} Nothing was added.") from why
    return await _whole(await own_exercises.add(viewer, id, source, now), library)


@get("/api/practice/own-exercises/{exercise:str}", guards=[staff_only])
async def own_exercise(
    exercise: FromPath[str],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
) -> OwnExercise:
    """One as it is being written."""
    return await _whole(await own_exercises.one(viewer, exercise), library)


@put("/api/practice/own-exercises/{exercise:str}", guards=[staff_only])
async def save(
    exercise: FromPath[str],
    data: JSONBody[Saved],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
    now: NamedDependency[Millis],
) -> OwnExercise:
    """Keep what was written, with or without problems; the answer says which there are."""
    source = _written(data)
    return await _whole(await own_exercises.save(viewer, exercise, data.base, source, now), library)


@post("/api/practice/own-exercises/{exercise:str}/editions", guards=[staff_only])
async def publish(
    exercise: FromPath[str],
    data: JSONBody[Seen],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
    now: NamedDependency[Millis],
) -> OwnExercise:
    """The draft becomes a version for good. Only one that the checker has nothing against."""
    writing = await own_exercises.one(viewer, exercise)
    found = await _checked(writing, library)
    if found.problems:
        raise Conflict(
            "There is something to put right in it first. Nothing was published. See the notes at its steps."
        )
    await own_exercises.publish(viewer, exercise, data.base, now)
    return await _whole(await own_exercises.one(viewer, exercise), library)


@get("/api/practice/own-exercises/{exercise:str}/editions/{version:int}", guards=[staff_only])
async def read_edition(
    exercise: FromPath[str],
    version: FromPath[int],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
) -> Response[bytes]:
    """A published version, whole, as the player read it: what the clients had who did it."""
    source = await own_exercises.edition(viewer, exercise, version)
    whole = await asyncio.to_thread(settled, exercise, source, library.locales)
    if whole is None:
        raise NotFound("This Midweek can't read that version any more. Its texts are still kept.")
    return Response(msgspec.json.encode(compiled(whole, ENGLISH)), media_type=MediaType.JSON)


@delete("/api/practice/own-exercises/{exercise:str}/draft", guards=[staff_only])
async def drop_draft(
    exercise: FromPath[str],
    viewer: NamedDependency[Viewer],
    own_exercises: NamedDependency[OwnExercises],
    now: NamedDependency[Millis],
    base: FromQuery[int],
) -> None:
    """Throw the draft away. What was published stays as it is."""
    await own_exercises.drop(viewer, exercise, base, now)


@post("/api/practice/own-exercises/{exercise:str}/retirement", guards=[staff_only], status_code=200)
async def retire(
    exercise: FromPath[str],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
) -> OwnExercise:
    """Take it out of the list. What was set of it stays with the client."""
    return await _whole(await own_exercises.retire(viewer, exercise, retired=True), library)


@delete("/api/practice/own-exercises/{exercise:str}/retirement", guards=[staff_only], status_code=200)
async def bring_back(
    exercise: FromPath[str],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
) -> OwnExercise:
    """Put it back into the list."""
    return await _whole(await own_exercises.retire(viewer, exercise, retired=False), library)


@get("/api/practice/own-exercises/{exercise:str}/parcel", guards=[staff_only])
async def parcel(
    exercise: FromPath[str], viewer: NamedDependency[Viewer], own_exercises: NamedDependency[OwnExercises]
) -> Response[bytes]:
    """The exercise as a .zip of its folder, as it is being written."""
    writing = await own_exercises.one(viewer, exercise)
    headers = {"Content-Disposition": f'attachment; filename="{writing.id}.zip"'}
    return Response(packed(writing.id, writing.source), media_type="application/zip", headers=headers)


@get("/api/practice/own-exercises/{exercise:str}/preview", guards=[staff_only])
async def preview_draft(
    exercise: FromPath[str],
    viewer: NamedDependency[Viewer],
    library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
    approvals: NamedDependency[Approvals],
) -> Preview:
    """What is being written, to play through; or the sentences that say why it can't be played."""
    writing = await own_exercises.one(viewer, exercise)
    found = await _checked(writing, library)
    whole = None if found.problems or found.exercise is None else compiled(found.exercise, ENGLISH)
    return Preview(
        tag=f"{writing.version}.{writing.rev}",
        live=False,
        approved=not writing.draft and f"{writing.id}@{writing.version}" in await approvals.of(viewer),
        exercise=None if whole is None else msgspec.Raw(msgspec.json.encode(whole)),
        problems=[f"{one.file}: {one.says}" for one in found.problems],
        notes=[],
    )


async def _begun(
    data: NewOwn, viewer: Viewer, library: Library, own_exercises: OwnExercises, settings: Settings
) -> Source:
    if data.files is not None or data.form is not None:
        return _brought(_written(data)) if data.brought else _written(data)
    if data.like is None:
        return template(data.id, " ".join(data.title.split()))
    if content.is_own(data.like):
        return (await own_exercises.one(viewer, data.like)).source
    if library.card(data.like, ENGLISH) is None:
        raise NotFound()
    home = settings.exercises / data.like
    read = await asyncio.to_thread(lambda: [(home / name).read_text("utf-8") for name in ("exercise.toml", "en.md")])
    return copied(Source(*read), data.id)


def _brought(source: Source) -> Source:
    try:
        return readable(source)
    except NotAnExercise as why:
        raise Invalid(f"{why} Nothing was added.") from why


def _written(data: Saved | NewOwn) -> Source:
    if data.files is not None and data.form is None:
        return _texts(data.files)
    if data.form is None or data.files is not None:
        raise Invalid("Send the form or the two files, one of the two. Nothing was saved.")
    try:
        source = source_of(data.form)
    except ValueError as error:
        raise Invalid("Something in this form can't stand in a file. Nothing was saved.") from error
    if len(source.structure) > MOST_STRUCTURE or len(source.words) > MOST_WORDS:
        raise Invalid("This is longer than an exercise can be, so it was not saved. Make two exercises of it.")
    return _texts(Files(structure=source.structure, words=source.words))


def _texts(files: Files) -> Source:
    if "\0" in files.structure or "\0" in files.words:
        raise Invalid("There is a character in it that no text has (U+0000). Nothing was saved. Take it out.")
    return Source(plain(files.structure), plain(files.words))


async def _checked(writing: Writing, library: Library) -> Checked:
    return await asyncio.to_thread(checked, writing.id, writing.source, library.known())


async def _whole(writing: Writing, library: Library) -> OwnExercise:
    found = await _checked(writing, library)
    return OwnExercise(
        id=writing.id,
        title=_title(writing.source.words),
        rev=writing.rev,
        version=writing.version,
        draft=writing.draft,
        retired=writing.retired,
        by=writing.by,
        at=writing.at,
        editions=writing.editions,
        files=writing.source,
        form=form_of(writing.source),
        problems=found.problems,
        seconds=found.seconds,
    )


def _line(one: Listed) -> OwnLine:
    return OwnLine(
        id=one.id,
        title=_title(one.words),
        version=one.version,
        draft=one.draft,
        retired=one.retired,
        by=one.by,
        at=one.at,
    )


def _title(words: str) -> str:
    """The first line that is a title, as far as it goes."""
    found = (line for line in words.splitlines() if line.startswith("# "))
    return next(found, "").removeprefix("# ").strip()[:120]


routes = (
    own_exercises_of_practice,
    begin,
    import_parcel,
    own_exercise,
    save,
    publish,
    read_edition,
    drop_draft,
    retire,
    bring_back,
    parcel,
    preview_draft,
)
