"""Exercises that a practice wrote itself: what is being written, and the versions that were published.

Nothing of one practice is seen by another. A published version is never changed and never deleted.
"""

from typing import Final

import msgspec

from server.content import Source
from server.content.form import placed
from server.database import Database, Row, Tx
from server.errors import Conflict, Invalid, NotFound
from server.models import Millis, Viewer
from server.store.values import as_int

MOST: Final = 200
"""Exercises a practice may have of its own."""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A published version: who published it, and when."""

    version: int
    by: str
    at: Millis


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise as it is being written. `version` is the one the texts are, or will be while it is a `draft`."""

    id: str
    rev: int
    version: int
    draft: bool
    retired: bool
    by: str
    at: Millis
    source: Source
    editions: list[Edition]


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list. `words` is only how the words begin."""

    id: str
    version: int
    draft: bool
    retired: bool
    by: str
    at: Millis
    words: str


class OwnExercises:
    """The exercises that the viewer's practice wrote."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def all(self, viewer: Viewer) -> list[Listed]:
        """Those of the viewer's practice, the newest first."""
        rows = await self._db.read(lambda tx: tx.all(_LISTED, practice=viewer.practice))
        return [_listed(row) for row in rows]

    async def one(self, viewer: Viewer, exercise: str) -> Writing:
        """One of the viewer's practice. `NotFound` where there is none, and for another practice's."""
        return await self._db.read(lambda tx: _found(tx, viewer, exercise))

    async def published(self, viewer: Viewer) -> list[tuple[str, Source]]:
        """The newest published version of each, by id; without those that were taken out of the list."""
        rows = await self._db.read(lambda tx: tx.all(_PUBLISHED, practice=viewer.practice))
        return [(str(exercise), Source(str(structure), str(words))) for exercise, structure, words in rows]

    async def edition(self, viewer: Viewer, exercise: str, version: int) -> Source:
        """A published version as it was. `NotFound` where there is none, and for another practice's."""

        def work(tx: Tx) -> Source:
            _found(tx, viewer, exercise)
            return _edition(tx, exercise, version)

        return await self._db.read(work)

    async def add(self, viewer: Viewer, exercise: str, source: Source, now: Millis) -> Writing:
        """A new draft; the same id again changes nothing. `NotFound` when that is another practice's, `Invalid` when
        there are `MOST` already."""
        return await self._db.write(lambda tx: _added(tx, viewer, exercise, placed(source, exercise, 1), now))

    async def save(self, viewer: Viewer, exercise: str, base: int, source: Source, now: Millis) -> Writing:
        """Put these texts in the place of those seen at `base`; the same texts again change nothing. What was
        published stays, and the texts are of the next version. `Conflict` when somebody changed them since."""
        return await self._db.write(lambda tx: _saved(tx, viewer, exercise, base, source, now))

    async def publish(self, viewer: Viewer, exercise: str, base: int, now: Millis) -> Writing:
        """The texts seen at `base` become a version for good; twice is harmless. `Conflict` as for `save`."""
        return await self._db.write(lambda tx: _publish(tx, viewer, exercise, base, now))

    async def drop(self, viewer: Viewer, exercise: str, base: int, now: Millis) -> Writing | None:
        """Throw the draft seen at `base` away: the texts are those of the last version again. None when nothing was
        ever published, and all of it is gone. `Conflict` as for `save`."""
        return await self._db.write(lambda tx: _dropped(tx, viewer, exercise, base, now))

    async def retire(self, viewer: Viewer, exercise: str, *, retired: bool) -> Writing:
        """Take it out of the list, or put it back. What was set of it stays as it is."""

        def work(tx: Tx) -> Writing:
            tx.run(
                "UPDATE own_exercise SET retired = :retired WHERE id = :id AND practice_id = :practice",
                retired=int(retired),
                id=exercise,
                practice=viewer.practice,
            )
            return _found(tx, viewer, exercise)

        return await self._db.write(work)


_LISTED: Final = (
    "SELECT own_exercise.id, version, draft, retired, account.display_name, changed_at, substr(words, 1, 400) "
    "FROM own_exercise JOIN account ON account.id = changed_by "
    "WHERE own_exercise.practice_id = :practice ORDER BY own_exercise.created_at DESC, own_exercise.id"
)
_PUBLISHED: Final = (
    "SELECT own_edition.exercise_id, own_edition.structure, own_edition.words FROM own_exercise "
    "JOIN own_edition ON own_edition.exercise_id = own_exercise.id "
    "AND own_edition.version = own_exercise.version - own_exercise.draft "
    "WHERE own_exercise.practice_id = :practice AND own_exercise.retired = 0 "
    "ORDER BY own_exercise.created_at, own_exercise.id"
)


