"""Readings: who looked at what a client shared, when, and how far. For the client to see; nobody can take one back."""

from typing import Final

import msgspec

from server.database import Database, Tx
from server.errors import NotFound
from server.merge import Rev, parse_rev
from server.models import Millis, Viewer
from server.store import counter
from server.store.values import as_int

MOST: Final = 1_000
"""Readings that are told, the newest; the log itself keeps them all."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One time someone looked. Everything shared up to the revision `through` was in front of them then; null while
    sharing was paused, since then there was nothing."""

    by: str
    at: Millis
    through: str | None
    what: str = "journal"
    """`journal`: what is shared. `reminders`: only whether they reach a device. `supervision`: numbers and codes."""
    since: str | None = None
    """The day from which on anything was shown; null where that was all."""


class ReadLog(msgspec.Struct, frozen=True, kw_only=True):
    """The newest first. `epochs` tells how revisions follow one another: see `/api/sync`."""

    readings: list[Reading]
    epochs: list[tuple[str, int]]


class Readings:
    """What was read of the viewer's own journal."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, viewer: Viewer) -> ReadLog:
        """Who read what the viewer shared. Looks that came no further than one of the same reader before, on the same
        day by UTC, are told as one."""

        def work(tx: Tx) -> ReadLog:
            rows = tx.all(
                "SELECT account.display_name, min(read_log.at), read_log.epoch, read_log.seq, read_log.what, "
                "read_log.since_day FROM read_log JOIN account ON account.id = read_log.reader_id "
                "WHERE read_log.client_id = :client "
                "GROUP BY account.display_name, read_log.reader_id, read_log.epoch, read_log.seq, read_log.what, "
                "read_log.since_day, read_log.at / 86400000 ORDER BY min(read_log.at) DESC, read_log.seq DESC "
                "LIMIT :most",
                client=viewer.id,
                most=MOST,
            )
            forks = counter.peek(tx, viewer.id).epochs.forks
            return ReadLog(
                readings=[
                    Reading(
                        by=str(by),
                        at=as_int(at),
                        through=None if epoch is None else str(Rev(str(epoch), as_int(seq))),
                        what=str(what),
                        since=None if since is None else str(since),
                    )
                    for by, at, epoch, seq, what, since in rows
                ],
                epochs=list(forks.items()),
            )

        return await self._db.read(work)


def note(
    tx: Tx, reader_id: str, client_id: str, through: str | None, now: Millis, what: str = "journal", since: str = ""
) -> None:
    """Note that a therapist saw what their own client shared up to the revision `through`; None: they looked and there
    was nothing, or they asked for something else (`what`). Nothing lived before the day `since` was there. `NotFound`
    when the client is not, or no longer, theirs."""
    rev = None if through is None else parse_rev(through)
    noted = tx.run(
        "INSERT INTO read_log (client_id, reader_id, at, what, epoch, seq, since_day) "
        "SELECT relationship.client_id, :reader, :now, :what, :epoch, :seq, :since FROM relationship "
        "WHERE relationship.client_id = :client AND relationship.therapist_id = :reader AND relationship.until IS NULL",
        client=client_id,
        reader=reader_id,
        now=now,
        what=what,
        epoch=None if rev is None else rev.epoch,
        seq=None if rev is None else rev.seq,
        since=since or None,
    )
    if noted == 0:
        raise NotFound()


def note_supervision(tx: Tx, supervisor_id: str, client_id: str, now: Millis) -> None:
    """Note that a supervisor, who may, looked at numbers and codes."""
    tx.run(
        "INSERT INTO read_log (client_id, reader_id, at, what) VALUES (:client, :reader, :now, 'supervision')",
        client=client_id,
        reader=supervisor_id,
        now=now,
    )
