"""Plans of reminders, and the occasions they lead to: planned a day and a half ahead, planned anew when a plan, the
assignment it is about or the client's time zone changes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from uuid import uuid4

import msgspec
import structlog

from server import bodies
from server.database import Row, Tx, Value
from server.models import Millis
from server.schedule import LEAST_LEFT, Occasion, Plan, known_zone, local_day, occasions, ttl
from server.sealing import Unreadable
from server.store import records
from server.store.records import Stored
from server.store.values import as_int

AHEAD: Final = 36 * 3_600_000
SOON: Final = 26 * 3_600_000
"""A plan is planned anew when less than this is planned of it: so that the next of a daily one can always be told."""
HOUR: Final = 3_600_000
DAY: Final = 24 * HOUR
DAYS: Final = 4
"""From the local yesterday on, so that every window that is still open and all of `AHEAD` is seen."""

Open = Callable[[str, Stored], bytes | None]
"""A record's body in clear, given the client it belongs to."""

_log = structlog.get_logger("midweek.reminders")
_plan = msgspec.json.Decoder(bodies.Plan)
_assignment = msgspec.json.Decoder(bodies.Assignment)


class PlanKey(msgspec.Struct, frozen=True, order=True):
    """Which plan of which client."""

    client: str
    id: str


def note_plans(tx: Tx, client_id: str, plan_ids: Sequence[str], now: Millis) -> None:
    """These plans were put, withdrawn or deleted: nothing planned before is sent until they are planned anew. Called
    in the transaction that changes the records."""
    tx.many(
        "INSERT INTO plan (client_id, id, dirty, expanded_until) VALUES (:client, :id, 1, :now) "
        "ON CONFLICT (client_id, id) DO UPDATE SET dirty = 1",
        [{"client": client_id, "id": plan_id, "now": now} for plan_id in sorted(set(plan_ids))],
    )


def note_all(tx: Tx, client_id: str) -> None:
    """Something that any of the client's plans may depend on has changed, such as an assignment."""
    tx.run("UPDATE plan SET dirty = 1 WHERE client_id = :client", client=client_id)


def waiting(tx: Tx, now: Millis, limit: int) -> list[PlanKey]:
    """Plans to plan anew: changed ones, ones that run out soon or were planned by a clock that ran ahead, and ones
    whose client is in another zone now."""
    rows = tx.all(
        "SELECT plan.client_id, plan.id FROM plan JOIN client ON client.id = plan.client_id "
        "WHERE plan.dirty = 1 OR plan.expanded_until < :soon OR plan.expanded_until > :never "
        "OR coalesce(plan.zone, '') <> coalesce(client.zone, '') "
        "ORDER BY plan.dirty DESC, plan.expanded_until, plan.client_id, plan.id LIMIT :limit",
        soon=now + SOON,
        never=now + AHEAD + HOUR,
        limit=limit,
    )
    return [PlanKey(str(row[0]), str(row[1])) for row in rows]


def expand(tx: Tx, keys: Sequence[PlanKey], opened: Open, secret: bytes, now: Millis) -> None:
    """Plan these plans' occasions up to `AHEAD` from now. What was planned, not sent, and is no longer wanted is
    cancelled; a local date and slot that was sent once is never planned again, one that reached nobody only for a
    later time."""
    keys = sorted(keys)
    until = now + AHEAD
    tx.many(
        "UPDATE plan SET dirty = 0, expanded_until = :until WHERE client_id = :client AND id = :id",
        [{"client": key.client, "id": key.id, "until": until} for key in keys],
    )
    zones = _zones(tx, {key.client for key in keys})
    known = _planned(tx, keys, now)
    puts: list[dict[str, Value]] = []
    cancels: list[dict[str, Value]] = []
    for key in keys:
        _diff(_wanted(tx, key, zones.get(key.client), opened, secret, now), known.get(key, {}), key, puts, cancels)
    _write(tx, puts, cancels)
    tx.many(
        "UPDATE plan SET zone = :zone WHERE client_id = :client AND id = :id",
        [{"client": key.client, "id": key.id, "zone": zones.get(key.client)} for key in keys],
    )


class _Wanted(msgspec.Struct, frozen=True):
    """What a plan wants: its occasions, and since when it wants them."""

    occasions: Sequence[Occasion]
    since: Millis


class _Planned(msgspec.Struct, frozen=True):
    """An occasion's row."""

    id: str
    due_at: Millis
    state: str
    put_off: bool


def _wanted(tx: Tx, key: PlanKey, zone: str | None, opened: Open, secret: bytes, now: Millis) -> _Wanted:
    record = records.one(tx, key.client, key.id)
    if record is None:
        return _Wanted((), 0)
    try:
        plan = _read(tx, key, record, zone, opened)
        found = [] if plan is None else occasions(plan, local_day(now - DAY, plan.zone), DAYS, secret)
    except (Unreadable, ValueError) as problem:  # one plan that can't be read never stops the others
        _log.error("plan-unreadable", error=type(problem).__name__)
        found = []
    fit = [o for o in found if o.due_at <= now + AHEAD and ttl(o.end_at, now) >= LEAST_LEFT]
    begun = tx.one("SELECT max(opened_at) FROM epoch WHERE client_id = :client", client=key.client)
    # What was due before a restore was sent then, though this database does not know it.
    return _Wanted(fit, max(record.saved_at, as_int(begun[0] or 0) if begun else 0))


