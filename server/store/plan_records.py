"""A plan as its record says it, with what else it depends on: the client's limits, and the assignment it is about."""

import msgspec

from server import bodies
from server.database import Tx
from server.models import Millis
from server.schedule import Limits, Plan, known_zone
from server.store import records
from server.store.limits import Open

CHECK_IN = "checkin"
_plan = msgspec.json.Decoder(bodies.Plan)
_assignment = msgspec.json.Decoder(bodies.Assignment)


class Said(msgspec.Struct, frozen=True):
    """A plan, when it was last saved, and whether it comes more rarely when nobody answers."""

    plan: Plan
    saved_at: Millis
    decays: bool


def read(tx: Tx, client_id: str, plan_id: str, zone: str | None, limits: Limits, opened: Open) -> Said | None:
    """The plan as the schedule wants it, by the clocks of `zone`; None when it is gone, or no known zone says when it
    is due. `Unreadable` and `ValueError` when it can't be read."""
    record = records.one(tx, client_id, plan_id)
    if record is None or record.deleted or record.kind != "plan":
        return None
    where, body = known_zone(zone, record.zone), opened(client_id, record)
    if body is None or where is None:
        return None
    said = _plan.decode(body)
    last = _last_day(tx, client_id, said.about, opened)
    plan = as_planned(said, f"{client_id}/{plan_id}", where, limits, last)
    return Said(plan, record.saved_at, decays=said.about == CHECK_IN)


def as_planned(said: bodies.Plan, plan_id: str, zone: str, limits: Limits, last: str | None = None) -> Plan:
    """The plan that a body means. `last` is the last day of what it is about, "" when that is over."""
    return Plan(
        id=plan_id,
        at=said.at,
        days=frozenset(said.days),
        zone=zone,
        kind=said.kind,
        more=tuple(said.more),
        to=said.to or "",
        times=said.times,
        quiet=limits.quiet,
        # The usual hours were asked about by every phone there ever was; the client's own only by those that know them.
        kept=frozenset(said.in_quiet) if limits.own else None,
        on=said.on and last != "",
        paused_until=max(filter(None, (said.paused_until, limits.paused_until)), default=None),
        first=said.from_,
        until=min(filter(None, (said.until, last)), default=None),
    )


def _last_day(tx: Tx, client_id: str, about: str, opened: Open) -> str | None:
    """The last local date of the assignment a plan is about; None when there is no end, "" when it is over."""
    record = None if about == CHECK_IN else records.one(tx, client_id, about)
    if record is None or record.kind != "assignment":
        return None
    body = None if record.deleted else opened(client_id, record)
    if body is None:
        return ""
    said = _assignment.decode(body)
    ends = [day for day in (said.until, said.expires_on) if day is not None]
    return "" if said.ended_at is not None else min(ends, default=None)
