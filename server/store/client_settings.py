"""What a therapist keeps a client from, or to: one record a client, by the therapist, and held to on the phone."""

from typing import Final

import msgspec

from server.bodies import ClientSetting
from server.database import Database, Tx
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.store import records
from server.store.keys import Keys
from server.store.known_ids import known_id
from server.store.op import Op
from server.store.therapist_ops import written

KIND: Final = "client-setting"


class ClientSettings:
    """The settings of a therapist's own clients."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def of(self, viewer: Viewer, client_id: str) -> Record | None:
        """The settings of one of the viewer's own clients; None where nothing was set, and for anyone else's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Record | None:
            stored = records.of_my_client(tx, viewer.id, client_id, known_id("settings", client_id))
            return None if stored is None else records.travelling(key, client_id, stored)

        return await self._db.read(work)

    async def put(
        self, viewer: Viewer, client_id: str, op: str, base: Rev | None, setting: ClientSetting, now: Millis
    ) -> Record:
        """Put the settings in the place of those that were on screen at `base`; None where there were none. `NotFound`
        for anyone else's client, `Conflict` when they changed since."""
        key = await self._keys.of(client_id)
        said = Op(
            id=op,
            record=known_id("settings", client_id),
            kind=KIND,
            action="put",
            base=base,
            audience="therapist",
            felt_at=now,
            body=msgspec.json.encode(setting),
        )
        return await self._db.write(lambda tx: written(tx, viewer, client_id, key, said, now))