def _read(tx: Tx, key: PlanKey, record: Stored, zone: str | None, opened: Open) -> Plan | None:
    """The plan as the schedule wants it; None when it is gone, or no known zone says when it is due."""
    where = known_zone(zone, record.zone)
    body = None if record.deleted or record.kind != "plan" else opened(key.client, record)
    if body is None or where is None:
        return None
    said = _plan.decode(body)
    last = _last_day(tx, key.client, said.about, opened)
    return Plan(
        id=f"{key.client}/{key.id}",
        at=said.at,
        days=frozenset(said.days),
        zone=where,
        on=said.on and last != "",
        paused_until=said.paused_until,
        until=last,
    )


def _last_day(tx: Tx, client_id: str, about: str, opened: Open) -> str | None:
    """The last local date of the assignment a plan is about; None when there is no end, "" when it is over."""
    record = None if about == "checkin" else records.one(tx, client_id, about)
    if record is None or record.kind != "assignment":
        return None
    body = None if record.deleted else opened(client_id, record)
    if body is None:
        return ""
    said = _assignment.decode(body)
    ends = [day for day in (said.until, said.expires_on) if day is not None]
    return "" if said.ended_at is not None else min(ends, default=None)


def _zones(tx: Tx, clients: set[str]) -> dict[str, str | None]:
    rows = tx.all("SELECT id, zone FROM client WHERE id {in:clients}", clients=sorted(clients))
    return {str(row[0]): None if row[1] is None else str(row[1]) for row in rows}


def _planned(tx: Tx, keys: Sequence[PlanKey], now: Millis) -> Mapping[PlanKey, dict[tuple[str, int], _Planned]]:
    """What is planned already, by local date and slot, and what an earlier change of the plan cancelled."""
    rows = tx.all(
        "SELECT client_id, plan_id, day, slot, id, due_at, state, snoozed FROM occasion WHERE client_id {in:clients} "
        "AND plan_id {in:plans} AND end_at > :now",
        clients=sorted({key.client for key in keys}),
        plans=sorted({key.id for key in keys}),
        now=now,
    )
    found: dict[PlanKey, dict[tuple[str, int], _Planned]] = {}
    for row in rows:
        of_plan = found.setdefault(PlanKey(str(row[0]), str(row[1])), {})
        of_plan[_slot(row)] = _Planned(str(row[4]), as_int(row[5]), str(row[6]), row[7] != 0)
    return found


def _slot(row: Row) -> tuple[str, int]:
    return str(row[2]), as_int(row[3])


def _diff(
    wanted: _Wanted,
    known: Mapping[tuple[str, int], _Planned],
    key: PlanKey,
    puts: list[dict[str, Value]],
    cancels: list[dict[str, Value]],
) -> None:
    """A time that was past already when the plan was saved is not due today; one that was planned before, is. What was
    put off comes when that was promised."""
    kept: set[tuple[str, int]] = set()
    for occasion in wanted.occasions:
        slot = (occasion.day, occasion.slot)
        planned = known.get(slot)
        waits = planned is not None and planned.state == "planned"
        if planned is not None and waits and planned.put_off:
            kept.add(slot)
        elif (waits and planned is not None and planned.due_at == occasion.due_at) or occasion.due_at > wanted.since:
            kept.add(slot)
            puts.append(_row(key, occasion))
    cancels.extend({"id": p.id} for slot, p in known.items() if p.state == "planned" and slot not in kept)


def _row(key: PlanKey, occasion: Occasion) -> dict[str, Value]:
    return {
        "id": uuid4().hex,
        "client": key.client,
        "plan": key.id,
        "day": occasion.day,
        "slot": occasion.slot,
        "due": occasion.due_at,
        "end": occasion.end_at,
        "line": occasion.line,
    }


def _write(tx: Tx, puts: Sequence[Mapping[str, Value]], cancels: Sequence[Mapping[str, Value]]) -> None:
    tx.many("UPDATE occasion SET state = 'skipped', reason = 'plan' WHERE id = :id AND state = 'planned'", cancels)
    tx.many(
        "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state) "
        "VALUES (:id, :client, :plan, :day, :slot, :due, :end, :line, 'planned') "
        "ON CONFLICT (client_id, plan_id, day, slot) DO UPDATE SET due_at = excluded.due_at, "
        "end_at = excluded.end_at, line = excluded.line, state = 'planned', reason = NULL, lease_until = NULL, "
        "claimed_by = NULL, attempts = 0 WHERE (occasion.state = 'planned' AND occasion.snoozed = 0) "
        "OR (occasion.state = 'skipped' AND occasion.reason = 'plan') "
        "OR (occasion.state IN ('expired', 'failed') AND excluded.due_at > occasion.end_at)",
        puts,
    )
