"""A therapist changes what was agreed, takes back, lets go on, and puts in order; a stale step changes nothing."""

from typing import Any

import msgspec
import pytest

from server.assigned import suspended
from server.merge import Rev, parse_rev
from server.store.assignments import Wish
from server.store.known_ids import known_id
from tests.cast import ADA, ANNA, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Person, Stage
from tests.routes.test_assignments import IMAGE, approve, assigned, guarded, together, wish
from tests.routes.test_sync import Json, Received, sync, uid

MINE = f"/api/clients/{ANNA.id}/assignments"
EXERCISE = "feet-on-floor"
HOSTILE = "<script>alert(1)</script>\n\u202etxen \u2069 [a](javascript:x)"


def terms(base: str, name: str = "change", **more: object) -> Json:
    return {"op": uid(name), "base": base, "reason": "Twice is enough.", "times_a_week": 2} | more


async def changed(browser: Browser, record: Received, said: Json) -> Received:
    answer = await browser.put(f"{MINE}/{record.id}", json=said)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Received)


async def step(browser: Browser, record: Received, what: str, base: str | None = None) -> tuple[int, Received | None]:
    answer = await browser.post(
        f"{MINE}/{record.id}/{what}", json={"op": uid(what), "base": record.rev if base is None else base}
    )
    return answer.status_code, msgspec.json.decode(answer.content, type=Received) if answer.is_success else None


async def on_phone(anna: Browser) -> list[Json]:
    return [record.body for record in (await sync(anna)).records if record.kind == "assignment"]


async def listed(browser: Browser) -> list[Received]:
    found = (await browser.get(MINE)).json()["assignments"]
    return msgspec.convert(found, list[Received])


async def test_what_was_agreed_is_changed_and_the_rest_stays(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, guarded(distress_limit=5, suggested={"at": "18:00", "days": [1]}))
    (before,) = await on_phone(anna)

    said = terms(record.rev, until="2026-09-28", distress_limit=3, times_a_week=None)
    once, twice = await changed(teresa, record, said), await changed(teresa, record, said)

    (body,) = await on_phone(anna)
    assert once == twice
    assert (body["reason"], body["until"], body["distress_limit"]) == ("Twice is enough.", "2026-09-28", 3)
    assert body["expires_on"] == "2026-09-28"
    assert {"times_a_week", "suggested"}.isdisjoint(body)
    kept = ("exercise", "version", "title", "by", "scene", "rehearsed_on", "set_on", "snapshot")
    assert {name: body[name] for name in kept} == {name: before[name] for name in kept}


async def test_a_stale_base_changes_nothing_and_makes_no_copy(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, wish())
    await changed(teresa, record, terms(record.rev))

    late = await teresa.put(f"{MINE}/{record.id}", json=terms(record.rev, "late", reason="Late."))

    assert (late.status_code, "Nothing was saved" in late.json()["detail"]) == (409, True)
    assert [body["reason"] for body in await on_phone(anna)] == ["Twice is enough."]


REFUSED: dict[str, tuple[Json, str]] = {
    "a day in the past": ({"until": "2026-09-20"}, "already past"),
    "a reason over the limit": ({"reason": "x" * 501}, "501 letters"),
    "a field nobody knows": ({"exercise": "calm-place"}, "exercise"),
}


@pytest.mark.parametrize(("more", "reason"), REFUSED.values(), ids=REFUSED.keys())
async def test_terms_that_cannot_be_say_why(stage: Stage, more: Json, reason: str) -> None:
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, wish())

    answer = await teresa.put(f"{MINE}/{record.id}", json=terms(record.rev) | more)

    assert (answer.status_code, reason in answer.text) == (422, True)
    assert [one.rev for one in await listed(teresa)] == [record.rev]


# --- What was done and written together


async def test_the_agreed_scene_is_written_anew_and_the_client_is_told_when(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, guarded(rehearsed_on="2026-09-20"))
    (before,) = await on_phone(anna)
    stage.clock.forward(60_000)

    said = terms(record.rev, scene=f"  {HOSTILE} ", rehearsed_on="2026-09-21")
    once, twice = await changed(teresa, record, said), await changed(teresa, record, said)

    (body,) = await on_phone(anna)
    assert once == twice
    assert (body["scene"], body["rehearsed_on"], body["rewritten_at"]) == (HOSTILE, "2026-09-21", stage.clock())
    assert body["snapshot"] == before["snapshot"]
    assert "rewritten_at" not in before
    stage.clock.forward(60_000)
    later = await changed(teresa, once, terms(once.rev, "later", reason="Once is enough."))
    assert (later.body["scene"], later.body["rewritten_at"]) == (HOSTILE, body["rewritten_at"])


