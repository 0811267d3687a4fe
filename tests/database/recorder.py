"""Records what SQLite asks of the disk: every write, truncation, sync, creation, renaming and removal, in order.

It is a VFS put before the default one inside the very SQLite that Python's `sqlite3` uses, so the code under test runs
unchanged. Only the methods that change files are replaced; reading, locks and the shared memory stay native. Python's
own renaming, removal and `fsync` of files in the folder are recorded too.
"""

import ctypes
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import pytest

_OK: Final = 0
_CREATE: Final = 0x4
_JOURNALS: Final = 0x800 | 0x4000 | 0x80000
"""Rollback journal, super-journal, write-ahead log: their first sync syncs the folder too."""

_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_CLOSE = ctypes.CFUNCTYPE(_I, _P)
_WRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_TRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_SYNC = ctypes.CFUNCTYPE(_I, _P, _I)
_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_DELETE = ctypes.CFUNCTYPE(_I, _P, _P, _I)


class Asked(NamedTuple):
    """One thing asked of the disk. `file` is a name in the folder; `to` is the new name of a renaming."""

    what: str
    file: str = ""
    offset: int = 0
    data: bytes = b""
    to: str = ""
    by: int = 0
    """The thread that wrote."""
    said: object = None
    """With `what = "mark"`: what the test had to note at this moment."""


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", _I),
        ("close", _CLOSE),
        ("read", _P),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("rest", _P * 13),
    ]


class _File(ctypes.Structure):
    _fields_ = [("methods", _P)]


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", _I),
        ("file_size", _I),
        ("longest_path", _I),
        ("next", _P),
        ("name", ctypes.c_char_p),
        ("data", _P),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("rest", _P * 14),
    ]


class Recorder:
    """The log of one folder, while `recording` lasts."""

    def __init__(self, folder: Path) -> None:
        self.log: list[Asked] = []
        self._folder = f"{folder.resolve()}/"
        self._names: dict[int, str] = {}
        self._seen = {file.name for file in folder.iterdir()}
        self._sync_folder: set[int] = set()
        self._tables: dict[int, _Methods] = {}
        self._natives: dict[int, _Methods] = {}

    def mark(self, said: object) -> None:
        """Note that something happened now: that somebody was told, say."""
        self.log.append(Asked("mark", said=said))

    def within(self, path: str | bytes | os.PathLike[str] | None) -> str | None:
        """The name of a file of the folder, None for any other."""
        text = os.fsdecode(path) if path is not None else ""
        return text[len(self._folder) :] if text.startswith(self._folder) else None

    def renamed(self, source: str | None, target: str | None) -> None:
        """A file was renamed. One that nobody synced has nothing to be found after a cut."""
        if source in self._seen and target is not None:
            self._seen.add(target)
            self.log.append(Asked("rename", source, to=target))

    def synced(self, path: Path) -> None:
        """Python synced a file or the folder. What it wrote itself is taken whole."""
        if path == Path(self._folder):
            self.log.append(Asked("sync folder"))
        elif (name := self.within(path)) is not None:
            if name not in self._seen:
                self._seen.add(name)
                self.log += [Asked("create", name), Asked("write", name, 0, path.read_bytes())]
            self.log.append(Asked("sync", name))

    def vfs(self, native: _Vfs) -> _Vfs:
        """A copy of `native` whose files are recorded."""
        made = _Vfs.from_buffer_copy(native)
        made.name = b"recorded"
        address = ctypes.addressof(native)

        def opened(_vfs: int, path: int | None, file: int, flags: int, out: int | None) -> int:
            answer = int(native.open(address, path, file, flags, out))
            name = self.within(ctypes.string_at(path)) if path else None
            if answer == _OK and name is not None:
                self._adopt(file, name, flags)
            return answer

        def deleted(_vfs: int, path: int, sync_folder: int) -> int:
            answer = int(native.delete(address, path, sync_folder))
            name = self.within(ctypes.string_at(path))
            if answer == _OK and name is not None:
                self.log.append(Asked("remove", name))
                if sync_folder:
                    self.log.append(Asked("sync folder"))
            return answer

        made.open, made.delete = _OPEN(opened), _DELETE(deleted)
        return made

    def _adopt(self, file: int, name: str, flags: int) -> None:
        if flags & _CREATE:
            self.log.append(Asked("create", name))
        self._seen.add(name)
        self._names[file] = name
        if flags & _CREATE and flags & _JOURNALS:
            self._sync_folder.add(file)
        methods = ctypes.cast(file, ctypes.POINTER(_File)).contents
        at = int(methods.methods or 0)
        if at not in self._tables:
            self._natives[at] = _Methods.from_address(at)
            self._tables[at] = self._table(self._natives[at])
        methods.methods = ctypes.addressof(self._tables[at])

    def _table(self, native: _Methods) -> _Methods:
        made = _Methods.from_buffer_copy(native)

        def closed(file: int) -> int:
            self._names.pop(file, None)
            self._sync_folder.discard(file)
            return int(native.close(file))

        def written(file: int, data: int, size: int, offset: int) -> int:
            answer = int(native.write(file, data, size, offset))
            if answer == _OK:
                self.log.append(Asked("write", self._names[file], offset, ctypes.string_at(data, size), by=get_ident()))
            return answer

        def truncated(file: int, size: int) -> int:
            answer = int(native.truncate(file, size))
            if answer == _OK:
                self.log.append(Asked("truncate", self._names[file], size))
            return answer

        def synced(file: int, flags: int) -> int:
            answer = int(native.sync(file, flags))
            if answer == _OK:
                self.log.append(Asked("sync", self._names[file]))
                if file in self._sync_folder:
                    self._sync_folder.discard(file)
                    self.log.append(Asked("sync folder"))
            return answer

        made.close, made.write = _CLOSE(closed), _WRITE(written)
        made.truncate, made.sync = _TRUNCATE(truncated), _SYNC(synced)
        return made


