"""What a client agreed to share, as far as the server has to know it: whether sharing is paused.

The agreement is a record like any other, one a client, under an id that each of their devices can work out: two phones
that change it change the same one.
"""

from typing import Final

import msgspec

from server.database import Tx
from server.sealing import SealingKey, Unreadable
from server.store import records
from server.store.known_ids import known_id

KIND: Final = "preference"


class Agreement(msgspec.Struct, frozen=True):
    """Whether sharing is paused, and the parts of an entry that are agreed to be shared or not."""

    paused: bool = False
    fields: dict[str, bool] = {}

    @property
    def not_shared(self) -> tuple[str, ...]:
        """The parts that are not, in a fixed order."""
        return tuple(sorted(field for field, agreed in self.fields.items() if not agreed))


def id_of(client_id: str) -> str:
    """The id of the client's agreement on sharing."""
    return known_id("sharing", client_id)


def paused(tx: Tx, key: SealingKey, client_id: str) -> bool:
    """Whether the client has paused sharing."""
    return agreement(tx, key, client_id).paused


def agreement(tx: Tx, key: SealingKey, client_id: str) -> Agreement:
    """What the client agreed to. One that can't be read counts as paused: nothing is shown that may not be meant to."""
    record = records.one(tx, client_id, id_of(client_id))
    if record is None or record.kind != KIND:
        return Agreement()
    try:
        body = records.opened(key, client_id, record)
        return Agreement() if body is None else msgspec.json.decode(body, type=Agreement)
    except (Unreadable, msgspec.ValidationError):
        return Agreement(paused=True)
