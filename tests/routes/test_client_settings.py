"""A therapist says what a client's phone opens by itself; nobody else does."""

import msgspec
import pytest

from server.store.known_ids import known_id
from tests.cast import ADA, ANNA, BRUNO, CARLO, TERESA, Browser, Stage
from tests.routes.test_sync import Json, Received, sync, uid

PATH = f"/api/clients/{ANNA.id}/settings"


def setting(name: str = "set", base: str | None = None, **more: object) -> Json:
    return {"op": uid(name), "base": base, "blocks": ["DISS"], "open_only": False} | more


async def put(browser: Browser, said: Json) -> Received:
    answer = await browser.put(PATH, json=said)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Received)


async def test_what_is_set_reaches_the_clients_phone(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    await put(teresa, setting(blocks=["TRAUMA", "DISS", "DISS"], open_only=True))

    received = (await sync(anna)).records[0]
    assert (received.id, received.kind, received.author) == (
        known_id("settings", ANNA.id),
        "client-setting",
        "therapist",
    )
    assert received.body == {"blocks": ["DISS", "TRAUMA"], "open_only": True}


async def test_said_twice_it_is_set_once(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)

    first, again = await put(teresa, setting()), await put(teresa, setting())

    assert first == again


async def test_a_later_one_takes_the_place_of_the_one_that_was_on_screen(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await put(teresa, setting())

    await put(teresa, setting("clear", first.rev, blocks=[]))

    assert [record.body for record in (await sync(anna)).records] == [{}]


async def test_one_that_changed_meanwhile_is_not_written_over(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await put(teresa, setting())
    await put(teresa, setting("second", first.rev, blocks=["GRIEF"]))

    answer = await teresa.put(PATH, json=setting("late", first.rev, blocks=[]))

    assert answer.status_code == 409
    assert "Nothing was saved" in answer.json()["detail"]
    assert (await sync(anna)).records[0].body["blocks"] == ["GRIEF"]


async def test_a_list_a_yes_and_hours_reach_the_phone_and_the_usual_hours_are_none(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    more: Json = {"allowed": ["feet-on-floor", "calm-place", "calm-place"], "ok": ["kind-companion"]}

    first = await put(teresa, setting(blocks=[], hours={"from": "10:00", "to": "17:30"}) | more)
    there = (await sync(anna)).records[0].body
    usual = await put(teresa, setting("usual", first.rev, blocks=[], hours={"from": "09:00", "to": "20:00"}))

    assert there == {
        "allowed": ["calm-place", "feet-on-floor"],
        "ok": ["kind-companion"],
        "hours": {"from": "10:00", "to": "17:30"},
    }
    assert usual.body == {}


@pytest.mark.parametrize("hours", [("08:59", "12:00"), ("12:00", "20:01"), ("12:00", "12:00"), ("14:00", "12:00")])
async def test_hours_lie_inside_the_day_and_a_sentence_says_so(stage: Stage, hours: tuple[str, str]) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await teresa.put(PATH, json=setting(hours=dict(zip(("from", "to"), hours, strict=True))))

    assert answer.status_code == 422
    assert "between 09:00 and 20:00" in answer.json()["detail"]
    assert (await sync(anna)).records == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"blocks": ["NO-SUCH-CODE"]},
        {"base": "not a revision"},
        {"more": 1},
        {"op": "x"},
        {"blocks": None},
        {"allowed": ["<b>"]},
        {"ok": ["a"] * 201},
        {"hours": {"from": "9", "to": "20:00"}},
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_set(stage: Stage, wrong: Json) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await teresa.put(PATH, json=setting() | wrong)

    assert answer.status_code in {400, 422}
    assert (await sync(anna)).records == []


async def test_nobody_else_sets_anything_for_her(stage: Stage) -> None:
    carlo, ada, bruno = [await stage.signed_in(one) for one in (CARLO, ADA, BRUNO)]

    answers = [await browser.put(PATH, json=setting()) for browser in (carlo, ada, bruno)]
    looks = [await browser.get(PATH) for browser in (carlo, ada, bruno)]

    assert [answer.status_code for answer in answers] == [404, 403, 403]
    assert [answer.status_code for answer in looks] == [404, 403, 403]


async def test_to_look_at_what_is_set_reads_nothing_of_the_clients(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    before = (await teresa.get(PATH)).json()
    await put(teresa, setting())

    after = (await teresa.get(PATH)).json()

    assert before == {"settings": None}
    assert after["settings"]["body"]["blocks"] == ["DISS"]
    assert (await anna.get("/api/journal/readings")).json()["readings"] == []
