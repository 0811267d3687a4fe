"""`POST /api/sync`: both directions in one round trip."""

from typing import Annotated, Final, Literal

import msgspec
from litestar import Request, post
from litestar.datastructures import State
from litestar.params import RawBody
from msgspec import Meta, Raw

from server import bodies
from server.errors import Malformed
from server.merge import Rev, parse_rev
from server.models import Audience, Millis, Record, Result, Strict, Viewer
from server.routes.dependencies import client_only
from server.store.journal import Op, Outcome
from server.store.sync import Pull, Reset, Sync

BODY_LIMIT: Final = 64 * 1024
Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")]
Kind = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]
Revision = Annotated[str, Meta(max_length=40)]
Zone = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_+\-/]{1,64}\Z")]
Instant = Annotated[int, Meta(ge=-62_135_596_800_000, le=253_402_300_799_000)]


class _Said(Strict, tag_field="action", frozen=True):
    id: Id
    record: Id
    kind: Kind
    base: Revision | None


class Put(_Said, tag="put", frozen=True):
    """Save what a record says."""

    body: Raw
    audience: Audience
    schema: Annotated[int, Meta(ge=1, le=1_000)] = 1
    felt_at: Instant | None = None
    zone: Zone | None = None
    day: bodies.Day | None = None


class Delete(_Said, tag="delete", frozen=True):
    """Delete a record; nothing of it stays but that it is gone."""


class Withdraw(_Said, tag="withdraw", frozen=True):
    """Take back a share: the server forgets what the record says, the phone keeps it."""


class SyncRequest(Strict, frozen=True):
    """What a phone sends."""

    cursor: Revision | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 200
    zone: Zone | None = None
    ops: Annotated[list[Raw], Meta(max_length=200)] = []


class SyncAnswer(msgspec.Struct, kw_only=True):
    """What a phone is told. `results[i]` answers `ops[i]`."""

    epochs: list[tuple[str, int]]
    reset: Reset | None
    results: list[Result]
    records: list[Record]
    cursor: str
    more: bool
    now: Millis


class Unfit(Exception):
    """An op that can't be taken; its sentence goes back with it, its neighbours go through."""


@post("/api/sync", guards=[client_only], status_code=200)
async def exchange(
    body: RawBody,
    request: Request[Viewer, object, State],
) -> SyncAnswer:
    """Send what is waiting, receive what changed. Sending the same op again changes nothing. The body is a
    `SyncRequest`; each op is read alone, so that one that can't be read does not stop its neighbours."""
    # Taken from the request, not injected: a task group for each injected value takes a quarter of this route's rate.
    sync: Sync = request.app.state.sync
    now: Millis = request.app.state.clock()
    data = _decoded(body)
    read = [_read(raw) for raw in data.ops]
    pull = Pull(cursor=_cursor(data.cursor), limit=data.limit, zone=data.zone)
    synced = await sync.exchange(request.user, pull, [op for op in read if isinstance(op, Op)], now)
    outcomes = iter(synced.outcomes)
    return SyncAnswer(
        epochs=synced.epochs,
        reset=synced.reset,
        results=[_result(op, next(outcomes)) if isinstance(op, Op) else op for op in read],
        records=synced.records,
        cursor=str(synced.cursor),
        more=synced.more,
        now=now,
    )


_request = msgspec.json.Decoder(SyncRequest)
_op = msgspec.json.Decoder(Put | Delete | Withdraw)
_any = msgspec.json.Decoder(dict[str, object])
_kinds: Final = {kind: msgspec.json.Decoder(body) for kind, body in bodies.KINDS.items()}


class _Name(msgspec.Struct):
    id: Id


_name = msgspec.json.Decoder(_Name)


def _decoded(body: bytes) -> SyncRequest:
    try:
        return _request.decode(body)
    except UnicodeDecodeError as problem:
        raise Malformed("The request is not UTF-8 text the server can read. Nothing was changed.") from problem


def _read(raw: Raw) -> Op | Result:
    """The op, ready to apply, or its refusal."""
    try:
        said = _op.decode(raw)
        base = None if said.base is None else _revision(said.base)
        if isinstance(said, Put):
            return _put(said, base)
        action: Literal["delete", "withdraw"] = "delete" if isinstance(said, Delete) else "withdraw"
        return Op(id=said.id, record=said.record, kind=said.kind, action=action, base=base)
    except (msgspec.DecodeError, Unfit, RecursionError, UnicodeDecodeError) as problem:
        return Result(op=_named(raw), status="refused", reason=_reason(problem))


def _put(said: Put, base: Rev | None) -> Op:
    if said.kind in bodies.THERAPIST_KINDS:
        raise Unfit(f"A {said.kind} is written by the therapist, so a phone can't save one.")
    if said.audience == "me":
        raise Unfit("What is only for you stays on this phone for now. It was not sent and is not lost.")
    body = bytes(said.body)
    if len(body) > BODY_LIMIT:
        raise Unfit("This entry is longer than 64 KB. It is safe on this phone; shorten it to send it.")
    _kinds.get(said.kind, _any).decode(body) if said.schema == 1 else _any.decode(body)
    return Op(
        id=said.id,
        record=said.record,
        kind=said.kind,
        action="put",
        base=base,
        schema=said.schema,
        audience=said.audience,
        felt_at=said.felt_at,
        zone=said.zone,
        day=said.day,
        body=body,
    )


def _revision(text: str) -> Rev:
    rev = parse_rev(text)
    if rev is None:
        raise Unfit("`base` must be a revision the server gave, or null for something new.")
    return rev


def _cursor(text: str | None) -> Rev | None:
    if text is None:
        return None
    rev = parse_rev(text)
    if rev is None:
        raise Malformed("`cursor` must be one the server gave, or null. Nothing was saved; ask again from null.")
    return rev


def _named(raw: Raw) -> str | None:
    try:
        return _name.decode(raw).id
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _reason(problem: Exception) -> str:
    if isinstance(problem, Unfit):
        return str(problem)
    if isinstance(problem, msgspec.DecodeError):
        return f"The server can't read this entry ({problem}). It is safe on this phone."
    return "The server can't read this entry. It is safe on this phone."


def _result(op: Op, outcome: Outcome) -> Result:
    return Result(
        op=op.id,
        status=outcome.status,
        rev=str(outcome.rev) if outcome.rev else None,
        copy=outcome.copy,
        reason=outcome.reason,
    )