def _found(tx: Tx, viewer: Viewer, exercise: str) -> Writing:
    row = tx.one(
        "SELECT own_exercise.id, rev, version, draft, retired, account.display_name, changed_at, structure, words "
        "FROM own_exercise JOIN account ON account.id = changed_by "
        "WHERE own_exercise.id = :id AND own_exercise.practice_id = :practice",
        id=exercise,
        practice=viewer.practice,
    )
    if row is None:
        raise NotFound()
    editions = tx.all(
        "SELECT version, account.display_name, published_at FROM own_edition "
        "JOIN account ON account.id = published_by WHERE exercise_id = :id ORDER BY version",
        id=exercise,
    )
    return _writing(row, editions)


def _added(tx: Tx, viewer: Viewer, exercise: str, source: Source, now: Millis) -> Writing:
    tx.run("UPDATE practice SET name = name WHERE id = :practice", practice=viewer.practice)  # one after another
    held = tx.one("SELECT count(*) FROM own_exercise WHERE practice_id = :practice", practice=viewer.practice)
    if held is not None and as_int(held[0]) >= MOST:
        raise Invalid(f"Your practice has {MOST} exercises of its own, the most there can be. Nothing was added.")
    tx.run(
        "INSERT INTO own_exercise (id, practice_id, structure, words, rev, version, draft, changed_by, changed_at, "
        "created_at) VALUES (:id, :practice, :structure, :words, 1, 1, 1, :by, :now, :now) ON CONFLICT (id) DO NOTHING",
        id=exercise,
        practice=viewer.practice,
        structure=source.structure,
        words=source.words,
        by=viewer.id,
        now=now,
    )
    return _found(tx, viewer, exercise)


def _saved(tx: Tx, viewer: Viewer, exercise: str, base: int, source: Source, now: Millis) -> Writing:
    there = _found(tx, viewer, exercise)
    if placed(source, exercise, there.version) == there.source:
        return there
    version = there.version if there.draft else there.version + 1
    return _changed(tx, viewer, there, base, placed(source, exercise, version), version, now, draft=True)


def _publish(tx: Tx, viewer: Viewer, exercise: str, base: int, now: Millis) -> Writing:
    there = _found(tx, viewer, exercise)
    if not there.draft and there.rev == base + 1:
        return there
    done = _changed(tx, viewer, there, base, there.source, there.version, now, draft=False)
    tx.run(
        "INSERT INTO own_edition (exercise_id, version, structure, words, published_by, published_at) "
        "VALUES (:id, :version, :structure, :words, :by, :now) ON CONFLICT (exercise_id, version) DO NOTHING",
        id=exercise,
        version=there.version,
        structure=done.source.structure,
        words=done.source.words,
        by=viewer.id,
        now=now,
    )
    return _found(tx, viewer, exercise)


def _dropped(tx: Tx, viewer: Viewer, exercise: str, base: int, now: Millis) -> Writing | None:
    there = _found(tx, viewer, exercise)
    if not there.draft:
        return there
    if there.editions:
        last = there.editions[-1].version
        return _changed(tx, viewer, there, base, _edition(tx, exercise, last), last, now, draft=False)
    gone = tx.run(
        "DELETE FROM own_exercise WHERE id = :id AND practice_id = :practice AND rev = :base",
        id=exercise,
        practice=viewer.practice,
        base=base,
    )
    if gone == 0:
        raise _theirs(there)
    return None


def _changed(
    tx: Tx, viewer: Viewer, there: Writing, base: int, source: Source, version: int, now: Millis, *, draft: bool
) -> Writing:
    changed = tx.run(
        "UPDATE own_exercise SET structure = :structure, words = :words, version = :version, draft = :draft, "
        "rev = rev + 1, changed_by = :by, changed_at = :now "
        "WHERE id = :id AND practice_id = :practice AND rev = :base",
        structure=source.structure,
        words=source.words,
        version=version,
        draft=int(draft),
        by=viewer.id,
        now=now,
        id=there.id,
        practice=viewer.practice,
        base=base,
    )
    if changed == 0:
        raise _theirs(there)
    return _found(tx, viewer, there.id)


def _theirs(there: Writing) -> Conflict:
    return Conflict(
        f"{there.by} changed this exercise meanwhile. Nothing was written over: theirs is saved, and yours is still on "
        "this page."
    )


def _edition(tx: Tx, exercise: str, version: int) -> Source:
    row = tx.one(
        "SELECT structure, words FROM own_edition WHERE exercise_id = :id AND version = :version",
        id=exercise,
        version=version,
    )
    if row is None:
        raise NotFound()
    return Source(str(row[0]), str(row[1]))


def _writing(row: Row, editions: list[Row]) -> Writing:
    id, rev, version, draft, retired, by, at, structure, words = row
    return Writing(
        id=str(id),
        rev=as_int(rev),
        version=as_int(version),
        draft=bool(draft),
        retired=bool(retired),
        by=str(by),
        at=as_int(at),
        source=Source(str(structure), str(words)),
        editions=[Edition(version=as_int(n), by=str(name), at=as_int(when)) for n, name, when in editions],
    )


def _listed(row: Row) -> Listed:
    id, version, draft, retired, by, at, words = row
    return Listed(
        id=str(id),
        version=as_int(version),
        draft=bool(draft),
        retired=bool(retired),
        by=str(by),
        at=as_int(at),
        words=str(words),
    )
