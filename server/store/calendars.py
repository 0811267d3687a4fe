"""Calendars: a client's reminders at fixed times as an iCalendar text, to take along or to be read by its address."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import msgspec

from server import bodies, ical
from server.database import Database, Tx
from server.errors import NotFound
from server.models import Millis, Viewer
from server.schedule import known_zone, local_day
from server.sealing import SealingKey, Unreadable
from server.security import hash_token, keyed_hash, new_token
from server.store import records
from server.store.keys import Keys
from server.store.records import Stored

LIFE: Final = 365 * 24 * 3_600_000
NOTED_EVERY: Final = 3_600_000
FALLBACK: Final = "UTC"


class NewFeed(msgspec.Struct, frozen=True):
    """A feed's secret, which is kept nowhere, and when it ends."""

    token: str
    expires_at: Millis


class Feed(msgspec.Struct, frozen=True):
    """What is served."""

    content: bytes
    etag: str


class Calendars:
    """The viewer's calendar, and the feed of it."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of(self, viewer: Viewer) -> bytes:
        """What the viewer planned at fixed times. `NotFound` when there is nothing."""
        key, names = await self._keys.of(viewer.id), await self._keys.secret("calendar-names")
        content = await self._db.read(lambda tx: _calendar(tx, key, names, viewer.id, ended=False))
        if content is None:
            raise NotFound("There is no reminder at a fixed time yet, so there is nothing to add to a calendar.")
        return content

    async def make_feed(self, viewer: Viewer, now: Millis) -> NewFeed:
        """A feed under a new secret. The one from before ends."""
        made = NewFeed(new_token(), now + LIFE)
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO calendar_feed (client_id, token_hash, created_at, expires_at) "
                "VALUES (:client, :hash, :now, :expires) ON CONFLICT (client_id) DO UPDATE SET "
                "token_hash = excluded.token_hash, created_at = excluded.created_at, "
                "expires_at = excluded.expires_at, read_at = NULL",
                client=viewer.id,
                hash=hash_token(made.token),
                now=now,
                expires=made.expires_at,
            )
        )
        return made

    async def end_feed(self, viewer: Viewer) -> None:
        """Its address leads nowhere from now on."""
        await self._db.write(lambda tx: tx.run("DELETE FROM calendar_feed WHERE client_id = :client", client=viewer.id))

    async def feed(self, token: str, now: Millis) -> Feed:
        """The calendar behind a secret; what was ended in it is told as cancelled. `NotFound` when there is none, or no
        longer. It is noted, by the hour, that it was read."""
        hashed = hash_token(token)
        row = await self._db.read(
            lambda tx: tx.one(
                "SELECT client_id, coalesce(read_at, 0) FROM calendar_feed "
                "WHERE token_hash = :hash AND expires_at > :now",
                hash=hashed,
                now=now,
            )
        )
        if row is None:
            raise NotFound()
        client, read_at = str(row[0]), row[1]
        key, names = await self._keys.of(client), await self._keys.secret("calendar-names")
        content = await self._db.read(lambda tx: _calendar(tx, key, names, client, ended=True))
        assert content is not None
        if isinstance(read_at, int) and read_at < now - NOTED_EVERY:
            await self._db.write(
                lambda tx: tx.run(
                    "UPDATE calendar_feed SET read_at = :now WHERE token_hash = :hash", now=now, hash=hashed
                )
            )
        return Feed(content, f'"{sha256(content).hexdigest()[:24]}"')


def _calendar(tx: Tx, key: SealingKey, names: bytes, client_id: str, *, ended: bool) -> bytes | None:
    """None when there is nothing in it, and what `ended` is not asked for either."""
    row = tx.one("SELECT zone FROM client WHERE id = :client", client=client_id)
    said = None if row is None or row[0] is None else str(row[0])
    rows = tx.all("SELECT id FROM plan WHERE client_id = :client ORDER BY id", client=client_id)
    found = [record for (plan,) in rows if (record := records.one(tx, client_id, str(plan))) is not None]
    zone = known_zone(said, *(record.zone for record in found)) or FALLBACK
    events = [event for record in found for event in _events(tx, key, names, client_id, record, zone)]
    wanted: Sequence[ical.Timed] = [event for event in events if ended or not event.over]
    return ical.calendar(wanted, zone) if wanted or ended else None


def _events(tx: Tx, key: SealingKey, names: bytes, client_id: str, record: Stored, zone: str) -> list[ical.Timed]:
    """One for each of the plan's times; none for what is drawn at random, what can't be read, and what is no plan."""
    if record.kind != "plan":
        return []
    first = local_day(record.saved_at, zone)
    if record.deleted or record.body is None:
        uid, any_day = _uid(names, client_id, record.id, 0), frozenset({1})
        return [ical.Timed(uid=uid, at="00:00", days=any_day, start=first, changed_at=record.saved_at, over=True)]
    try:
        plan = _decode(records.opened(key, client_id, record) or b"")
    except (Unreadable, msgspec.MsgspecError):
        return []
    if plan.kind != "fixed":
        return []
    last, changed_at = _last_day(tx, key, client_id, plan.about)
    timed = ical.Timed(
        uid="",
        at=plan.at,
        days=frozenset(plan.days),
        start=max(plan.paused_until or first, plan.from_ or first, first),
        until=min((day for day in (last, plan.until) if day), default=None),
        changed_at=max(record.saved_at, changed_at),
        over=not plan.on or last == "",
    )
    return [
        msgspec.structs.replace(timed, uid=_uid(names, client_id, record.id, n), at=at)
        for n, at in enumerate([plan.at, *plan.more])
    ]


def _uid(names: bytes, client_id: str, plan_id: str, nth: int) -> str:
    """A name that stays, and means nothing to a calendar."""
    return keyed_hash(names, f"{client_id}\n{plan_id}\n{nth}").hex()[:32] + "@midweek"


_decode = msgspec.json.Decoder(bodies.Plan).decode
_assignment = msgspec.json.Decoder(bodies.Assignment).decode


def _last_day(tx: Tx, key: SealingKey, client_id: str, about: str) -> tuple[str | None, Millis]:
    """The last local date of what a plan is about, "" when it is over, and when that last changed."""
    record = None if about == "checkin" else records.one(tx, client_id, about)
    if record is None or record.kind != "assignment":
        return None, 0
    try:
        body = None if record.deleted else records.opened(key, client_id, record)
        said = None if body is None else _assignment(body)
    except (Unreadable, msgspec.MsgspecError):
        said = None
    if said is None or said.ended_at is not None:
        return "", record.saved_at
    ends = [day for day in (said.until, said.expires_on) if day is not None]
    return min(ends, default=None), record.saved_at
