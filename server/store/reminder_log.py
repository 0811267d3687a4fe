"""The log of a client's reminders, for the client alone: which devices are reached, what comes next, what became of
each."""

from collections.abc import Sequence, Set
from typing import Final

import msgspec

from server.database import Database, Row, Tx
from server.decay import Pace
from server.models import Millis, Viewer
from server.sealing import SealingKey, Unreadable
from server.store import plans, records
from server.store.keys import Keys
from server.store.occasions import IS_DONE
from server.store.values import as_int

KEPT: Final = 60 * 24 * 3_600_000
MOST: Final = 500
MOST_NEXT: Final = 60


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device the viewer is signed in on. `state` is what it said of itself last, `reached` whether the server has an
    address for it; `broken_at` since when its push service refuses or has given it up, and `why`."""

    id: str
    name: str
    current: bool
    state: str | None
    said_at: Millis | None
    reached: bool
    accepted_at: Millis | None = None
    shown_at: Millis | None = None
    broken_at: Millis | None = None
    why: str | None = None


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder to come. `at` is null where its time was drawn at random: nobody is told it before. `again`: it was
    put off until then."""

    plan: str
    day: str
    slot: int
    at: Millis | None
    again: bool = False


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one reminder. `accepted` is the number of devices whose push service took it."""

    id: str
    plan: str
    day: str
    slot: int
    state: str
    reason: str | None
    at: Millis | None
    sent_at: Millis | None
    accepted: int
    shown_at: Millis | None
    opened_at: Millis | None
    put_off: int
    done: bool


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar that other programs may read; its address was told once."""

    created_at: Millis
    expires_at: Millis
    read_at: Millis | None


