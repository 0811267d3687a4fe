"""Everything of a client is erased at their word: for good, everywhere, and nobody else's."""

from pathlib import Path

from server.restoring import back_up, restore
from tests.cast import ANNA, BRUNO, TERESA, Browser, Stage, on_stage, settings_in
from tests.routes.test_restoring import again, phone
from tests.routes.test_sync import check_in, sync


async def test_nothing_of_her_is_left_and_others_have_theirs(stage: Stage, anna: Browser, bruno: Browser) -> None:
    await sync(anna, check_in("one"))
    await sync(bruno, check_in("two"))

    assert (await anna.delete("/api/journal")).status_code == 204

    assert await clients_in(stage, "record", "op", "epoch", "relationship", "invite") == {BRUNO.id}
    assert len((await sync(bruno)).records) == 1


async def test_her_key_is_destroyed(stage: Stage, anna: Browser) -> None:
    await anna.delete("/api/journal")

    keys = await stage.stores.keys.database.read(lambda tx: tx.all("SELECT client_id FROM client_key"))
    assert keys == [(BRUNO.id,)]


async def test_every_device_of_hers_is_told(stage: Stage, anna: Browser) -> None:
    tablet = await stage.signed_in(ANNA, "tablet")

    await anna.delete("/api/journal")

    for device in (anna, tablet):
        answer = await device.post("/api/sync", json={})
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (410, "erased")


async def test_her_therapist_finds_nobody(stage: Stage, anna: Browser) -> None:
    teresa = await stage.signed_in(TERESA)

    await anna.delete("/api/journal")

    assert (await teresa.get("/api/clients")).json()["clients"] == []
    assert (await teresa.get(f"/api/clients/{ANNA.id}/journal")).status_code == 404


async def test_a_therapist_cannot_ask_for_it(teresa: Browser) -> None:
    assert (await teresa.delete("/api/journal")).status_code in {403, 404}


async def test_one_that_was_interrupted_is_done_at_the_next_start(stage: Stage, anna: Browser) -> None:
    await sync(anna, check_in("one"))
    await stage.stores.ledger.note_erased(ANNA.id, stage.clock())

    await stage.stores.restored.look(stage.clock())

    assert await stage.stores.db.read(lambda tx: tx.all("SELECT id FROM client")) == [(BRUNO.id,)]


async def test_a_restore_brings_nothing_back(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna = await stage.signed_in(ANNA)
        await sync(anna, check_in("one"))
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        await anna.delete("/api/journal")

    await restore(stage.settings, backup)

    async with again(stage) as stage:
        assert (await phone(stage, anna).post("/api/sync", json={})).status_code == 410
        assert await stage.stores.db.read(lambda tx: tx.all("SELECT id FROM record")) == []


async def clients_in(stage: Stage, *tables: str) -> set[object]:
    """Whom these tables speak of."""
    said = " UNION ".join(f"SELECT client_id FROM {table}" for table in tables)
    return {client for (client,) in await stage.stores.db.read(lambda tx: tx.all(said))}