async def test_texts_written_anew_bring_the_steps_for_them_and_take_the_others(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, together(texts={"calm_image": "The bench."}))
    (before,) = await on_phone(anna)

    texts = {"healthy_self": " I can wait. ", "rehearsed_reply": "Not now."}
    await changed(teresa, record, terms(record.rev, texts=texts, written_together=True))

    (body,) = await on_phone(anna)
    assert held(body) == (
        ["healthy_self", "rehearsed_reply"],
        {"healthy_self": "I can wait.", "rehearsed_reply": "Not now."},
    )
    assert held(before) == (["calm_image"], {"calm_image": "The bench."})


async def test_texts_set_aside_by_a_restore_are_written_anew_where_they_wait(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, together(texts={"calm_image": "The bench."}))
    whole = await stage.stores.assignments.change(
        stage.viewer(TERESA),
        ANNA.id,
        Wish(record=record.id, op=uid("aside"), base=parse_rev(record.rev) or Rev("", 0)),
        lambda body: suspended(body, stage.clock()) or {},
        b"aside",
        stage.clock(),
    )

    said = terms(str(whole.rev), texts={"calm_image": "The lake."}, written_together=True)
    after = await changed(teresa, record, said)

    assert "snapshot" not in after.body
    assert held(after.body["suspended"]) == (["calm_image"], {"calm_image": "The lake."})


def held(body: object) -> tuple[list[str], dict[str, str]]:
    """Which texts an assignment plays, and what they say."""
    snapshot = msgspec.convert(body, dict[str, Any])["snapshot"]
    return [one["from"] for one in snapshot["steps"] if one["type"] == "recall"], snapshot["texts"]


NOT_WRITTEN: dict[str, tuple[str, Json, str]] = {
    "a scene that is empty": ("new-ending-recent", {"scene": " \n "}, "Write down the scene"),
    "a scene over the limit": ("new-ending-recent", {"scene": "x" * 2_001}, "2001 letters, and 2000 is the most"),
    "a session to come": ("new-ending-recent", {"rehearsed_on": "2026-09-22"}, "still to come"),
    "no text at all": (IMAGE, {"texts": {}, "written_together": True}, "at least one"),
    "not together": (IMAGE, {"texts": {"calm_image": "The lake."}}, "wrote the texts together"),
    "a text over the limit": (
        IMAGE,
        {"texts": {"calm_image": "x" * 401}, "written_together": True},
        "401 letters, and 400 is the most",
    ),
}


@pytest.mark.parametrize(("exercise", "more", "reason"), NOT_WRITTEN.values(), ids=NOT_WRITTEN.keys())
async def test_what_was_not_done_or_written_together_changes_nothing(
    stage: Stage, exercise: str, more: Json, reason: str
) -> None:
    await approve(stage, exercise)
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, together() if exercise == IMAGE else guarded())

    answer = await teresa.put(f"{MINE}/{record.id}", json=terms(record.rev) | more)

    assert (answer.status_code, reason in answer.json()["detail"]) == (422, True), answer.text
    assert [one.rev for one in await listed(teresa)] == [record.rev]


async def test_texts_of_an_exercise_that_is_another_version_by_now_stay(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, together())
    older = await stage.stores.assignments.change(
        stage.viewer(TERESA),
        ANNA.id,
        Wish(record=record.id, op=uid("older"), base=parse_rev(record.rev) or Rev("", 0)),
        lambda body: body | {"version": 7},
        b"older",
        stage.clock(),
    )

    said = terms(str(older.rev), texts={"calm_image": "The lake."}, written_together=True)
    answer = await teresa.put(f"{MINE}/{record.id}", json=said)

    assert (answer.status_code, "End it and set it again" in answer.json()["detail"]) == (422, True)


async def test_a_scene_for_an_exercise_that_has_none_is_not_kept(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, wish())

    after = await changed(teresa, record, terms(record.rev, scene="Kitchen.", rehearsed_on="2026-09-20"))

    assert {"scene", "rehearsed_on", "rewritten_at"}.isdisjoint(after.body)


