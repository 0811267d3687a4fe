"""Templates: lists of exercises that a practice sets for many, for a group or a programme of sessions."""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from server.bodies import ExerciseId
from server.database import Database, Row, Tx
from server.errors import Conflict, Invalid, NotFound
from server.models import Millis, Viewer
from server.store.values import as_int

MOST: Final = 50
"""Templates that a practice may have."""


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An exercise of a template, with what is said about it; `session` is which one it follows, where that counts."""

    exercise: ExerciseId
    reason: Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*\Z")] = ""
    times_a_week: Annotated[int, Meta(ge=1, le=21)] | None = None
    session: Annotated[int, Meta(ge=1, le=99)] | None = None


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A named list. `rev` is 0 before it is kept."""

    id: str
    name: str
    items: list[Item]
    rev: int = 0


class Templates:
    """The templates of the viewer's practice; its therapists keep them together."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self, viewer: Viewer) -> list[Template]:
        """Those of the viewer's practice, by name."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT id, name, items, rev FROM template WHERE practice_id = :practice", practice=viewer.practice
            )
        )
        return sorted(map(_template, rows), key=lambda one: (one.name.casefold(), one.id))

    async def put(self, viewer: Viewer, template: Template, now: Millis) -> Template:
        """Keep a template in the place of what was on screen, whose `rev` it has; the same again changes nothing.
        `NotFound` when it is another practice's, `Conflict` when it changed since, `Invalid` when there are `MOST`."""
        return await self._db.write(lambda tx: _put(tx, viewer, template, now))

    async def remove(self, viewer: Viewer, template_id: str) -> None:
        """Remove a template of the viewer's practice; what was set from it stays. Twice is harmless."""
        await self._db.write(
            lambda tx: tx.run(
                "DELETE FROM template WHERE id = :id AND practice_id = :practice",
                id=template_id,
                practice=viewer.practice,
            )
        )


def _put(tx: Tx, viewer: Viewer, template: Template, now: Millis) -> Template:
    row = tx.one("SELECT id, name, items, rev, practice_id FROM template WHERE id = :id", id=template.id)
    kept = None if row is None else _template(row[:4])
    if row is not None and row[4] != viewer.practice:
        raise NotFound()
    after = msgspec.structs.replace(template, rev=template.rev + 1)
    if kept == after:
        return after
    if (kept.rev if kept else 0) != template.rev:
        raise _changed()
    if kept is None:
        _room_for_one(tx, viewer)
    written = tx.run(
        "INSERT INTO template (id, practice_id, name, items, rev, changed_at) "
        "VALUES (:id, :practice, :name, :items, :rev, :now) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
        "items = excluded.items, rev = excluded.rev, changed_at = excluded.changed_at "
        "WHERE template.practice_id = excluded.practice_id AND template.rev = :before",
        id=after.id,
        practice=viewer.practice,
        name=after.name,
        items=msgspec.json.encode(after.items).decode(),
        rev=after.rev,
        now=now,
        before=template.rev,
    )
    if not written:  # another node was quicker, after it was read here
        raise _changed()
    return after


def _changed() -> Conflict:
    return Conflict("This list was changed since you opened it. Nothing was saved. Look at it again, then repeat it.")


def _room_for_one(tx: Tx, viewer: Viewer) -> None:
    row = tx.one("SELECT count(*) FROM template WHERE practice_id = :practice", practice=viewer.practice)
    if row is not None and as_int(row[0]) >= MOST:
        raise Invalid(f"Your practice has {MOST} lists, the most it can have. Nothing was saved. Remove one first.")


def _template(row: Row) -> Template:
    items = msgspec.json.decode(str(row[2]), type=list[Item])
    return Template(id=str(row[0]), name=str(row[1]), items=items, rev=as_int(row[3]))
