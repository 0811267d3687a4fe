"""The server that the machine talks to: real processes on a real port, quick to start and easy to kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.machines import ROOT, Server


class Quick(Server):
    """A `Server` that is copied from a process which has read the code already."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        quiet = {"MIDWEEK_REMINDERS": "0", "MIDWEEK_MIN_FREE_MB": "0", "MIDWEEK_PROXIES": "127.0.0.1"}
        super().__init__(folder, quiet | dict(environ or {}))
        words = [sys.executable, "-m", "tests.sync.launcher"]
        self._log = (folder / "server.log").open("ab")
        self._launcher = subprocess.Popen(
            words, env=self._environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )
        self._child = 0
        self._defect: str | None = None

    def with_defect(self, defect: str | None) -> None:
        """Start again with a defect of `broken.py`, or without."""
        self.stop()
        self._defect = defect
        self.start()

    def command(self, *words: str) -> str:
        """Run `midweek words...` to its end; it says what it has to say in the log."""
        if self._asked(*words) != 0:
            raise RuntimeError(self.log())
        return ""

    def start(self) -> None:
        """Start, and come back when it answers."""
        self._child = self._asked("serve")
        give_up = time.monotonic() + 60
        while not self._answers():
            if not self.runs or time.monotonic() > give_up:
                raise RuntimeError(self.log())
            time.sleep(0.005)

    def log(self) -> str:
        """What it said last."""
        return (self.folder / "server.log").read_text()[-4000:]

    @property
    def runs(self) -> bool:
        """Whether its process is there."""
        if not self._child:
            return False
        try:
            os.kill(self._child, 0)
        except ProcessLookupError:
            return False
        return True

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self._child

    def kill(self) -> None:
        """Send SIGKILL, and wait for nothing."""
        os.kill(self._child, signal.SIGKILL)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, politely or not, and come back when it is gone."""
        if not self.runs:
            return
        os.kill(self._child, how)
        self.gone()

    def gone(self) -> None:
        """Come back when its process is gone."""
        give_up = time.monotonic() + 20
        while self.runs:
            if time.monotonic() > give_up:
                raise RuntimeError("The server does not end.")
            time.sleep(0.002)

    def end(self) -> None:
        """Stop it for good."""
        self.stop()
        self._launcher.communicate(timeout=20)
        self._log.close()

    def _asked(self, *words: str) -> int:
        assert self._launcher.stdin
        assert self._launcher.stdout
        self._launcher.stdin.write(json.dumps([self._defect, *words]).encode() + b"\n")
        self._launcher.stdin.flush()
        answer = self._launcher.stdout.readline()
        if not answer:
            raise RuntimeError(self.log())
        return int(answer)
