"""Occasions and their deliveries: claimed when due, sent once, every outcome kept as the ledger."""

from collections.abc import Sequence
from typing import Final

import msgspec

from server.database import Tx, Value
from server.models import Millis
from server.schedule import LEAST_LEFT
from server.store import subscriptions
from server.store.subscriptions import SealedTarget
from server.store.values import as_int

LEASE: Final = 60_000
"""Milliseconds a claim holds. A node that dies in between leaves its occasions to the others after that."""

Done = tuple[str, str, int]
"""What a `done` mark names: plan, local date, slot."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """An occasion that one node alone may send now, and the devices that have not got it yet."""

    id: str
    client: str
    plan: str
    due_at: Millis
    end_at: Millis
    line: int
    attempt: int
    put_off: int
    """How often it was put off before."""
    lease_until: Millis
    targets: Sequence[SealedTarget] = ()


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one push to one device."""

    state: str
    status: int | None
    reason: str | None


_OPEN: Final = "(state = 'planned' OR (state = 'claimed' AND lease_until <= :now)) "
IS_DONE: Final = (
    "EXISTS (SELECT 1 FROM done WHERE done.client_id = occasion.client_id AND done.plan_id = occasion.plan_id "
    "AND done.day = occasion.day AND done.slot = occasion.slot)"
)
GOT_IT: Final = (
    "EXISTS (SELECT 1 FROM delivery WHERE delivery.occasion_id = occasion.id AND delivery.state = 'accepted')"
)
_UP_TO_DATE: Final = (
    "EXISTS (SELECT 1 FROM plan JOIN client ON client.id = plan.client_id WHERE plan.client_id = occasion.client_id "
    "AND plan.id = occasion.plan_id AND plan.dirty = 0 AND coalesce(plan.zone, '') = coalesce(client.zone, ''))"
)


def note_done(tx: Tx, client_id: str, marks: Sequence[Done], now: Millis) -> None:
    """The client did these already, on any device: what is not sent yet won't be. Called in the transaction that
    saves the marks; before the occasion is planned and twice are both right."""
    rows: list[dict[str, Value]] = [
        {"client": client_id, "plan": plan, "day": day, "slot": slot} for plan, day, slot in sorted(set(marks))
    ]
    tx.many(
        "INSERT INTO done (client_id, plan_id, day, slot) VALUES (:client, :plan, :day, :slot) "
        "ON CONFLICT (client_id, plan_id, day, slot) DO NOTHING",
        rows,
    )
    tx.many(
        f"UPDATE occasion SET state = CASE WHEN state = 'claimed' AND {GOT_IT} THEN 'sent' ELSE 'skipped' END, "
        "reason = 'done', lease_until = NULL WHERE client_id = :client AND plan_id = :plan "
        f"AND day = :day AND slot = :slot AND {_OPEN}",
        [{**row, "now": now} for row in rows],
    )


def claim(tx: Tx, node: str, now: Millis, limit: int) -> list[Claim]:
    """Take up to `limit` due occasions, the most overdue first, for this node alone until the lease ends. What is
    done already, has no time left or reaches no device is closed instead."""
    _settle(tx, now)
    rows = tx.all(
        "UPDATE occasion SET state = 'claimed', lease_until = :lease, claimed_by = :node, attempts = attempts + 1 "
        f"WHERE id IN (SELECT id FROM occasion WHERE due_at <= :now AND end_at >= :latest AND {_OPEN} "
        f"AND NOT {IS_DONE} AND {_UP_TO_DATE} ORDER BY due_at, id LIMIT :limit {{skip_locked}}) "
        "RETURNING id, client_id, plan_id, due_at, end_at, line, attempts, snoozed",
        lease=now + LEASE,
        node=node,
        now=now,
        latest=now + LEAST_LEFT * 1000,
        limit=limit,
    )
    claims = [
        Claim(
            id=str(row[0]),
            client=str(row[1]),
            plan=str(row[2]),
            due_at=as_int(row[3]),
            end_at=as_int(row[4]),
            line=as_int(row[5]),
            attempt=as_int(row[6]),
            put_off=as_int(row[7]),
            lease_until=now + LEASE,
        )
        for row in rows
    ]
    return _with_targets(tx, claims, now)


def stands(tx: Tx, node: str, claim_id: str) -> bool:
    """Whether a claim is still to be sent, by what has arrived until now: neither done nor to be planned anew, and
    still this node's."""
    still = f"state = 'claimed' AND claimed_by = :node AND NOT {IS_DONE} AND {_UP_TO_DATE}"
    return tx.one(f"SELECT 1 FROM occasion WHERE id = :id AND {still}", id=claim_id, node=node) is not None


