"""Other words that a therapist writes for a step travel beside the exercise, for steps that have a place for them."""

import msgspec
import pytest

from tests.cast import ANNA, TERESA, Stage
from tests.routes.test_assignments import IMAGE, approve, assign, assigned, together, wish
from tests.routes.test_sync import Json, uid
from tests.routes.test_terms import EXERCISE, HOSTILE, MINE, changed, on_phone, step, terms


async def test_other_words_travel_inside_the_assignment_for_the_version_they_were_written_for(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = (await teresa.get(f"/api/practice/exercises/{EXERCISE}")).json()
    spoken = next(one["id"] for one in first["steps"] if one["type"] == "say")

    answer = await assign(teresa, wish(EXERCISE, tailored={spoken: HOSTILE}))

    assert answer.status_code == 201, answer.text
    words = "<script>alert(1)</script>\n\ntxen [a](javascript:x)"
    assert (await on_phone(anna))[0]["tailored"] == {"version": first["version"], "words": {spoken: words}}


async def test_a_therapist_only_exercise_keeps_its_text_beside_the_other_words(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    whole = (await teresa.get(f"/api/practice/exercises/{IMAGE}")).json()
    spoken = next(one["id"] for one in whole["steps"] if one["type"] == "say")

    record = await assigned(teresa, together(tailored={spoken: "Sit as you sat in the room."}))
    record = await changed(teresa, record, terms(record.rev, tailored={spoken: "Sit by the window."}))

    (body,) = await on_phone(anna)
    assert body["tailored"] == {"version": whole["version"], "words": {spoken: "Sit by the window."}}
    assert b"Sit by the window" not in msgspec.json.encode(body["snapshot"])
    assert (await step(teresa, record, "ending"))[0] == 200


async def test_words_for_a_step_whose_text_is_not_written_set_and_change_nothing(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, together(texts={"calm_image": "The bench."}))
    words: Json = {"self_say": "Say it slowly."}

    late = await teresa.put(f"{MINE}/{record.id}", json=terms(record.rev, tailored=words))
    await step(teresa, record, "ending")
    new = await assign(
        teresa, together(id=uid("second"), op=uid("second op"), texts={"calm_image": "The bench."}, tailored=words)
    )
    written = await assign(
        teresa, together(id=uid("third"), op=uid("third op"), texts={"healthy_self": "I can wait."}, tailored=words)
    )

    assert [one.status_code for one in (late, new, written)] == [422, 422, 201]
    assert all("the text it shows is not written" in one.json()["detail"] for one in (late, new))
    version = (await teresa.get(f"/api/practice/exercises/{IMAGE}")).json()["version"]
    assert [body.get("tailored") for body in await on_phone(anna)] == [None, {"version": version, "words": words}]


@pytest.mark.parametrize(
    ("exercise", "tailored", "reason"),
    [
        (EXERCISE, {"nowhere": "Sit."}, "no such step"),
        (EXERCISE, {"distress_before": "How bad?"}, "keep theirs"),
        ("five-senses", {"settle": "Sit."}, "stay as they are"),
    ],
)
async def test_words_that_fit_nowhere_set_nothing(stage: Stage, exercise: str, tailored: Json, reason: str) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, wish(exercise, tailored=tailored))

    assert answer.status_code == 422
    assert any(part in answer.json()["detail"] for part in reason.split("|"))
    assert await on_phone(anna) == []
