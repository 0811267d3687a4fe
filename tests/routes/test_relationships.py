"""Who accompanies a client: handed over, ended, begun again, at rest. What the client says holds on the next look."""

from collections.abc import Sequence

import httpx
import msgspec
import pytest

from server.bodies import SessionDates
from server.store.known_ids import known_id
from server.store.therapist_ops import Known
from tests.cast import ADA, ANNA, BICE, BRUNO, CARLO, NOBODY_ID, PASSWORD, TERESA, Browser, Person, Stage
from tests.routes.test_assignments import approve, assign, guarded
from tests.routes.test_briefs import SESSIONS, dates
from tests.routes.test_sharing import Page, agreement, looks
from tests.routes.test_sync import Json, Received, check_in, sync, uid
from tests.routes.test_weeks import weeks

DAY = 86_400_000
STEP = uid("step")
JOURNAL = f"/api/clients/{ANNA.id}/journal"


class Shown(Page):
    """A shared journal, and how much of it that is."""

    frozen: bool
    choice: str


async def hand_over(browser: Browser, stage: Stage, to: Person = CARLO, step: str = STEP) -> httpx.Response:
    said = {"id": step, "to": stage.staff[to.name].id}
    return await browser.post(f"/api/clients/{ANNA.id}/hand-over", json=said)


def answer(choice: str, to: str = STEP, day: str = "2026-09-21", name: str = "answer") -> Json:
    body = {"name": "relationship", "to": to, "choice": choice, "day": day}
    record = known_id("relationship-answer", ANNA.id)
    return check_in(name, record=record, kind="preference", audience="service", body=body)


def freeze_answer(name: str = "freeze", **said: object) -> Json:
    record = known_id("freeze-answer", ANNA.id)
    return check_in(name, record=record, kind="preference", audience="service", body={"name": "freeze"} | said)


async def shown(browser: Browser) -> Shown:
    found = await browser.get(JOURNAL)
    assert found.status_code == 200, found.text
    return msgspec.json.decode(found.content, type=Shown)


def entries(page: Page) -> list[str]:
    return [record.id for record in page.records if record.author == "client"]


async def told(anna: Browser, kind: str) -> list[Received]:
    return [record for record in (await sync(anna)).records if record.kind == kind]


async def handed_over(stage: Stage, *ops: Json) -> tuple[Browser, Browser]:
    """Anna, who shared two entries, and Carlo, to whom Teresa handed her over."""
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in("old", day="2026-09-20"), check_in("new", day="2026-09-21"), *ops)
    stage.clock.forward(1_000)
    assert (await hand_over(teresa, stage)).status_code == 204
    return anna, await stage.signed_in(CARLO)


# --- Handing over


async def test_until_the_client_answers_a_successor_sees_nothing_of_theirs_anywhere(stage: Stage) -> None:
    _, carlo = await handed_over(stage)

    page, brief, (week,) = await shown(carlo), await carlo.get(f"/api/clients/{ANNA.id}/brief"), await weeks(carlo)

    assert (page.choice, entries(page)) == ("asked", [])
    assert brief.json()["how"]["entries"] == 0
    assert (week.news, week.days) == (0, [])


@pytest.mark.parametrize(
    ("choice", "seen"),
    [("all", ["old", "new"]), ("today", ["new"]), ("nothing", []), ("whatever", [])],
)
async def test_the_choice_holds_on_the_next_request_everywhere(stage: Stage, choice: str, seen: Sequence[str]) -> None:
    anna, carlo = await handed_over(stage)

    await sync(anna, answer(choice))

    brief, (week,) = (await carlo.get(f"/api/clients/{ANNA.id}/brief")).json(), await weeks(carlo)
    assert entries(await shown(carlo)) == [uid(name) for name in seen]
    assert (brief["how"]["entries"], week.news) == (len(seen), len(seen))


async def test_the_choice_can_be_changed_and_an_answer_to_another_question_is_none(stage: Stage) -> None:
    anna, carlo = await handed_over(stage)

    await sync(anna, answer("all", to=uid("another"), name="first"))
    before = (await shown(carlo)).choice
    await sync(anna, answer("all", name="second"))
    after = (await shown(carlo)).choice
    await sync(anna, answer("nothing", name="third"))

    assert (before, after, (await shown(carlo)).choice) == ("asked", "all", "nothing")


