"""The two files of an exercise as one form of plain parts, and back: for people who don't write TOML.

Nothing is lost on the way but comments and how the lines were broken: a text that would lose more has no form.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Final, cast

import msgspec

from server.content.shapes import Page, Section
from server.content.structure import Unread, table_of
from server.content.words import is_whole, read_page

Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,80}\Z")]
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SIGN: Final = re.compile(r"[#>*+\-\\]")
_TOP: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)


class Source(msgspec.Struct, frozen=True):
    """The texts of the two files: `exercise.toml` and `en.md`."""

    structure: str
    words: str


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one step: what is read, and the words of its list."""

    text: str = ""
    slots: dict[Name, str] = {}


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the two files say. `parts` are the words by the id of their step."""

    head: dict[str, object]
    steps: list[dict[str, object]]
    title: str
    summary: str
    caution: str
    parts: dict[Name, Part]


def form_of(source: Source) -> Form | None:
    """The form of two texts; None when they can't be read, or it would not hold all they say."""
    try:
        table = table_of(source.structure)
    except Unread:
        return None
    written = table.pop("steps", None)
    steps = cast("list[object]", written) if isinstance(written, list) else None
    if steps is None or not is_whole(source.words) or not all(_has_id(step) for step in steps):
        return None
    page, _ = read_page(source.words)
    parts = {name: Part(section.text, dict(section.slots)) for name, section in page.sections.items()}
    if not all(_BARE.fullmatch(name) for name in parts):
        return None
    return Form(
        head=table,
        steps=cast("list[dict[str, object]]", steps),
        title=page.title,
        summary=page.summary,
        caution=page.caution,
        parts=parts,
    )


def source_of(form: Form) -> Source:
    """The two texts of a form. ValueError when it holds what no file can."""
    order = [str(step.get("id")) for step in form.steps]
    names = sorted(form.parts, key=lambda name: order.index(name) if name in order else -1)
    page = Page(
        form.title,
        form.summary,
        form.caution,
        {name: Section(form.parts[name].text, form.parts[name].slots) for name in names},
    )
    return Source(toml(form.head, form.steps), markdown(page))


def placed(source: Source, exercise_id: str, version: int) -> Source:
    """The source under this id and version, whatever it said before: the two are not its author's to choose."""
    top = _TOP.search(source.structure)
    cut = top.start() if top else len(source.structure)
    head, rest = source.structure[:cut], source.structure[cut:]
    for key, value in (("version", str(version)), ("id", f'"{exercise_id}"')):
        line = f"{key} = {value}"
        pattern = re.compile(rf"^[ \t]*{key}[ \t]*=.*$", re.MULTILINE)
        head = pattern.sub(line, head, count=1) if pattern.search(head) else f"{line}\n{head}"
    return Source(head + rest, source.words)


def toml(head: Mapping[str, object], steps: Iterable[Mapping[str, object]]) -> str:
    """An exercise.toml: keys, then tables, then the steps, each on lines of its own."""
    plain = {name: value for name, value in head.items() if not isinstance(value, dict)}
    tables = {name: cast("dict[str, object]", value) for name, value in head.items() if isinstance(value, dict)}
    blocks = [_lines(plain)]
    for name, table in tables.items():
        if table and all(isinstance(value, dict) for value in table.values()):
            blocks += [f"[{_key(name)}.{_key(each)}]\n{_lines(cast(_Table, inner))}" for each, inner in table.items()]
        else:
            blocks.append(f"[{_key(name)}]\n{_lines(table)}")
    return "\n".join([*blocks, *(f"[[steps]]\n{_lines(step)}" for step in steps)])


def markdown(page: Page) -> str:
    """A file of words that reads as this page."""
    blocks = [f"# {_joined(page.title)}", _paragraphs(page.summary)]
    blocks += [f"> {_joined(part)}" for part in page.caution.split("\n\n") if part.strip()]
    for name, section in page.sections.items():
        slots = "\n".join(f"- {slot}: {_joined(words)}".rstrip() for slot, words in section.slots.items())
        blocks += [f"## {name}", _paragraphs(section.text), slots]
    return "\n\n".join(block for block in blocks if block) + "\n"


_Table = Mapping[str, object]


def _has_id(step: object) -> bool:
    found = cast("dict[str, object]", step).get("id") if isinstance(step, dict) else None
    return isinstance(found, str) and _BARE.fullmatch(found) is not None


def _joined(words: str) -> str:
    return " ".join(words.split())


def _paragraphs(text: str) -> str:
    parts = [_joined(part) for part in re.split(r"\n[ \t]*\n", text)]
    return "\n\n".join(f"\\{part}" if _SIGN.match(part) else part for part in parts if part)


def _lines(table: Mapping[str, object]) -> str:
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in table.items() if value is not None)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in cast('list[object]', value))}]"
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(name)} = {_value(each)}" for name, each in cast(_Table, value).items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    raise ValueError("no file holds this")


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04X}", escaped) + '"'
