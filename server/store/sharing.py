"""What a client agreed to share, as far as the server has to know it: with whom, since when, and whether it rests.

What a client says is a record like any other, one a client, under an id that each of their devices can work out: two
phones that change it change the same one. It is read again for every request, so it holds from the next one on. One
that can't be read counts as a no: nothing is shown that may not be meant to.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeVar

import msgspec

from server.database import Tx
from server.errors import NotFound
from server.models import Role
from server.sealing import SealingKey, Unreadable
from server.store import records
from server.store.known_ids import known_id
from server.store.records import Stored
from server.store.scope import Choice, Scope
from server.store.values import as_int

KIND: Final = "preference"
S = TypeVar("S", bound=msgspec.Struct)


class Agreement(msgspec.Struct, frozen=True):
    """Whether sharing is paused, and the parts of an entry that are agreed to be shared or not."""

    paused: bool = False
    fields: dict[str, bool] = {}

    @property
    def not_shared(self) -> tuple[str, ...]:
        """The parts that are not, in a fixed order."""
        return tuple(sorted(field for field, agreed in self.fields.items() if not agreed))


class Answer(msgspec.Struct, frozen=True):
    """What the client answered when another therapist came, and to which question."""

    to: str = ""
    choice: Literal["all", "today", "nothing"] = "nothing"
    day: str = ""


class Frozen(msgspec.Struct, frozen=True):
    """That everything rests, as the therapist set it (`id` names the step), or the client did."""

    on: bool = False
    id: str = ""
    lifted: str = ""
    """The step of the therapist's that the client ended."""


def id_of(client_id: str) -> str:
    """The id of the client's agreement on sharing."""
    return known_id("sharing", client_id)


def agreement(tx: Tx, key: SealingKey, client_id: str) -> Agreement:
    """What the client agreed to. One that can't be read counts as paused."""
    said = records.one(tx, client_id, id_of(client_id))
    return _read(said, key, client_id, Agreement, Agreement(paused=True)) or Agreement()


def scope(tx: Tx, key: SealingKey, therapist_id: str, client_id: str) -> Scope:
    """What the therapist is shown of the client. `NotFound` without a live relationship."""
    row = tx.one(
        "SELECT since, asked FROM relationship WHERE client_id = :client AND therapist_id = :therapist "
        "AND until IS NULL",
        client=client_id,
        therapist=therapist_id,
    )
    if row is None:
        raise NotFound()
    ids = {name: known_id(name, client_id) for name in ("sharing", "freeze", "freeze-answer", "relationship-answer")}
    found = records.some(tx, client_id, list(ids.values()))
    said = {name: found[id] for name, id in ids.items() if id in found}
    agreed = _read(said.get("sharing"), key, client_id, Agreement, Agreement(paused=True)) or Agreement()
    rests = Scope(paused=agreed.paused, frozen=_frozen(said, key, client_id))
    return rests if row[1] is None else _answered(rests, said, key, client_id, str(row[1]), as_int(row[0]))


def _answered(rests: Scope, said: Mapping[str, Stored], key: SealingKey, client: str, asked: str, since: int) -> Scope:
    stored = said.get("relationship-answer")
    answer = _read(stored, key, client, Answer, Answer(to=asked))
    if answer is None or answer.to != asked or stored is None:
        return msgspec.structs.replace(rests, choice="asked", begun=since)
    if answer.choice == "today" and answer.day:
        return msgspec.structs.replace(rests, choice="today", begun=since, day=answer.day, seq=stored.rev.seq)
    choice: Choice = "all" if answer.choice == "all" else "nothing"
    return msgspec.structs.replace(rests, choice=choice, begun=since)


def _frozen(said: Mapping[str, Stored], key: SealingKey, client: str) -> bool:
    """Whoever set it, only the client ends it."""
    theirs = _read(said.get("freeze"), key, client, Frozen, Frozen(on=True, id="unreadable"), "therapist") or Frozen()
    own = _read(said.get("freeze-answer"), key, client, Frozen, Frozen(on=True)) or Frozen()
    return own.on or (theirs.on and own.lifted != theirs.id)


def _read(
    stored: Stored | None, key: SealingKey, client: str, shape: type[S], unreadable: S, author: Role = "client"
) -> S | None:
    if stored is None or stored.author != author or (author == "client" and stored.kind != KIND):
        return None
    try:
        body = records.opened(key, client, stored)
        return None if body is None else msgspec.json.decode(body, type=shape)
    except (Unreadable, msgspec.ValidationError):
        return unreadable


def answered(tx: Tx, key: SealingKey, client_id: str, name: str, shape: type[S], unreadable: S) -> S | None:
    """What the client answered under this name; None where they did not."""
    return _read(records.one(tx, client_id, known_id(name, client_id)), key, client_id, shape, unreadable)
