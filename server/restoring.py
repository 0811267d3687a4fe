"""What whoever runs the server does about backups: make one, prove it, put it back."""

import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from server import backups
from server.backups import Backup
from server.database import KEY_MIGRATIONS, files, open_database
from server.opening import open_databases
from server.settings import BadSetting, Settings
from server.store.high_water import expect_more
from server.store.restored import Mended, Restored


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """What came of restoring a backup beside the server."""

    backup: Backup
    mended: Mended
    opened: int
    """Clients of whom a record opens with today's keys."""
    closed: int
    """Clients of whom none does, though there are some: erased since, or the keys are others."""


def back_up(settings: Settings, folder: Path) -> tuple[Path, Backup]:
    """Copy the database into `folder`; the server may run. The copy, and what it holds."""
    return backups.backup(_file(settings, settings.database), folder, _now())


def back_up_keys(settings: Settings, folder: Path) -> Path:
    """Copy the keys into `folder`; the server may run."""
    return backups.backup_keys(_file(settings, settings.keys_database), folder, _now())


async def drill(settings: Settings, path: Path) -> Drill:
    """Restore the backup in a place of its own, with a copy of today's keys, and read of each client. The server may
    run; nothing of it is touched. `CannotOpen` or `Unreadable` says what is wrong."""
    made = backups.checked(path)
    with tempfile.TemporaryDirectory(prefix="midweek-drill-") as folder:
        apart = Path(folder)
        files.copy(path, apart / "midweek.db")
        keys_copy = backups.backup_keys(_file(settings, settings.keys_database), apart, _now())
        settings = msgspec.structs.replace(
            settings, data=apart, database=str(apart / "midweek.db"), keys_database=str(keys_copy)
        )
        async with AsyncExitStack() as stack:
            db, keys = await open_databases(settings, stack)
            await expect_more(keys.database)
            restored = Restored(db, keys)
            mended, readable = await restored.look(_now()), await restored.readable()
    assert mended is not None
    return Drill(backup=made, mended=mended, opened=readable.count(True), closed=readable.count(False))


async def restore(settings: Settings, path: Path) -> tuple[Mended, Path | None]:
    """Put the backup in the place of the database and tell it what has happened since; the server must be stopped. What
    it was told, and where the database from before lies. After a stop in between, the next start goes on."""
    database = _file(settings, settings.database)
    backups.checked(path)
    await _expect_more(settings)
    aside = backups.put_back(path, database, _now())
    return await _mended(settings), aside


async def new_epoch(settings: Settings) -> Mended:
    """Tell the database, which was restored by its own means, what has happened since; every node must be stopped."""
    await _expect_more(settings)
    return await _mended(settings)


async def _expect_more(settings: Settings) -> None:
    keys = await open_database(settings.keys_database, migrations=KEY_MIGRATIONS)
    try:
        await expect_more(keys)
    finally:
        await keys.close()


async def _mended(settings: Settings) -> Mended:
    async with AsyncExitStack() as stack:
        db, keys = await open_databases(settings, stack)
        mended = await Restored(db, keys).look(_now())
    assert mended is not None
    return mended


def _file(settings: Settings, said: str) -> Path:
    if Path(said) not in settings.files:
        raise BadSetting(
            "This is for SQLite, and MIDWEEK_DATABASE is PostgreSQL. Use its own tools: pg_dump for a backup, and "
            "after a restore midweek new-epoch, before any node is started. Nothing was changed."
        )
    return Path(said)


def _now() -> int:
    return time.time_ns() // 1_000_000


def age(made_at: int) -> str:
    """How long ago, in words."""
    minutes = max(0, _now() - made_at) // 60_000
    days, hours = minutes // 1440, minutes // 60
    said = f"{minutes} minutes" if minutes < 120 else f"{hours} hours" if hours < 48 else f"{days} days"
    return f"{said} ago ({datetime.fromtimestamp(made_at / 1000, UTC):%Y-%m-%d %H:%M} UTC)"
