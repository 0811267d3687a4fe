"""A server that sends reminders and can be killed: `crash_worker.py ADDRESS KEYS PORT CA FOLDER`, one line a worker.

Each line on stdin starts one more, a copy of this process, and its process id is printed. A worker does what is due
until it is killed. Its clock is the number in FOLDER/clock, which the test moves. The number in FOLDER/question it
writes to FOLDER/idle-PID when it has looked since, found nothing to do, and has nothing on its way.
"""

import asyncio
import os
import signal
import ssl
import sys
from pathlib import Path

from server.database import KEY_MIGRATIONS, open_database
from server.reminders.door import open_reminders
from server.settings import Settings
from server.store.keys import Keys
from tests.push.push_service import leading_to
from tests.push.world import ORIGIN


def main(address: str, keys_address: str, port: str, authority: str, folder: str) -> None:
    """Until stdin ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        if (worker := os.fork()) == 0:
            try:
                asyncio.run(work(address, keys_address, int(port), Path(authority), Path(folder)))
            finally:
                os._exit(1)
        print(worker, flush=True)


async def work(address: str, keys_address: str, port: int, authority: Path, folder: Path) -> None:
    """Send what is due, for ever."""
    db = await open_database(address)
    keys = Keys(await open_database(keys_address, migrations=KEY_MIGRATIONS), bytes(32))
    tls = ssl.create_default_context(cafile=str(authority))
    settings = Settings(origin=ORIGIN, vapid_subject="mailto:ada@example.org")
    answer, answered = folder / f"idle-{os.getpid()}", ""

    def now() -> int:
        return int((folder / "clock").read_text())

    reminders = await open_reminders(settings, db, keys, now, resolver=leading_to(port), tls=tls)
    while True:
        question = (folder / "question").read_text()
        claims = await reminders.engine.begin(now())
        await asyncio.gather(*(reminders.engine.deliver(claim) for claim in claims))
        if not claims and question != answered:
            written(answer, question)
            answered = question
        await asyncio.sleep(0.01)


def written(path: Path, text: str) -> None:
    """Whoever reads the file reads the whole of it."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
