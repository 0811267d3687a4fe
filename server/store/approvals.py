"""Approvals: which version of an exercise a practice's named clinician stands behind."""

from server.database import Database
from server.models import Viewer
from server.store.values import as_int


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
