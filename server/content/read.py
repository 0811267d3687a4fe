"""Reads the folder of exercises: files to Structs, and what can't be read to sentences naming file and step."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from server.content.hidden import hidden
from server.content.sentences import listed, near, shaped
from server.content.shapes import FAMILIES, EmotionFile, Exercise, Head, ListFile, Page, Vocabulary
from server.content.step import Step
from server.content.steps import STEP_TYPES
from server.content.structure import Unread, table_of
from server.content.words import read_page

T = TypeVar("T", bound=msgspec.Struct)
LOCALE = r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?"
ENGLISH = "en"


class Notes:
    """What is wrong, in the order it was found. Files are named as an author sees them: exercises/..."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self._root = folder

    def name(self, path: Path) -> str:
        return str(Path(self._root.name) / path.relative_to(self._root))

    def say(self, path: Path, sentence: str) -> None:
        self.problems.append(f"{self.name(path)}: {sentence}")


class Folder(msgspec.Struct, frozen=True):
    """Everything that could be read, and the ids of all exercise folders, readable or not."""

    exercises: list[Exercise]
    vocabulary: Vocabulary | None
    ids: frozenset[str]
    locales: tuple[str, ...]


def read_folder(folder: Path, only: str | None = None) -> tuple[Folder, Notes]:
    """Read all of it, or of the exercises only this one; nothing is raised."""
    notes = Notes(folder)
    homes = _homes(folder, notes)
    locales = _locales(folder, homes, notes)
    wanted = [home for home in homes if only in (None, home.name)]
    exercises = [found for home in wanted if (found := _exercise(home, locales, notes))]
    exercises.sort(key=lambda each: (FAMILIES.index(each.head.family), each.head.id))
    vocabulary = _vocabulary(folder, locales, notes) if folder.is_dir() else None
    return Folder(exercises, vocabulary, frozenset(home.name for home in homes), locales), notes


def read_exercise(home: Path, structure: str, words: Mapping[str, str], notes: Notes) -> Exercise | None:
    """One exercise from the texts of its files, the words by locale. `home` is only the name of its folder."""
    table = _parsed(structure, home / "exercise.toml", notes)
    read = {locale: _paged(text, home / f"{locale}.md", notes) for locale, text in words.items()}
    return _built(home, table, read, notes)


def _homes(folder: Path, notes: Notes) -> list[Path]:
    if not folder.is_dir():
        notes.problems.append(f"There is no folder {folder}. Say where the exercises are, or make it.")
        return []
    homes = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    if not homes:
        notes.problems.append(f"{folder.name}: there is no exercise in it. Make a folder for each one.")
    return homes


def _locales(folder: Path, homes: list[Path], notes: Notes) -> tuple[str, ...]:
    """Every locale that any file has words in, English first: then each file needs them."""
    found = {ENGLISH}
    for home in homes:
        for path in home.glob("*.md"):
            if re.fullmatch(LOCALE, path.stem):
                found.add(path.stem)
            else:
                notes.say(path, "the name of a file of words is its language, like en.md or it.md. Rename it.")
    for path in folder.glob("*.*.md"):
        if named := re.fullmatch(rf"(?:emotions|lists)\.({LOCALE})", path.stem):
            found.add(named.group(1))
    return (ENGLISH, *sorted(found - {ENGLISH}))


def _exercise(home: Path, locales: tuple[str, ...], notes: Notes) -> Exercise | None:
    table = _table(home / "exercise.toml", notes)
    pages = _pages({locale: home / f"{locale}.md" for locale in locales}, notes)
    return _built(home, table, pages, notes)


def _built(home: Path, table: dict[str, object] | None, pages: dict[str, Page], notes: Notes) -> Exercise | None:
    path = home / "exercise.toml"
    if table is None:
        return None
    written = table.pop("steps", None)
    head = _shape(table, Head, path, notes)
    steps = _steps(written, path, notes)
    if head and head.id != home.name:
        notes.say(path, f"its id is `{head.id}` and its folder is `{home.name}`. Give both the same name.")
    if head is None or steps is None or ENGLISH not in pages or head.id != home.name:
        return None
    return Exercise(head, steps, pages)


