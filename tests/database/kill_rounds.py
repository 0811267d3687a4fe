"""Kills a writing process again and again, and looks whether every write that was answered is there.

`python kill_rounds.py FOLDER ROUNDS` prints how many were answered, and how many of those were lost. Each round is a
fork of this process, so that it starts at once.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from server.database import Tx, open_database

ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, 0, 0)"


def add(key: str) -> Callable[[Tx], int]:
    return lambda tx: tx.run(ADD, key=key)


async def write_on(path: str, answered: int) -> None:
    """Write from eight callers at once, and tell the pipe each key once its write was answered."""
    database = await open_database(path)
    numbers = count()

    async def phone(name: int) -> None:
        while True:
            key = f"{os.getpid()}-{name}-{next(numbers)}"
            await database.write(add(key))
            os.write(answered, f"{key}\n".encode())

    await asyncio.gather(*(phone(name) for name in range(8)))


def one_round(path: str, keys: int) -> list[str]:
    """The keys that were answered before the writing process was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        asyncio.run(write_on(path, writing))
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        heard = [pipe.readline() for _ in range(keys)]
        os.kill(child, signal.SIGKILL)
        heard += pipe.readlines()
    os.waitpid(child, 0)
    return [line.decode().strip() for line in heard if line.endswith(b"\n")]


def main(folder: Path, rounds: int) -> None:
    path = str(folder / "killed.db")
    chance = random.Random(3)  # any number will do
    answered = [key for _ in range(rounds) for key in one_round(path, chance.randint(1, 200))]
    asyncio.run(_settle(path))
    conn = sqlite3.connect(path)
    kept = {str(row[0]) for row in conn.execute("SELECT key FROM attempt")}
    intact = conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    conn.close()
    print(len(answered), len(set(answered) - kept), intact)


async def _settle(path: str) -> None:
    """Open and close once more, as a server that starts again."""
    await (await open_database(path)).close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
