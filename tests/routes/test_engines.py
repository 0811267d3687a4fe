"""The same people, invites and logins on both engines."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from server.security import HOUR
from tests.cast import ANNA, BRUNO, CARLO, PASSWORD, TERESA, Browser, Stage, on_stage, settings_in


@pytest.fixture
async def stage(tmp_path: Path, address: str, keys_address: str) -> AsyncGenerator[Stage, None]:
    async with on_stage(settings_in(tmp_path, database=address, keys_database=keys_address)) as stage:
        yield stage


async def test_from_invite_to_sync(stage: Stage) -> None:
    teresa, phone = await stage.signed_in(TERESA), stage.browser()
    client = str(uuid4())
    await teresa.post("/api/clients", json={"id": client, "name": "Clara"})
    invite = (await teresa.post("/api/invites", json={"id": str(uuid4()), "client": client})).json()

    joined = await phone.post("/api/logins", json={"with": "code", "code": invite["code"], "device": "phone"})

    assert (joined.status_code, joined.json()["name"]) == (201, "Clara")
    assert (await phone.post("/api/sync", json={})).status_code == 200
    assert [row["state"] for row in await _invites(teresa, client)] == ["joined"]


async def test_of_two_phones_at_the_same_moment_one_gets_in(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    invite = (await teresa.post("/api/invites", json={"id": str(uuid4()), "client": ANNA.id})).json()
    secret = {"with": "invite", "secret": invite["link"].partition("#")[2], "device": "phone"}

    answers = await asyncio.gather(*(stage.browser().post("/api/logins", json=secret) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [201, 410, 410, 410, 410]


async def test_tries_at_the_same_moment_are_all_counted(stage: Stage) -> None:
    guess = {"with": "password", "name": "teresa", "password": "guess"}

    answers = await asyncio.gather(*(stage.browser().post("/api/logins", json=guess) for _ in range(12)))

    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 2


async def test_a_password_an_invite_again_and_a_revoked_login(stage: Stage) -> None:
    await stage.stores.people.create_staff(stage.practice, "therapist", "dora", "Dora", PASSWORD, stage.clock())
    browser, id = stage.browser(), str(uuid4())
    signed = await browser.post("/api/logins", json={"with": "password", "name": "DORA", "password": PASSWORD})
    teresa = await stage.signed_in(TERESA)
    for _ in range(2):
        assert (await teresa.post("/api/invites", json={"id": id, "client": ANNA.id})).status_code == 201
    assert (await teresa.delete(f"/api/invites/{id}")).status_code == 204
    await browser.delete(f"/api/logins/{signed.json()['login']}")

    assert [row["state"] for row in await _invites(teresa, ANNA.id)] == ["revoked"]
    assert (await browser.get("/api/logins/current")).status_code == 401


async def test_foreign_and_missing_are_the_same(stage: Stage) -> None:
    teresa, carlo = await stage.signed_in(TERESA), await stage.signed_in(CARLO)

    answers = [
        await teresa.get(f"/api/clients/{BRUNO.id}"),
        await carlo.get(f"/api/clients/{ANNA.id}"),
        await carlo.post("/api/invites", json={"id": str(uuid4()), "client": ANNA.id}),
        await teresa.post("/api/clients", json={"id": BRUNO.id, "name": "Bruno"}),
    ]

    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


async def test_a_login_slides_and_the_server_is_ready(stage: Stage) -> None:
    phone = await stage.signed_in(ANNA)
    stage.clock.forward(HOUR)

    assert "set-cookie" in (await phone.get("/api/logins")).headers
    assert (await phone.get("/readyz")).status_code == 200


async def _invites(teresa: Browser, client: str) -> list[dict[str, str]]:
    answer: httpx.Response = await teresa.get("/api/invites", params={"client": client})
    invites: list[dict[str, str]] = answer.json()["invites"]
    return invites
