"""A disk whose power may go at any moment. What was synced is there; of the rest, whatever reached the platter."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.database.recorder import Asked

SECTOR: Final = 512
_REACHED: Final = (0.0, 0.1, 0.5, 0.9, 1.0)
"""Shares of the unsynced that reached the disk: one is drawn for each file and cut."""


class File:
    """One file's bytes: those that are safe, and what was asked since."""

    def __init__(self, safe: bytes = b"") -> None:
        self.safe = bytearray(safe)
        self.asked: list[Asked] = []

    def sync(self) -> None:
        for one in self.asked:
            _do(self.safe, one, bytes)
        self.asked.clear()

    def torn(self, chance: random.Random) -> bytes:
        """What is found after a cut: whole sectors reached the disk or did not, in any order, and now and then half
        of one; a truncation as well. What lies between may be zeros or rubbish."""
        if not self.asked:
            return bytes(self.safe)
        found = bytearray(self.safe)
        share = chance.choice(_REACHED)
        rubbish = chance.randbytes if chance.random() < 0.3 else bytes
        for one in self.asked:
            for part in _sectors(one):
                if chance.random() < share:
                    _do(found, _half(part, chance) if share < 1 and chance.random() < 0.02 else part, rubbish)
        return bytes(found)


class Disk:
    """The files of one folder. Names (made, renamed, removed) reach the disk in order; a sync of the folder makes sure
    of those so far."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._now = {name: File(data) for name, data in files.items()}
        self._safe = dict(self._now)
        self._asked: list[Callable[[dict[str, File]], None]] = []

    def do(self, one: Asked) -> None:
        match one.what:
            case "create" if one.file not in self._now:
                made = File()
                self._rename(lambda names: names.update({one.file: made}))
            case "remove":
                self._rename(lambda names: _drop(names, one.file))
            case "rename":
                self._rename(lambda names: names.update({one.to: names.pop(one.file)}))
            case "write" | "truncate":
                self._now[one.file].asked.append(one)
            case "sync":
                self._now[one.file].sync()
            case "sync folder":
                self._safe = dict(self._now)
                self._asked.clear()
            case _:
                pass

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as they are found after the power went now."""
        names = dict(self._safe)
        for rename in self._asked[: chance.randint(0, len(self._asked))]:
            rename(names)
        return {name: file.torn(chance) for name, file in names.items()}

    def _rename(self, change: Callable[[dict[str, File]], None]) -> None:
        change(self._now)
        self._asked.append(change)


def cuts(
    files: Mapping[str, bytes], log: Sequence[Asked], count: int, chance: random.Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """`count` cuts at random moments of `log`: how much of it was asked before, and the files found afterwards. Half
    of them fall just before or after a sync, where mistakes are."""
    edges = [at + after for at, one in enumerate(log) if one.what.startswith("sync") for after in (0, 1)]
    anywhere = [chance.randint(0, len(log)) for _ in range(count - count // 2)]
    disk, done = Disk(files), 0
    for at in sorted(anywhere + chance.choices(edges or [len(log)], k=count // 2)):
        for one in log[done:at]:
            disk.do(one)
        done = at
        yield at, disk.cut(chance)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by name; shared memory and locks don't outlive a power cut."""
    kept = [file for file in folder.iterdir() if file.is_file() and not file.name.endswith(("-shm", ".lock"))]
    return {file.name: file.read_bytes() for file in kept}


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Make the folder hold these files and no others."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _drop(names: dict[str, File], name: str) -> None:
    names.pop(name, None)


def _sectors(one: Asked) -> Iterator[Asked]:
    if one.what != "write":
        yield one
        return
    start, end = one.offset, one.offset + len(one.data)
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield Asked("write", one.file, start, one.data[start - one.offset : stop - one.offset])
        start = stop


def _half(one: Asked, chance: random.Random) -> Asked:
    return one._replace(data=one.data[: chance.randint(0, len(one.data))]) if one.what == "write" else one


def _do(data: bytearray, one: Asked, filler: Callable[[int], bytes]) -> None:
    if one.what == "truncate":
        del data[one.offset :]
        return
    if one.offset > len(data):
        data += filler(one.offset - len(data))
    data[one.offset : one.offset + len(one.data)] = one.data
