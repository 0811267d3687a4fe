"""One SQL text, two engines: placeholders and the few words that differ. Each text is translated once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, Literal, cast

import msgspec

from server.database.door import Param, Value
from server.database.errors import StatementFailed

Engine = Literal["sqlite", "postgresql"]

_TOKEN: Final = re.compile(
    r"""(?P<text>'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/)
      | (?P<cast>::)
      | :(?P<name>[A-Za-z_]\w*)
      | \{in:(?P<list>[A-Za-z_]\w*)\}
      | \{(?P<word>[^{}]*)\}
      | (?P<end>;)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final[dict[Engine, dict[str, str]]] = {
    "sqlite": {"bytes": "BLOB", "skip_locked": "", "clustered": "WITHOUT ROWID"},
    "postgresql": {"bytes": "BYTEA", "skip_locked": "FOR UPDATE SKIP LOCKED", "clustered": ""},
}
_CONTROL: Final = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*"
    r"(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PRAGMA|ATTACH|DETACH|VACUUM)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A text as one engine wants it. `names` are its parameters as they appear, `lists` those of `{in:}`."""

    text: str
    names: tuple[str, ...]
    lists: frozenset[str]
    pick: Callable[[Mapping[str, Value]], tuple[Value, ...]]
    """The values of one row, in the order of `names`."""

    def positional(self, params: Mapping[str, Param]) -> tuple[Value, ...]:
        """The values for SQLite; a list travels as JSON."""
        self.check(params)
        return tuple(_flat(params[name], name in self.lists) for name in self.names)

    def named(self, params: Mapping[str, Param]) -> dict[str, Param]:
        """The values for PostgreSQL; a list travels as an array."""
        self.check(params)
        return {**params, **{name: _array(params[name]) for name in self.lists}}

    def check(self, params: Mapping[str, Param]) -> None:
        """`StatementFailed` names the first parameter that has no value."""
        for name in self.names:
            if name not in params:
                raise StatementFailed(f"The statement needs a value for :{name}.")


@lru_cache(maxsize=2048)
def translate(sql: str, engine: Engine) -> Statement:
    """The statement for one engine; `StatementFailed` for a word the door doesn't know, or one that would begin or
    end a transaction."""
    if control := _CONTROL.match(sql):
        raise StatementFailed(f"The door begins and ends transactions itself; {control[1].upper()} is not for work.")
    names: list[str] = []
    lists: set[str] = set()
    parts: list[str] = []
    done = 0
    for token in _TOKEN.finditer(sql):
        parts.append(_plain(sql[done : token.start()], engine))
        parts.append(_token(token, engine, names, lists))
        done = token.end()
    parts.append(_plain(sql[done:], engine))
    return Statement("".join(parts), tuple(names), frozenset(lists), _picker(names))


def statements(script: str) -> list[str]:
    """The statements of a script, split at each `;` that is not inside a literal or a comment."""
    found: list[str] = []
    start = 0
    for end in [token.start() for token in _TOKEN.finditer(script) if token["end"]] + [len(script)]:
        statement = script[start:end].strip()
        start = end + 1
        if _says_something(statement):
            found.append(statement)
    return found


def _token(token: re.Match[str], engine: Engine, names: list[str], lists: set[str]) -> str:
    if name := token["name"]:
        names.append(name)
        return "?" if engine == "sqlite" else f"%({name})s"
    if name := token["list"]:
        names.append(name)
        lists.add(name)
        return "IN (SELECT value FROM json_each(?))" if engine == "sqlite" else f"= ANY(%({name})s)"
    if (word := token["word"]) is not None:
        if word not in _WORDS[engine]:
            raise StatementFailed(f"The door doesn't know {{{word}}}; it knows {{in:name}} and {_known()}.")
        return _WORDS[engine][word]
    return _plain(token[0], engine)


def _plain(text: str, engine: Engine) -> str:
    return text.replace("%", "%%") if engine == "postgresql" else text


def _known() -> str:
    return ", ".join(f"{{{word}}}" for word in _WORDS["sqlite"])


def _picker(names: list[str]) -> Callable[[Mapping[str, Value]], tuple[Value, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda row: tuple(row[name] for name in names)


def _flat(value: Param, is_list: bool) -> Value:
    if is_list:
        return msgspec.json.encode(_array(value)).decode()
    if value is None or isinstance(value, str | int | float | bytes):
        return value
    raise StatementFailed("A list can only be given to {in:name}.")


def _array(value: Param) -> list[str] | list[int]:
    if value is None or isinstance(value, str | int | float | bytes):
        raise StatementFailed("{in:name} needs a list.")
    return cast(list[str] | list[int], list(value))


def _says_something(statement: str) -> bool:
    return bool(re.sub(r"--[^\n]*|/\*.*?\*/", "", statement, flags=re.DOTALL).strip())
