"""Recordings: exercises read aloud by the practice's own people, sealed in the database.

Each has a key of its own, in the keys database, and is sealed chunk by chunk: it is never whole in memory, and once it
is removed, its key is gone and no backup plays it.
"""

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final
from uuid import uuid4

import msgspec

from server import audio
from server.database import Database, Row, Tx
from server.errors import Invalid, NotFound, TooLarge
from server.models import Millis, Viewer
from server.schedule import day_where
from server.sealing import SealingKey, Unreadable, bind
from server.store import counter, records
from server.store.keys import Keys
from server.store.values import as_bytes, as_int

MOST_BYTES: Final = 20 * 1024 * 1024
"""The largest file."""
MOST_IN_ALL: Final = 1024 * 1024 * 1024
"""What all of a practice's recordings may hold together."""
CHUNK: Final = 128 * 1024
"""Bytes sealed at a time: a transaction holds one chunk, so nobody's write waits for an upload."""
_HALF_SENT: Final = 3_600_000
"""After so long an upload that never ended is cleared away by the next one."""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The words that were read: of one version of an exercise in one language; `step` is empty for the whole of it."""

    exercise: str
    version: int
    locale: str
    step: str


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """A recording as it is listed."""

    id: str
    exercise: str
    version: int
    locale: str
    step: str
    type: str
    size: int
    by: str
    at: Millis


class Recordings:
    """The recordings of the viewer's practice."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys = db, keys

    async def all(self, viewer: Viewer) -> list[Recording]:
        """Those of the viewer's practice that can still be opened, by exercise and step."""
        rows = await self._db.read(lambda tx: tx.all(f"{_SELECT} ORDER BY exercise, step, locale", **_own(viewer)))
        found = [_recording(row) for row in rows]
        return [one for one in found if await self._keys.known(_name(one.id)) is not None]

    async def add(self, viewer: Viewer, words: Words, sound: AsyncIterator[bytes], now: Millis) -> Recording:
        """Keep a recording in the place of the one there was for the same words, of whichever version. Nothing is
        changed when the file is too large (`TooLarge`) or no sound (`Invalid`), or stops in between."""
        id = str(uuid4())
        await self._db.write(lambda tx: _begin(tx, viewer, id, words, now))
        try:
            key = _key(id, await self._keys.secret(_name(id)))
            kind, size = await self._keep(id, words, key, sound)
            gone = await self._db.write(lambda tx: _finish(tx, viewer, id, words, kind, size))
        except BaseException:
            await self._drop([id])
            raise
        await self._drop(gone)
        return next(one for one in await self.all(viewer) if one.id == id)

    async def remove(self, viewer: Viewer, id: str) -> None:
        """Remove a recording of the viewer's practice, and its key; twice is harmless."""
        own = await self._db.write(
            lambda tx: tx.run("DELETE FROM recording WHERE id = :id AND practice_id = :practice", id=id, **_own(viewer))
        )
        if own:
            await self._drop([id])

    async def assigned(self, viewer: Viewer, now: Millis) -> set[str]:
        """The therapist-only exercises that the viewer, a client, has been set and may open today, where they are."""
        key = await self._keys.of(viewer.id)
        return await self._db.read(
            lambda tx: _assigned(tx, viewer, key, day_where(now, counter.peek(tx, viewer.id).zone))
        )

    async def open(self, viewer: Viewer, recording: Recording) -> AsyncIterator[bytes]:
        """The sound, chunk by chunk. `NotFound` when it is not there, `Unreadable` when it was damaged."""
        secret = await self._keys.known(_name(recording.id))
        if secret is None:
            raise NotFound()
        return self._chunks(viewer, recording, _key(recording.id, secret))

    async def _chunks(self, viewer: Viewer, recording: Recording, key: SealingKey) -> AsyncIterator[bytes]:
        sent, n = 0, 0
        while sent < recording.size:
            row = await self._db.read(partial(_chunk, viewer=viewer, id=recording.id, n=n))
            if row is None:
                raise Unreadable("a part of the recording is missing")
            last = sent + CHUNK >= recording.size
            plain = key.open(_bound(recording.id, recording_words(recording), n, last), as_bytes(row[0]))
            sent, n = sent + len(plain), n + 1
            yield plain

    async def _keep(self, id: str, words: Words, key: SealingKey, sound: AsyncIterator[bytes]) -> tuple[str, int]:
        """Seal and store what comes; its kind and size. The last chunk is sealed as the last: none can be cut off."""
        waiting, size, n, kind = b"", 0, 0, None

        async def put(plain: bytes, last: bool) -> None:
            sealed = key.seal(_bound(id, words, n, last), plain)
            await self._db.write(lambda tx: tx.run(_PUT_CHUNK, id=id, n=n, sealed=sealed))

        async for part in sound:
            waiting, size = waiting + part, size + len(part)
            if size > MOST_BYTES:
                raise TooLarge(TOO_LARGE)
            if kind is None and len(waiting) >= audio.HEAD:
                kind = _kind(waiting)
            while len(waiting) > CHUNK:
                await put(waiting[:CHUNK], False)
                waiting, n = waiting[CHUNK:], n + 1
        kind = kind or _kind(waiting)
        await put(waiting, True)
        return kind, size

    async def _drop(self, ids: Sequence[str]) -> None:
        """The keys first: from then on the sound is lost, wherever a copy of it is."""
        for id in ids:
            await self._keys.forget(_name(id))
        await self._db.write(lambda tx: _forget(tx, ids))


