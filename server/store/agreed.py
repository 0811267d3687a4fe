"""What says who may see a client's journal, as the ledger keeps it: a restore must not open what was closed since.

It is put back whole, by the op by which every device sends that version again. So it is as if the phone that said it
had come first: others that know less don't overrule it, and what follows on it goes on.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from server.database import Tx
from server.merge import Rev
from server.models import Audience, Millis, Role
from server.sealing import SealingKey, bind
from server.store import counter, records
from server.store.counter import Head
from server.store.known_ids import known_id
from server.store.ledger import Agreed
from server.store.op import Op
from server.store.records import Stored

_NAMES: Final = ("sharing", "freeze", "freeze-answer", "relationship-answer", "supervision-answer")
_KINDS: Final = frozenset({"preference", "freeze"})


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """An op, apart from its ids."""

    kind: str
    schema: int
    audience: Audience
    felt_at: Millis | None
    zone: str | None
    day: str | None
    body: msgspec.Raw


def is_agreed(client_id: str, op: Op) -> bool:
    """Whether the op says who may see what."""
    return op.kind in _KINDS and op.action == "put" and op.record in _ids(client_id)


def noted(key: SealingKey, client_id: str, author: Role, op: Op, head: Head, rev: Rev) -> Agreed:
    """What the ledger keeps of an op that stands at this revision."""
    said = _Said(
        kind=op.kind,
        schema=op.schema,
        audience=op.audience,
        felt_at=op.felt_at,
        zone=op.zone,
        day=op.day,
        body=msgspec.Raw(op.body or b"null"),
    )
    sealed = key.seal(_place(client_id, op.record), msgspec.json.encode(said))
    return Agreed(record=op.record, author=author, epoch=rev.epoch, ord=head.place(rev.epoch), seq=rev.seq, said=sealed)


def op_of(key: SealingKey, client_id: str, kept: Agreed, id: str, base: Rev | None) -> Op:
    """The op that says it again; `Unreadable` when it was damaged."""
    said = msgspec.json.decode(key.open(_place(client_id, kept.record), kept.said), type=_Said)
    return Op(
        id=id,
        record=kept.record,
        kind=said.kind,
        action="put",
        base=base,
        schema=said.schema,
        audience=said.audience,
        felt_at=said.felt_at,
        zone=said.zone,
        day=said.day,
        body=bytes(said.body),
    )


def standing(tx: Tx, client_id: str, key: SealingKey) -> list[Agreed]:
    """What a journal says now; what can't be read is left out."""
    head = counter.peek(tx, client_id)
    found = records.some(tx, client_id, _ids(client_id)).values()
    ops = [(op, one) for one in found if (op := _as_op(key, client_id, one)) is not None]
    return [noted(key, client_id, one.author, op, head, one.rev) for op, one in ops if is_agreed(client_id, op)]


def _as_op(key: SealingKey, client_id: str, stored: Stored) -> Op | None:
    said = records.travelling(key, client_id, stored)
    if not isinstance(said.body, msgspec.Raw):
        return None
    return Op(
        id=stored.op,
        record=stored.id,
        kind=stored.kind,
        action="put",
        base=None,
        schema=stored.schema,
        audience=stored.audience,
        felt_at=stored.felt_at,
        zone=stored.zone,
        day=stored.day,
        body=bytes(said.body),
    )


def _ids(client_id: str) -> Sequence[str]:
    return [known_id(name, client_id) for name in _NAMES]


def _place(client_id: str, record: str) -> bytes:
    """What it is sealed for."""
    return bind("agreed", client_id, record)