class ReminderLog(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything the server knows of the viewer's reminders, the newest entry first. `resting` names plans that remind
    more rarely because nobody answered, and how often they still do."""

    now: Millis
    devices: list[Device]
    next: list[Next]
    entries: list[Entry]
    feed: Feed | None
    resting: dict[str, Pace] = {}


class ReminderLogs:
    """The log of the viewer."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of(self, viewer: Viewer, now: Millis) -> ReminderLog:
        """The whole of it, as far back as `KEPT`."""
        key = await self._keys.of(viewer.id)

        def work(tx: Tx) -> ReminderLog:
            rows = _occasions(tx, viewer.id, now)
            drawn = drawn_of(tx, key, viewer.id, {str(row[1]) for row in rows})
            return ReminderLog(
                now=now,
                devices=_devices(tx, viewer, now),
                next=_next(rows, drawn),
                entries=[entry for row in rows if (entry := _entry(row, str(row[1]) in drawn, now)) is not None][:MOST],
                feed=_feed(tx, viewer.id, now),
                resting=plans.resting(tx, viewer.id, lambda client, stored: records.opened(key, client, stored), now),
            )

        return await self._db.read(work)


# --- Devices


def _devices(tx: Tx, viewer: Viewer, now: Millis) -> list[Device]:
    rows = tx.all(
        "SELECT login.id, login.device, device.state, device.said_at, device.lost_at, device.lost_why, "
        "count(subscription.id), max(subscription.accepted_at), max(subscription.shown_at), "
        "min(subscription.failed_at), max(subscription.reason) FROM login "
        "LEFT JOIN device ON device.login_id = login.id "
        "LEFT JOIN subscription ON subscription.login_id = login.id AND subscription.client_id = :client "
        "WHERE login.person_id = :client AND login.role = 'client' AND login.revoked_at IS NULL "
        "AND login.expires_at > :now GROUP BY login.id, login.device, login.seen_at, device.state, device.said_at, "
        "device.lost_at, device.lost_why ORDER BY login.seen_at DESC, login.id",
        client=viewer.id,
        now=now,
    )
    return [_device(row, viewer.login) for row in rows]


def _device(row: Row, login: str) -> Device:
    id, name, state, said_at, lost_at, lost_why, count, accepted_at, shown_at, failed_at, reason = row
    reached = as_int(count) > 0
    return Device(
        id=str(id),
        name=str(name),
        current=id == login,
        state=_text(state),
        said_at=_time(said_at),
        reached=reached,
        accepted_at=_time(accepted_at),
        shown_at=_time(shown_at),
        broken_at=_time(failed_at) if reached else _time(lost_at),
        why=_text(reason if failed_at is not None else None) if reached else _text(lost_why),
    )


# --- What comes, and what became of what came


def _occasions(tx: Tx, client_id: str, now: Millis) -> list[Row]:
    return tx.all(
        "SELECT occasion.id, occasion.plan_id, occasion.day, occasion.slot, occasion.state, occasion.reason, "
        "occasion.due_at, occasion.end_at, occasion.snoozed, occasion.opened_at, "
        f"CASE WHEN {IS_DONE} THEN 1 ELSE 0 END, "
        "(SELECT max(delivery.sent_at) FROM delivery WHERE delivery.occasion_id = occasion.id "
        "AND delivery.state = 'accepted'), "
        "(SELECT count(*) FROM delivery WHERE delivery.occasion_id = occasion.id AND delivery.state = 'accepted'), "
        "(SELECT min(delivery.shown_at) FROM delivery WHERE delivery.occasion_id = occasion.id), "
        "(SELECT max(delivery.reason) FROM delivery WHERE delivery.occasion_id = occasion.id) "
        "FROM occasion WHERE occasion.client_id = :client AND occasion.due_at >= :from "
        "ORDER BY occasion.due_at DESC, occasion.id LIMIT :most",
        client=client_id,
        most=MOST + MOST_NEXT * 4,
        **{"from": now - KEPT},
    )


def _next(rows: Sequence[Row], drawn: Set[str]) -> list[Next]:
    """Soonest day first. Those drawn at random come in an order that says nothing of their time."""
    found: list[Next] = []
    for _, plan, day, slot, state, _, due_at, _, snoozed, *_ in rows:
        if state == "planned":
            again = snoozed != 0
            at = None if str(plan) in drawn and not again else as_int(due_at)
            found.append(Next(plan=str(plan), day=str(day), slot=as_int(slot), at=at, again=again))
    found.sort(key=lambda one: (one.day, one.at or 0, one.plan, one.slot))
    return found[:MOST_NEXT]


def _entry(row: Row, drawn: bool, now: Millis) -> Entry | None:
    """None for what is still to come, or was changed before it could come."""
    id, plan, day, slot, state, reason, due_at, _, snoozed, opened_at, done, sent_at, accepted, shown_at, why = row
    waits = state == "planned" and snoozed == 0
    early = as_int(due_at) > now and sent_at is None and not done
    if waits or early:
        return None
    return Entry(
        id=str(id),
        plan=str(plan),
        day=str(day),
        slot=as_int(slot),
        state=str(state),
        reason=_text(reason or why),
        at=None if drawn and sent_at is None else as_int(due_at),
        sent_at=_time(sent_at),
        accepted=as_int(accepted),
        shown_at=_time(shown_at),
        opened_at=_time(opened_at),
        put_off=as_int(snoozed),
        done=bool(done),
    )


def drawn_of(tx: Tx, key: SealingKey, client_id: str, plan_ids: Set[str]) -> set[str]:
    """Those of these plans whose times are drawn at random."""
    found = set[str]()
    for plan in sorted(plan_ids):
        record = records.one(tx, client_id, plan)
        if record is not None and record.kind == "plan" and _kind(key, client_id, record) != "fixed":
            found.add(plan)
    return found


def _kind(key: SealingKey, client_id: str, record: records.Stored) -> str:
    """What can't be read is told as if drawn: rather no time than one that should not be known."""
    try:
        body = records.opened(key, client_id, record)
        return "fixed" if body is None else _decode(body).kind
    except (Unreadable, msgspec.MsgspecError):
        return "?"


class _Plan(msgspec.Struct):
    kind: str = "fixed"


_decode = msgspec.json.Decoder(_Plan).decode


def _feed(tx: Tx, client_id: str, now: Millis) -> Feed | None:
    row = tx.one(
        "SELECT created_at, expires_at, read_at FROM calendar_feed WHERE client_id = :client AND expires_at > :now",
        client=client_id,
        now=now,
    )
    return None if row is None else Feed(created_at=as_int(row[0]), expires_at=as_int(row[1]), read_at=_time(row[2]))


def _time(value: object) -> Millis | None:
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
