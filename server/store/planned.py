"""What is planned of a client's plans, as rows: read, compared with what is wanted, and written."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import uuid4

import msgspec

from server.database import Row, Tx, Value
from server.models import Millis
from server.schedule import Occasion, local_day
from server.store.occasions import GOT_IT
from server.store.values import as_int

DAY: Final = 24 * 3_600_000


class Planned(msgspec.Struct, frozen=True):
    """An occasion's row. `put_off`: its time is the client's own, and no longer the plan's."""

    id: str
    due_at: Millis
    end_at: Millis
    state: str
    put_off: bool

    @property
    def used(self) -> bool:
        """Whether it counts as one of the day's and can't be kept from it. One that is being sent, or waits for its
        push service, still can."""
        return self.put_off or self.state == "sent"

    @property
    def has_its_time(self) -> bool:
        """Whether it is still to be sent, at a time that planning anew does not move."""
        return self.state == "claimed" or (self.state == "planned" and self.put_off)


Slots = Mapping[tuple[str, int], Planned]


def planned(tx: Tx, clients: Sequence[str], now: Millis) -> dict[str, dict[str, dict[tuple[str, int], Planned]]]:
    """What is there already of these days, by client, plan, local date and slot."""
    rows = tx.all(
        "SELECT occasion.client_id, plan_id, day, slot, occasion.id, due_at, end_at, state, snoozed FROM plan "
        "JOIN occasion ON occasion.client_id = plan.client_id AND occasion.plan_id = plan.id "
        "WHERE plan.client_id {in:clients} AND day >= :day",
        clients=clients,
        day=local_day(now - 2 * DAY, "UTC"),
    )
    found: dict[str, dict[str, dict[tuple[str, int], Planned]]] = {}
    for row in rows:
        of_plan = found.setdefault(str(row[0]), {}).setdefault(str(row[1]), {})
        put_off = as_int(row[8]) > 0
        of_plan[_slot(row)] = Planned(str(row[4]), as_int(row[5]), as_int(row[6]), str(row[7]), put_off)
    return found


def _slot(row: Row) -> tuple[str, int]:
    return str(row[2]), as_int(row[3])


def diff(
    client_id: str,
    plan_id: str,
    wanted: Iterable[Occasion],
    known: Slots,
    puts: list[dict[str, Value]],
    cancels: list[dict[str, Value]],
) -> bool:
    """Add what is to be written and cancelled. One that was put off keeps the time it was put off to, and one that is
    being sent or waits for its push service goes on, as long as that lies in a window that is still wanted. Whether to
    plan once more: one of the latter was cancelled, and has had its place of the day until now."""
    kept: set[tuple[str, int]] = set()
    for occasion in wanted:
        slot = (occasion.day, occasion.slot)
        there = known.get(slot)
        fixed = there is not None and there.has_its_time
        if there is None or not fixed or _holds(occasion, there):
            kept.add(slot)
        puts.extend([] if fixed else [_row(client_id, plan_id, occasion)])
    over = [p for slot, p in known.items() if p.state in ("planned", "claimed") and slot not in kept]
    cancels.extend({"id": p.id} for p in over)
    return any(p.state == "claimed" for p in over)


def _holds(occasion: Occasion, there: Planned) -> bool:
    """Whether what is there lies in the window of what is wanted now."""
    return occasion.skip is None and occasion.due_at <= there.due_at and there.end_at <= occasion.end_at


def _row(client_id: str, plan_id: str, occasion: Occasion) -> dict[str, Value]:
    return {
        "id": uuid4().hex,
        "client": client_id,
        "plan": plan_id,
        "day": occasion.day,
        "slot": occasion.slot,
        "due": occasion.due_at,
        "end": occasion.end_at,
        "line": occasion.line,
        "state": "planned" if occasion.skip is None else "skipped",
        "reason": occasion.skip,
    }


def write(tx: Tx, puts: Sequence[Mapping[str, Value]], cancels: Sequence[Mapping[str, Value]]) -> None:
    """What a device has got of a cancelled one stays sent."""
    tx.many(
        f"UPDATE occasion SET state = CASE WHEN state = 'claimed' AND {GOT_IT} THEN 'sent' ELSE 'skipped' END, "
        "reason = 'plan', lease_until = NULL WHERE id = :id AND state IN ('planned', 'claimed')",
        cancels,
    )
    tx.many(
        "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state, reason) "
        "VALUES (:id, :client, :plan, :day, :slot, :due, :end, :line, :state, :reason) "
        "ON CONFLICT (client_id, plan_id, day, slot) DO UPDATE SET due_at = excluded.due_at, "
        "end_at = excluded.end_at, line = excluded.line, state = excluded.state, reason = excluded.reason, "
        "lease_until = NULL, claimed_by = NULL, attempts = 0 WHERE occasion.snoozed = 0 AND "
        "(occasion.state = 'planned' OR (occasion.state = 'skipped' AND occasion.reason <> 'done') "
        "OR (occasion.state IN ('expired', 'failed') AND excluded.state = 'planned' "
        "AND excluded.due_at > occasion.end_at))",
        puts,
    )
