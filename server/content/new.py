"""A new exercise to begin from: it passes the check, and every word in it waits to be written."""

from pathlib import Path
from typing import Final

from server.content.form import Source

_STRUCTURE: Final = """id = "{id}"
version = 1
family = "mentalizing"
functions = ["monitoring"]
intensity = "low"
access = "self"
minutes = 1
contraindications = []
stop_rules = ["R1"]
measures = [{{ code = "K", before = "clarity_before", after = "clarity_after" }}]

[[steps]]
id = "welcome"
type = "say"
seconds = 12

[[steps]]
id = "clarity_before"
type = "rate"
min = 0
max = 10
measure = "K"
seconds = 11

[[steps]]
id = "notice"
type = "text"
max_chars = 140
seconds = 24

[[steps]]
id = "clarity_after"
type = "rate"
min = 0
max = 10
measure = "K"
seconds = 10

[[steps]]
id = "close"
type = "close"
offer = ["done"]
seconds = 12
"""
_WORDS: Final = """# {title}

One sentence that says what this is for.

## welcome

What a person reads first. One idea on a screen. Short words. A guess is fine, and so is nothing.

## clarity_before

How clear is what you feel right now?

- low: All fog
- high: Very clear

## notice

What do you notice? A few words will do.

- helper: No names needed.

## clarity_after

How clear is it now?

- low: All fog
- high: Very clear

## close

What a person reads last. It may be still foggy, and that is all right.

- done: Done
"""


def template(name: str, title: str) -> Source:
    """The two texts of a new exercise."""
    return Source(_STRUCTURE.format(id=name), _WORDS.format(title=title))


def begin(folder: Path, name: str) -> Path:
    """Write the two files of a new exercise into a folder of its own; where they are. `FileExistsError` when there is
    one by that name."""
    home = folder / name
    home.mkdir()
    begun = template(name, name.replace("-", " ").capitalize())
    (home / "exercise.toml").write_text(begun.structure, encoding="utf-8")
    (home / "en.md").write_text(begun.words, encoding="utf-8")
    return home
