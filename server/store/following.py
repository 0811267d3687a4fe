"""What follows from a change in a journal, in the same transaction: reminders are planned anew, or no longer due."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from server.bodies import Mark
from server.database import Tx, Value
from server.models import Millis
from server.store import limits, occasions, plans

_FOLLOWED: Final = frozenset({"assignment", "plan", "mark", limits.KIND})
"""Kinds of records that something follows from."""
_ID_LENGTH: Final = 36
_mark = msgspec.json.Decoder(Mark)


def follow(
    tx: Tx, client_id: str, rows: Sequence[Mapping[str, Value]], bodies: Mapping[str, bytes], now: Millis
) -> None:
    """Act on the records just written; `bodies` are in clear, by record id."""
    kinds = {row["kind"] for row in rows}
    if kinds.isdisjoint(_FOLLOWED):
        return
    if "assignment" in kinds or any(
        row["kind"] == limits.KIND and row["id"] == limits.id_of(client_id) for row in rows
    ):
        plans.note_all(tx, client_id)
    changed = [str(row["id"]) for row in rows if row["kind"] == "plan"]
    if changed:
        plans.note_plans(tx, client_id, changed, now)
    marks = [bodies[str(row["id"])] for row in rows if row["kind"] == "mark" and str(row["id"]) in bodies]
    done = [slot for body in marks for slot in _done(body)]
    if done:
        occasions.note_done(tx, client_id, done, now)
        plans.note_all(tx, client_id)


def _done(body: bytes) -> list[tuple[str, str, int]]:
    try:
        mark = _mark.decode(body)
    except msgspec.ValidationError:  # of a newer phone: kept, and not understood yet
        return []
    if mark.what != "done" or mark.plan is None or mark.day is None or not _may_be_id(mark.plan):
        return []
    return [(mark.plan, mark.day, mark.slot)]


def _may_be_id(text: str) -> bool:
    """What can't be the id of a record names no plan, and may hold what no database keeps."""
    return len(text) == _ID_LENGTH and text.isascii() and text.isprintable()
