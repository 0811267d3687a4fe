"""Reminders over HTTP, on both engines: what a phone says, what its owner is told, and what a therapist learns."""

from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server.store.occasions import Delivery, record
from tests.cast import ADA, ANNA, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Person, Stage, on_stage, settings_in
from tests.routes.test_assignments import assign, wish
from tests.routes.test_sync import Json, check_in, sync, uid

HOUR = 3_600_000
NAME = UUID("5b1c1d7e-0000-4000-8000-000000000001")


@pytest.fixture
async def stage(tmp_path: Path, address: str, keys_address: str) -> AsyncGenerator[Stage, None]:
    async with on_stage(settings_in(tmp_path, database=address, keys_database=keys_address)) as stage:
        yield stage


@pytest.fixture
async def anna(stage: Stage) -> Browser:
    return await stage.signed_in(ANNA, device="Android phone")


def plan(name: str = "plan", **said: object) -> Json:
    body = {"at": "18:00", "days": [1, 2, 3, 4, 5, 6, 7], "about": "checkin", "on": True} | said
    return check_in(name, kind="plan", audience="service", body=body) | {"zone": "Europe/Rome"}


async def subscribe(stage: Stage, browser: Browser, person: Person = ANNA, failed_at: int | None = None) -> str:
    """A device that is reached, as rows only; the id of its subscription."""
    login = str((await browser.get("/api/logins/current")).json()["login"])
    await stage.subscribe(person, login, failed_at)
    rows = await stage.stores.db.read(
        lambda tx: tx.all("SELECT id FROM subscription WHERE login_id = :login", login=login)
    )
    return str(rows[-1][0])


async def sent(stage: Stage, subscription: str, person: Person = ANNA) -> None:
    """A reminder that was sent to that device just now."""
    now = stage.clock()
    await stage.stores.db.write(
        lambda tx: tx.run(
            "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state) "
            "VALUES (:id, :client, :plan, '2026-09-21', 0, :now, :end, 1, 'sent')",
            id=NAME.hex,
            client=person.id,
            plan=uid("plan"),
            now=now,
            end=now + 2 * HOUR,
        )
    )
    accepted = Delivery(state="accepted", status=201, reason=None)
    await stage.stores.db.write(lambda tx: record(tx, NAME.hex, subscription, accepted, now))


async def says(browser: Browser, what: str, name: UUID = NAME, **said: object) -> tuple[int, object]:
    answer = await browser.post(f"/api/reminders/{name.hex}/{what}", json=said or None)
    return answer.status_code, answer.json() if answer.content else None


async def told(browser: Browser) -> dict[str, list[Json]]:
    said: dict[str, list[Json]] = (await browser.get("/api/reminders")).json()
    return said


async def test_shown_opened_and_later_are_kept_and_told_to_their_owner(stage: Stage, anna: Browser) -> None:
    await sync(anna, plan())
    await sent(stage, await subscribe(stage, anna))
    now = stage.clock()

    assert await says(anna, "shown") == (204, None)
    assert await says(anna, "opened") == (200, {"plan": uid("plan")})
    assert await says(anna, "later", nth=0) == (200, {"at": now + HOUR, "why": None})

    said = await told(anna)
    (entry,) = said["entries"]
    assert (entry["shown_at"], entry["opened_at"], entry["put_off"]) == (now, now, 1)
    assert [(one["at"], one["again"]) for one in said["next"]] == [(now + HOUR, True)]
    (device,) = said["devices"]
    assert (device["name"], device["current"], device["accepted_at"], device["shown_at"]) == (
        "Android phone", True, now, now,
    )  # fmt: skip


@pytest.mark.parametrize("name", [NAME, uuid4()])
async def test_of_what_is_not_theirs_or_not_there_all_hear_the_same(stage: Stage, anna: Browser, name: UUID) -> None:
    await sent(stage, await subscribe(stage, anna))
    bruno = await stage.signed_in(BRUNO)

    assert await says(bruno, "shown", name) == (204, None)
    assert await says(bruno, "opened", name) == (200, {"plan": None})
    assert (await says(bruno, "later", name, nth=0))[0] == 404
    assert (await told(anna))["entries"][0]["shown_at"] is None


