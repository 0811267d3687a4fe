"""Writes until the disk is full.

`python fill_up.py FOLDER` does it in a process whose files may not grow past a limit, lifts the limit, and prints what
came of it as JSON.
"""

import asyncio
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from server.database import Database, StorageFailed, Tx, open_database

ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)"
ROOT = Path(__file__).parents[2]
LIMIT = 2 * 1024 * 1024


class Filled(NamedTuple):
    """What eight writers were told until the disk was full: the keys that were acknowledged, and the refusals."""

    acknowledged: set[str]
    told: list[str]


def add(key: str) -> Callable[[Tx], int]:
    return lambda tx: tx.run(ADD, key=f"{key} {'x' * 5_000}")


async def filled(database: Database) -> Filled:
    """Write until each writer was refused."""
    acknowledged: set[str] = set()
    told: list[str] = []

    async def writer(name: int) -> None:
        for number in range(10_000):
            try:
                await database.write(add(f"{name}-{number}"))
            except StorageFailed as failed:
                told.append(str(failed))
                return
            acknowledged.add(f"{name}-{number}")

    await asyncio.gather(*(writer(name) for name in range(8)))
    return Filled(acknowledged, told)


async def there(database: Database) -> set[str]:
    """The keys that can be read."""
    rows = await database.read(lambda tx: tx.all("SELECT key FROM attempt"))
    return {str(key).split()[0] for (key,) in rows}


async def intact(database: Database) -> bool:
    return await database.read(lambda tx: tx.all("SELECT * FROM pragma_integrity_check")) == [("ok",)]


async def main(folder: Path) -> None:
    database = await open_database(folder / "small.db")
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, hard))
    acknowledged, told = await filled(database)
    lost = acknowledged - await there(database)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    again = await database.write(add("again"))
    whole = await intact(database)
    await database.close()
    print(json.dumps({"acknowledged": len(acknowledged), "lost": len(lost), "told": told, "again": again, "ok": whole}))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
