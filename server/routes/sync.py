"""`POST /api/sync`: both directions in one round trip."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import brotli
import msgspec
from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.enums import MediaType
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import RawBody
from msgspec import Meta, Raw

from server import bodies
from server.errors import Malformed, NoRoom, TooLarge, TooOften
from server.merge import Cursor, Rev, parse_cursor, parse_rev
from server.models import Audience, Millis, Record, Result, Strict, Viewer
from server.rates import Rates
from server.routes.dependencies import Connection, client_only
from server.routes.exercises import accepts_brotli
from server.store.journal import Op, Outcome
from server.store.readiness import Room
from server.store.sync import Pull, Reset, Sync, Synced
from server.wellformed import MOST_DEEP, mended, too_deep

BODY_LIMIT: Final = 64 * 1024
MOST_OPS: Final = 200
WORTH_PACKING: Final = 2_000
"""Bytes of an answer from which on it is compressed: less fits into a packet or two anyway."""
Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")]
Kind = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]
Revision = Annotated[str, Meta(max_length=60)]
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
    ops: list[Raw] = []


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


async def _not_too_often(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard: each device has its own pace, and is told when to come back."""
    state = connection.app.state
    rates: Rates = state.rates
    assert isinstance(connection.user, Viewer)
    wait = rates.wait(connection.user.login, state.clock())
    if wait:
        raise TooOften(retry_after=-(-wait // 1000))


@post(
    "/api/sync",
    guards=[client_only, _not_too_often],
    status_code=200,
    responses={200: ResponseSpec(SyncAnswer, generate_examples=False)},
)
async def exchange(
    body: RawBody,
    request: Request[Viewer, object, State],
) -> Response[bytes]:
    """Send what is waiting, receive what changed. Sending the same op again changes nothing. The body is a
    `SyncRequest`; each op is read alone, so that one that can't be read does not stop its neighbours."""
    # Taken from the request, not injected: a task group for each injected value takes a quarter of this route's rate.
    sync: Sync = request.app.state.sync
    now: Millis = request.app.state.clock()
    data = _decoded(body)
    read = [_read(raw) for raw in data.ops]
    cursor = _cursor(data.cursor)
    floor = cursor.floor if cursor else 0
    pull = Pull(cursor=cursor.rev if cursor else None, floor=floor, limit=data.limit, zone=data.zone)
    ops = [op for op in read if isinstance(op, Op)]
    room: Room = request.app.state.room
    if any(op.action == "put" for op in ops) and room.low(now):
        await sync.exchange(request.user, pull, _freeing(ops), now)
        raise NoRoom()
    synced = await sync.exchange(request.user, pull, ops, now)
    return _packed(_answer(read, synced, now), request.headers.get("accept-encoding", ""))


def _freeing(ops: Sequence[Op]) -> list[Op]:
    """What makes room and waits for nothing else in the batch. Sent again with the rest, it changes nothing."""
    written = {op.record for op in ops if op.action == "put"}
    return [op for op in ops if op.record not in written]


def _answer(read: Sequence[Op | Result], synced: Synced, now: Millis) -> SyncAnswer:
    outcomes = iter(synced.outcomes)
    return SyncAnswer(
        epochs=synced.epochs,
        reset=synced.reset,
        results=[_result(op, next(outcomes)) if isinstance(op, Op) else op for op in read],
        records=synced.records,
        cursor=str(Cursor(synced.cursor, synced.floor)),
        more=synced.more,
        now=now,
    )


def _packed(answer: SyncAnswer, accepted: str) -> Response[bytes]:
    """The answer as it travels: a page of records at a fifth of its size, for a twentieth of a millisecond."""
    plain = _encode(answer)
    if len(plain) < WORTH_PACKING or not accepts_brotli(accepted):
        return Response(plain, media_type=MediaType.JSON)
    packed = brotli.compress(plain, mode=brotli.MODE_TEXT, quality=1)
    return Response(packed, media_type=MediaType.JSON, headers={"content-encoding": "br", "vary": "accept-encoding"})


_encode = msgspec.json.Encoder().encode
_request = msgspec.json.Decoder(SyncRequest)
_op = msgspec.json.Decoder(Put | Delete | Withdraw)
_any = msgspec.json.Decoder(dict[str, object])
_kinds: Final = {kind: msgspec.json.Decoder(body) for kind, body in bodies.KINDS.items()}


class _Name(msgspec.Struct):
    id: Id


_name = msgspec.json.Decoder(_Name)


def _decoded(body: bytes) -> SyncRequest:
    try:
        if not body.isascii():
            body.decode()  # what no reader looks into is checked nowhere else
        data = _whole(body)
    except UnicodeDecodeError as problem:
        raise Malformed("The request is not UTF-8 text the server can read. Nothing was changed.") from problem
    if len(data.ops) > MOST_OPS:
        raise TooLarge(
            f"These are {len(data.ops)} changes at once, and the server takes {MOST_OPS}. Nothing of it was saved, and "
            "nothing is lost: it is still on this device, which sends what waits in smaller parts by itself."
        )
    return data


def _whole(body: bytes) -> SyncRequest:
    try:
        return _request.decode(body)
    except msgspec.DecodeError:
        better = mended(body)
        if better == body:
            raise
        return _request.decode(better)


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
    if too_deep(body):
        raise Unfit(f"This entry is nested more than {MOST_DEEP} levels deep. It is safe on this phone.")
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


def _cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    cursor = parse_cursor(text)
    if cursor is None:
        raise Malformed("`cursor` must be one the server gave, or null. Nothing was saved; ask again from null.")
    return cursor


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
