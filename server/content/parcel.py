"""An exercise as a file that travels: a .zip with its folder. What comes in is looked at before it is read."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from server.content.form import Source
from server.content.own import MOST_STRUCTURE, MOST_WORDS, STRUCTURE, WORDS
from server.content.structure import Unread, table_of

MOST_BYTES: Final = 500_000
"""The largest .zip that is opened."""
_MOST_FILES: Final = 40
_MOST: Final = {STRUCTURE: MOST_STRUCTURE, WORDS: MOST_WORDS}
_PLAIN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MADE: Final = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED: Final = 0x1


class NotAnExercise(Exception):
    """Why a file can't be taken, as a sentence."""


def packed(folder: str, source: Source) -> bytes:
    """A .zip with the folder and its two files; the same texts give the same bytes."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as parcel:
        for name, text in ((STRUCTURE, source.structure), (WORDS, source.words)):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            parcel.writestr(entry, text.encode())
    return to.getvalue()


def unpacked(data: bytes) -> Source:
    """The two texts in a .zip. `NotAnExercise` when it is none, holds something else, or more than an exercise does."""
    if len(data) > MOST_BYTES:
        raise NotAnExercise("This file is larger than any exercise. Choose the .zip of one exercise.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            return texts({name: _opened(parcel, entry) for name, entry in _entries(parcel).items()})
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise NotAnExercise("This file can't be opened: it is damaged, or no .zip. Choose another one.") from error


def texts(files: Mapping[str, bytes]) -> Source:
    """The two texts in files of these names. `NotAnExercise` when one is missing, too long, or not in UTF-8."""
    for name in (STRUCTURE, WORDS):
        if name not in files:
            raise NotAnExercise(f"There is no {name} in it. An exercise is two files: {STRUCTURE} and {WORDS}.")
    return Source(_text(STRUCTURE, files[STRUCTURE]), _text(WORDS, files[WORDS]))


def readable(source: Source) -> Source:
    """The same texts. `NotAnExercise` when the structure can't be read at all: nothing could be shown of it."""
    try:
        table_of(source.structure)
    except Unread as why:
        raise NotAnExercise(f"{STRUCTURE}: {why}") from why
    return source


def plain(text: str) -> str:
    """A text as it is kept: one kind of line break, and no mark of its encoding at the start."""
    return re.sub("\r\n?", "\n", text.removeprefix("\ufeff"))


def _entries(parcel: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = [entry for entry in parcel.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_FILES:
        raise NotAnExercise("There are many more files in it than an exercise has. Choose the .zip of one exercise.")
    found: dict[str, zipfile.ZipInfo] = {}
    deep = ""
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
            raise NotAnExercise(
                "A file in it has a name that leads out of its folder. Choose the .zip of one exercise."
            )
        if path.name not in _MOST:
            continue
        if len(path.parts) > 2:
            deep = deep or path.name
            continue
        if path.name in found:
            raise NotAnExercise(f"There is more than one {path.name} in it. Choose the .zip of one exercise.")
        found[path.name] = entry
    if deep and not found:
        raise NotAnExercise(
            f"The {deep} in it lies in a folder inside a folder. Pack the folder of one exercise alone."
        )
    return found


def _opened(parcel: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more of it than an exercise may have, whatever it says of its size."""
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PLAIN:
        raise NotAnExercise(
            "It is locked with a password, or packed in a way that can't be read here. Pack it again without one."
        )
    name = PurePosixPath(entry.filename).name
    with parcel.open(entry) as file:
        return file.read(4 * _MOST[name] + 1)


def _text(name: str, data: bytes) -> str:
    try:
        text = plain(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotAnExercise(
            f"Line {line} of {name} is not in UTF-8. Save the file again with the encoding UTF-8."
        ) from error
    if len(text) > _MOST[name]:
        raise NotAnExercise(f"{name} is too long: {_MOST[name]:,} letters are the most there can be.")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise NotAnExercise(f"Line {line} of {name} has a character that no text has (U+0000). Take it out.")
    return text
