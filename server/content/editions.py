"""Versions that are settled: a digest of each file as it was, so that no word changes under an approval.

`editions.toml` in an exercise's folder is written by `midweek check-exercises --seal`. Line breaks don't count, as they
don't in the words themselves.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, cast

FILE: Final = "editions.toml"
STRUCTURE: Final = "exercise.toml"
_HEAD: Final = (
    "# Written by `midweek check-exercises --seal`. A version that stands here is settled.\n"
    "# To change a word or a step, raise `version` in exercise.toml: the new one needs an approval of its own.\n"
)
Edition = Mapping[str, str]
"""The digests of one version's files, by name."""


def changed(home: Path, version: int) -> Iterator[tuple[Path, str]]:
    """What of a settled version is not as it was: the file, and what to do."""
    known = _known(home)
    if known is None:
        yield home / FILE, "it can't be read. Put it back as it was: it is not written by hand."
        return
    if known and version < max(known):
        yield home / STRUCTURE, f"its version is {version}, and version {max(known)} is settled. Raise `version`."
    for name, digest in known.get(version, {}).items():
        if not (home / name).is_file() or _digest(home / name) != digest:
            yield (
                home / name,
                f"it changed since version {version} was settled. Raise `version` in exercise.toml by one: the new "
                "version needs an approval of its own. Or put the file back as it was.",
            )


def seal(home: Path, version: int) -> bool:
    """Settle a version as its files are now; whether there was anything new to settle. What stands there stays."""
    known = _known(home) or {}
    files = [home / STRUCTURE, *sorted(home.glob("*.md"))]
    edition = {path.name: _digest(path) for path in files} | dict(known.get(version, {}))
    if known.get(version) == edition:
        return False
    (home / FILE).write_text(_HEAD + "".join(_written(*each) for each in sorted({**known, version: edition}.items())))
    return True


def is_settled(home: Path, version: int) -> bool:
    """Whether the version is one that stands in the folder's editions."""
    return version in (_known(home) or {})


def _known(home: Path) -> dict[int, Edition] | None:
    """The settled versions; None when the file can't be read."""
    path = home / FILE
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {int(version): cast("Edition", files) for version, files in table.items() if isinstance(files, dict)}
    except (ValueError, OSError):
        return None


def _written(version: int, edition: Edition) -> str:
    return f"\n[{version}]\n" + "".join(f'"{name}" = "{digest}"\n' for name, digest in sorted(edition.items()))


def _digest(path: Path) -> str:
    return hashlib.sha256(" ".join(path.read_text(encoding="utf-8").split()).encode()).hexdigest()[:32]
