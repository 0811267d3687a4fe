"""Crisis lines: whom a practice's clients can call, each checked by somebody; and the practice itself."""

from datetime import date, timedelta
from typing import Final

import msgspec

from server.database import Database, Row, Tx
from server.errors import Invalid, NotFound
from server.models import Millis, Viewer
from server.store.values import as_int

MOST: Final = 20
"""Lines a practice may have: whoever reads them is in no state to search."""
OVERDUE_AFTER: Final = 90
"""Days after which a line that nobody checked again is warned about when the server starts."""


class CrisisLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line as it is shown. `checked_by` is told to the practice's own people only."""

    id: str
    name: str
    number: str
    hours: str
    checked_on: str
    sms: str = ""
    chat: str = ""
    country: str = ""
    checked_by: str = ""


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How to reach the therapist, and when."""

    words: str
    number: str = ""
    mail: str = ""


class CrisisLines:
    """The crisis lines and the contact of the viewer's practice."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self, viewer: Viewer) -> list[CrisisLine]:
        """Those of the viewer's practice, in the order they were added."""
        rows = await self._db.read(lambda tx: tx.all(_SELECT, practice=viewer.practice))
        return [_line(row, viewer) for row in rows]

    async def put(self, viewer: Viewer, line: CrisisLine, now: Millis) -> None:
        """Add a line, or put it in the place of the one with its id. `NotFound` when that is another practice's,
        `Invalid` when there are `MOST` already."""
        await self._db.write(lambda tx: _put(tx, viewer, line, now))

    async def check(self, viewer: Viewer, line_id: str, on: str, by: str) -> None:
        """Note that `by` called the line on this day. `NotFound` when the practice has no such line."""
        changed = await self._db.write(
            lambda tx: tx.run(
                "UPDATE crisis_line SET checked_on = :day, checked_by = :by WHERE id = :id AND practice_id = :practice",
                day=on,
                by=by,
                id=line_id,
                practice=viewer.practice,
            )
        )
        if changed == 0:
            raise NotFound()

    async def remove(self, viewer: Viewer, line_id: str) -> None:
        """Remove a line of the viewer's practice; twice is harmless."""
        await self._db.write(
            lambda tx: tx.run(
                "DELETE FROM crisis_line WHERE id = :id AND practice_id = :practice",
                id=line_id,
                practice=viewer.practice,
            )
        )

    async def contact(self, viewer: Viewer) -> Contact | None:
        """How the viewer's practice can be reached, if it said so."""
        row = await self._db.read(
            lambda tx: tx.one(
                "SELECT words, number, mail FROM practice_contact WHERE practice_id = :practice",
                practice=viewer.practice,
            )
        )
        return None if row is None else Contact(words=str(row[0]), number=str(row[1]), mail=str(row[2]))

    async def put_contact(self, viewer: Viewer, contact: Contact) -> None:
        """Say how the viewer's practice can be reached, in place of what was said before."""
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO practice_contact (practice_id, words, number, mail) "
                "VALUES (:practice, :words, :number, :mail) ON CONFLICT (practice_id) DO UPDATE SET "
                "words = excluded.words, number = excluded.number, mail = excluded.mail",
                practice=viewer.practice,
                words=contact.words,
                number=contact.number,
                mail=contact.mail,
            )
        )

    async def remove_contact(self, viewer: Viewer) -> None:
        """Say nothing any more; twice is harmless."""
        await self._db.write(
            lambda tx: tx.run(
                "DELETE FROM practice_contact WHERE practice_id = :practice",
                practice=viewer.practice,
            )
        )

    async def overdue(self, today: date) -> int:
        """How many lines on this server nobody has checked for more than `OVERDUE_AFTER` days. `today` is the date
        where whoever reads that is."""
        day = (today - timedelta(days=OVERDUE_AFTER)).isoformat()
        row = await self._db.read(
            lambda tx: tx.one("SELECT count(*) FROM crisis_line WHERE checked_on < :day", day=day)
        )
        return 0 if row is None else as_int(row[0])


_SELECT: Final = (
    "SELECT id, name, number, hours, checked_on, sms, chat, country, checked_by FROM crisis_line "
    "WHERE practice_id = :practice ORDER BY added_at, id"
)


def _put(tx: Tx, viewer: Viewer, line: CrisisLine, now: Millis) -> None:
    tx.run("UPDATE practice SET name = name WHERE id = :practice", practice=viewer.practice)  # one after another
    held = tx.one(
        "SELECT count(*) FROM crisis_line WHERE practice_id = :practice AND id <> :id",
        practice=viewer.practice,
        id=line.id,
    )
    if held is not None and as_int(held[0]) >= MOST:
        raise Invalid(f"There are {MOST} lines already, more than anyone reads. Nothing was changed. Remove one first.")
    changed = tx.run(
        "INSERT INTO crisis_line (id, practice_id, name, number, hours, checked_on, sms, chat, country, checked_by, "
        "added_at) VALUES (:id, :practice, :name, :number, :hours, :checked_on, :sms, :chat, :country, :checked_by, "
        ":now) ON CONFLICT (id) DO UPDATE SET name = excluded.name, number = excluded.number, "
        "hours = excluded.hours, checked_on = excluded.checked_on, sms = excluded.sms, chat = excluded.chat, "
        "country = excluded.country, checked_by = excluded.checked_by "
        "WHERE crisis_line.practice_id = excluded.practice_id",
        practice=viewer.practice,
        now=now,
        **msgspec.structs.asdict(line),
    )
    if changed == 0:
        raise NotFound()


def _line(row: Row, viewer: Viewer) -> CrisisLine:
    id, name, number, hours, checked_on, sms, chat, country, checked_by = (str(value) for value in row)
    return CrisisLine(
        id=id,
        name=name,
        number=number,
        hours=hours,
        checked_on=checked_on,
        sms=sms,
        chat=chat,
        country=country,
        checked_by="" if viewer.role == "client" else checked_by,
    )