async def test_what_has_no_day_is_seen_from_today_on_when_it_came_after_the_answer(stage: Stage) -> None:
    card: Json = {"kind": "card", "day": None, "body": {"text": "Breathe."}}
    anna, carlo = await handed_over(stage, check_in("before", **card))

    await sync(anna, answer("today"), check_in("after", **card))

    assert entries(await shown(carlo)) == [uid("new"), uid("after")]


async def test_who_came_before_sees_nothing_from_then_on_and_their_invites_are_void(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    invite = (await teresa.post("/api/invites", json={"id": uid("invite"), "client": ANNA.id})).json()
    await handed_over(stage)

    paths = (JOURNAL, f"/api/clients/{ANNA.id}", f"/api/clients/{ANNA.id}/brief", SESSIONS)
    joined = {"with": "invite", "secret": invite["link"].partition("#")[2]}

    assert {(await teresa.get(path)).status_code for path in paths} == {404}
    assert (await stage.browser().post("/api/logins", json=joined)).status_code == 410


async def test_the_client_is_told_on_their_phone_who_comes_and_who_goes(stage: Stage) -> None:
    anna, _ = await handed_over(stage)

    (said,) = await told(anna, "relationship")

    assert said.author == "therapist"
    assert said.body == {
        "state": "asked",
        "id": STEP,
        "at": stage.clock(),
        "therapist": "Carlo Rossi",
        "before": "Teresa Rossi",
    }
    assert (await anna.get("/api/logins/current")).json()["therapist"] == "Carlo Rossi"


async def test_the_same_step_twice_is_one_and_another_finds_nobody(stage: Stage) -> None:
    anna, _ = await handed_over(stage)
    teresa = await stage.signed_in(TERESA)

    again, other = await hand_over(teresa, stage), await hand_over(teresa, stage, step=uid("other"))

    assert (again.status_code, other.status_code) == (204, 404)
    assert len(await told(anna, "relationship")) == 1


async def test_nobody_is_handed_to_who_can_not_take_them(stage: Stage) -> None:
    people = stage.stores.people
    elsewhere = await people.create_practice("Elsewhere", 0)
    stage.staff["Dora"] = await people.create_staff(elsewhere, "therapist", "dora", "Dora", PASSWORD, 0)
    teresa, ada = await stage.signed_in(TERESA), await stage.signed_in(ADA)
    await ada.post(f"/api/practice/staff/{stage.staff['Bice'].id}/disabling")

    answers = [await hand_over(teresa, stage, to) for to in (Person("Dora", "therapist"), ADA, BICE, TERESA)]

    assert [one.status_code for one in answers] == [404, 404, 404, 422]
    assert (await teresa.get(f"/api/clients/{ANNA.id}")).status_code == 200


async def test_a_successor_sees_and_ends_what_was_set_without_its_texts(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa = await stage.signed_in(TERESA)
    set_before = guarded(reason="Because of your sister.")
    assert (await assign(teresa, set_before)).status_code == 201
    anna, carlo = await handed_over(stage)

    (seen,) = [one for one in (await shown(carlo)).records if one.kind == "assignment"]
    path = f"/api/clients/{ANNA.id}/assignments/{seen.id}/ending"
    ended = await carlo.post(path, json={"op": uid("end"), "base": seen.rev})

    assert (seen.body["exercise"], seen.body["by"]) == ("new-ending-recent", "Teresa Rossi")
    assert {"scene", "snapshot", "reason"}.isdisjoint(seen.body)
    assert ended.status_code == 200
    assert {"scene", "snapshot", "reason"}.isdisjoint(ended.json()["body"])
    assert [one.body["scene"] for one in await told(anna, "assignment")] == [set_before["scene"]]
    await sync(anna, answer("all"))
    assert "scene" in next(one for one in (await shown(carlo)).records if one.kind == "assignment").body


async def test_a_successors_look_is_told_with_the_day_it_began_at(stage: Stage) -> None:
    anna, carlo = await handed_over(stage)
    await shown(carlo)
    await sync(anna, answer("today"))
    await shown(carlo)

    read = (await anna.get("/api/journal/readings")).json()["readings"]

    assert [(one["by"], one["since"], one["through"] is None) for one in read] == [
        ("Carlo Rossi", "2026-09-21", False),
        ("Carlo Rossi", None, True),
    ]


async def test_a_successor_replaces_what_they_are_not_shown(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    assert (await teresa.put(SESSIONS, json=dates())).status_code == 200
    _, carlo = await handed_over(stage)
    kept = (await carlo.get(SESSIONS)).json()["sessions"]

    stale = await carlo.put(SESSIONS, json=dates(op=uid("stale")))
    put = await carlo.put(SESSIONS, json=dates(op=uid("put"), base=kept["rev"]))

    assert (stale.status_code, put.status_code) == (409, 200)


async def test_what_an_earlier_therapist_wrote_to_the_client_is_not_shown_and_can_be_replaced(stage: Stage) -> None:
    note, kept = Known("note-between", "message"), stage.stores.therapist_records
    teresa, carlo, now = stage.viewer(TERESA), stage.viewer(CARLO), stage.clock
    await kept.put(teresa, ANNA.id, note, uid("hers"), None, SessionDates(), now())
    await handed_over(stage)

    hers = await kept.of(carlo, ANNA.id, note)
    await kept.put(carlo, ANNA.id, note, uid("his"), None, SessionDates(), now())

    assert hers is None
    assert await kept.of(carlo, ANNA.id, note) is not None


# --- Ending and beginning again


async def end(browser: Browser, step: str = STEP) -> httpx.Response:
    return await browser.post(f"/api/clients/{ANNA.id}/relationship-ending", json={"id": step})


async def test_who_has_ended_leaves_the_caseload_keeps_everything_and_is_found_by_name(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in())

    assert [(await end(teresa)).status_code for _ in range(2)] == [204, 204]

    former = (await teresa.get("/api/former-clients")).json()["clients"]
    assert (await teresa.get("/api/clients")).json() == {"clients": []}
    assert (await teresa.get(JOURNAL)).status_code == 404
    assert [set(one) for one in former] == [{"id", "name", "since", "until"}]
    assert former[0]["name"] == "Anna"
    assert [one.body["state"] for one in await told(anna, "relationship")] == ["ended"]
    assert [one.id for one in await told(anna, "checkin")] == [uid("one")]
    assert (await sync(anna, check_in("alone"))).results[0].status == "applied"


async def test_the_ledger_knows_who_went_and_who_may_not_sign_in(stage: Stage) -> None:
    teresa, ada = await stage.signed_in(TERESA), await stage.signed_in(ADA)
    await end(teresa)
    path = f"/api/practice/staff/{stage.staff['Carlo'].id}/disabling"
    await ada.post(path)

    known = await stage.stores.ledger.known()

    assert [(one.client, one.therapist) for one in known.parted] == [(ANNA.id, stage.staff["Teresa"].id)]
    assert known.disabled == [stage.staff["Carlo"].id]
    await ada.delete(path)
    assert (await stage.stores.ledger.known()).disabled == []


async def test_who_comes_back_is_asked_what_may_be_seen(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in())
    await end(teresa)
    path, again = f"/api/former-clients/{ANNA.id}/return", {"id": uid("again")}

    assert [(await teresa.post(path, json=again)).status_code for _ in range(2)] == [204, 204]
    before = await shown(teresa)
    await sync(anna, answer("all", to=uid("again")))

    assert (before.choice, entries(before)) == ("asked", [])
    assert entries(await shown(teresa)) == [uid("one")]
    assert (await teresa.get("/api/former-clients")).json() == {"clients": []}


async def test_nobody_comes_back_to_who_is_not_theirs_or_went_on_with_another(stage: Stage) -> None:
    _, carlo = await handed_over(stage)
    teresa, bice = await stage.signed_in(TERESA), await stage.signed_in(BICE)
    path, again = f"/api/former-clients/{ANNA.id}/return", {"id": uid("again")}

    answers = [await browser.post(path, json=again) for browser in (teresa, bice, carlo)]

    assert {one.status_code for one in answers} == {404}


# --- Rest


async def test_while_frozen_every_read_is_like_a_pause_until_the_client_ends_it(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in())

    for _ in range(2):
        assert (await teresa.post(f"/api/clients/{ANNA.id}/freeze", json={"id": STEP})).status_code == 204
    during, brief, (week,) = await shown(teresa), await teresa.get(f"/api/clients/{ANNA.id}/brief"), await weeks(teresa)
    (said,) = await told(anna, "freeze")
    await sync(anna, freeze_answer(on=False, lifted=said.body["id"]))

    assert (during.paused, during.frozen, entries(during)) == (True, True, [])
    assert (brief.json()["paused"], week.paused) == (True, True)
    assert [look.through for look in await looks(anna)][:2] == [None]
    assert entries(await shown(teresa)) == [uid("one")]


async def test_the_client_freezes_it_and_the_end_of_a_pause_is_not_the_end_of_it(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in(), freeze_answer(on=True), agreement(paused=False))

    assert (await shown(teresa)).frozen
    await sync(anna, freeze_answer("no sense", on="who knows"))
    assert (await shown(teresa)).frozen


@pytest.mark.parametrize("kind", ["freeze", "preference"])
async def test_a_freeze_that_can_not_be_read_is_one(stage: Stage, kind: str) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in(), freeze_answer(on=False))
    await teresa.post(f"/api/clients/{ANNA.id}/freeze", json={"id": STEP})
    await sync(anna, freeze_answer("lifted", on=False, lifted=STEP))
    assert not (await shown(teresa)).frozen

    await stage.stores.db.write(
        lambda tx: tx.run("UPDATE record SET body = :junk WHERE kind = :kind", junk=b"junk", kind=kind)
    )

    assert (await shown(teresa)).frozen


async def test_a_phone_can_not_say_what_only_the_practice_says(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)

    results = (
        await sync(anna, *(check_in(kind, kind=kind) for kind in ("relationship", "freeze", "supervision")))
    ).results

    assert {one.status for one in results} == {"refused"}


# --- The practice


async def test_disabling_ends_every_login_at_once_and_lists_whom_they_leave_behind(stage: Stage) -> None:
    teresa, other, ada = await stage.signed_in(TERESA), await stage.signed_in(TERESA), await stage.signed_in(ADA)
    offer = await stage.stores.invites.offer_staff(stage.staff["Teresa"].id, stage.clock())
    path = f"/api/practice/staff/{stage.staff['Teresa'].id}"

    listed = (await ada.post(f"{path}/disabling")).json()

    by_link = await stage.browser().post("/api/logins", json={"with": "invite", "secret": offer.secret})
    assert listed == {"clients": [{"id": ANNA.id, "name": "Anna"}]} == (await ada.get(f"{path}/clients")).json()
    assert [(await one.get("/api/clients")).status_code for one in (teresa, other)] == [401, 401]
    assert by_link.status_code == 410
    (known,) = [one for one in (await ada.get("/api/practice/staff")).json()["staff"] if one["name"] == "Teresa Rossi"]
    assert (known["disabled"], known["clients"]) == (True, 1)


async def test_an_admin_hands_over_whom_somebody_left_behind(stage: Stage) -> None:
    ada, anna, carlo = await stage.signed_in(ADA), await stage.signed_in(ANNA), await stage.signed_in(CARLO)
    await sync(anna, check_in())
    await ada.post(f"/api/practice/staff/{stage.staff['Teresa'].id}/disabling")
    said = {"id": STEP, "to": stage.staff["Carlo"].id}

    answers = [await ada.post(f"/api/practice/clients/{ANNA.id}/hand-over", json=said) for _ in range(2)]

    page = await shown(carlo)
    assert [one.status_code for one in answers] == [204, 204]
    assert (page.choice, entries(page)) == ("asked", [])


async def test_nobody_disables_themselves_or_somebody_elsewhere(stage: Stage) -> None:
    ada = await stage.signed_in(ADA)

    own = await ada.post(f"/api/practice/staff/{stage.staff['Ada'].id}/disabling")
    nobody = await ada.post(f"/api/practice/staff/{NOBODY_ID}/disabling")

    assert (own.status_code, nobody.status_code) == (422, 404)
    assert (await ada.get("/api/practice/staff")).status_code == 200


async def test_who_was_let_in_again_can_sign_in_and_the_old_logins_stay_ended(stage: Stage) -> None:
    teresa, ada = await stage.signed_in(TERESA), await stage.signed_in(ADA)
    path = f"/api/practice/staff/{stage.staff['Teresa'].id}/disabling"
    await ada.post(path)

    assert (await ada.delete(path)).status_code == 204
    assert (await teresa.get("/api/clients")).status_code == 401
    assert (await (await stage.signed_in(TERESA)).get("/api/clients")).status_code == 200


async def test_everything_of_it_goes_with_the_client(stage: Stage) -> None:
    anna, carlo = await handed_over(stage)

    assert (await anna.delete("/api/journal")).status_code == 204

    assert (await carlo.get("/api/clients")).json() == {"clients": []}
    bruno = await stage.signed_in(BRUNO)
    assert (await bruno.get("/api/journal/shared")).status_code == 200
