"""The part of the safety plan that is written together: the therapist's record, the client's plan."""

import pytest

from server.store.known_ids import known_id
from tests.cast import ADA, ANNA, BRUNO, CARLO, TERESA, Stage
from tests.routes.test_sync import Json, check_in, sync, uid

PATH = f"/api/clients/{ANNA.id}/safety-part"


def part(name: str = "write", base: str | None = None, **more: object) -> Json:
    said: Json = {"op": uid(name), "base": base, "around": "The pills go to my sister.", "written_together": True}
    return said | more


async def test_what_was_written_together_reaches_her_phone_and_her_own_plan_is_untouched(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("plan", kind="safety-plan", body={"around": "My own words."}))

    answer = await teresa.put(PATH, json=part())

    bodies = {record.kind: record.body for record in (await sync(anna)).records}
    assert answer.status_code == 200
    assert answer.json()["id"] == known_id("safety-part", ANNA.id)
    assert bodies == {
        "safety-plan": {"around": "My own words."},
        "safety-part": {"around": "The pills go to my sister.", "by": "Teresa Rossi"},
    }


async def test_nothing_is_written_into_her_plan_that_was_not_written_together(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await teresa.put(PATH, json=part(written_together=False))

    assert answer.status_code == 422
    assert "together" in answer.json()["detail"]
    assert (await sync(anna)).records == []


async def test_it_is_taken_back_alone_and_not_over_what_changed_meanwhile(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = (await teresa.put(PATH, json=part())).json()

    gone = await teresa.put(PATH, json=part("gone", first["rev"], around=" ", written_together=False))
    late = await teresa.put(PATH, json=part("late", first["rev"]))

    assert (gone.status_code, late.status_code) == (200, 409)
    assert [record.body for record in (await sync(anna)).records] == [{"by": "Teresa Rossi"}]


@pytest.mark.parametrize("wrong", [{"around": "x" * 2_001}, {"base": "no revision"}, {"more": 1}, {"op": "x"}])
async def test_what_makes_no_sense_is_refused(stage: Stage, wrong: Json) -> None:
    teresa = await stage.signed_in(TERESA)

    assert (await teresa.put(PATH, json=part() | wrong)).status_code in {400, 422}


async def test_nobody_else_writes_it_and_her_phone_neither(stage: Stage) -> None:
    others = [await stage.signed_in(one) for one in (CARLO, ADA, BRUNO)]
    anna = await stage.signed_in(ANNA)

    answers = [(await browser.put(PATH, json=part())).status_code for browser in others]
    own = await sync(anna, check_in("mine", kind="safety-part", body={"around": "Mine."}))

    assert answers == [404, 403, 403]
    assert [result.status for result in own.results] == ["refused"]
