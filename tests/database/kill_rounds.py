"""Kills a writing process again and again, and looks whether every write that was answered is there.

`python kill_rounds.py FOLDER ROUNDS [too-early]` prints how many writes were answered, how many of those were lost, how
many gaps there are in what the writers wrote one after the other, and whether the database is intact. Each round is a
fork of this process, so that it starts at once. With `too-early` the answer goes out before the commit, which must be
seen to lose. `MIDWEEK_SEED` chooses the moments; without, they are always the same.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from unittest.mock import patch

from server.database import Tx, group, open_database, wal

WRITERS = 8
WHOLE = {(0, 0), (0, 1), (1, 0)}
"""In which rounds of three, and by which of two writers, something is written whole in the writer's thread."""
ADD = "INSERT INTO attempt (key, window_start, tries) VALUES (:key, :writer, :number)"


def add(key: str, writer: int, number: int) -> Callable[[Tx], int]:
    return lambda tx: tx.run(ADD, key=key, writer=writer, number=number)


async def write_on(path: str, answered: int, which: int) -> None:
    """Write from eight callers at once, in some rounds whole in the writer's thread, in some jotting, in some both, and
    tell the pipe each key once its write was answered."""
    database = await open_database(path)

    async def phone(writer: int) -> None:
        keep = database.write if (which % 3, writer % 2) in WHOLE else database.jot
        for number in count():
            key = f"{writer}-{number}"
            await keep(add(key, writer, number))
            os.write(answered, f"{key}\n".encode())

    await asyncio.gather(*(phone(which * WRITERS + name) for name in range(WRITERS)))


def one_round(path: str, keys: int, which: int) -> list[str]:
    """The keys that were answered before the writing process was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        asyncio.run(write_on(path, writing, which))
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
    chance = random.Random(os.environ.get("MIDWEEK_SEED", ""))
    answered = [key for which in range(rounds) for key in one_round(path, chance.randint(1, 200), which)]
    asyncio.run(_settle(path))
    conn = sqlite3.connect(path)
    kept = {str(row[0]) for row in conn.execute("SELECT key FROM attempt")}
    gaps = conn.execute(
        "SELECT count(*) FROM (SELECT 1 FROM attempt GROUP BY window_start HAVING max(tries) <> count(*) - 1)"
    ).fetchone()[0]
    intact = conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    conn.close()
    print(len(answered), len(set(answered) - kept), gaps, intact)


async def _settle(path: str) -> None:
    """Open and close once more, as a server that starts again."""
    await (await open_database(path)).close()


_commit = group.Together.commit


def _early(self: group.Together) -> int:
    group.deliver(self.jobs)
    time.sleep(0.01)  # the answers have left; on a busy machine the commit could be there before them
    return _commit(self)


if __name__ == "__main__":
    commit = _early if sys.argv[3:] == ["too-early"] else _commit
    often = patch.object(wal, "TOO_LARGE", 100_000)  # so that many are killed while they empty the log
    with often, patch.object(group.Together, "commit", commit):
        main(Path(sys.argv[1]), int(sys.argv[2]))
