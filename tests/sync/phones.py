"""The phones of the tests are the app's own: its pure rules, run by Node at the other end of a pipe."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tools.node import node

DRIVER: Final = Path(__file__).parents[2] / "pwa" / "tests" / "support" / "driver.ts"
Fields = Mapping[str, object]


class Row(msgspec.Struct, kw_only=True):
    """A record as a phone shows it."""

    id: str
    kind: str
    state: str
    rev: str | None
    base: str | None
    audience: str
    author: str
    deleted: bool
    felt_at: int | None
    body: dict[str, object] | None
    conflict_of: str | None
    own: bool
    expected: bool
    reason: str | None

    @property
    def word(self) -> str | None:
        """The word by which its text is known, None where there is no text."""
        name = "reason" if self.kind == "assignment" else "text"
        return None if self.deleted or self.body is None else str(self.body.get(name))

    @property
    def shared(self) -> bool:
        """Whether it is shown as something the server has, or is to have."""
        return self.audience != "me" and not self.deleted and self.body is not None


class Waiting(msgspec.Struct, kw_only=True):
    """An op in a phone's outbox."""

    id: str
    record: str
    state: str
    tries: int
    op: dict[str, object]


class _State(msgspec.Struct, kw_only=True):
    left: list[dict[str, object]] = []
    rows: list[Row] = []
    ops: list[Waiting] = []
    cursor: str | None = None
    kept: int = 0
    error: str | None = None


class Driver:
    """One Node process with as many phones as anyone wants."""

    def __init__(self) -> None:
        self._node = subprocess.Popen([node(), str(DRIVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._decoder = msgspec.json.Decoder(_State)

    def ask(self, said: Fields) -> _State:
        """One phone does one thing."""
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(said).encode() + b"\n")
        self._node.stdin.flush()
        state = self._decoder.decode(self._node.stdout.readline())
        if state.error is not None:
            raise RuntimeError(state.error)
        return state

    def end(self) -> None:
        """Switch all phones off."""
        self._node.communicate(timeout=20)


class Phone:
    """One phone. `rows` and `ops` are what it shows and what waits, oldest first."""

    def __init__(self, driver: Driver, name: str) -> None:
        self._driver, self._name = driver, name
        self.rows: dict[str, Row] = {}
        self.ops: list[Waiting] = []
        self.cursor: str | None = None
        self.kept = 0

    def save(self, record: str, said: Fields, op: str | None = None) -> None:
        """Save a text; `said` has body, kind, audience, base and felt_at."""
        self._do("save", id=record, **dict(said), **({"op": op} if op else {}))

    def remove(self, record: str) -> None:
        """Delete a record."""
        self._do("remove", id=record)

    def withdraw(self, record: str) -> None:
        """Take back a share."""
        self._do("withdraw", id=record)

    def leave(self, most: int) -> list[dict[str, object]]:
        """Hand the next ops to the network."""
        return self._do("leave", most=most)

    def receive(self, sent: Sequence[Fields], answer: object) -> None:
        """Take in an answer."""
        self._do("receive", sent=list(sent), answer=answer)

    def forget(self) -> None:
        """Throw the phone away."""
        self._do("forget")

    def shown(self) -> list[Row]:
        """What it shows: its records that hold a text."""
        return [row for row in self.rows.values() if row.word is not None]

    def _do(self, what: str, **said: object) -> list[dict[str, object]]:
        state = self._driver.ask({"phone": self._name, "do": what, **said})
        self.rows = {row.id: row for row in state.rows}
        self.ops, self.cursor, self.kept = state.ops, state.cursor, state.kept
        return state.left
