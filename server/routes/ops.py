"""What a phone sends, read: the whole request at once where nothing is wrong with it, and otherwise each op alone, so
that one that can't be read does not stop its neighbours."""

import re
from functools import lru_cache
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Raw

from server import bodies
from server.errors import Malformed, TooLarge
from server.merge import Rev, parse_rev
from server.models import Audience, Result, Strict
from server.store.op import Op
from server.wellformed import MOST_DEEP, mended, too_deep

BODY_LIMIT: Final = 64 * 1024
MOST_OPS: Final = 200
Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")]
NewId = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")]
"""Of something new. Ids that everyone can work out belong to the one record they were made for."""
Revision = Annotated[str, Meta(max_length=60)]
Zone = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_+\-/]{1,64}\Z")]
Instant = Annotated[int, Meta(ge=-62_135_596_800_000, le=253_402_300_799_000)]


class _Said(Strict, tag_field="action", frozen=True, gc=False):
    """What every op says. Patterns are looked at in `_fit`: here each would cost more than all the rest."""

    id: str
    record: str
    kind: Annotated[str, Meta(max_length=40)]
    base: Revision | None


class Put(_Said, tag="put", frozen=True, gc=False):
    """Save what a record says."""

    body: Raw
    audience: Audience
    schema: Annotated[int, Meta(ge=1, le=1_000)] = 1
    felt_at: Instant | None = None
    zone: Annotated[str, Meta(max_length=64)] | None = None
    day: Annotated[str, Meta(max_length=10)] | None = None
    conflict_of: str | None = None


class Delete(_Said, tag="delete", frozen=True, gc=False):
    """Delete a record; nothing of it stays but that it is gone."""


class Withdraw(_Said, tag="withdraw", frozen=True, gc=False):
    """Take back a share: the server forgets what the record says, the phone keeps it."""


class _Asked(Strict, frozen=True):
    cursor: Revision | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 200
    zone: Zone | None = None


class _Whole(_Asked, frozen=True):
    ops: list[Put | Delete | Withdraw] = []


class _Apart(_Asked, frozen=True):
    ops: list[Raw] = []


class SyncRequest(msgspec.Struct, frozen=True):
    """What a phone asks, and its ops: each ready to apply, or refused already."""

    cursor: str | None
    limit: int
    zone: str | None
    ops: list[Op | Result]


class Unfit(Exception):
    """An op that can't be taken; its sentence goes back with it, its neighbours go through."""


_whole = msgspec.json.Decoder(_Whole)
_apart = msgspec.json.Decoder(_Apart)
_op = msgspec.json.Decoder(Put | Delete | Withdraw)
_any = msgspec.json.Decoder(dict[str, object])
_kinds: Final = {kind: msgspec.json.Decoder(body) for kind, body in bodies.KINDS.items()}


class _Name(msgspec.Struct):
    id: Id


_name = msgspec.json.Decoder(_Name)


def read(body: bytes) -> SyncRequest:
    """The request; `Malformed` or msgspec's error when it is none, `TooLarge` when there are too many ops."""
    try:
        if not body.isascii():
            body.decode()  # what no reader looks into is checked nowhere else
    except UnicodeDecodeError as problem:
        raise Malformed("The request is not UTF-8 text the server can read. Nothing was changed.") from problem
    try:
        said: _Whole | _Apart = _whole.decode(body)
    except (msgspec.DecodeError, RecursionError):
        said = _each_apart(body)
    if len(said.ops) > MOST_OPS:
        raise TooLarge(
            f"These are {len(said.ops)} changes at once, and the server takes {MOST_OPS}. Nothing of it was saved, and "
            "nothing is lost: it is still on this device, which sends what waits in smaller parts by itself."
        )
    return SyncRequest(said.cursor, said.limit, said.zone, [_read(op) for op in said.ops])


def _each_apart(body: bytes) -> _Apart:
    try:
        return _apart.decode(body)
    except msgspec.DecodeError:
        better = mended(body)
        if better == body:
            raise
        return _apart.decode(better)


def _read(said: Put | Delete | Withdraw | Raw) -> Op | Result:
    """The op, ready to apply, or its refusal."""
    try:
        op = _op.decode(said) if isinstance(said, Raw) else said
        _fit(op)
        base = None if op.base is None else _revision(op.base)
        if isinstance(op, Put):
            return _put(op, base)
        action: Literal["delete", "withdraw"] = "delete" if isinstance(op, Delete) else "withdraw"
        return Op(id=op.id, record=op.record, kind=op.kind, action=action, base=base)
    except (msgspec.DecodeError, Unfit, RecursionError, UnicodeDecodeError) as problem:
        return Result(op=_named(said), status="refused", reason=_reason(problem))


_is_id = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}").fullmatch


def _fit(op: Put | Delete | Withdraw) -> None:
    """`Unfit` when an id or a word of the op is none."""
    link = op.conflict_of if isinstance(op, Put) else None
    if not (_is_id(op.id) and _is_id(op.record) and (link is None or _is_id(link))):
        raise Unfit("The server can't read this entry (its id is none). It is safe on this phone.")
    if not _is_kind(op.kind):
        raise Unfit("The server can't read this entry (its kind is no word). It is safe on this phone.")
    if isinstance(op, Put) and not (_is_zone(op.zone) and _is_day(op.day)):
        raise Unfit("The server can't read this entry (its day or zone is none). It is safe on this phone.")


@lru_cache(maxsize=1_000)
def _is_kind(word: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9-]{0,39}", word) is not None


@lru_cache(maxsize=1_000)
def _is_zone(word: str | None) -> bool:
    return word is None or re.fullmatch(r"[A-Za-z0-9_+\-/]{1,64}", word) is not None


@lru_cache(maxsize=1_000)
def _is_day(word: str | None) -> bool:
    return word is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", word) is not None


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
        conflict_of=None if said.conflict_of == said.record else said.conflict_of,
    )


def _revision(text: str) -> Rev:
    rev = parse_rev(text)
    if rev is None:
        raise Unfit("`base` must be a revision the server gave, or null for something new.")
    return rev


def _named(said: Put | Delete | Withdraw | Raw) -> str | None:
    """The op's id, where it is one, so that the phone knows which was refused."""
    if not isinstance(said, Raw):
        return said.id if _is_id(said.id) else None
    try:
        return _name.decode(said).id
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _reason(problem: Exception) -> str:
    if isinstance(problem, Unfit):
        return str(problem)
    if isinstance(problem, msgspec.DecodeError):
        return f"The server can't read this entry ({problem}). It is safe on this phone."
    return "The server can't read this entry. It is safe on this phone."
