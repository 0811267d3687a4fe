"""The doors to the exercises: load them to serve, check them for an author, write those the app itself carries."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from server.content import editions
from server.content.checks import Known, plans_of, structure, words
from server.content.lengths import in_each, length_words, lengths
from server.content.library import Library, compiled
from server.content.read import ENGLISH, Folder, Notes, read_folder
from server.content.safety import safety
from server.content.shapes import OWN, Exercise, Vocabulary, is_own
from server.content.together import together
from server.content.vocabulary import emotion_ids, emotion_words, list_ids, list_words
from server.content.writing import timing, vocabulary_words, writing

SHELL = ("back-in-the-room", "five-senses")
"""The exercises that are built into the app: they open without a network, an account or a sync."""


_TAKEN = f"its id begins with `{OWN}`, as only those do that a practice writes in the app. Give it another name."


class ContentError(Exception):
    """The exercises can't be used. `problems` are sentences for their author, each with its file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(folder: Path) -> Library:
    """The exercises of a folder, ready to serve; ContentError when anything is wrong with any of them."""
    library = _library(folder)
    library.public(ENGLISH)  # compresses every language now rather than at the first request
    return library


def check(folder: Path) -> list[str]:
    """What is wrong with the exercises of a folder, as sentences; nothing when all is well."""
    return _checked(folder)[1]


def seal(folder: Path) -> list[str]:
    """Settle the version of every exercise as it is now; the ids of those that were not. ContentError when anything is
    wrong with any of them."""
    found, problems = _checked(folder)
    if problems:
        raise ContentError(problems)
    heads = [exercise.head for exercise in found.exercises]
    return [head.id for head in heads if editions.seal(folder / head.id, head.version)]


def summary(folder: Path) -> str:
    """One line about a folder that is well: how much is in it."""
    found, _ = read_folder(folder)
    families = found.vocabulary.emotions.families if found.vocabulary else []
    count = sum(len(family.words) for family in families)
    steps = sum(len(exercise.steps) for exercise in found.exercises)
    return (
        f"{len(found.exercises)} exercises with {steps} steps, {count} emotion words in {len(families)} families, "
        f"languages: {', '.join(found.locales)}. All is well."
    )


def write_shell(folder: Path, to: Path) -> None:
    """Write the exercises the app itself carries as JSON. A file that already says so is left alone."""
    found, problems = _checked(folder)
    if problems:
        raise ContentError(problems)
    by_id = {exercise.head.id: exercise for exercise in found.exercises}
    body = msgspec.json.encode({"exercises": [compiled(by_id[each], ENGLISH) for each in SHELL]})
    to.parent.mkdir(parents=True, exist_ok=True)
    if not to.is_file() or to.read_bytes() != body:
        to.write_bytes(body)


def _library(folder: Path) -> Library:
    found, problems = _checked(folder)
    if problems or found.vocabulary is None:
        raise ContentError(problems)
    return Library(found.exercises, found.vocabulary, found.locales)


def _checked(folder: Path) -> tuple[Folder, list[str]]:
    found, notes = read_folder(folder)
    for each in SHELL:
        if each not in found.ids and found.ids:
            notes.problems.append(f"{folder.name}/{each}: the exercise is missing. The app itself needs it.")
    if found.vocabulary:
        _check_vocabulary(folder, found.vocabulary, notes)
        heads = {each.head.id: each.head for each in found.exercises}
        known = Known(heads, found.ids, found.vocabulary.ids(), plans_of(found.exercises))
        for exercise in found.exercises:
            check_exercise(folder, exercise, known, notes)
            if is_own(exercise.head.id):
                notes.say(folder / exercise.head.id / "exercise.toml", _TAKEN)
            for path, sentence in editions.changed(folder / exercise.head.id, exercise.head.version):
                notes.say(path, sentence)
    return found, notes.problems


def check_exercise(folder: Path, exercise: Exercise, known: Known, notes: Notes) -> None:
    """Note everything wrong with one exercise as it stands, whether or not its version is settled."""
    home = folder / exercise.head.id
    _all(notes, home / "exercise.toml", structure(exercise, known), lengths(exercise), together(exercise, known))
    _all(notes, home / "exercise.toml", in_each(exercise, safety))
    _all(notes, home / "exercise.toml", timing(exercise, exercise.pages[ENGLISH]))
    for locale, page in exercise.pages.items():
        _all(notes, home / f"{locale}.md", words(exercise, page), length_words(exercise, page))
        _all(notes, home / f"{locale}.md", writing(exercise, page, locale))


def _check_vocabulary(folder: Path, content: Vocabulary, notes: Notes) -> None:
    _all(notes, folder / "emotions.toml", emotion_ids(content))
    _all(notes, folder / "lists.toml", list_ids(content))
    for locale, page in content.emotion_pages.items():
        _all(notes, folder / f"emotions.{locale}.md", emotion_words(content, page), vocabulary_words(page, locale))
    for locale, page in content.list_pages.items():
        _all(notes, folder / f"lists.{locale}.md", list_words(content, page))


def _all(notes: Notes, path: Path, *found: Iterator[str]) -> None:
    for sentences in found:
        for sentence in sentences:
            notes.say(path, sentence)
