"""What the server holds about a client, whole, for that client alone: as one JSON text, written a page at a time.

Each page is read by itself, so neither memory nor a transaction grows with the journal. A text that broke off is no
JSON, so nobody takes a part for the whole.
"""

from collections.abc import AsyncIterator, Callable, Sequence, Set
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import msgspec

from server.database import Database, Row, Tx, Value
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Viewer
from server.sealing import SealingKey, Unreadable, bind
from server.store import records
from server.store.clients import name_of
from server.store.keys import Keys
from server.store.reminder_log import drawn_of
from server.store.subscriptions import SealedTarget
from server.store.values import as_bytes, as_int

PAGE: Final = 200
FORMAT: Final = "midweek-server-export"
VERSION: Final = 1

_encode: Final = msgspec.json.Encoder().encode
Item = dict[str, object]
After = tuple[Value, ...]


class _Reading(msgspec.Struct, frozen=True):
    """Whose rows are read, in which transaction, and the key that opens them."""

    tx: Tx
    key: SealingKey
    client: str


_Shape = Callable[[_Reading, Sequence[Row]], list[Item]]


class _Part(msgspec.Struct, frozen=True):
    """A list of the export. The first columns of `sql` are its order, and where the next page begins."""

    name: str
    sql: str
    start: After
    shape: _Shape


