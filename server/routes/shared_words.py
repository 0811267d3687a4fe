"""`/api/clients/{id}/words`: words for feelings that a therapist and one of their clients share."""

from typing import Annotated
from uuid import UUID

from litestar import post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.errors import Malformed
from server.merge import Rev, parse_rev
from server.models import Millis, Record, Strict, Viewer
from server.routes.dependencies import therapist_only
from server.routes.ops import Id, NewId, Revision
from server.store.shared_words import Change, NewWord, SharedWords

_ON_ONE_LINE = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*\Z"
Word = Annotated[str, Meta(max_length=40, pattern=_ON_ONE_LINE)]
Meaning = Annotated[str, Meta(max_length=140, pattern=_ON_ONE_LINE)]


class Added(Strict, frozen=True):
    """A word, and what it means to the two. The browser makes `id` and `op`, so sending it twice changes nothing."""

    id: NewId
    op: Id
    word: Word
    meaning: Meaning


class Changed(Strict, frozen=True):
    """What becomes of the word that was on screen at revision `base`. An ended one can't be picked any more; what was
    picked before keeps its name."""

    op: Id
    base: Revision
    meaning: Meaning
    ended: bool


@post("/api/clients/{client_id:uuid}/words", guards=[therapist_only])
async def add_word(
    client_id: FromPath[UUID],
    data: JSONBody[Added],
    viewer: NamedDependency[Viewer],
    shared_words: NamedDependency[SharedWords],
    now: NamedDependency[Millis],
) -> Record:
    """Add a word to those one of the viewer's own clients picks from."""
    new = NewWord(record=data.id, op=data.op, word=data.word.strip(), meaning=data.meaning.strip())
    return await shared_words.add(viewer, str(client_id), new, now)


@put("/api/clients/{client_id:uuid}/words/{word_id:uuid}", guards=[therapist_only])
async def change_word(
    client_id: FromPath[UUID],
    word_id: FromPath[UUID],
    data: JSONBody[Changed],
    viewer: NamedDependency[Viewer],
    shared_words: NamedDependency[SharedWords],
    now: NamedDependency[Millis],
) -> Record:
    """Say anew what a word means, end it, or take it up again."""
    meaning = data.meaning.strip()
    change = Change(record=str(word_id), op=data.op, base=_seen(data.base), meaning=meaning, ended=data.ended)
    return await shared_words.change(viewer, str(client_id), change, now)


def _seen(base: str) -> Rev:
    rev = parse_rev(base)
    if rev is None:
        raise Malformed("`base` must be the revision you see. Nothing was changed.")
    return rev


routes = [add_word, change_word]