def record(tx: Tx, claim_id: str, subscription_id: str, delivery: Delivery, now: Millis) -> None:
    """Keep what became of one push, as soon as it is known; a subscription that is gone goes in the same step. What a
    device has got stays so, also when it is put off and does not come again."""
    tx.run(
        "INSERT INTO delivery (occasion_id, subscription_id, state, status, reason, sent_at, attempts) "
        "VALUES (:occasion, :subscription, :state, :status, :reason, :now, 1) "
        "ON CONFLICT (occasion_id, subscription_id) DO UPDATE SET attempts = delivery.attempts + 1, "
        f"state = {_unless_got('state')}, status = {_unless_got('status')}, reason = {_unless_got('reason')}, "
        f"sent_at = {_unless_got('sent_at')}",
        occasion=claim_id,
        subscription=subscription_id,
        state=delivery.state,
        status=delivery.status,
        reason=delivery.reason,
        now=now,
    )
    subscriptions.note_tried(tx, subscription_id, delivery.state, delivery.reason, now)


def _unless_got(column: str) -> str:
    got = "delivery.state = 'accepted' AND excluded.state <> 'accepted'"
    return f"CASE WHEN {got} THEN delivery.{column} ELSE excluded.{column} END"


def close(tx: Tx, node: str, claim_id: str, reason: str | None) -> None:
    """End a claim of this node's: sent when a device has it, else `reason` says why not. One that another node has
    taken over is left alone, and so is one that was cancelled meanwhile, unless a device has it."""
    tx.run(
        f"UPDATE occasion SET state = CASE WHEN {GOT_IT} THEN 'sent' WHEN :reason = 'window' THEN 'expired' "
        f"ELSE 'failed' END, reason = CASE WHEN {GOT_IT} THEN NULL ELSE :reason END, lease_until = NULL "
        f"WHERE id = :id AND claimed_by = :node AND (state = 'claimed' OR (state = 'skipped' AND {GOT_IT}))",
        id=claim_id,
        node=node,
        reason=reason or "",
    )


def postpone(tx: Tx, node: str, claim_id: str, until: Millis) -> None:
    """Give a claim back, to be taken again by any node from `until` on."""
    tx.run(
        "UPDATE occasion SET lease_until = :until WHERE id = :id AND state = 'claimed' AND claimed_by = :node",
        id=claim_id,
        node=node,
        until=until,
    )


def next_at(tx: Tx) -> Millis | None:
    """When there is something to do next, or None."""
    row = tx.one(
        "SELECT min(due) FROM (SELECT min(due_at) AS due FROM occasion WHERE state = 'planned' "
        "UNION ALL SELECT min(lease_until) AS due FROM occasion WHERE state = 'claimed') AS soon"
    )
    return None if row is None or row[0] is None else as_int(row[0])


def _settle(tx: Tx, now: Millis) -> None:
    """Close what is due and no longer to be sent: done already, or with too little left of its window."""
    tx.run(
        f"UPDATE occasion SET state = CASE WHEN {GOT_IT} THEN 'sent' ELSE 'skipped' END, reason = 'done', "
        f"lease_until = NULL WHERE due_at <= :now AND {_OPEN} AND {IS_DONE}",
        now=now,
    )
    tx.run(
        f"UPDATE occasion SET state = CASE WHEN {GOT_IT} THEN 'sent' ELSE 'expired' END, "
        f"reason = 'window', lease_until = NULL WHERE end_at < :latest AND {_OPEN}",
        latest=now + LEAST_LEFT * 1000,
        now=now,
    )


def _with_targets(tx: Tx, claims: Sequence[Claim], now: Millis) -> list[Claim]:
    """Each claim with its devices, but for those that had an answer within this window already."""
    clients = sorted({claim.client for claim in claims})
    targets = subscriptions.live(tx, clients, now) if clients else []
    answered = _answered(tx, claims)
    found: list[Claim] = []
    for claim in claims:
        mine = [t for t in targets if t.client == claim.client and (claim.id, t.id) not in answered]
        if mine:
            found.append(msgspec.structs.replace(claim, targets=mine))
        else:
            got_it = any(occasion == claim.id for occasion, _ in answered)
            _close_unreached(tx, claim.id, got_it)
    return found


def _answered(tx: Tx, claims: Sequence[Claim]) -> set[tuple[str, str]]:
    rows = tx.all(
        "SELECT delivery.occasion_id, delivery.subscription_id FROM delivery "
        "JOIN occasion ON occasion.id = delivery.occasion_id WHERE delivery.occasion_id {in:ids} "
        "AND (delivery.sent_at >= occasion.due_at OR occasion.snoozed = 0) "
        "AND (delivery.state = 'accepted' OR (delivery.state = 'refused' AND delivery.sent_at >= occasion.due_at))",
        ids=[claim.id for claim in claims],
    )
    return {(str(row[0]), str(row[1])) for row in rows}


def _close_unreached(tx: Tx, claim_id: str, answered: bool) -> None:
    tx.run(
        f"UPDATE occasion SET state = CASE WHEN {GOT_IT} THEN 'sent' ELSE 'failed' END, "
        "reason = :reason, lease_until = NULL WHERE id = :id",
        id=claim_id,
        reason=None if answered else "no-device",
    )
