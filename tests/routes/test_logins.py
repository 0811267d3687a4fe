"""Who is signed in, on which device, and how that ends."""

import httpx

from server.security import DAY, HOUR, MINUTE
from tests.cast import ANNA, NOBODY_ID, PASSWORD, Browser, Stage


async def test_a_client_sees_their_name_practice_and_therapist(anna: Browser) -> None:
    answer = await anna.get("/api/logins/current")

    me = answer.json()
    assert (me["role"], me["id"], me["name"]) == ("client", ANNA.id, "Anna")
    assert (me["practice"], me["therapist"], me["approvals"]) == ("Practice by the lake", "Teresa Rossi", [])


async def test_a_therapist_sees_their_own_name(teresa: Browser) -> None:
    me = (await teresa.get("/api/logins/current")).json()

    assert (me["role"], me["name"], me["therapist"]) == ("therapist", "Teresa Rossi", "")


async def test_the_approvals_of_the_practice_come_with_me(stage: Stage, anna: Browser) -> None:
    for version in (1, 2):
        await stage.stores.approvals.add(stage.practice, "calm-place", version, "Dr. Verdi", "2026-09-01")

    me = (await anna.get("/api/logins/current")).json()

    assert me["approvals"] == ["calm-place@1", "calm-place@2"]


async def test_without_a_cookie_nobody_is_signed_in(stage: Stage) -> None:
    answer = await stage.browser().get("/api/logins/current")

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/not-signed-in"


async def test_an_invented_cookie_is_nobodys(stage: Stage) -> None:
    browser = stage.browser()
    browser.cookies.set("midweek", "A" * 43)

    assert (await browser.get("/api/logins/current")).status_code == 401


async def test_signing_out_ends_the_login_and_takes_the_cookie(stage: Stage, anna: Browser) -> None:
    token = anna.cookies["midweek"]

    answer = await anna.delete("/api/logins/current")

    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    stolen = stage.browser()
    stolen.cookies.set("midweek", token)
    assert (await stolen.get("/api/logins/current")).status_code == 401


async def test_the_devices_are_listed_and_this_one_is_marked(stage: Stage) -> None:
    phone = await stage.signed_in(ANNA, "phone")
    stage.clock.forward(MINUTE)
    await stage.signed_in(ANNA, "tablet")

    logins = (await phone.get("/api/logins")).json()["logins"]

    assert [(login["device"], login["current"]) for login in logins] == [("tablet", False), ("phone", True)]


async def test_a_revoked_device_is_told_that_it_was_signed_out(stage: Stage) -> None:
    phone, tablet = await stage.signed_in(ANNA, "phone"), await stage.signed_in(ANNA, "tablet")
    lost = (await tablet.get("/api/logins/current")).json()["login"]

    await phone.delete(f"/api/logins/{lost}")

    answer = await tablet.get("/api/logins/current")
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/login-revoked")
    assert (await phone.get("/api/logins/current")).status_code == 200


async def test_revoking_twice_is_harmless(stage: Stage) -> None:
    phone, tablet = await stage.signed_in(ANNA), await stage.signed_in(ANNA)
    lost = (await tablet.get("/api/logins/current")).json()["login"]
    await phone.delete(f"/api/logins/{lost}")

    assert (await phone.delete(f"/api/logins/{lost}")).status_code == 204


async def test_someone_elses_login_is_as_if_it_were_not_there(anna: Browser, bruno: Browser) -> None:
    theirs = (await bruno.get("/api/logins/current")).json()["login"]

    foreign = await anna.delete(f"/api/logins/{theirs}")
    missing = await anna.delete(f"/api/logins/{NOBODY_ID}")

    assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert (await bruno.get("/api/logins/current")).status_code == 200


async def test_a_revoked_device_gets_no_more_reminders(stage: Stage, anna: Browser) -> None:
    login = (await anna.get("/api/logins/current")).json()["login"]
    await stage.subscribe(ANNA, login)

    await anna.delete(f"/api/logins/{login}")

    assert await stage.stores.db.read(lambda tx: tx.all("SELECT id FROM subscription")) == []


async def test_a_phone_that_is_used_stays_signed_in_beyond_400_days(stage: Stage, anna: Browser) -> None:
    answers: list[httpx.Response] = []
    for _ in range(3):
        stage.clock.forward(399 * DAY)
        answers.append(await anna.get("/api/logins/current"))

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert all("Max-Age=34560000" in answer.headers["set-cookie"] for answer in answers)


async def test_a_phone_unused_for_400_days_signs_in_again(stage: Stage, anna: Browser) -> None:
    stage.clock.forward(400 * DAY)

    assert (await anna.get("/api/logins/current")).status_code == 401