@contextmanager
def recording(folder: Path) -> Generator[Recorder]:
    """Record what is asked of the files in `folder`, by connections opened meanwhile; close them before the end."""
    library = _library()
    native = _Vfs.from_address(library.sqlite3_vfs_find(None))
    recorder = Recorder(folder)
    vfs = recorder.vfs(native)
    assert library.sqlite3_vfs_register(ctypes.byref(vfs), 1) == _OK
    try:
        with _python_recorded(recorder):
            yield recorder
    finally:
        library.sqlite3_vfs_register(ctypes.byref(native), 1)
        library.sqlite3_vfs_unregister(ctypes.byref(vfs))


@contextmanager
def _python_recorded(recorder: Recorder) -> Generator[None]:
    unlink, fsync = os.unlink, os.fsync

    def by(rename: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def renamed(source: Path, target: Path) -> None:
            rename(source, target)
            recorder.renamed(recorder.within(source), recorder.within(target))

        return renamed

    def unlinked(path: Path) -> None:
        unlink(path)
        name = recorder.within(path)
        if name is not None:
            recorder.log.append(Asked("remove", name))

    def synced(file: int) -> None:
        fsync(file)
        path = Path(f"/proc/self/fd/{file}").resolve()
        recorder.synced(path)

    with (
        patch("os.replace", by(os.replace)),
        patch("os.rename", by(os.rename)),
        patch("os.unlink", unlinked),
        patch("os.fsync", synced),
    ):
        yield


def _library() -> Any:
    """The SQLite that Python's `sqlite3` uses, or the test is skipped where it keeps its symbols to itself."""
    import _sqlite3

    conn = sqlite3.connect(":memory:")
    ours = str(conn.execute("SELECT sqlite_source_id()").fetchone()[0])
    conn.close()
    for where in (getattr(_sqlite3, "__file__", None), None):
        library = ctypes.CDLL(where)
        if not hasattr(library, "sqlite3_vfs_register"):
            continue
        library.sqlite3_sourceid.restype = ctypes.c_char_p
        library.sqlite3_vfs_find.restype = ctypes.c_void_p
        library.sqlite3_vfs_find.argtypes = [ctypes.c_char_p]
        if library.sqlite3_sourceid().decode() == ours:
            return library
    pytest.skip("this Python keeps the symbols of its SQLite to itself, so nothing can be put before its disk")
