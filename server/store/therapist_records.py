"""What a therapist keeps about one client as a single record each: settings that the client's phone holds to, the dates
of their sessions, and the part of the safety plan that is written together. Written by the therapist, read by both."""

from typing import Final

import msgspec

from server.bodies import Body
from server.database import Database, Tx
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.store import records
from server.store.keys import Keys
from server.store.known_ids import known_id
from server.store.therapist_ops import Known, put_of, written

SETTINGS: Final = Known("settings", "client-setting")
MENU: Final = Known("menu", "menu")
SESSIONS: Final = Known("sessions", "session-date")
SAFETY_PART: Final = Known("safety-part", "safety-part")


class TherapistRecords:
    """The records of a therapist about their own clients."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of(self, viewer: Viewer, client_id: str, what: Known) -> Record | None:
        """What is kept of one of the viewer's own clients; None where nothing was, and for anyone else's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Record | None:
            stored = records.of_my_client(tx, viewer.id, client_id, known_id(what.name, client_id))
            return None if stored is None else records.travelling(key, client_id, stored)

        return await self._db.read(work)

    async def put(
        self, viewer: Viewer, client_id: str, what: Known, op: str, base: Rev | None, body: Body, now: Millis
    ) -> Record:
        """Put it whole in the place of what was on screen at `base`; None where there was nothing. `NotFound` for
        anyone else's client, `Conflict` when it changed since."""
        key = await self._keys.of(client_id)
        said = put_of(what.kind, op, known_id(what.name, client_id), base, now, msgspec.json.encode(body))
        return await self._db.write(lambda tx: written(tx, viewer, client_id, key, said, now))
