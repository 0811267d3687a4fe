"""Recordings on each engine: one for the same words, whoever is first, and nothing of what did not come whole."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.database import Database, Tx
from server.errors import Invalid
from server.models import Viewer
from server.store.keys import Keys
from server.store.recordings import CHUNK, MOST_IN_ALL, Recordings, Words
from tests.store.journals import NOW

TERESA = Viewer(id="teresa", role="therapist", practice="p", login="l")
CALM = Words(exercise="calm-place", version=1, locale="en", step="")


async def sound(of: bytes, size: int = 3 * CHUNK) -> AsyncIterator[bytes]:
    """An MP3 of this letter, as it comes over a line: in parts of all sizes."""
    whole = b"ID3" + of * (size - 3)
    for at in range(0, size, 50_000):
        yield whole[at : at + 50_000]


@pytest.fixture
async def recordings(database: Database, keys: Keys) -> Recordings:
    def work(tx: Tx) -> None:
        tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Practice', 0)")
        tx.run(
            "INSERT INTO account (id, practice_id, role, name, display_name, created_at) "
            "VALUES ('teresa', 'p', 'therapist', 'teresa', 'Teresa', 0)"
        )

    await database.write(work)
    return Recordings(database, keys)


async def played(recordings: Recordings) -> bytes:
    (one,) = await recordings.all(TERESA)
    return b"".join([part async for part in await recordings.open(TERESA, one)])


async def test_what_is_kept_is_what_was_sent(recordings: Recordings) -> None:
    await recordings.add(TERESA, CALM, sound(b"a"), NOW)

    assert await played(recordings) == b"ID3" + b"a" * (3 * CHUNK - 3)


async def test_two_at_once_for_the_same_words_leave_one_whole(recordings: Recordings, database: Database) -> None:
    both = [recordings.add(TERESA, CALM, sound(letter), NOW) for letter in (b"a", b"b")]

    await asyncio.gather(*both, return_exceptions=True)

    assert await played(recordings) in {b"ID3" + letter * (3 * CHUNK - 3) for letter in (b"a", b"b")}
    (chunks,) = await database.read(lambda tx: tx.all("SELECT COUNT(*) FROM recording_chunk"))
    assert chunks == (3,)


async def test_a_practice_has_room_for_so_much(recordings: Recordings, database: Database) -> None:
    await recordings.add(TERESA, CALM, sound(b"a"), NOW)
    await database.write(lambda tx: tx.run("UPDATE recording SET size = :size", size=MOST_IN_ALL))

    with pytest.raises(Invalid, match="Remove recordings you no longer need"):
        await recordings.add(TERESA, CALM, sound(b"b"), NOW)
