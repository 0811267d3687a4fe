"""What a therapist reads of a journal, and what is kept of the reading, on each engine."""

import pytest

from server.database import Database, Tx
from server.errors import NotFound
from server.models import Viewer
from server.store.keys import Keys
from server.store.op import Op
from server.store.readings import Readings
from server.store.shared_journals import SharedJournals
from server.store.sharing import id_of
from server.store.sync import Sync
from tests.store.journals import ANNA, NOW, put, rid, send

TERESA = Viewer(id="teresa", role="therapist", practice="p", login="l3")
CARLO = Viewer(id="carlo", role="therapist", practice="p", login="l4")


@pytest.fixture
async def shared(sync: Sync, database: Database, keys: Keys) -> SharedJournals:
    """Anna's journal of two records, and Teresa, who accompanies her."""
    await database.write(_people)
    await send(sync, put("one"), put("two"))
    return SharedJournals(database, keys)


async def test_a_reading_is_kept_with_how_far_it_came(shared: SharedJournals, database: Database) -> None:
    for moment in (NOW, NOW + 1, NOW + 2):
        page = await shared.page(TERESA, "anna", cursor=None, limit=10, now=moment)

    told = (await Readings(database).of(ANNA)).readings
    assert [(look.by, look.at, look.through) for look in told] == [("Teresa Rossi", NOW, page.cursor)]


async def test_a_pause_leaves_nothing_to_read_and_the_look_says_so(
    shared: SharedJournals, sync: Sync, database: Database
) -> None:
    await send(sync, _pause())

    page = await shared.page(TERESA, "anna", cursor=None, limit=10, now=NOW)

    told = (await Readings(database).of(ANNA)).readings
    assert (page.records, page.paused) == ([], True)
    assert [look.through for look in told] == [None]
    assert (await shared.own(ANNA, None, 10)).records == []


async def test_a_stranger_reads_nothing_and_leaves_no_reading(shared: SharedJournals, database: Database) -> None:
    with pytest.raises(NotFound):
        await shared.page(CARLO, "anna", cursor=None, limit=10, now=NOW)

    assert (await Readings(database).of(ANNA)).readings == []


async def test_the_client_is_shown_what_the_therapist_is_shown(shared: SharedJournals) -> None:
    own = await shared.own(ANNA, None, 10)

    assert [record.id for record in own.records] == [rid("one"), rid("two")]
    assert own == await shared.page(TERESA, "anna", cursor=None, limit=10, now=NOW)


def _pause() -> Op:
    return Op(
        id=rid("pause"),
        record=id_of("anna"),
        kind="preference",
        action="put",
        base=None,
        audience="service",
        body=b'{"paused":true}',
    )


def _people(tx: Tx) -> None:
    for person in ("teresa", "carlo"):
        tx.run(
            "INSERT INTO account (id, practice_id, role, name, display_name, created_at) "
            "VALUES (:id, 'p', 'therapist', :id, :shown, 0)",
            id=person,
            shown=f"{person.capitalize()} Rossi",
        )
    tx.run("INSERT INTO relationship (client_id, therapist_id, since) VALUES ('anna', 'teresa', 0)")
