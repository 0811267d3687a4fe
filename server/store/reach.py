"""Whether reminders about what a therapist set reach the client: that alone, never whether they were answered, when
they come, or anything else the client planned."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from server.bodies import Plan
from server.database import Database, Tx
from server.models import Millis, Viewer
from server.schedule import day_where
from server.sealing import SealingKey, Unreadable
from server.store import readings, records
from server.store.keys import Keys
from server.store.values import as_int


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Of one assignment that the client wants reminders of: they reach a device, the client paused them, or no device
    is reached, and `since` when, where that is known."""

    assignment: str
    state: Literal["reaches", "paused", "unreached"]
    since: Millis | None = None


class Reaches:
    """What the viewer, a therapist, may know of reminders of their own clients."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of_client(self, viewer: Viewer, client_id: str, now: Millis) -> list[Reach]:
        """By assignment; those without a reminder are not there. The look is noted for the client. `NotFound` when the
        client is not, or no longer, the viewer's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> list[Reach]:
            readings.note(tx, viewer.id, client_id, None, now, what="reminders")
            return _reaches(tx, key, client_id, now)

        return await self._db.write(work)


def _reaches(tx: Tx, key: SealingKey, client_id: str, now: Millis) -> list[Reach]:
    row = tx.one("SELECT zone FROM client WHERE id = :client", client=client_id)
    today = day_where(now, None if row is None or row[0] is None else str(row[0]))
    running: dict[str, bool] = {}
    for plan in _plans(tx, key, client_id):
        on = plan.on and not (plan.paused_until is not None and today < plan.paused_until)
        running[plan.about] = running.get(plan.about, False) or on
    reached, since = _reached(tx, client_id, now)
    return [
        Reach(
            assignment=about,
            state="paused" if not on else "reaches" if reached else "unreached",
            since=since if on and not reached else None,
        )
        for about, on in sorted(running.items())
        if _is_assignment(tx, client_id, about)
    ]


def _plans(tx: Tx, key: SealingKey, client_id: str) -> Sequence[Plan]:
    rows = tx.all("SELECT id FROM plan WHERE client_id = :client ORDER BY id", client=client_id)
    found: list[Plan] = []
    for (plan_id,) in rows:
        record = records.one(tx, client_id, str(plan_id))
        try:
            body = None if record is None or record.deleted else records.opened(key, client_id, record)
            if body is not None:
                found.append(_decode(body))
        except (Unreadable, msgspec.MsgspecError):
            continue
    return found


_decode = msgspec.json.Decoder(Plan).decode


def _is_assignment(tx: Tx, client_id: str, about: str) -> bool:
    record = records.one(tx, client_id, about)
    return record is not None and record.kind == "assignment" and not record.deleted


def _reached(tx: Tx, client_id: str, now: Millis) -> tuple[bool, Millis | None]:
    """Whether some device is reached, and when the last one stopped being so."""
    row = tx.one(
        "SELECT count(*), coalesce(sum(CASE WHEN subscription.failed_at IS NULL THEN 1 ELSE 0 END), 0), "
        "max(subscription.failed_at) FROM subscription JOIN login ON login.id = subscription.login_id "
        "WHERE subscription.client_id = :client AND login.revoked_at IS NULL AND login.expires_at > :now",
        client=client_id,
        now=now,
    )
    lost = tx.one("SELECT max(lost_at) FROM device WHERE client_id = :client", client=client_id)
    assert row is not None
    assert lost is not None
    times = [as_int(at) for at in (row[2], lost[0]) if at is not None]
    return as_int(row[1]) > 0, max(times, default=None)