class Exports:
    """The viewer's own export."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def open(self, viewer: Viewer, now: Millis) -> AsyncIterator[bytes]:
        """The text in pieces. `NotFound` for anyone who has no journal."""
        if viewer.role != "client":
            raise NotFound()
        key = await self._keys.of(viewer.id)
        person = await self._db.read(lambda tx: _person(tx, key, viewer))
        return self._pieces(viewer, key, person, now)

    async def _pieces(self, viewer: Viewer, key: SealingKey, person: Item, now: Millis) -> AsyncIterator[bytes]:
        head = {"format": FORMAT, "version": VERSION, "made_at": now, "person": person}
        yield _encode(head)[:-1]
        yield b',"records":'
        async for piece in self._records(viewer, key):
            yield piece
        for part in _PARTS:
            yield b',"%s":' % part.name.encode()
            async for piece in self._list(viewer, key, part):
                yield piece
        yield b"}"

    async def _records(self, viewer: Viewer, key: SealingKey) -> AsyncIterator[bytes]:
        after, lead, more = 0, b"[", True
        while more:
            page = await self._db.read(partial(records.page, key=key, client_id=viewer.id, after=after, limit=PAGE))
            yield lead + _joined(page.records)
            after, lead, more = page.last, b",", page.more
        yield b"]"

    async def _list(self, viewer: Viewer, key: SealingKey, part: _Part) -> AsyncIterator[bytes]:
        after, lead = part.start, b"["
        while True:
            items, following = await self._db.read(partial(_page, viewer=viewer, key=key, part=part, after=after))
            if items:
                yield lead + _joined(items)
                lead = b","
            if following is None:
                break
            after = following
        yield b"[]" if lead == b"[" else b"]"


def _joined(items: Sequence[object]) -> bytes:
    return b",".join(_encode(item) for item in items)


def _page(tx: Tx, viewer: Viewer, key: SealingKey, part: _Part, after: After) -> tuple[list[Item], After | None]:
    """A page, and where the next one begins; None after the last."""
    place = {f"k{at}": value for at, value in enumerate(after)}
    rows = tx.all(part.sql, viewer=viewer.id, limit=PAGE, **place)
    following = tuple(rows[-1][: len(after)]) if len(rows) == PAGE else None
    return part.shape(_Reading(tx, key, viewer.id), rows), following


def _person(tx: Tx, key: SealingKey, viewer: Viewer) -> Item:
    row = tx.one(
        "SELECT client.name_sealed, practice.name, client.zone, client.created_at, client.joined_at, client.active_at "
        "FROM client JOIN practice ON practice.id = client.practice_id WHERE client.id = :viewer",
        viewer=viewer.id,
    )
    if row is None:
        raise NotFound()
    therapists = tx.all(
        "SELECT account.display_name, relationship.since, relationship.until, relationship.ended_how FROM relationship "
        "JOIN account ON account.id = relationship.therapist_id WHERE relationship.client_id = :viewer "
        "ORDER BY relationship.since, account.id",
        viewer=viewer.id,
    )
    named = _named("practice", "zone", "created_at", "joined_at", "active_at")
    return {
        "id": viewer.id,
        "name": name_of(key, viewer.id, as_bytes(row[0])),
        **named(row[1:]),
        "therapists": [_named("name", "since", "until", "ended_how")(one) for one in therapists],
    }


def _named(*names: str) -> Callable[[Sequence[Value]], Item]:
    return lambda row: dict(zip(names, row, strict=True))


def _plain(skip: int, *names: str) -> _Shape:
    """Rows as they are, without the first `skip` columns, which only order them."""
    named = _named(*names)
    return lambda _, rows: [named(row[skip:]) for row in rows]


def _versions(reading: _Reading, rows: Sequence[Row]) -> list[Item]:
    return [_version(reading.key, reading.client, row) for row in rows]


def _version(key: SealingKey, client: str, row: Row) -> Item:
    record, epoch, seq, kind, schema, audience, author, saved_at, felt_at, zone, day, op, body = row
    said: Item = {"record": record, "rev": str(Rev(str(epoch), as_int(seq))), "kind": kind, "schema": schema}
    said |= {"audience": audience, "author": author, "saved_at": saved_at, "felt_at": felt_at, "zone": zone, "day": day}
    if body is None:
        return said
    aad = bind(client, str(record), str(kind), as_int(schema), str(audience), str(op))
    try:
        return said | {"body": msgspec.Raw(key.open(aad, as_bytes(body)))}
    except Unreadable:
        return said | {"unreadable": True}


def _subscriptions(reading: _Reading, rows: Sequence[Row]) -> list[Item]:
    """That a device is reached and by whose push service; the address itself is a secret."""
    named = _named("device", "created_at", "accepted_at", "shown_at", "failed_at", "reason")
    return [{"host": _host(reading.key, reading.client, row), **named(row[3:])} for row in rows]


def _host(key: SealingKey, client: str, row: Row) -> str | None:
    sealed = SealedTarget(
        id=str(row[0]), client=client, endpoint_hash=b"", sealed=as_bytes(row[1]), vapid_kid=str(row[2])
    )
    try:
        return urlsplit(sealed.opened(key).endpoint).hostname
    except (Unreadable, msgspec.DecodeError):
        return None


def _occasions(reading: _Reading, rows: Sequence[Row]) -> list[Item]:
    named = _named("plan", "day", "slot", "due_at", "end_at", "state", "reason", "attempts", "put_off", "opened_at")
    said = _named("state", "status", "reason", "sent_at", "shown_at", "attempts")
    deliveries: dict[str, list[Item]] = {str(row[3]): [] for row in rows}
    for delivery in reading.tx.all(
        "SELECT occasion_id, state, status, reason, sent_at, shown_at, attempts FROM delivery "
        "WHERE occasion_id {in:ids} ORDER BY occasion_id, subscription_id",
        ids=list(deliveries),
    ):
        deliveries[str(delivery[0])].append(said(delivery[1:]))
    drawn = drawn_of(reading.tx, reading.key, reading.client, {str(row[0]) for row in rows})
    return [{**named((*row[:3], *_told(row, drawn))), "deliveries": deliveries[str(row[3])]} for row in rows]


def _told(row: Row, drawn: Set[str]) -> Sequence[Value]:
    """From `due_at` on. A time drawn at random that is still to come is told to nobody."""
    hidden = str(row[0]) in drawn and row[6] == "planned" and row[9] == 0
    return (None, None, *row[6:]) if hidden else row[4:]


_PARTS: Final = (
    _Part(
        "earlier_versions",
        "SELECT record_id, epoch, seq, kind, schema, audience, author, saved_at, felt_at, zone, day, op_id, body "
        "FROM version WHERE client_id = :viewer AND (record_id, epoch, seq) > (:k0, :k1, :k2) "
        "ORDER BY record_id, epoch, seq LIMIT :limit",
        ("", "", 0),
        _versions,
    ),
    _Part(
        "reading",
        "SELECT read_log.at, read_log.reader_id, read_log.what, read_log.at, account.display_name, read_log.what, "
        "min(read_log.since_day), count(*) FROM read_log LEFT JOIN account ON account.id = read_log.reader_id "
        "WHERE read_log.client_id = :viewer AND (read_log.at, read_log.reader_id, read_log.what) > (:k0, :k1, :k2) "
        "GROUP BY read_log.at, read_log.reader_id, read_log.what, account.display_name "
        "ORDER BY read_log.at, read_log.reader_id, read_log.what LIMIT :limit",
        (-1, "", ""),
        _plain(3, "at", "who", "what", "since", "times"),
    ),
    _Part(
        "supervisions",
        "SELECT supervision.id, therapist.display_name, supervisor.display_name, supervision.asked_at, "
        "supervision.until, supervision.ended_at FROM supervision "
        "JOIN account AS therapist ON therapist.id = supervision.therapist_id "
        "JOIN account AS supervisor ON supervisor.id = supervision.supervisor_id "
        "WHERE supervision.client_id = :viewer AND supervision.id > :k0 ORDER BY supervision.id LIMIT :limit",
        ("",),
        _plain(1, "by", "supervisor", "asked_at", "until", "ended_at"),
    ),
    _Part(
        "devices",
        "SELECT id, device, created_at, seen_at, expires_at, revoked_at FROM login "
        "WHERE role = 'client' AND person_id = :viewer AND id > :k0 ORDER BY id LIMIT :limit",
        ("",),
        _plain(1, "device", "created_at", "seen_at", "expires_at", "ended_at"),
    ),
    _Part(
        "invites",
        "SELECT id, created_at, expires_at, used_at, revoked_at FROM invite "
        "WHERE client_id = :viewer AND id > :k0 ORDER BY id LIMIT :limit",
        ("",),
        _plain(1, "created_at", "expires_at", "used_at", "revoked_at"),
    ),
    _Part(
        "push_subscriptions",
        "SELECT subscription.id, subscription.sealed, subscription.vapid_kid, login.device, subscription.created_at, "
        "subscription.accepted_at, subscription.shown_at, subscription.failed_at, subscription.reason "
        "FROM subscription LEFT JOIN login ON login.id = subscription.login_id "
        "WHERE subscription.client_id = :viewer AND subscription.id > :k0 ORDER BY subscription.id LIMIT :limit",
        ("",),
        _subscriptions,
    ),
    _Part(
        "reminder_devices",
        "SELECT device.login_id, login.device, device.state, device.said_at, device.lost_at, device.lost_why "
        "FROM device LEFT JOIN login ON login.id = device.login_id "
        "WHERE device.client_id = :viewer AND device.login_id > :k0 ORDER BY device.login_id LIMIT :limit",
        ("",),
        _plain(1, "device", "state", "said_at", "lost_at", "lost_why"),
    ),
    _Part(
        "calendar_feeds",
        "SELECT client_id, created_at, expires_at, read_at FROM calendar_feed "
        "WHERE client_id = :viewer AND client_id > :k0 ORDER BY client_id LIMIT :limit",
        ("",),
        _plain(1, "created_at", "expires_at", "read_at"),
    ),
    _Part(
        "plans",
        "SELECT id, id, zone, expanded_until FROM plan WHERE client_id = :viewer AND id > :k0 ORDER BY id LIMIT :limit",
        ("",),
        _plain(1, "plan", "zone", "planned_until"),
    ),
    _Part(
        "occasions",
        "SELECT plan_id, day, slot, id, due_at, end_at, state, reason, attempts, snoozed, opened_at FROM occasion "
        "WHERE client_id = :viewer AND (plan_id, day, slot) > (:k0, :k1, :k2) "
        "ORDER BY plan_id, day, slot LIMIT :limit",
        ("", "", -1),
        _occasions,
    ),
    _Part(
        "done",
        "SELECT plan_id, day, slot FROM done WHERE client_id = :viewer AND (plan_id, day, slot) > (:k0, :k1, :k2) "
        "ORDER BY plan_id, day, slot LIMIT :limit",
        ("", "", -1),
        _plain(0, "plan", "day", "slot"),
    ),
    _Part(
        "epochs",
        "SELECT ord, epoch, fork, opened_at FROM epoch WHERE client_id = :viewer AND ord > :k0 "
        "ORDER BY ord LIMIT :limit",
        (-1,),
        _plain(1, "epoch", "fork", "opened_at"),
    ),
    _Part(
        "sent",
        "SELECT author, id, author, status, rev, created_at FROM op "
        "WHERE client_id = :viewer AND (author, id) > (:k0, :k1) ORDER BY author, id LIMIT :limit",
        ("", ""),
        _plain(2, "author", "status", "rev", "at"),
    ),
)
