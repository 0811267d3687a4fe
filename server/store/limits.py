"""What a client wants of all their reminders together: quiet hours, the most a day, a pause.

It is one record a client, under an id that each of their devices can work out: two phones that change it change the
same one.
"""

from collections.abc import Callable
from typing import Final

import msgspec
import structlog

from server import bodies
from server.clocks import QUIET, Hours
from server.database import Tx
from server.schedule import MOST, Limits
from server.sealing import Unreadable
from server.store import records
from server.store.known_ids import known_id
from server.store.records import Stored

KIND: Final = "preference"
Open = Callable[[str, Stored], bytes | None]
"""A record's body in clear, given the client it belongs to."""

_log = structlog.get_logger("midweek.reminders")
_preference = msgspec.json.Decoder(bodies.Preference)


def id_of(client_id: str) -> str:
    """The id of the client's limits; `pwa/src/reminders/limits.ts` has the same."""
    return known_id("reminders", client_id)


def limits(tx: Tx, client_id: str, opened: Open) -> Limits:
    """The client's limits; the usual ones where nothing else was said, or what was said can't be read."""
    record = records.one(tx, client_id, id_of(client_id))
    if record is None or record.kind != KIND or record.deleted:
        return Limits()
    try:
        body = opened(client_id, record)
        said = bodies.Preference() if body is None else _preference.decode(body)
    except (Unreadable, msgspec.ValidationError) as problem:
        _log.error("limits-unreadable", error=type(problem).__name__)
        return Limits()
    return as_limits(said)


def as_limits(said: bodies.Preference) -> Limits:
    """The limits that a body means."""
    return Limits(
        quiet=QUIET if said.quiet is None else Hours(said.quiet.from_, said.quiet.to),
        own=said.quiet is not None,
        most=said.most or MOST,
        paused_until=said.paused_until,
    )
