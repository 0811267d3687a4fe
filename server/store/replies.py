"""Replies: what a phone says of a reminder it got: shown, opened, or later today."""

from typing import Final, Literal

import msgspec

from server import snooze
from server.database import Database, Row, Tx, Value
from server.errors import NotFound
from server.models import Millis, Viewer
from server.store import plans
from server.store.occasions import GOT_IT, IS_DONE
from server.store.values import as_int

Why = Literal["done", "used", "often", "over"]


class PutOff(msgspec.Struct, frozen=True):
    """When a reminder comes again, or why it does not: it is `done`, this one was put off before (`used`), as `often`
    as one may be, or its time is `over`, or nearly."""

    at: Millis | None
    why: Why | None = None


_OWN: Final = "occasion.id = :id AND occasion.client_id = :client"


class Replies:
    """What the viewer's phone says of their own reminders. Of one that is not theirs nothing is told."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def shown(self, viewer: Viewer, id: str, now: Millis) -> None:
        """The device of this login showed it. Said twice, the first time counts; of what is not there, nothing."""
        await self._db.write(lambda tx: _shown(tx, viewer, id, now))

    async def opened(self, viewer: Viewer, id: str, now: Millis) -> str | None:
        """Midweek was opened from it, so it was shown too. The plan it is about; None when there is none."""

        def work(tx: Tx) -> str | None:
            _shown(tx, viewer, id, now)
            row = tx.one(
                "UPDATE occasion SET opened_at = coalesce(opened_at, :now) "
                f"WHERE {_OWN} AND {GOT_IT} RETURNING plan_id",
                now=now,
                id=id,
                client=viewer.id,
            )
            if row is not None:
                plans.note_all(tx, viewer.id)  # an answered one slows nothing down
            return None if row is None else str(row[0])

        return await self._db.write(work)

    async def later(self, viewer: Viewer, id: str, nth: int, now: Millis) -> PutOff:
        """Put off the sending that came after `nth` others were put off: each of them only once, however often it is
        said. `NotFound` when it is not the viewer's."""
        return await self._db.write(lambda tx: put_off(tx, viewer, id, nth, now))


def put_off(tx: Tx, viewer: Viewer, id: str, nth: int, now: Millis) -> PutOff:
    """See `Replies.later`."""
    tx.run(f"UPDATE occasion SET snoozed = occasion.snoozed WHERE {_OWN}", id=id, client=viewer.id)
    row = tx.one(
        f"SELECT state, due_at, end_at, snoozed, CASE WHEN {IS_DONE} THEN 1 ELSE 0 END, "
        f"CASE WHEN {GOT_IT} THEN 1 ELSE 0 END FROM occasion WHERE {_OWN}",
        id=id,
        client=viewer.id,
    )
    if row is None:
        raise NotFound()
    said = _decide(row, nth, now)
    if said.at is not None and nth == as_int(row[3]):
        _plan_again(tx, id, said.at)
        plans.note_all(tx, viewer.id)
    return said


def _decide(row: Row, nth: int, now: Millis) -> PutOff:
    state, due_at, end_at, snoozed, done, got_it = row
    if done:
        return PutOff(None, "done")
    if nth != snoozed:
        waits = state == "planned" and nth < as_int(snoozed)
        return PutOff(as_int(due_at) if waits else None, None if waits else "used")
    if not got_it or state not in ("sent", "claimed"):
        return PutOff(None, "over")
    if nth >= snooze.MOST:
        return PutOff(None, "often")
    at = snooze.again_at(now, as_int(end_at))
    return PutOff(at, "over" if at is None else None)


def _plan_again(tx: Tx, id: str, at: Millis) -> None:
    tx.run(
        "UPDATE occasion SET state = 'planned', due_at = :at, snoozed = occasion.snoozed + 1, reason = NULL, "
        "lease_until = NULL, claimed_by = NULL, attempts = 0 WHERE id = :id",
        id=id,
        at=at,
    )


def _shown(tx: Tx, viewer: Viewer, id: str, now: Millis) -> None:
    """Both a reminder and a test of this device may have that name. A phone may say so before the push service has told
    us that it took the message: what was shown was accepted."""
    said: dict[str, Value] = {"now": now, "id": id, "client": viewer.id, "login": viewer.login}
    reminder = tx.run(
        "INSERT INTO delivery (occasion_id, subscription_id, state, sent_at, shown_at) SELECT occasion.id, "
        "subscription.id, 'accepted', CAST(:now AS BIGINT), CAST(:now AS BIGINT) FROM occasion "
        "JOIN subscription ON subscription.client_id = occasion.client_id "
        f"WHERE {_OWN} AND occasion.state IN ('claimed', 'sent') AND subscription.login_id = :login "
        "ON CONFLICT (occasion_id, subscription_id) DO UPDATE SET "
        "state = CASE WHEN delivery.state = 'later' THEN excluded.state ELSE delivery.state END, "
        "shown_at = coalesce(delivery.shown_at, excluded.shown_at)",
        **said,
    )
    test = tx.run(
        "UPDATE device SET test_shown_at = coalesce(test_shown_at, :now) WHERE test_id = :id "
        "AND login_id = :login AND client_id = :client",
        **said,
    )
    if reminder or test:
        tx.run(
            "UPDATE subscription SET shown_at = :now WHERE login_id = :login AND client_id = :client",
            now=now,
            login=viewer.login,
            client=viewer.id,
        )
