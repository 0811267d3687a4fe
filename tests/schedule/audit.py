"""The ledger read by one who knows only what the push service took and when things were done: what the server keeps of
each reminder must be what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from server.database import Row, Tx

MINUTE: Final = 60_000
LONGEST_WAIT: Final = 60 * MINUTE
"""How long a push service may ask to be left alone here."""
Key = tuple[str, str, str, int]
"""One reminder: client, plan, local date, slot."""
REASONS: Final[Mapping[str, set[str | None]]] = {
    "sent": {None, "done", "window", "plan"},
    "skipped": {"quiet", "room", "paused", "most", "decay", "done", "plan"},
    "expired": {"window"},
    "planned": {None},
    "claimed": {None},
}
"""A sent one has a reason where something ended the wait for one more try."""


class Push(msgspec.Struct, frozen=True):
    """What the push service took; `noted` says whether the server lived to write it down."""

    key: Key
    at: int
    noted: bool


def audit(tx: Tx, pushes: Iterable[Push], done: Mapping[Key, int], now: int) -> list[str]:
    """What the ledger has wrong at `now`, when all that was due has been looked at."""
    taken: dict[Key, list[Push]] = defaultdict(list)
    for push in pushes:
        taken[push.key].append(push)
    rows = tx.all(
        "SELECT occasion.client_id, plan_id, day, slot, due_at, end_at, occasion.state, occasion.reason, snoozed, "
        "(SELECT sent_at FROM delivery WHERE occasion_id = occasion.id AND delivery.state = 'accepted') FROM occasion"
    )
    keys = [_key(row) for row in rows]
    found = [f"{key} was taken and is in no ledger" for key in taken.keys() - set(keys)]
    if len(keys) != len(set(keys)):
        found.append("a slot of a day is there twice")
    for key, row in zip(keys, rows, strict=True):
        found += [f"{key} {fault}" for fault in _faults(row, taken.get(key, []), done.get(key), now)]
    return found


def _key(row: Row) -> Key:
    return (str(row[0]), str(row[1]), str(row[2]), int(str(row[3])))


def _faults(row: Row, taken: list[Push], done: int | None, now: int) -> list[str]:
    due_at, end_at, snoozed = (int(str(row[n])) for n in (4, 5, 8))
    state, reason = str(row[6]), None if row[7] is None else str(row[7])
    sent_at = None if row[9] is None else int(str(row[9]))
    noted = [push.at for push in taken if push.noted]
    faults: list[str] = []
    if reason not in REASONS.get(state, set()):
        faults.append(f"is {state} for the reason {reason}")
    if sent_at != max(noted, default=None):
        faults.append(f"was sent at {noted}, and the ledger says {sent_at}")
    if state == "sent" and sent_at is None:
        faults.append("is sent, and no device has it")
    if state == "sent" and reason is None and not due_at <= (sent_at or 0) <= end_at - MINUTE:
        faults.append("is sent outside the window that the ledger has")
    if state != "sent" and sent_at is not None and snoozed == 0:
        faults.append(f"is {state}, and a device has it")
    if len(noted) > 1 + snoozed:
        faults.append(f"was sent {len(noted)} times and put off {snoozed} times")
    if done is not None and any(push.at > done for push in taken):
        faults.append("was sent after it was done")
    if reason == "done" and done is None:
        faults.append("is done, and nobody said so")
    if state in ("planned", "claimed") and end_at <= now - (LONGEST_WAIT if state == "claimed" else 0):
        faults.append(f"is over, and still {state}")
    return faults