async def test_what_has_ended_is_not_changed(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, wish())
    _, ended = await step(teresa, record, "ending")
    assert ended is not None

    answer = await teresa.put(f"{MINE}/{record.id}", json=terms(ended.rev))

    assert (answer.status_code, "has ended meanwhile" in answer.json()["detail"]) == (422, True)


# --- Undo


async def test_an_ending_is_undone_with_the_exercises_text(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, guarded())
    (before,) = await on_phone(anna)
    _, ended = await step(teresa, record, "ending")
    assert ended is not None

    status, again = await step(teresa, ended, "reopening")

    assert again is not None
    assert (status, await on_phone(anna)) == (200, [before])
    assert (await step(teresa, again, "reopening"))[0] == 200


async def test_an_ending_is_not_undone_once_it_is_set_anew_or_on_a_stale_base(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, wish())
    _, ended = await step(teresa, record, "ending")
    assert ended is not None

    stale = await step(teresa, ended, "reopening", record.rev)
    await assigned(teresa, wish(id=uid("anew"), op=uid("anew op")))
    second = await step(teresa, ended, "reopening")

    assert (stale[0], second[0]) == (409, 422)


async def test_what_was_set_by_mistake_is_taken_back_and_nothing_of_it_stays(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, wish(reason="For somebody else."))

    first, again = await step(teresa, record, "withdrawal"), await step(teresa, record, "withdrawal")

    assert (first, first[0]) == (again, 200)
    assert (await on_phone(anna), await listed(teresa)) == ([{}], [])
    held = await stage.stores.db.read(
        lambda tx: tx.all("SELECT record_id FROM version WHERE record_id = :id", id=record.id)
    )
    noted = await stage.stores.ledger.known()
    assert (held, [one.record for one in noted.ended[ANNA.id]]) == ([], [record.id])


async def test_what_changed_meanwhile_is_not_taken_back(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, wish())
    await changed(teresa, record, terms(record.rev))

    assert (await step(teresa, record, "withdrawal"))[0] == 409
    assert len(await on_phone(anna)) == 1


# --- The order


async def test_the_order_reaches_the_phone_and_is_not_written_over(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    path, order = f"/api/clients/{ANNA.id}/menu", [uid("b"), uid("a")]
    said = {"op": uid("menu"), "base": None, "order": order, "first": uid("b")}

    first, again = await teresa.put(path, json=said), await teresa.put(path, json=said)
    late = await teresa.put(path, json=said | {"op": uid("late"), "order": order[::-1]})
    wrong = await teresa.put(path, json=said | {"op": uid("wrong"), "first": uid("c")})

    (received,) = (await sync(anna)).records
    assert (first.status_code, first.json() == again.json(), late.status_code, wrong.status_code) == (
        200,
        True,
        409,
        422,
    )
    assert (received.id, received.kind, received.body) == (
        known_id("menu", ANNA.id),
        "menu",
        {"order": order, "first": uid("b")},
    )


# --- Nobody else


@pytest.mark.parametrize(("who", "status"), [(CARLO, 404), (BRUNO, 403), (ADA, 403), (ANNA, 403)])
async def test_nobody_else_changes_or_sees_it(stage: Stage, who: Person, status: int) -> None:
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, wish())
    browser = await stage.signed_in(who)
    small = {"op": uid("x"), "base": record.rev}

    answers = [
        await browser.get(MINE),
        await browser.put(f"{MINE}/{record.id}", json=terms(record.rev)),
        await browser.post(f"{MINE}/{record.id}/reopening", json=small),
        await browser.post(f"{MINE}/{record.id}/withdrawal", json=small),
        await browser.put(
            f"/api/clients/{ANNA.id}/menu", json={"op": uid("m"), "base": None, "order": [], "first": None}
        ),
    ]

    assert [answer.status_code for answer in answers] == [status] * 5
    assert [one.rev for one in await listed(teresa)] == [record.rev]


async def test_what_is_not_there_and_what_is_anothers_are_the_same_404(stage: Stage) -> None:
    teresa, carlo = await stage.signed_in(TERESA), await stage.signed_in(CARLO)
    record = await assigned(teresa, wish())
    small = {"op": uid("x"), "base": record.rev}

    mine = await teresa.post(f"{MINE}/{NOBODY_ID}/withdrawal", json=small)
    theirs = await carlo.post(f"{MINE}/{record.id}/withdrawal", json=small)

    assert (mine.status_code, mine.content) == (theirs.status_code, theirs.content)
    assert mine.status_code == 404
