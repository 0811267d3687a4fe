"""Joining: links and codes that let one phone in, once."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from server.security import DAY, MINUTE
from tests.cast import ANNA, BICE, BRUNO, NOBODY_ID, TERESA, Browser, Stage


async def test_an_invite_shows_a_link_a_code_and_a_qr(teresa: Browser) -> None:
    answer = await _invite(teresa)

    fresh = answer.json()
    assert answer.status_code == 201
    assert fresh["link"].startswith("http://localhost:8000/join#")
    assert len(fresh["link"].partition("#")[2]) == 43
    assert len(fresh["code"]) == 9
    assert fresh["qr"].startswith("<svg ")


async def test_nothing_about_the_client_is_in_what_is_shown(teresa: Browser) -> None:
    fresh = (await _invite(teresa)).json()

    assert not any(ANNA.id in str(value) or "Anna" in str(value) for value in fresh.values())


async def test_the_link_lets_a_phone_in(stage: Stage, teresa: Browser) -> None:
    phone = stage.browser()

    answer = await _join(phone, await _secret(teresa))

    assert (answer.status_code, answer.json()["id"]) == (201, ANNA.id)
    assert (await phone.get("/api/logins/current")).json()["name"] == "Anna"


async def test_the_link_works_once(stage: Stage, teresa: Browser) -> None:
    secret = await _secret(teresa)
    await _join(stage.browser(), secret)

    answer = await _join(stage.browser(), secret)

    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/invite-not-valid")


async def test_of_two_phones_at_the_same_moment_one_gets_in(stage: Stage, teresa: Browser) -> None:
    secret = await _secret(teresa)

    answers = await asyncio.gather(*(_join(stage.browser(), secret) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [201, 410, 410, 410, 410]


async def test_a_link_previewer_burns_nothing_and_learns_nothing(stage: Stage, teresa: Browser) -> None:
    secret = await _secret(teresa)
    await stage.browser().get(f"/join?{secret}")
    await stage.browser().get(f"/join#{secret}")

    assert (await _join(stage.browser(), secret)).status_code == 201


async def test_the_link_ends_after_seven_days(stage: Stage, teresa: Browser) -> None:
    secret = await _secret(teresa)
    stage.clock.forward(7 * DAY)

    assert (await _join(stage.browser(), secret)).status_code == 410


async def test_a_revoked_invite_lets_nobody_in(stage: Stage, teresa: Browser) -> None:
    fresh = (await _invite(teresa)).json()
    assert (await teresa.delete(f"/api/invites/{fresh['id']}")).status_code == 204

    answer = await _join(stage.browser(), fresh["link"].partition("#")[2])

    assert answer.status_code == 410
    assert await _states(teresa) == ["revoked"]


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0}{1}", " {0} {1} ", "{0} - {1}"])
async def test_the_code_lets_a_phone_in_however_it_is_typed(stage: Stage, teresa: Browser, typed: str) -> None:
    code: str = (await _invite(teresa)).json()["code"]

    answer = await _type(stage.browser(), typed.format(*code.lower().split("-")))

    assert (answer.status_code, answer.json()["id"]) == (201, ANNA.id)


async def test_the_code_ends_after_a_quarter_of_an_hour_and_the_link_goes_on(stage: Stage, teresa: Browser) -> None:
    fresh = (await _invite(teresa)).json()
    stage.clock.forward(15 * MINUTE)

    assert (await _type(stage.browser(), fresh["code"])).status_code == 410
    assert (await _join(stage.browser(), fresh["link"].partition("#")[2])).status_code == 201


async def test_the_code_is_void_once_the_link_was_used(stage: Stage, teresa: Browser) -> None:
    fresh = (await _invite(teresa)).json()
    await _join(stage.browser(), fresh["link"].partition("#")[2])

    assert (await _type(stage.browser(), fresh["code"])).status_code == 410


async def test_five_wrong_tries_void_the_code(stage: Stage, teresa: Browser) -> None:
    code = (await _invite(teresa)).json()["code"]
    for wrong in _wrong(code, 5):
        assert (await _type(stage.browser(), wrong)).status_code == 410

    assert (await _type(stage.browser(), code)).status_code == 410


async def test_four_wrong_tries_leave_one(stage: Stage, teresa: Browser) -> None:
    code = (await _invite(teresa)).json()["code"]
    for wrong in _wrong(code, 4):
        await _type(stage.browser(), wrong)

    assert (await _type(stage.browser(), code)).status_code == 201


async def test_tries_at_the_same_moment_are_counted_too(stage: Stage, teresa: Browser) -> None:
    code = (await _invite(teresa)).json()["code"]
    await asyncio.gather(*(_type(stage.browser(), wrong) for wrong in _wrong(code, 5)))

    assert (await _type(stage.browser(), code)).status_code == 410


async def test_every_failure_of_joining_is_answered_alike(stage: Stage, teresa: Browser) -> None:
    code = (await _invite(teresa)).json()["code"]
    used = await _secret(teresa)
    await _join(stage.browser(), used)

    answers = [
        await _type(stage.browser(), _wrong(code, 1)[0]),
        await _type(stage.browser(), "no code at all"),
        await _type(stage.browser(), "22222222"),
        await _join(stage.browser(), used),
        await _join(stage.browser(), "invented"),
    ]

    assert len({answer.content for answer in answers}) == 1


async def test_guessing_codes_from_one_network_has_to_wait(stage: Stage) -> None:
    for _ in range(30):
        assert (await _type(stage.browser(), "2222-2222")).status_code == 410

    assert (await _type(stage.browser(), "2222-2222")).status_code == 429


async def test_the_same_invite_asked_again_replaces_its_link_and_code(stage: Stage, teresa: Browser) -> None:
    id = str(uuid4())
    first, second = (await _invite(teresa, id=id)).json(), (await _invite(teresa, id=id)).json()

    assert (await _join(stage.browser(), first["link"].partition("#")[2])).status_code == 410
    assert (await _join(stage.browser(), second["link"].partition("#")[2])).status_code == 201
    assert await _states(teresa) == ["joined"]


async def test_a_used_invite_is_not_made_again(stage: Stage, teresa: Browser) -> None:
    id = str(uuid4())
    await _join(stage.browser(), (await _invite(teresa, id=id)).json()["link"].partition("#")[2])

    assert (await _invite(teresa, id=id)).status_code == 409


async def test_a_second_invite_adds_a_second_device(stage: Stage, teresa: Browser) -> None:
    phone, tablet = stage.browser(), stage.browser()
    await _join(phone, await _secret(teresa))
    await _join(tablet, await _secret(teresa))

    logins = (await phone.get("/api/logins")).json()["logins"]

    assert len(logins) == 2
    assert (await tablet.get("/api/logins/current")).json()["id"] == ANNA.id


async def test_the_therapist_sees_that_the_client_joined(stage: Stage, teresa: Browser) -> None:
    before = (await teresa.get(f"/api/clients/{ANNA.id}")).json()
    await _join(stage.browser(), await _secret(teresa))

    after = (await teresa.get(f"/api/clients/{ANNA.id}")).json()

    assert (before["joined_at"], after["joined_at"]) == (None, stage.clock())
    assert await _states(teresa) == ["joined"]


async def test_an_invite_nobody_used_is_waiting_and_then_expired(stage: Stage, teresa: Browser) -> None:
    await _invite(teresa)

    waiting = await _states(teresa)
    stage.clock.forward(8 * DAY)

    assert (waiting, await _states(await stage.signed_in(TERESA))) == (["waiting"], ["expired"])


async def test_a_therapist_without_access_can_invite_see_and_revoke_nothing(
    stage: Stage, teresa: Browser, carlo: Browser
) -> None:
    theirs = (await _invite(teresa)).json()["id"]

    invited = await _invite(carlo)
    revoked = await carlo.delete(f"/api/invites/{theirs}")
    missing = await carlo.delete(f"/api/invites/{NOBODY_ID}")

    assert invited.status_code == revoked.status_code == 404
    assert invited.content == revoked.content == missing.content
    assert await _states(carlo) == []
    assert await _states(teresa) == ["waiting"]


async def test_another_therapists_invite_id_can_not_be_taken_over(stage: Stage, teresa: Browser) -> None:
    id = str(uuid4())
    secret = (await _invite(teresa, id=id)).json()["link"].partition("#")[2]
    bice = await stage.signed_in(BICE)

    answer = await _invite(bice, id=id, client=BRUNO.id)

    assert answer.status_code == 404
    assert (await _join(stage.browser(), secret)).json()["id"] == ANNA.id


async def test_a_client_and_an_admin_can_not_invite(anna: Browser, ada: Browser) -> None:
    assert (await _invite(anna)).status_code == 403
    assert (await _invite(ada)).status_code == 403


async def test_a_therapists_own_first_way_in_works_once_and_for_a_day(stage: Stage) -> None:
    invites = stage.stores.invites
    offer = await invites.offer_staff(stage.staff["Carlo"].id, stage.clock())
    late = await invites.offer_staff(stage.staff["Carlo"].id, stage.clock())

    first, again = await _join(stage.browser(), offer.secret), await _join(stage.browser(), offer.secret)
    stage.clock.forward(DAY)

    assert (first.status_code, first.json()["role"], again.status_code) == (201, "therapist", 410)
    assert (await _join(stage.browser(), late.secret)).status_code == 410


async def test_joining_on_a_phone_that_is_signed_in_ends_the_login_before(stage: Stage, teresa: Browser) -> None:
    phone = await stage.signed_in(ANNA)
    before = phone.cookies["midweek"]

    await _join(phone, await _secret(teresa))

    old = stage.browser()
    old.cookies.set("midweek", before)
    assert (await old.get("/api/logins/current")).status_code == 401
    assert (await phone.get("/api/logins/current")).status_code == 200


async def _invite(browser: Browser, id: str | None = None, client: str = ANNA.id) -> httpx.Response:
    return await browser.post("/api/invites", json={"id": id or str(uuid4()), "client": client})


async def _secret(teresa: Browser) -> str:
    link: str = (await _invite(teresa)).json()["link"]
    return link.partition("#")[2]


async def _join(phone: Browser, secret: str) -> httpx.Response:
    return await phone.post("/api/logins", json={"with": "invite", "secret": secret, "device": "phone"})


async def _type(phone: Browser, code: str) -> httpx.Response:
    return await phone.post("/api/logins", json={"with": "code", "code": code, "device": "phone"})


async def _states(therapist: Browser) -> list[str]:
    invites = (await therapist.get("/api/invites", params={"client": ANNA.id})).json()["invites"]
    return [invite["state"] for invite in invites]


def _wrong(code: str, count: int) -> list[str]:
    """Codes that begin like the right one and end otherwise."""
    return [code[:5] + last for last in ("0000", "1111", "2222", "3333", "4444", "5555") if not code.endswith(last)][
        :count
    ]
