"""Plans of reminders, and the occasions they lead to: planned a day and a half ahead, planned anew when a plan, the
client's limits, the assignment a plan is about or the client's time zone changes, and when something was answered."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import structlog

from server.database import Tx, Value
from server.decay import IN_A_ROW, LONGEST, Pace, Sent, pace, slowed, unanswered
from server.models import Millis
from server.schedule import LEAST_LEFT, Limits, Occasion, local_day, outlook, ttl, within
from server.sealing import Unreadable
from server.store.limits import Open, limits
from server.store.plan_records import Said, read
from server.store.planned import DAY, Slots, diff, planned, write
from server.store.values import as_int

AHEAD: Final = 36 * 3_600_000
SOON: Final = 26 * 3_600_000
"""A plan is planned anew when less than this is planned of it: so that the next of a daily one can always be told."""
HOUR: Final = 3_600_000
DAYS: Final = 4
"""From the local yesterday on, so that every window that is still open and all of `AHEAD` is seen."""

_log = structlog.get_logger("midweek.reminders")


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
    """Something that any of the client's plans may depend on has changed: an assignment, the limits, or that one of
    their reminders was answered."""
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
    """Plan all occasions of these plans' clients up to `AHEAD` from now. What was planned, not sent, and is no longer
    wanted is cancelled, or skipped with the reason; a local date and slot that was sent once is never planned again,
    one that reached nobody only for a later time."""
    clients = sorted({key.client for key in keys})
    zones, known = _zones(tx, clients), planned(tx, clients, now)
    puts: list[dict[str, Value]] = []
    cancels: list[dict[str, Value]] = []
    again: list[dict[str, Value]] = []
    for client in clients:
        mine = known.get(client, {})
        for key, wanted in _wanted(tx, client, zones.get(client), mine, opened, secret, now).items():
            mine_open = {slot: one for slot, one in mine.get(key.id, {}).items() if ttl(one.end_at, now) >= LEAST_LEFT}
            anew = diff(client, key.id, wanted.occasions, mine_open, puts, cancels)
            row: dict[str, Value] = {"client": client, "id": key.id, "zone": zones.get(client), "dirty": int(anew)}
            again.append(row | {"until": min(now + AHEAD, wanted.look_again + SOON)})
    write(tx, puts, cancels)
    tx.many(
        "UPDATE plan SET dirty = :dirty, expanded_until = :until, zone = :zone WHERE client_id = :client AND id = :id",
        again,
    )


def resting(tx: Tx, client_id: str, opened: Open, now: Millis) -> dict[str, Pace]:
    """The client's plans whose reminders went unanswered, by id, with how often they still come."""
    bounds, zone = limits(tx, client_id, opened), _zones(tx, [client_id]).get(client_id)
    found: dict[str, Pace] = {}
    for key in _keys(tx, client_id):
        said = _read(tx, key, zone, bounds, opened)
        if said is not None and said.plan.on:
            found[key.id] = pace(sum(one.end_at <= now for one in _unanswered(tx, key, said, now)))
    return {plan: speed for plan, speed in found.items() if speed != "as planned"}


class _Wanted(msgspec.Struct, frozen=True):
    """What a plan wants: its occasions, and when to look again."""

    occasions: list[Occasion]
    look_again: Millis


def _wanted(
    tx: Tx, client: str, zone: str | None, known: Mapping[str, Slots], opened: Open, secret: bytes, now: Millis
) -> dict[PlanKey, _Wanted]:
    """What each of the client's plans wants, held to what the client wants of all of them."""
    bounds, begun = limits(tx, client, opened), _begun(tx, client)
    said = {key: _read(tx, key, zone, bounds, opened) for key in _keys(tx, client)}
    runs = {key: _unanswered(tx, key, of, now) for key, of in said.items()}
    found = {
        # What was due before a restore was sent then, though this database does not know it.
        key: _since(_looked(of, runs[key], secret, now), known.get(key.id, {}), max(of.saved_at if of else 0, begun))
        for key, of in said.items()
    }
    held = within(_counted(tx, client, found, known, now), bounds.most, _used(known))
    skipped = {(plan, one.day, one.slot): one for plan, one in held}
    return {
        key: _Wanted(
            [skipped.get((key.id, one.day, one.slot), one) for one in mine],
            _look_again(runs[key], mine, known.get(key.id, {}), now) if of and of.decays else now + AHEAD,
        )
        for (key, mine), of in zip(found.items(), said.values(), strict=True)
    }


def _since(found: Iterable[Occasion], slots: Slots, since: Millis) -> list[Occasion]:
    """A time that was past already when the plan was saved is not due today; one that was planned before, is."""
    kept: list[Occasion] = []
    for one in found:
        there = slots.get((one.day, one.slot))
        same = there is not None and (
            there.put_off or (there.state in ("planned", "claimed") and there.due_at == one.due_at)
        )
        if same or one.due_at > since:
            kept.append(one)
    return kept


