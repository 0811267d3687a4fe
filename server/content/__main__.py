"""`python -m server.content check [folder]`: what is wrong with the exercises, in sentences."""

import sys
from pathlib import Path

from server.content import check, summary

CHECKOUT = Path(__file__).resolve().parents[2] / "exercises"


def main(arguments: list[str]) -> int:
    """0 when all is well, 1 when something is wrong, 2 when the command can't be understood."""
    if not arguments or arguments[0] != "check" or len(arguments) > 2:
        print("Usage: python -m server.content check [folder]", file=sys.stderr)
        return 2
    folder = Path(arguments[1]) if len(arguments) == 2 else CHECKOUT
    problems = check(folder)
    print("\n".join(problems) if problems else summary(folder))
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
