"""Approvals: which version of an exercise a practice's named clinician stands behind."""

import msgspec

from server.database import Database
from server.models import Viewer
from server.store.values import as_int


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """A version of an exercise, and who approved it on which day."""

    exercise: str
    version: int
    by: str
    day: str


class Approvals:
    """The approvals of the viewer's practice."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, viewer: Viewer) -> list[str]:
        """What the viewer's practice approved, as `exercise@version`, in order."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT exercise, version FROM approval WHERE practice_id = :practice", practice=viewer.practice
            )
        )
        return [f"{exercise}@{version}" for exercise, version in sorted((str(e), as_int(v)) for e, v in rows)]

    async def all(self, viewer: Viewer) -> list[Approval]:
        """The approvals of the viewer's practice, by exercise and version."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT exercise, version, name, day FROM approval WHERE practice_id = :practice "
                "ORDER BY exercise, version",
                practice=viewer.practice,
            )
        )
        return [
            Approval(exercise=str(exercise), version=as_int(version), by=str(by), day=str(day))
            for exercise, version, by, day in rows
        ]

    async def take_back(self, viewer: Viewer, exercise: str, version: int) -> None:
        """Take back an approval of the viewer's practice; twice is harmless. Assignments that were set stay."""
        await self._db.write(
            lambda tx: tx.run(
                "DELETE FROM approval WHERE practice_id = :practice AND exercise = :exercise AND version = :version",
                practice=viewer.practice,
                exercise=exercise,
                version=version,
            )
        )

    async def add(self, practice: str, exercise: str, version: int, by: str, day: str) -> None:
        """Note that `by` approved this version on this day; the first note of a version stays."""
        await self._db.write(
            lambda tx: tx.run(
                "INSERT INTO approval (practice_id, exercise, version, name, day) "
                "VALUES (:practice, :exercise, :version, :by, :day) "
                "ON CONFLICT (practice_id, exercise, version) DO NOTHING",
                practice=practice,
                exercise=exercise,
                version=version,
                by=by,
                day=day,
            )
        )