def _keys(tx: Tx, client: str) -> list[PlanKey]:
    rows = tx.all("SELECT id FROM plan WHERE client_id = :client ORDER BY id", client=client)
    return [PlanKey(client, str(row[0])) for row in rows]


def _begun(tx: Tx, client: str) -> Millis:
    row = tx.one("SELECT max(opened_at) FROM epoch WHERE client_id = :client", client=client)
    return as_int(row[0] or 0) if row else 0


def _read(tx: Tx, key: PlanKey, zone: str | None, bounds: Limits, opened: Open) -> Said | None:
    """The plan, or None when there is none to keep; one that can't be read never stops the others."""
    try:
        return read(tx, key.client, key.id, zone, bounds, opened)
    except (Unreadable, ValueError) as problem:
        _log.error("plan-unreadable", error=type(problem).__name__)
        return None


def _looked(said: Said | None, run: Sequence[Sent], secret: bytes, now: Millis) -> list[Occasion]:
    """The plan's occasions that are still to come, or in their window; what went unanswered slows them."""
    if said is None:
        return []
    found = outlook(said.plan, local_day(now - DAY, said.plan.zone), DAYS, secret)
    fit = [o for o in found if o.due_at <= now + AHEAD and ttl(o.end_at, now) >= LEAST_LEFT]
    if not said.decays:
        return fit
    return slowed(fit, run) if len(run) < LONGEST else []


def _unanswered(tx: Tx, key: PlanKey, said: Said | None, now: Millis) -> list[Sent]:
    """The reminders that nobody answered since the plan was last saved; of one that does not slow down, none."""
    if said is None or not said.decays:
        return []
    rows = tx.all(
        "SELECT day, end_at, opened_at, snoozed FROM occasion WHERE client_id = :client AND plan_id = :plan "
        "AND state = 'sent' AND due_at > :since ORDER BY day DESC, slot DESC LIMIT :limit",
        client=key.client,
        plan=key.id,
        since=said.saved_at,
        limit=LONGEST,
    )
    done = tx.one(
        "SELECT max(day) FROM done WHERE client_id = :client AND plan_id = :plan AND day <= :latest",
        client=key.client,
        plan=key.id,
        latest=local_day(now + DAY, said.plan.zone),
    )
    sent = [
        Sent(day=str(row[0]), end_at=as_int(row[1]), answered=row[2] is not None or as_int(row[3]) > 0)
        for row in reversed(rows)
    ]
    return unanswered(sent, None if done is None or done[0] is None else str(done[0]))


def _counted(
    tx: Tx, client: str, found: Mapping[PlanKey, Iterable[Occasion]], known: Mapping[str, Slots], now: Millis
) -> list[tuple[str, Occasion]]:
    """What counts towards the most a day and can still be kept from it: not what was sent, done, or reached nobody."""
    rows = tx.all(
        "SELECT plan_id, day, slot FROM plan JOIN done ON done.client_id = plan.client_id AND done.plan_id = plan.id "
        "WHERE plan.client_id = :client AND day >= :day",
        client=client,
        day=local_day(now - 2 * DAY, "UTC"),
    )
    done = {(str(row[0]), str(row[1]), as_int(row[2])) for row in rows}
    return [
        (key.id, one)
        for key, mine in found.items()
        for one in mine
        if one.skip is None and (key.id, one.day, one.slot) not in done and _is_open(known.get(key.id, {}), one)
    ]


def _is_open(slots: Slots, one: Occasion) -> bool:
    there = slots.get((one.day, one.slot))
    if there is None or there.used:
        return there is None
    return there.state in ("planned", "claimed", "skipped") or one.due_at > there.end_at


def _used(known: Mapping[str, Slots]) -> dict[str, int]:
    used: dict[str, int] = {}
    for slots in known.values():
        for (day, _), there in slots.items():
            used[day] = used.get(day, 0) + there.used
    return used


def _look_again(run: Sequence[Sent], found: Sequence[Occasion], slots: Slots, now: Millis) -> Millis:
    """When it may show that enough went unanswered to slow down: as the next window ends."""
    ends = [one.end_at for one in found if one.skip is None]
    ends += [p.end_at for p in slots.values() if p.used or p.state == "claimed"]
    ends = [end for end in ends if end > now]
    return min(ends, default=now + AHEAD) if len(run) + len(ends) >= IN_A_ROW else now + AHEAD


def _zones(tx: Tx, clients: Sequence[str]) -> dict[str, str | None]:
    rows = tx.all("SELECT id, zone FROM client WHERE id {in:clients}", clients=clients)
    return {str(row[0]): None if row[1] is None else str(row[1]) for row in rows}
