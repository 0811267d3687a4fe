"""Starts servers quickly: one process that has read the code once, and is copied for each start.

`python -m tests.sync.launcher`. Each line on stdin is `[defect, word, ...]`, the words of a `midweek` command: `serve`
starts it in a copy of this process, and prints its process id; any other command is run to its end, and its exit status
is printed. Each copy is a process of its own and can be killed. With a name from `broken.py`, it has that defect.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from functools import cache
from typing import Final, NoReturn

from server import cli, content
from server.app import create_app
from server.settings import Settings
from server.store import people
from tests.sync import broken

NO_STATUS: Final = 99


def main() -> None:
    """Until stdin ends."""
    content.load = cache(content.load)  # the exercises don't change while a test runs
    people.__dict__.update(_NAME_TRIES=1_000_000)  # each restore signs the staff out, and a night has many of them
    create_app(settings := Settings.from_env(os.environ), library=content.load(settings.exercises))
    for line in sys.stdin:
        defect, *words = json.loads(line)
        print(_serving(words, defect) if words == ["serve"] else _status(words, defect), flush=True)


def _serving(words: Sequence[str], defect: str | None) -> int:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a server that ended leaves nothing behind
    return os.fork() or _be(words, defect)


def _status(words: Sequence[str], defect: str | None) -> int:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork() or _be(words, defect)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return status


def _be(words: Sequence[str], defect: str | None) -> NoReturn:
    """Be `midweek words...`; what it says goes where errors go."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    status = NO_STATUS
    try:
        if defect is not None:
            broken.break_server(defect)
        status = cli.main(words)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
