"""The peers, installed into folders of their own: nothing of them is in Midweek's environment or in git."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tools.node import node

FOLDER: Final = Path(__file__).parents[3] / ".cache" / "peers"
KINTO: Final = ("kinto[postgresql]==26.5.0", "waitress==3.0.2", "setuptools<81")  # it imports pkg_resources
POUCHDB: Final = "pouchdb-server@4.2.0"
WEB_PUSH: Final = "web-push@3.6.7"


def kinto() -> Path:
    """The folder of Kinto's programs, in a virtual environment of its own; installed if it is not there."""
    home = FOLDER / "kinto"
    if not _there(home, " ".join(KINTO)):
        _say("installing Kinto from PyPI")
        _run([sys.executable, "-m", "venv", "--clear", str(home)], "Kinto needs a virtual environment (python3-venv).")
        pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        _run([*pip, *KINTO], "Kinto could not be fetched: this machine reaches no PyPI.")
        _done(home, " ".join(KINTO))
    return home / "bin"


def pouchdb() -> Path:
    """The script that starts PouchDB Server; installed if it is not there."""
    return _npm("pouchdb", POUCHDB, "PouchDB Server") / "pouchdb-server" / "bin" / "pouchdb-server"


def web_push() -> Path:
    """The folder of modules with npm's web-push; installed if it is not there."""
    return _npm("web-push", WEB_PUSH, "web-push")


def _npm(folder: str, package: str, name: str) -> Path:
    """The folder of modules that holds this package, apart from all others."""
    home = FOLDER / folder
    if not _there(home, package):
        _say(f"installing {name} from npm")
        home.mkdir(parents=True, exist_ok=True)
        npm = [str(node()), str(node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
        path = {"PATH": os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])}
        said = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix", str(home)]
        _run([*npm, *said, package], f"{name} could not be fetched: this machine reaches no npm registry.", path)
        _done(home, package)
    return home / "node_modules"


def _there(home: Path, what: str) -> bool:
    stamp = home / "installed.txt"
    return stamp.exists() and stamp.read_text() == what


def _done(home: Path, what: str) -> None:
    (home / "installed.txt").write_text(what)


def _run(command: Sequence[str], otherwise: str, environ: Mapping[str, str] = {}) -> None:
    done = subprocess.run(command, check=False, env={**os.environ, **environ}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{otherwise} ({(done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]})")


def _say(what: str) -> None:
    print(f"midweek: {what} (once)", flush=True)
