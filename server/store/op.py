"""An op: one wish of an author about one record; what became of it; and the bytes by which two can be compared."""

import msgspec

from server.merge import Action, Rev
from server.models import Audience, Millis, Status
from server.sealing import bind


class Op(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One wish of an author about one record, checked and ready. `body` is None for delete and withdraw."""

    id: str
    record: str
    kind: str
    action: Action
    base: Rev | None
    schema: int = 1
    audience: Audience = "me"
    felt_at: Millis | None = None
    zone: str | None = None
    day: str | None = None
    body: bytes | None = None
    conflict_of: str | None = None
    """The record that a new one is a copy of. It is no part of what the op says: of one that comes again, from whoever
    does not say it, the first holds."""
    over: Rev | None = None
    """Of an ending that is repeated after a restore: the lost version that it was the end of. None: all that was
    lost."""
    asked: bytes | None = None
    """What the author sent, where the server made the rest of the op from it: sending it again later is the same."""


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What became of an op."""

    status: Status
    rev: Rev | None = None
    copy: str | None = None
    reason: str | None = None


def content_of(op: Op) -> bytes:
    """What an op says, apart from its id, its record and its base: equal bytes, equal content."""
    said = bind(op.action, op.kind, op.schema, op.audience, op.felt_at, op.zone, op.day)
    return said + (op.body or b"")


def told(op: Op, content: bytes) -> bytes:
    """All that an op says but its id, from the digest of its content: what must be the same when it comes again."""
    if op.asked is not None:
        return bind(op.record, op.action) + op.asked
    return bind(op.record, op.action, str(op.base) if op.base else None) + content


def place(client_id: str, record: str, kind: str, schema: int, audience: Audience, op: str) -> bytes:
    """What the body of a record is sealed for."""
    return bind(client_id, record, kind, schema, audience, op)
