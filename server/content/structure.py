"""Reads an exercise.toml as a table, whoever wrote it: what would take the parser long or deep is refused first."""

import re
import tomllib
from typing import Final, cast

MOST_DEEP: Final = 8
"""Levels of tables and lists; no exercise needs more than five."""
MOST_DOTS: Final = 40
"""Dots in a line. The parser's time grows with the square of a key's parts: 20,000 of them took eight seconds."""


class Unread(Exception):
    """Why the text can't be read, as the end of a sentence about its file."""


def table_of(text: str) -> dict[str, object]:
    """What the text says. `Unread` when it can't be read."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > MOST_DOTS:
            raise Unread(f"line {number} has more than {MOST_DOTS} dots. Take some out.")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unread(
            f"the file can't be read: {_where(str(error))}. Look for a missing quote, comma or bracket."
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list inside a list inside ...
        raise Unread("the file can't be read: something in it has no end. Look for what is very long.") from error
    if _depth(table) > MOST_DEEP:
        raise Unread(f"there are more than {MOST_DEEP} lists and tables inside each other. Take some out.")
    return table


def _where(message: str) -> str:
    """ "line 3: Expected '=' after a key", from the parser's message."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message)
    return f"line {found.group(2)}: {found.group(1)}" if found else message


def _depth(table: dict[str, object]) -> int:
    """How many lists and tables are inside each other, as far as it matters."""
    level: list[object] = [table]
    depth = 0
    while level and depth <= MOST_DEEP:
        depth += 1
        inside = [list(cast("dict[str, object]", one).values()) if isinstance(one, dict) else one for one in level]
        level = [each for part in inside for each in cast("list[object]", part) if isinstance(each, dict | list)]
    return depth