async def test_being_seen_is_written_at_most_once_an_hour(stage: Stage, anna: Browser) -> None:
    stage.clock.forward(HOUR - 1)
    within = await anna.get("/api/logins")
    stage.clock.forward(1)
    after = await anna.get("/api/logins")

    assert "set-cookie" not in within.headers
    assert "set-cookie" in after.headers


async def test_a_therapist_idle_for_an_hour_signs_in_again(stage: Stage, teresa: Browser) -> None:
    stage.clock.forward(HOUR)

    assert (await teresa.get("/api/logins/current")).status_code == 401


async def test_a_busy_therapist_signs_in_again_after_twelve_hours(stage: Stage, teresa: Browser) -> None:
    for _ in range(23):
        stage.clock.forward(30 * MINUTE)
        assert (await teresa.get("/api/logins/current")).status_code == 200

    stage.clock.forward(30 * MINUTE)

    assert (await teresa.get("/api/logins/current")).status_code == 401


async def test_a_disabled_therapist_is_out_at_once(stage: Stage, teresa: Browser) -> None:
    await stage.stores.db.write(
        lambda tx: tx.run("UPDATE account SET disabled = 1 WHERE id = :id", id=stage.staff["Teresa"].id)
    )

    assert (await teresa.get("/api/logins/current")).status_code == 401


async def test_the_right_password_signs_in(stage: Stage) -> None:
    browser = await _dora(stage)

    answer = await _password(browser, "Dora", PASSWORD)

    assert (answer.status_code, answer.json()["name"]) == (201, "Dora Neri")
    assert (await browser.get("/api/logins/current")).status_code == 200


async def test_wrong_password_unknown_name_and_disabled_account_are_answered_alike(stage: Stage) -> None:
    browser = await _dora(stage)

    wrong = await _password(browser, "dora", "not the password")
    unknown = await _password(browser, "nobody", "not the password")
    without = await _password(browser, "teresa", "not the password")

    assert wrong.status_code == 401
    assert wrong.content == unknown.content == without.content
    assert wrong.json()["type"] == "/problems/sign-in-failed"


async def test_the_eleventh_try_has_to_wait(stage: Stage) -> None:
    browser = await _dora(stage)
    for _ in range(10):
        assert (await _password(browser, "dora", "guess")).status_code == 401

    answer = await _password(browser, "dora", PASSWORD)

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "Wait 15 min" in answer.json()["detail"]


async def test_after_a_quarter_of_an_hour_it_works_again(stage: Stage) -> None:
    browser = await _dora(stage)
    for _ in range(11):
        await _password(browser, "dora", "guess")
    stage.clock.forward(15 * MINUTE)

    assert (await _password(browser, "dora", PASSWORD)).status_code == 201


async def test_the_table_of_tries_holds_no_name_and_no_address(stage: Stage) -> None:
    await _password(stage.browser(), "dora", "guess")

    keys = await stage.stores.db.read(lambda tx: tx.all("SELECT key FROM attempt"))

    assert keys
    assert not any("dora" in str(key) or "127.0.0.1" in str(key) for (key,) in keys)


async def test_signing_in_ends_the_login_the_browser_had(stage: Stage) -> None:
    browser = await _dora(stage)
    await _password(browser, "dora", PASSWORD)
    before = browser.cookies["midweek"]

    await _password(browser, "dora", PASSWORD)

    old = stage.browser()
    old.cookies.set("midweek", before)
    assert browser.cookies["midweek"] != before
    assert (await old.get("/api/logins/current")).status_code == 401


async def test_a_planted_cookie_is_never_the_one_that_gets_signed_in(stage: Stage) -> None:
    browser = await _dora(stage)
    browser.cookies.set("midweek", "planted", domain="localhost.local")

    await _password(browser, "dora", PASSWORD)

    attacker = stage.browser()
    attacker.cookies.set("midweek", "planted")
    assert (await attacker.get("/api/logins/current")).status_code == 401


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stage: Stage) -> None:
    browser = await _dora(stage)

    cookie = (await _password(browser, "dora", PASSWORD)).headers["set-cookie"]

    assert cookie.startswith("midweek=")
    assert cookie.split("; ")[1:] == ["Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Lax"]


async def test_nothing_but_hashes_of_tokens_is_stored(stage: Stage, anna: Browser) -> None:
    token = anna.cookies["midweek"]

    rows = await stage.stores.db.read(lambda tx: tx.all("SELECT * FROM login"))

    assert token not in repr(rows)
    assert token.encode() not in [value for row in rows for value in row]


async def _dora(stage: Stage) -> Browser:
    await stage.stores.people.create_staff(stage.practice, "therapist", "dora", "Dora Neri", PASSWORD, stage.clock())
    return stage.browser()


async def _password(browser: Browser, name: str, password: str) -> httpx.Response:
    return await browser.post(
        "/api/logins", json={"with": "password", "name": name, "password": password, "device": "test"}
    )