def recording_words(recording: Recording) -> Words:
    """The words that a recording was made for."""
    return Words(exercise=recording.exercise, version=recording.version, locale=recording.locale, step=recording.step)


TOO_LARGE: Final = (
    "This file is larger than 20 MB, the most that is kept. Nothing was changed. Save it as M4A or MP3 at a lower "
    "quality, or record step by step, and try again."
)
_NO_SOUND: Final = (
    "This is no sound file that phones play. Nothing was changed. Save the recording as M4A or MP3 (Ogg, Opus, WebM "
    "and WAV work on most phones), and try again."
)
_FULL: Final = (
    "The practice's recordings hold 1 GB by now, which is all the room there is for them. Nothing was changed. Remove "
    "recordings you no longer need, and try again."
)
_SELECT: Final = (
    "SELECT recording.id, exercise, version, locale, step, type, size, account.display_name, added_at FROM recording "
    "JOIN account ON account.id = recording.added_by WHERE recording.practice_id = :practice AND whole = 1"
)
_PUT_CHUNK: Final = "INSERT INTO recording_chunk (recording_id, n, sealed) VALUES (:id, :n, :sealed)"


def _own(viewer: Viewer) -> dict[str, str]:
    return {"practice": viewer.practice}


def _chunk(tx: Tx, viewer: Viewer, id: str, n: int) -> Row | None:
    return tx.one(
        "SELECT sealed FROM recording_chunk JOIN recording ON recording.id = recording_id "
        "WHERE recording_id = :id AND n = :n AND practice_id = :practice",
        id=id,
        n=n,
        **_own(viewer),
    )


def _name(id: str) -> str:
    return f"recording:{id}"


def _key(id: str, secret: bytes) -> SealingKey:
    return SealingKey(id[:8], secret)


def _bound(id: str, words: Words, n: int, last: bool) -> bytes:
    return bind("recording", id, words.exercise, words.version, words.locale, words.step, n, int(last))


def _kind(head: bytes) -> str:
    found = audio.kind(head[: audio.HEAD])
    if found is None:
        raise Invalid(_NO_SOUND)
    return found


def _begin(tx: Tx, viewer: Viewer, id: str, words: Words, now: Millis) -> None:
    held = tx.one("SELECT SUM(size) FROM recording WHERE practice_id = :practice AND whole = 1", **_own(viewer))
    if held is not None and int(held[0] or 0) + MOST_BYTES > MOST_IN_ALL:
        raise Invalid(_FULL)
    old = tx.all("SELECT id FROM recording WHERE whole = 0 AND added_at < :before", before=now - _HALF_SENT)
    _forget(tx, [str(row[0]) for row in old])
    tx.run(
        "INSERT INTO recording (id, practice_id, exercise, version, locale, step, type, added_by, added_at) "
        "VALUES (:id, :practice, :exercise, :version, :locale, :step, '', :by, :now)",
        id=id,
        by=viewer.id,
        now=now,
        **_own(viewer),
        **msgspec.structs.asdict(words),
    )


def _finish(tx: Tx, viewer: Viewer, id: str, words: Words, kind: str, size: int) -> list[str]:
    """It takes its place; the ids of those that were there. Two that end at once wait for each other."""
    tx.run("UPDATE practice SET name = name WHERE id = :practice", **_own(viewer))
    rows = tx.all(
        "SELECT id FROM recording WHERE practice_id = :practice AND exercise = :exercise AND locale = :locale "
        "AND step = :step AND whole = 1",
        exercise=words.exercise,
        locale=words.locale,
        step=words.step,
        **_own(viewer),
    )
    gone = [str(row[0]) for row in rows]
    tx.run("DELETE FROM recording WHERE id {in:ids}", ids=gone)
    done = tx.run(
        "UPDATE recording SET whole = 1, type = :type, size = :size WHERE id = :id", type=kind, size=size, id=id
    )
    if done == 0:  # cleared away meanwhile, after hours
        raise NotFound()
    return gone


def _forget(tx: Tx, ids: Sequence[str]) -> None:
    tx.run("DELETE FROM recording_chunk WHERE recording_id {in:ids}", ids=ids)
    tx.run("DELETE FROM recording WHERE id {in:ids}", ids=ids)


class _Set(msgspec.Struct):
    """What is looked at of an assignment: it holds the text of the exercise as long as it may be opened."""

    exercise: str
    snapshot: dict[str, object] | None = None
    expires_on: str | None = None


def _assigned(tx: Tx, viewer: Viewer, key: SealingKey, today: str) -> set[str]:
    found: set[str] = set()
    for stored in records.of_kind(tx, viewer.id, "assignment"):
        if stored.deleted or stored.author != "therapist":
            continue
        try:
            body = msgspec.json.decode(records.opened(key, viewer.id, stored) or b"null", type=_Set)
        except (Unreadable, msgspec.ValidationError):
            continue
        if body.snapshot is not None and (body.expires_on is None or body.expires_on >= today):
            found.add(body.exercise)
    return found


def _recording(row: Row) -> Recording:
    id, exercise, version, locale, step, type_, size, by, at = row
    return Recording(
        id=str(id),
        exercise=str(exercise),
        version=as_int(version),
        locale=str(locale),
        step=str(step),
        type=str(type_),
        size=as_int(size),
        by=str(by),
        at=as_int(at),
    )
