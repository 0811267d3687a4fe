"""One damaged record: it says so itself, and nothing else suffers."""

from collections.abc import Callable

import msgspec
import pytest
from structlog.testing import capture_logs

from server.database import Database, StorageFailed, Tx
from server.merge import Rev
from server.models import Viewer
from server.sealing import KEY_BYTES, SealingKey, Unreadable, bind
from server.store.keys import Keys
from server.store.shared_journals import SharedJournals
from server.store.sync import Sync
from tests.store.journals import NOW, everything, put, rid, send, text

TERESA = Viewer(id="teresa", role="therapist", practice="p", login="l3")


def flip(record: str, at: int = -1, bit: int = 1) -> Callable[[Tx], None]:
    """One bit of a stored body is another one, as a bad disk leaves it."""

    def work(tx: Tx) -> None:
        row = tx.one("SELECT body FROM record WHERE id = :id", id=rid(record))
        assert row is not None
        assert isinstance(row[0], bytes)
        body = bytearray(row[0])
        body[at] ^= bit
        tx.run("UPDATE record SET body = :body WHERE id = :id", body=bytes(body), id=rid(record))

    return work


@pytest.fixture
async def damaged(sync: Sync, database: Database) -> Sync:
    """Anna's journal of three records; the second is damaged."""
    await send(sync, put("one"), put("two"), put("three"))
    await database.write(flip("two"))
    return sync


async def test_the_others_arrive_and_the_damaged_one_says_so(damaged: Sync) -> None:
    records = await everything(damaged)

    bad = records.pop(rid("two"))
    assert (bad.unreadable, bad.deleted, bad.audience, bad.body) == (True, False, "therapist", msgspec.UNSET)
    assert {text(record) for record in records.values()} == {"calm"}
    assert not any(record.unreadable for record in records.values())


async def test_its_id_is_in_the_log_and_no_words_are(damaged: Sync) -> None:
    with capture_logs() as logs:
        await everything(damaged)

    assert [(line["event"], line["client"], line["record"]) for line in logs] == [
        ("record-unreadable", "anna", rid("two"))
    ]
    assert "calm" not in str(logs)


async def test_pages_go_on_past_it(damaged: Sync) -> None:
    first = await send(damaged, limit=1)
    second = await send(damaged, cursor=first.cursor, limit=1)
    third = await send(damaged, cursor=second.cursor, limit=1)

    assert [page.records[0].id for page in (first, second, third)] == [rid(name) for name in ("one", "two", "three")]
    assert not third.more


async def test_sending_goes_on_and_a_later_edit_mends_it(damaged: Sync) -> None:
    epoch, _, seq = (await everything(damaged))[rid("two")].rev.partition(".")

    outcomes = (await send(damaged, put("four"), put("two", "better", Rev(epoch, int(seq))))).outcomes

    records = await everything(damaged)
    assert [outcome.status for outcome in outcomes] == ["applied", "applied"]
    assert text(records[rid("two")]) == "better"
    assert len(records) == 4


async def test_the_therapist_reads_the_others(damaged: Sync, database: Database, keys: Keys) -> None:
    await database.write(_teresa)

    page = await SharedJournals(database, keys).page(TERESA, "anna", cursor=None, limit=10, now=NOW)

    assert [(record.id, record.unreadable) for record in page.records] == [
        (rid("one"), False),
        (rid("two"), True),
        (rid("three"), False),
    ]


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("column", "unreadable"),
    [("audience", True), ("kind", True), ("op_id", True), ("author", False), ("zone", False), ("conflict_of", False)],
)
async def test_a_text_that_is_no_text_any_more_keeps_no_one_from_reading_the_others(
    sync: Sync, database: Database, column: str, unreadable: bool
) -> None:
    await send(sync, put("one"), put("two"), put("three"))
    await database.write(
        lambda tx: tx.run(f"UPDATE record SET {column} = CAST(x'66c3' AS TEXT) WHERE id = :id", id=rid("two"))
    )

    records = await everything(sync)

    assert records.pop(rid("two")).unreadable == unreadable
    assert [text(record) for record in records.values()] == ["calm", "calm"]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_what_is_said_of_a_damaged_text_does_not_hold_it(database: Database) -> None:
    def work(tx: Tx) -> None:
        tx.run("INSERT INTO attempt (key, window_start, tries) VALUES (CAST(x'616e6e61c3' AS TEXT), 0, 0)")
        tx.one("UPDATE attempt SET tries = 1 RETURNING key")

    with pytest.raises(StorageFailed, match="A text in the database is damaged") as failed:
        await database.write(work)

    assert "anna" not in f"{failed.value.__cause__} {failed.value.__context__}"


def _teresa(tx: Tx) -> None:
    tx.run(
        "INSERT INTO account (id, practice_id, role, name, display_name, created_at) "
        "VALUES ('teresa', 'p', 'therapist', 'teresa', 'Teresa', 0)"
    )
    tx.run("INSERT INTO relationship (client_id, therapist_id, since) VALUES ('anna', 'teresa', 0)")


def test_whichever_bit_is_wrong_nothing_opens_and_nothing_else_goes_wrong() -> None:
    key, place = SealingKey("kid", bytes(range(KEY_BYTES))), bind("anna", "one")
    sealed = key.seal(place, b"what Anna wrote")

    for at in range(len(sealed)):
        for bit in range(8):
            damaged = bytearray(sealed)
            damaged[at] ^= 1 << bit
            with pytest.raises(Unreadable):
                key.open(place, bytes(damaged))
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            key.open(place, sealed[:length])