def _steps(written: object, path: Path, notes: Notes) -> tuple[Step, ...] | None:
    if not isinstance(written, list) or not written:
        notes.say(path, "it has no steps. Write each one under a line `[[steps]]`.")
        return None
    steps = [_step(number, data, path, notes) for number, data in enumerate(cast("list[object]", written), start=1)]
    whole = tuple(step for step in steps if step)
    return whole if len(whole) == len(steps) else None


def _step(number: int, data: object, path: Path, notes: Notes) -> Step | None:
    if not isinstance(data, dict):
        notes.say(path, f"step {number} is not a table. Write it under a line `[[steps]]`.")
        return None
    table = cast("dict[str, object]", data)
    name = f"the step `{table['id']}`" if "id" in table else f"step {number}"
    kind = table.get("type")
    if not isinstance(kind, str) or kind not in STEP_TYPES:
        notes.say(path, f"{name} {_no_type(kind)}")
        return None
    step, wrong = shaped(table, STEP_TYPES[kind])
    for sentence in wrong:
        notes.say(path, f"{name} {sentence}")
    return step


def _no_type(kind: object) -> str:
    if not isinstance(kind, str):
        return f'has no type. Add a line such as `type = "say"`. The types are {listed(STEP_TYPES)}.'
    return f"has the type `{kind}`, which is not known.{near(kind, STEP_TYPES)} The types are {listed(STEP_TYPES)}."


def _vocabulary(folder: Path, locales: tuple[str, ...], notes: Notes) -> Vocabulary | None:
    tables = (folder / "emotions.toml", EmotionFile), (folder / "lists.toml", ListFile)
    emotions = _shape(_table(tables[0][0], notes), EmotionFile, tables[0][0], notes)
    lists = _shape(_table(tables[1][0], notes), ListFile, tables[1][0], notes)
    emotion_pages = _pages({locale: folder / f"emotions.{locale}.md" for locale in locales}, notes)
    list_pages = _pages({locale: folder / f"lists.{locale}.md" for locale in locales}, notes)
    if emotions is None or lists is None:
        return None
    return Vocabulary(emotions, lists, emotion_pages, list_pages)


def _pages(paths: Mapping[str, Path], notes: Notes) -> dict[str, Page]:
    return {locale: page for locale, path in paths.items() if (page := _page(locale, path, notes))}


def _page(locale: str, path: Path, notes: Notes) -> Page | None:
    if not path.is_file():
        other = "" if locale == ENGLISH else f" Other files have words in `{locale}`, and each file needs them."
        notes.say(path, f"the file is missing.{other} Write it, or copy the one of another language and change it.")
        return None
    text = _text(path, notes)
    return None if text is None else _paged(text, path, notes)


def _paged(text: str, path: Path, notes: Notes) -> Page:
    page, wrong = read_page(text)
    for sentence in (*hidden(text), *wrong):
        notes.say(path, sentence)
    return page


def _table(path: Path, notes: Notes) -> dict[str, object] | None:
    if not path.is_file():
        notes.say(path, "the file is missing. It holds the structure; copy one from another exercise to begin.")
        return None
    text = _text(path, notes)
    return None if text is None else _parsed(text, path, notes)


def _parsed(text: str, path: Path, notes: Notes) -> dict[str, object] | None:
    for sentence in hidden(text):
        notes.say(path, sentence)
    try:
        return table_of(text)
    except Unread as why:
        notes.say(path, str(why))
        return None


def _text(path: Path, notes: Notes) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        notes.say(path, f"line {line} is not in UTF-8. Save the file again with the encoding UTF-8.")
    except OSError as error:
        notes.say(path, f"the file can't be opened ({error.strerror}).")
    return None


def _shape(table: dict[str, object] | None, kind: type[T], path: Path, notes: Notes) -> T | None:
    if table is None:
        return None
    shape, wrong = shaped(table, kind)
    for sentence in wrong:
        notes.say(path, f"it {sentence}")
    return shape
