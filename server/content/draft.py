"""One exercise as its files are at this moment, for its author: whole, or what is wrong with it. Nothing is raised."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from server.content import editions
from server.content.checks import Known
from server.content.library import Compiled, compiled
from server.content.load import check_exercise
from server.content.read import ENGLISH, Folder, Notes, read_folder
from server.content.shapes import Head


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise that can be played, or the checker's sentences that say why it can't. `notes` are sentences about
    one that can: its version is settled, and its files are others."""

    exercise: Compiled | None
    problems: list[str]
    notes: list[str]


def is_begun(folder: Path, exercise_id: str) -> bool:
    """Whether there is a folder for an exercise of that id, readable or not."""
    return re.fullmatch(r"[a-z][a-z0-9-]*", exercise_id) is not None and (folder / exercise_id).is_dir()


def stamp(folder: Path, exercise_id: str) -> str:
    """Another text whenever a file of the exercise, or of the vocabulary, is another."""
    home = folder / exercise_id
    found = sorted([*home.glob("*"), *folder.glob("*.toml"), *folder.glob("*.md"), home])
    return hashlib.sha256(repr([_seen(path) for path in found]).encode()).hexdigest()[:20]


def draft(folder: Path, exercise_id: str, locale: str, others: Mapping[str, Head]) -> Draft:
    """The exercise as its files are now, beside `others` as they were read before: what is wrong elsewhere does not
    hold it up."""
    found, notes = read_folder(folder, only=exercise_id)
    exercise = next(iter(found.exercises), None)
    here = f"{folder.name}/{exercise_id}"
    problems = [said for said in notes.problems if said.startswith((f"{here}/", f"{here}:"))]
    if exercise is None or found.vocabulary is None:
        return Draft(exercise=None, problems=problems or notes.problems or [_gone(here)], notes=[])
    own, settled = Notes(folder), Notes(folder)
    check_exercise(folder, exercise, Known({**others}, found.ids, found.vocabulary.ids()), own)
    if problems := problems + own.problems:
        return Draft(exercise=None, problems=problems, notes=[])
    for path, sentence in editions.changed(folder / exercise_id, exercise.head.version):
        settled.say(path, sentence)
    return Draft(exercise=compiled(exercise, _known(found, locale)), problems=[], notes=settled.problems)


def _known(found: Folder, locale: str) -> str:
    language = locale.split("-", maxsplit=1)[0]
    return next((known for known in (locale, language) if known in found.locales), ENGLISH)


def _gone(here: str) -> str:
    return f"{here}: there is no such exercise any more. Put its folder back, or choose another one."


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        stat = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), stat.st_mtime_ns, stat.st_size
