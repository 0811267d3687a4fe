"""Words for feelings that a therapist and one of their clients share: each a record, and entries name it by its id."""

from typing import Final

import msgspec

from server.bodies import SharedWord
from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev
from server.models import Millis, Record, Viewer
from server.store import counter, records
from server.store.keys import Keys
from server.store.therapist_ops import put_of, written

KIND: Final = "word"


class NewWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word, what it means, and the ids a therapist's browser made: of the word, and of the wish to add it."""

    record: str
    op: str
    word: str
    meaning: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is to become of a word that was on screen at revision `base`. The word itself stays: entries point to it."""

    record: str
    op: str
    base: Rev
    meaning: str
    ended: bool


class SharedWords:
    """The words of a therapist and their own clients."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def add(self, viewer: Viewer, client_id: str, new: NewWord, now: Millis) -> Record:
        """Add a word for one of the viewer's own clients; said twice, it is added once."""
        key = await self._keys.of(client_id)
        body = SharedWord(word=new.word, meaning=new.meaning, by=viewer.name)
        said = put_of(KIND, new.op, new.record, None, now, msgspec.json.encode(body))
        return await self._db.write(lambda tx: written(tx, viewer, client_id, key, said, now))

    async def change(self, viewer: Viewer, client_id: str, change: Change, now: Millis) -> Record:
        """Say anew what a word means, end it, or take it up again. `NotFound` for anyone else's client and where there
        is no such word, `Conflict` when it changed since."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Record:
            counter.take_for_therapist(tx, viewer.id, client_id, count=0)
            stored = records.of_my_client(tx, viewer.id, client_id, change.record)
            if stored is None or stored.kind != KIND or stored.body is None:
                raise NotFound()
            body = msgspec.json.decode(records.opened(key, client_id, stored) or b"{}", type=dict[str, object])
            said = put_of(KIND, change.op, change.record, change.base, stored.felt_at, _changed(body, change, now))
            return written(tx, viewer, client_id, key, said, now)

        return await self._db.write(work)


def _changed(body: dict[str, object], change: Change, now: Millis) -> bytes:
    ended = body.get("ended_at") or now
    kept = {name: value for name, value in body.items() if name != "ended_at"}
    return msgspec.json.encode(kept | {"meaning": change.meaning} | ({"ended_at": ended} if change.ended else {}))