async def test_signed_out_or_not_a_client_nothing_is_told(stage: Stage, anna: Browser) -> None:
    await sent(stage, await subscribe(stage, anna))
    for browser, status in ((stage.browser(), 401), (await stage.signed_in(TERESA), 403)):
        assert [(await says(browser, what, nth=0))[0] for what in ("shown", "opened", "later")] == [status] * 3
        assert (await browser.get("/api/reminders")).status_code == status
    assert (await stage.browser().post("/api/reminders/not-an-id/shown")).status_code == 404


async def test_a_device_says_what_stands_in_the_way_and_the_last_word_counts(anna: Browser) -> None:
    for state in ("off", "denied"):
        assert (await anna.put("/api/reminders/device", json={"state": state})).status_code == 204

    (device,) = (await told(anna))["devices"]
    assert (device["state"], device["reached"], device["broken_at"]) == ("denied", False, None)
    assert (await anna.put("/api/reminders/device", json={"state": "fine"})).status_code == 422


async def test_signing_out_a_device_takes_it_from_the_list(stage: Stage, anna: Browser) -> None:
    tablet = await stage.signed_in(ANNA, device="iPad")
    await subscribe(stage, tablet)
    await tablet.delete("/api/logins/current")

    assert [device["name"] for device in (await told(anna))["devices"]] == ["Android phone"]


# --- What a therapist is told


async def reached(browser: Browser, client: str = ANNA.id) -> tuple[int, list[Json]]:
    answer = await browser.get(f"/api/clients/{client}/reminders")
    return answer.status_code, answer.json().get("assignments", [])


async def set_and_planned(teresa: Browser, anna: Browser, **said: object) -> str:
    """An exercise that Teresa set and Anna wants a reminder of; the assignment's id."""
    await assign(teresa, wish())
    await sync(anna, plan("plan", about=uid("assignment"), **said), plan("own", about="checkin"))
    return uid("assignment")


async def test_the_therapist_hears_that_reminders_reach_a_device_and_nothing_else(stage: Stage, anna: Browser) -> None:
    teresa = await stage.signed_in(TERESA)
    task = await set_and_planned(teresa, anna)
    await sent(stage, await subscribe(stage, anna))

    assert await reached(teresa) == (200, [{"assignment": task, "state": "reaches", "since": None}])


async def test_the_therapist_hears_that_they_are_paused(stage: Stage, anna: Browser) -> None:
    teresa = await stage.signed_in(TERESA)
    await set_and_planned(teresa, anna, paused_until="2026-10-01")
    await subscribe(stage, anna)

    assert [one["state"] for one in (await reached(teresa))[1]] == ["paused"]


async def test_the_therapist_hears_since_when_no_device_is_reached(stage: Stage, anna: Browser) -> None:
    teresa = await stage.signed_in(TERESA)
    await set_and_planned(teresa, anna)
    never = await reached(teresa)
    await subscribe(stage, anna, failed_at=stage.clock() - HOUR)
    broken = await reached(teresa)
    stage.clock.forward(HOUR)
    await anna.delete("/api/logins/current")
    left = await reached(await stage.signed_in(TERESA))

    assert [(one["state"], one["since"]) for _, found in (never, broken, left) for one in found] == [
        ("unreached", None),
        ("unreached", stage.clock() - 2 * HOUR),
        ("unreached", stage.clock()),
    ]


async def test_the_look_is_told_to_the_client_as_what_it_was(stage: Stage, anna: Browser) -> None:
    teresa = await stage.signed_in(TERESA)
    await reached(teresa)
    await reached(teresa)

    readings = (await anna.get("/api/journal/readings")).json()["readings"]
    assert [(one["by"], one["what"], one["through"]) for one in readings] == [("Teresa Rossi", "reminders", None)]


async def test_others_get_the_same_404_as_for_nobody(stage: Stage) -> None:
    teresa, carlo, ada = [await stage.signed_in(person) for person in (TERESA, CARLO, ADA)]

    assert [(await reached(carlo))[0], (await reached(teresa, NOBODY_ID))[0], (await reached(teresa, BRUNO.id))[0]] == [
        404, 404, 404,
    ]  # fmt: skip
    assert (await reached(ada))[0] == 403
