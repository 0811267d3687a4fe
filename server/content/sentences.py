"""Turns data from a file into a Struct, and what doesn't fit into ends of the sentence "<file or step> ..."."""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo, fields

T = TypeVar("T", bound=msgspec.Struct)
KINDS = {
    "str": 'text in "quotes"',
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table in { }",
}
PATTERNS = {
    "^[a-z][a-z0-9_]*$": "small letters, digits and _ (like my_place)",
    "^[a-z][a-z0-9-]*$": "small letters, digits and - (like calm-place)",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": 'a time like "09:00"',
}


def shaped(data: Mapping[str, object], kind: type[T]) -> tuple[T | None, list[str]]:
    """The Struct, or None and what is wrong, each the end of a sentence."""
    wrong = [*_unknown(data, kind), *_missing(data, kind)]
    if wrong:
        return None, wrong
    try:
        return msgspec.convert(data, kind), []
    except msgspec.ValidationError as error:
        return None, [_told(str(error), data, kind)]


def near(name: str, known: Iterable[str]) -> str:
    """ " Did you mean `x`?" when something known is spelt much the same, else nothing."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean `{found[0]}`?" if found else ""


def listed(names: Iterable[str], word: str = "and") -> str:
    """ "`a`, `b` and `c`"."""
    quoted = [f"`{name}`" for name in names]
    return f" {word} ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


@cache
def _described(kind: type[msgspec.Struct]) -> tuple[FieldInfo, ...]:
    """To ask anew for each step of each exercise took a fifth of a server's start."""
    return fields(kind)


def _fields(kind: type[msgspec.Struct]) -> list[str]:
    tag = [kind.__struct_config__.tag_field] if kind.__struct_config__.tag_field else []
    return [*tag, *(field.encode_name for field in _described(kind))]


def _unknown(data: Mapping[str, object], kind: type[msgspec.Struct]) -> list[str]:
    known = _fields(kind)
    return [f"has the key `{key}`, which is not one it can have.{near(key, known)}" for key in data if key not in known]


def _missing(data: Mapping[str, object], kind: type[msgspec.Struct]) -> list[str]:
    return [
        f"lacks `{field.encode_name}`. Add a line `{field.encode_name} = ...`."
        for field in _described(kind)
        if field.required and field.encode_name not in data
    ]


def _told(message: str, data: Mapping[str, object], kind: type[msgspec.Struct]) -> str:
    """msgspec's message in an author's words."""
    what, _, path = message.partition(" - at `")
    keys = re.findall(r"[A-Za-z0-9_]+", path.removeprefix("key` in "))
    for pattern, tell in _TELL:
        if found := re.fullmatch(pattern, what):
            return tell(_place(keys, data), *found.groups()) + _allowed(keys, kind, what)
    return f"has something in {_place(keys, data)} that can't be read ({what})."


def _place(keys: list[str], data: object) -> str:
    """Where the path of an error leads, by the names an author wrote: "`v` of `annoyed`"."""
    at, owner = data, ""
    for key in keys:
        if isinstance(at, list):
            at = cast("list[object]", at)[int(key)]
            owner = str(_in(at, "id") or owner)
        else:
            at = _in(at, key)
    names = [key for key in keys if not key.isdigit()]
    if not names:
        return "one of its tables"
    return f"`{names[-1]}` of `{owner}`" if owner else f"`{'.'.join(names)}`"


def _in(table: object, key: str) -> object:
    return cast("dict[str, object]", table).get(key) if isinstance(table, dict) else None


def _allowed(keys: list[str], kind: type[msgspec.Struct], what: str) -> str:
    """The values a key can have, when it is a choice among a few."""
    field = next((field for field in msgspec.structs.fields(kind) if keys[:1] == [field.encode_name]), None)
    if field is None or not what.startswith("Invalid enum value"):
        return ""
    values = _literals(get_type_hints(kind)[field.name])
    return f" It can be {listed(values, 'or')}." if values else ""


def _literals(hint: object) -> list[str]:
    if get_origin(hint) is Literal:
        return [str(value) for value in get_args(hint)]
    return [value for part in get_args(hint) for value in _literals(part)]


def _kinds(names: str) -> str:
    return " or ".join(KINDS.get(name, name) for name in names.split(" | ") if name != "null")


def _type(name: str, expected: str, got: str) -> str:
    return f"has {KINDS.get(got, got)} in {name}, where {_kinds(expected)} goes."


def _pattern(name: str, pattern: str) -> str:
    return f"has something in {name} that is not {PATTERNS.get(pattern, 'in the right form')}."


def _bound(name: str, sign: str, number: str) -> str:
    if sign == ">=":
        return f"has a number in {name} that is too small. {number} is the least."
    return f"has a number in {name} that is too large. {number} is the most."


def _length(name: str, sign: str, number: str) -> str:
    return f"has too {'few' if '>' in sign else 'many'} entries in {name}: it needs {number}."


def _nested(name: str, key: str) -> str:
    return f"has the key `{key}` in {name}, which is not one it can have."


def _lacking(name: str, key: str) -> str:
    return f"lacks `{key}` in {name}."


def _value(name: str, value: str) -> str:
    return f"has `{value}` in {name}, which is not one it can have."


_TELL = (
    (r"Expected `([^`]+)`, got `([^`]+)`", _type),
    (r"Expected `str` matching regex '(.+)'", _pattern),
    (r"Expected `(?:int|float)` (>=|<=) (.+)", _bound),
    (r"Expected `array` of length (>=|<=) (\d+)", _length),
    (r"Object contains unknown field `(.+)`", _nested),
    (r"Object missing required field `(.+)`", _lacking),
    (r"Invalid enum value '?(.+?)'?", _value),
)
