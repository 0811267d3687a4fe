"""Supervision: numbers and codes alone, by the client's word, until a time, and never without a note of it."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from server.security import DAY
from server.store.known_ids import known_id
from tests.cast import ANNA, BICE, CARLO, TERESA, Browser, Person, Stage
from tests.routes.test_relationships import freeze_answer, hand_over
from tests.routes.test_sharing import agreement, looks
from tests.routes.test_sync import Json, check_in, sync, uid

ASKED = uid("supervision")
OF_ANNA = f"/api/clients/{ANNA.id}/supervision"
LOOK = f"/api/supervisions/{ASKED}"
HER_WORDS = "about my sister Giulia"


async def ask(browser: Browser, stage: Stage, to: Person = CARLO, id: str = ASKED, weeks: int = 2) -> httpx.Response:
    return await browser.post(OF_ANNA, json={"id": id, "to": stage.staff[to.name].id, "weeks": weeks})


def consent(agreed: bool = True, to: str = ASKED, name: str = "consent") -> Json:
    record = known_id("supervision-answer", ANNA.id)
    body = {"name": "supervision", "to": to, "agreed": agreed}
    return check_in(name, record=record, kind="preference", audience="service", body=body)


async def asked(stage: Stage, *ops: Json) -> tuple[Browser, Browser, Browser]:
    """Anna, Teresa who asked her, and Carlo who is to look."""
    anna, teresa, carlo = [await stage.signed_in(one) for one in (ANNA, TERESA, CARLO)]
    assert (await ask(teresa, stage)).status_code == 201
    await sync(anna, *ops)
    return anna, teresa, carlo


async def state(teresa: Browser) -> str:
    return str((await teresa.get(OF_ANNA)).json()["supervision"]["state"])


async def seen(carlo: Browser) -> list[Json]:
    answer = await carlo.get(LOOK)
    assert answer.status_code == 200, answer.text
    entries: list[Json] = answer.json()["entries"]
    return entries


async def test_without_her_word_there_is_nothing_and_it_can_not_be_told_from_what_never_was(stage: Stage) -> None:
    _, teresa, carlo = await asked(stage, check_in())

    never = await carlo.get(f"/api/supervisions/{uid('never')}")
    waiting = await carlo.get(LOOK)

    assert (await state(teresa), waiting.status_code) == ("asked", 404)
    assert waiting.content == never.content
    assert (await carlo.get("/api/supervisions")).json() == {"supervisions": []}


async def test_once_she_agrees_numbers_and_codes_are_seen_and_no_word_of_hers(stage: Stage) -> None:
    body: Json = {
        "affect": {"v": 0.5, "a": -0.5, "note": HER_WORDS},
        "distress": 6,
        "words": [{"id": "uneasy", "strength": 3, "own": HER_WORDS}, {"id": HER_WORDS}],
        "regions": ["chest", HER_WORDS],
        "sensations": [HER_WORDS],
        "contexts": ["home", HER_WORDS],
        "own_words": [HER_WORDS],
        "wish": HER_WORDS,
        "note": HER_WORDS,
    }
    run: Json = {
        "exercise": "name-it-gently",
        "version": 1,
        "ended": "finished",
        "title": HER_WORDS,
        "seconds": 61,
        "answers": {"a": HER_WORDS},
        "ratings": {HER_WORDS: 3},
    }
    left = {"exercise": "name-it-gently", "title": HER_WORDS, "reasons": ["tired", HER_WORDS], "text": HER_WORDS}
    ops = [
        check_in("one", body=body, day="2026-09-20"),
        check_in("run", kind="run", body=run),
        check_in("unknown exercise", kind="run", body=run | {"exercise": "giulia"}),
        check_in("note", kind="note", body={"text": HER_WORDS}, day="2026-09-19"),
        check_in("scene", kind="scene", body={"when": HER_WORDS}, day="2026-09-18"),
        check_in("left", kind="not-today", body=left, day="2026-09-17"),
        check_in("dream", kind="dream", body={"text": HER_WORDS}),
        check_in("mine", audience="service", body={"distress": 9}),
    ]
    _, teresa, carlo = await asked(stage, *ops, consent())

    found = await carlo.get(LOOK)

    assert await state(teresa) == "agreed"
    assert found.json()["entries"] == [
        {"kind": "run", "ago": 0, "exercise": "name-it-gently", "ended": "finished", "minutes": 2},
        {
            "kind": "checkin",
            "ago": 1,
            "affect": {"v": 0.5, "a": -0.5},
            "distress": 6,
            "words": [{"id": "uneasy", "strength": 3}],
            "regions": ["chest"],
            "contexts": ["home"],
        },
        {"kind": "note", "ago": 2},
        {"kind": "scene", "ago": 3},
        {"kind": "not-today", "ago": 4, "exercise": "name-it-gently", "reasons": ["tired"]},
    ]
    listed = await carlo.get("/api/supervisions")
    assert listed.json()["supervisions"] == [
        {"id": ASKED, "by": "Teresa Rossi", "until": stage.clock() + 14 * DAY},
    ]
    assert not any(name in found.text + listed.text for name in ("Giulia", "Anna", ANNA.id))


async def test_the_look_is_told_to_the_client_by_name(stage: Stage) -> None:
    anna, _, carlo = await asked(stage, check_in(), consent())

    await seen(carlo)

    assert [(look.by, look.through) for look in await looks(anna)] == [("Carlo Rossi", None)]
    assert (await anna.get("/api/journal/readings")).json()["readings"][0]["what"] == "supervision"


async def _she_takes_it_back(stage: Stage, anna: Browser, teresa: Browser) -> None:
    await sync(anna, consent(agreed=False, name="no"))


async def _the_therapist_ends_it(stage: Stage, anna: Browser, teresa: Browser) -> None:
    assert [(await teresa.delete(OF_ANNA)).status_code for _ in range(2)] == [204, 204]


async def _its_time_is_over(stage: Stage, anna: Browser, teresa: Browser) -> None:
    stage.clock.forward(14 * DAY)


async def _she_pauses(stage: Stage, anna: Browser, teresa: Browser) -> None:
    await sync(anna, agreement(paused=True))


async def _she_freezes(stage: Stage, anna: Browser, teresa: Browser) -> None:
    await sync(anna, freeze_answer(on=True))


async def _she_is_handed_over(stage: Stage, anna: Browser, teresa: Browser) -> None:
    assert (await hand_over(teresa, stage, to=BICE)).status_code == 204


async def _they_end(stage: Stage, anna: Browser, teresa: Browser) -> None:
    await teresa.post(f"/api/clients/{ANNA.id}/relationship-ending", json={"id": uid("end")})


async def _another_is_asked(stage: Stage, anna: Browser, teresa: Browser) -> None:
    assert (await ask(teresa, stage, id=uid("another"))).status_code == 201


Ending = Callable[[Stage, Browser, Browser], Awaitable[None]]
ENDS: dict[str, Ending] = {
    "she takes it back": _she_takes_it_back,
    "the therapist ends it": _the_therapist_ends_it,
    "its time is over": _its_time_is_over,
    "she pauses": _she_pauses,
    "she freezes": _she_freezes,
    "she is handed over": _she_is_handed_over,
    "they end": _they_end,
    "another is asked": _another_is_asked,
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS.keys())
async def test_whatever_ends_it_the_next_look_finds_nothing(stage: Stage, ends: Ending) -> None:
    anna, teresa, carlo = await asked(stage, check_in(), consent())
    assert len(await seen(carlo)) == 1

    await ends(stage, anna, teresa)

    carlo = await stage.signed_in(CARLO)
    assert (await carlo.get(LOOK)).status_code == 404
    assert (await carlo.get("/api/supervisions")).json() == {"supervisions": []}


async def test_only_who_was_named_looks(stage: Stage) -> None:
    _, teresa, carlo = await asked(stage, check_in(), consent())
    bice = await stage.signed_in(BICE)

    answers = [await browser.get(LOOK) for browser in (bice, teresa)]

    assert {one.status_code for one in answers} == {404}
    assert (await carlo.get(OF_ANNA)).status_code == 404


async def test_the_phone_hears_who_asks_until_when_and_that_it_ended(stage: Stage) -> None:
    anna, teresa, _ = await asked(stage)
    said = [one.body for one in (await sync(anna)).records if one.kind == "supervision"]
    await teresa.delete(OF_ANNA)
    after = [one.body for one in (await sync(anna)).records if one.kind == "supervision"]

    now = stage.clock()
    first = {"id": ASKED, "at": now, "until": now + 14 * DAY, "by": "Teresa Rossi", "supervisor": "Carlo Rossi"}
    assert (said, after) == ([first], [first | {"ended_at": now}])


async def test_her_export_says_who_asked_and_who_was_to_look(stage: Stage) -> None:
    anna, teresa, _ = await asked(stage)
    await teresa.delete(OF_ANNA)

    said = (await anna.get("/api/export")).json()["supervisions"]

    now = stage.clock()
    names = {"by": "Teresa Rossi", "supervisor": "Carlo Rossi"}
    assert said == [names | {"asked_at": now, "until": now + 14 * DAY, "ended_at": now}]


async def test_asking_twice_is_once_and_nobody_asks_for_themselves(stage: Stage) -> None:
    anna, teresa, _ = await asked(stage)

    again, own = await ask(teresa, stage), await ask(teresa, stage, to=TERESA, id=uid("own"))
    too_long = await ask(teresa, stage, id=uid("long"), weeks=13)

    assert (again.status_code, own.status_code, too_long.status_code) == (201, 422, 422)
    assert len([one for one in (await sync(anna)).records if one.kind == "supervision"]) == 1
