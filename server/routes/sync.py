"""`POST /api/sync`: both directions in one round trip."""

from collections.abc import Sequence
from typing import Final

import brotli
import msgspec
from litestar import Request, post
from litestar.datastructures import State
from litestar.enums import MediaType
from litestar.openapi.datastructures import ResponseSpec
from litestar.response.base import ASGIResponse

from server.errors import Malformed, NoRoom, TooOften
from server.merge import Cursor, parse_cursor
from server.models import Millis, Record, Result, Viewer
from server.rates import Rates
from server.routes.dependencies import must_be_client
from server.routes.exercises import accepts_brotli
from server.routes.ops import read
from server.store.op import Op, Outcome
from server.store.readiness import Room
from server.store.sync import Pull, Reset, Sync, Synced

WORTH_PACKING: Final = 2_000
"""Bytes of an answer from which on it is compressed: less fits into a packet or two anyway."""


class SyncAnswer(msgspec.Struct, kw_only=True):
    """What a phone is told. `results[i]` answers `ops[i]`."""

    epochs: list[tuple[str, int]]
    reset: Reset | None
    results: list[Result]
    records: list[Record]
    cursor: str
    more: bool
    now: Millis


@post(
    "/api/sync",
    status_code=200,
    responses={200: ResponseSpec(SyncAnswer, generate_examples=False)},
)
async def exchange(request: Request[Viewer, object, State]) -> ASGIResponse:
    """Send what is waiting, receive what changed. Sending the same op again changes nothing. The body is a
    `SyncRequest`; an op that can't be read does not stop its neighbours."""
    # Taken from the request and asked here, not injected and guarded: that takes a third of this route's rate.
    must_be_client(request.user)
    sync: Sync = request.app.state.sync
    now: Millis = request.app.state.clock()
    _at_its_pace(request.app.state.rates, request.user, now)
    said = read(await request.body())
    cursor = _cursor(said.cursor)
    floor = cursor.floor if cursor else 0
    pull = Pull(cursor=cursor.rev if cursor else None, floor=floor, limit=said.limit, zone=said.zone)
    ops = [op for op in said.ops if isinstance(op, Op)]
    room: Room = request.app.state.room
    if any(op.action == "put" for op in ops) and room.low(now):
        await sync.exchange(request.user, pull, _freeing(ops), now)
        raise NoRoom()
    synced = await sync.exchange(request.user, pull, ops, now)
    return _packed(_answer(said.ops, synced, now), request.headers.get("accept-encoding", ""))


def _at_its_pace(rates: Rates, viewer: Viewer, now: Millis) -> None:
    """Each device has its own pace, and is told when to come back."""
    wait = rates.wait(viewer.login, now)
    if wait:
        raise TooOften(retry_after=-(-wait // 1000))


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


def _packed(answer: SyncAnswer, accepted: str) -> ASGIResponse:
    """The answer as it travels: a page of records at a fifth of its size, for a twentieth of a millisecond."""
    plain = _encode(answer)
    if len(plain) < WORTH_PACKING or not accepts_brotli(accepted):
        return ASGIResponse(body=plain, media_type=MediaType.JSON)
    packed = brotli.compress(plain, mode=brotli.MODE_TEXT, quality=1)
    return ASGIResponse(
        body=packed, media_type=MediaType.JSON, headers={"content-encoding": "br", "vary": "accept-encoding"}
    )


_encode = msgspec.json.Encoder().encode


def _cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    cursor = parse_cursor(text)
    if cursor is None:
        raise Malformed("`cursor` must be one the server gave, or null. Nothing was saved; ask again from null.")
    return cursor


def _result(op: Op, outcome: Outcome) -> Result:
    return Result(
        op=op.id,
        status=outcome.status,
        rev=str(outcome.rev) if outcome.rev else None,
        copy=outcome.copy,
        reason=outcome.reason,
    )
