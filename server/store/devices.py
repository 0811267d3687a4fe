"""Devices: what each login of a client last said about showing reminders, and why one is no longer reached."""

from typing import Final, Literal

from server.database import Database, Tx
from server.errors import Conflict
from server.models import Millis, Viewer
from server.store.values import as_int

State = Literal["unsupported", "install", "denied", "off", "waiting", "on"]
"""What stands between a device and a reminder, in the words of the app."""

_GIVEN_UP: Final = "gone"


class Devices:
    """The device the viewer asks from."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def say(self, viewer: Viewer, state: State, now: Millis) -> None:
        """Note what the device says of itself; the last word counts."""
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO device (login_id, client_id, state, said_at) VALUES (:login, :client, :state, :now) "
                "ON CONFLICT (login_id) DO UPDATE SET state = excluded.state, said_at = excluded.said_at",
                login=viewer.login,
                client=viewer.id,
                state=state,
                now=now,
            )
        )

    async def begin_test(self, viewer: Viewer, test: str, now: Millis) -> None:
        """A message named `test` is about to be sent to this device, to be shown at once."""
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO device (login_id, client_id, test_id, test_at) VALUES (:login, :client, :test, :now) "
                "ON CONFLICT (login_id) DO UPDATE SET test_id = excluded.test_id, test_at = excluded.test_at, "
                "test_shown_at = NULL",
                login=viewer.login,
                client=viewer.id,
                test=test,
                now=now,
            )
        )

    async def test_shown_at(self, viewer: Viewer, test: str) -> Millis | None:
        """When the device said that it showed the test; None while it has not, and for a test that is not its last."""
        row = await self._db.read(
            lambda tx: tx.one(
                "SELECT test_shown_at FROM device WHERE login_id = :login AND test_id = :test",
                login=viewer.login,
                test=test,
            )
        )
        return None if row is None or row[0] is None else as_int(row[0])


def take(tx: Tx, viewer: Viewer, endpoint_hash: bytes) -> None:
    """The device is reached again. `Conflict` at an address that its push service has given up already."""
    given_up = tx.one(
        "SELECT 1 FROM device WHERE login_id = :login AND lost_hash = :hash", login=viewer.login, hash=endpoint_hash
    )
    if given_up is not None:
        raise Conflict(
            "The push service gave up this browser's address. Nothing was saved. Turn reminders off and on again."
        )
    tx.run(
        "UPDATE device SET lost_at = NULL, lost_why = NULL, lost_hash = NULL WHERE login_id = :login",
        login=viewer.login,
    )


def lose(tx: Tx, subscription_id: str, why: str, now: Millis) -> None:
    """Forget a subscription; that its device is no longer reached, since when and why, stays known."""
    _note_lost(tx, "subscription.id = :id", subscription_id, why, now)
    tx.run("DELETE FROM subscription WHERE id = :id", id=subscription_id)


def lose_all(tx: Tx, login_id: str, why: str, now: Millis) -> None:
    """Forget every subscription of a login."""
    _note_lost(tx, "subscription.login_id = :id", login_id, why, now)
    tx.run("DELETE FROM subscription WHERE login_id = :id", id=login_id)


def _note_lost(tx: Tx, which: str, id: str, why: str, now: Millis) -> None:
    rows = tx.all(
        f"SELECT login_id, client_id, endpoint_hash FROM subscription WHERE {which} ORDER BY subscription.id", id=id
    )
    tx.many(
        "INSERT INTO device (login_id, client_id, lost_at, lost_why, lost_hash) "
        "VALUES (:login, :client, :now, :why, :hash) ON CONFLICT (login_id) DO UPDATE SET "
        "lost_at = excluded.lost_at, lost_why = excluded.lost_why, lost_hash = excluded.lost_hash",
        [
            {"login": login, "client": client, "now": now, "why": why, "hash": hash if why == _GIVEN_UP else None}
            for login, client, hash in rows
        ],
    )
