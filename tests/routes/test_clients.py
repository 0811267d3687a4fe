"""A therapist's clients: theirs, and nobody else's."""

import asyncio
from uuid import uuid4

from tests.cast import ANNA, BRUNO, NOBODY_ID, Browser, Stage


async def test_a_therapist_sees_their_own_clients(stage: Stage, teresa: Browser) -> None:
    clients = (await teresa.get("/api/clients")).json()["clients"]

    assert clients == [
        {
            "id": ANNA.id,
            "name": "Anna",
            "created_at": stage.clock(),
            "joined_at": None,
            "active_at": None,
            "push": "none",
        }
    ]


async def test_a_therapist_without_access_sees_nobody(carlo: Browser) -> None:
    assert (await carlo.get("/api/clients")).json() == {"clients": []}


async def test_an_admin_and_a_client_have_no_caseload(ada: Browser, anna: Browser) -> None:
    assert (await ada.get("/api/clients")).status_code == 403
    assert (await anna.get("/api/clients")).status_code == 403


async def test_someone_elses_client_is_as_if_they_were_not_there(teresa: Browser, carlo: Browser) -> None:
    missing = await teresa.get(f"/api/clients/{NOBODY_ID}")

    foreign = await teresa.get(f"/api/clients/{BRUNO.id}")
    carlos = await carlo.get(f"/api/clients/{ANNA.id}")

    assert missing.status_code == 404
    assert missing.content == foreign.content == carlos.content


async def test_a_new_client_is_in_the_list(teresa: Browser) -> None:
    id = str(uuid4())

    answer = await teresa.post("/api/clients", json={"id": id, "name": " Clara "})

    clients = (await teresa.get("/api/clients")).json()["clients"]
    assert (answer.status_code, answer.json()["name"]) == (201, "Clara")
    assert sorted(client["name"] for client in clients) == ["Anna", "Clara"]


async def test_the_same_client_twice_is_one_client(teresa: Browser) -> None:
    new = {"id": str(uuid4()), "name": "Clara"}

    answers = await asyncio.gather(*(teresa.post("/api/clients", json=new) for _ in range(4)))

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len((await teresa.get("/api/clients")).json()["clients"]) == 2


async def test_an_id_of_someone_elses_client_can_not_be_taken_over(teresa: Browser) -> None:
    answer = await teresa.post("/api/clients", json={"id": BRUNO.id, "name": "Bruno"})

    assert answer.status_code == 404
    assert len((await teresa.get("/api/clients")).json()["clients"]) == 1


async def test_a_client_whose_relationship_ended_is_gone_at_once(stage: Stage, teresa: Browser) -> None:
    await stage.stores.db.write(
        lambda tx: tx.run("UPDATE relationship SET until = 1 WHERE client_id = :anna", anna=ANNA.id)
    )

    assert (await teresa.get("/api/clients")).json() == {"clients": []}
    assert (await teresa.get(f"/api/clients/{ANNA.id}")).status_code == 404


async def test_names_are_stored_sealed(stage: Stage) -> None:
    rows = await stage.stores.db.read(lambda tx: tx.all("SELECT * FROM client"))

    assert "Anna" not in repr(rows)


async def test_a_client_begins_with_a_key_an_epoch_and_an_empty_journal(anna: Browser) -> None:
    answer = await anna.post("/api/sync", json={"cursor": None, "ops": []})

    synced = answer.json()
    assert len(synced["epochs"]) == 1
    assert (synced["epochs"][0][1], synced["records"], synced["more"]) == (0, [], False)
    assert synced["cursor"] == f"{synced['epochs'][0][0]}.0"


async def test_the_therapist_sees_whether_reminders_can_reach_a_phone(stage: Stage, teresa: Browser) -> None:
    seen = [await _push(teresa)]
    await stage.subscribe(ANNA, "login", failed_at=1)
    seen.append(await _push(teresa))
    await stage.subscribe(ANNA, "login")
    seen.append(await _push(teresa))

    assert seen == ["none", "broken", "ok"]


async def test_being_active_is_seen_by_the_hour(stage: Stage, anna: Browser, teresa: Browser) -> None:
    joined = stage.clock()
    stage.clock.forward(59 * 60_000)
    await anna.get("/api/logins/current")

    assert (await teresa.get(f"/api/clients/{ANNA.id}")).json()["active_at"] == joined


async def _push(teresa: Browser) -> str:
    push: str = (await teresa.get(f"/api/clients/{ANNA.id}")).json()["push"]
    return push


async def test_carlo_and_ada_see_nothing_of_anna_anywhere(carlo: Browser, ada: Browser) -> None:
    paths = [f"/api/clients/{ANNA.id}", f"/api/clients/{ANNA.id}/journal", "/api/clients"]

    answers = [await browser.get(path) for browser in (carlo, ada) for path in paths]

    assert {answer.status_code for answer in answers[:2]} == {404}
    assert {answer.status_code for answer in answers[3:]} == {403}
    assert not any("Anna" in answer.text for answer in answers)
