"""A therapist sets exercises and reads what was shared; nobody else does."""

import httpx
import msgspec
import pytest

from tests.cast import ANNA, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Person, Stage, library
from tests.routes.test_sync import Json, Received, check_in, sync, uid


class Snapshot(msgspec.Struct):
    """An exercise inside an assignment, as far as counting goes."""

    steps: list[dict[str, object]]


TODAY = "2026-09-21"


def wish(exercise: str = "name-it-gently", **changes: object) -> Json:
    said: Json = {"id": uid("assignment"), "op": uid("assign"), "exercise": exercise, "reason": "To get to know it."}
    return said | changes


def guarded(**changes: object) -> Json:
    return wish("new-ending-recent", rehearsed_on=TODAY, scene="Kitchen, last Tuesday.") | changes


async def assign(browser: Browser, said: Json) -> httpx.Response:
    return await browser.post(f"/api/clients/{ANNA.id}/assignments", json=said)


async def assigned(browser: Browser, said: Json) -> Received:
    return msgspec.json.decode((await assign(browser, said)).content, type=Received)


async def approve(stage: Stage, exercise: str) -> None:
    card = library().card(exercise, "en")
    assert card is not None
    await stage.stores.approvals.add(stage.practice, exercise, card.version, "Dr. Test", TODAY)


async def test_an_assignment_reaches_the_clients_phone(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, wish(times_a_week=3))

    received = (await sync(anna)).records[0]
    assert answer.status_code == 201
    assert (received.kind, received.author) == ("assignment", "therapist")
    assert received.body["exercise"] == "name-it-gently"
    assert received.body["by"] == "Teresa Rossi"
    assert "snapshot" not in received.body


async def test_assigning_twice_with_the_same_ids_changes_nothing(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await assign(teresa, wish())
    stage.clock.forward(36 * 3_600_000)

    again = await assign(await stage.signed_in(TERESA), wish())

    assert again.json() == first.json()
    assert len((await sync(anna)).records) == 1


async def test_a_therapist_only_exercise_travels_whole_inside_its_assignment(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, guarded(distress_limit=4))

    received = (await sync(anna)).records[0].body
    assert answer.status_code == 201
    assert received["scene"] == "Kitchen, last Tuesday."
    assert received["expires_on"] == "2026-10-05"
    assert len(msgspec.convert(received["snapshot"], Snapshot).steps) == 26


async def test_a_suggested_reminder_travels_with_it_and_plans_nothing(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, wish(suggested={"at": "18:00", "days": [5, 1, 1]}))

    (received,) = (await sync(anna)).records
    assert answer.status_code == 201
    assert received.body["suggested"] == {"at": "18:00", "days": [1, 5]}


@pytest.mark.parametrize("suggested", [{"at": "25:00", "days": [1]}, {"at": "18:00", "days": []}, {"at": "18:00"}, {}])
async def test_a_suggestion_without_time_or_days_sets_nothing(stage: Stage, suggested: Json) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, wish(suggested=suggested))

    assert answer.status_code in (400, 422)
    assert (await sync(anna)).records == []


REFUSED: dict[str, tuple[Json, str]] = {
    "an exercise nobody knows": (wish("no-such-thing"), "no exercise"),
    "a last day in the past": (wish(until="2026-09-20"), "already past"),
    "a reason over the limit": (wish(reason="x" * 501), "The reason has 501 letters, and 500 is the most."),
    "not approved": (wish("new-ending-recent", rehearsed_on=TODAY, scene="x"), "not approved"),
}


@pytest.mark.parametrize(("said", "reason"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_cannot_be_set_says_why_and_sets_nothing(stage: Stage, said: Json, reason: str) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, said)

    assert answer.status_code == 422
    assert reason in answer.json()["detail"]
    assert (await sync(anna)).records == []


NOT_REHEARSED: dict[str, Json] = {
    "never done together": guarded(rehearsed_on=None),
    "done together tomorrow": guarded(rehearsed_on="2026-09-22"),
    "no scene agreed": guarded(scene="   "),
    "a limit above five": guarded(distress_limit=6),
    "a scene over the limit": guarded(scene="x" * 2_001),
    "a last day after it ends by itself": guarded(until="2026-10-06"),
}


@pytest.mark.parametrize("said", NOT_REHEARSED.values(), ids=NOT_REHEARSED.keys())
async def test_a_therapist_only_exercise_needs_its_session_first(stage: Stage, said: Json) -> None:
    await approve(stage, "new-ending-recent")
    teresa = await stage.signed_in(TERESA)

    answer = await assign(teresa, said)

    assert answer.status_code == 422


async def test_the_same_exercise_is_set_once_at_a_time(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await assigned(teresa, wish(until="2026-09-22"))

    second = await assign(teresa, wish(id=uid("second"), op=uid("second op")))

    other = await assign(teresa, wish("feet-on-floor", id=uid("other"), op=uid("other op")))
    assert (second.status_code, other.status_code) == (422, 201)
    assert "set for this client already, so nothing was set" in second.json()["detail"]
    assert {record.id for record in (await sync(anna)).records} == {first.id, uid("other")}
    stage.clock.forward(2 * 86_400_000)
    later = await assign(await stage.signed_in(TERESA), wish(id=uid("second"), op=uid("second op")))
    assert later.status_code == 201


IMAGE = "session-image"
WRITTEN: Json = {"calm_image": "The bench in the sun. ", "rehearsed_reply": "I need ten minutes."}


def together(**changes: object) -> Json:
    return wish(IMAGE, texts=WRITTEN, written_together=True) | changes


class Together(Snapshot):
    """What client and therapist wrote, inside an assignment."""

    texts: dict[str, str]


async def test_what_was_written_together_travels_inside_its_assignment_with_the_steps_for_it(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, together())

    received = (await sync(anna)).records[0].body
    snapshot = msgspec.convert(received["snapshot"], Together)
    assert answer.status_code == 201
    assert snapshot.texts == {"calm_image": "The bench in the sun.", "rehearsed_reply": "I need ten minutes."}
    assert [step["from"] for step in snapshot.steps if step["type"] == "recall"] == ["calm_image", "rehearsed_reply"]
    assert (received["expires_on"], received["by"]) == ("2026-10-05", "Teresa Rossi")


NOT_WRITTEN: dict[str, tuple[Json, str]] = {
    "no text at all": (together(texts={}), "at least one"),
    "only blanks": (together(texts={"calm_image": "  \n"}), "at least one"),
    "not said that it was together": (together(written_together=False), "wrote the texts together"),
    "a picture too long": (together(texts={"calm_image": "x" * 401}), "calm image\u201d has 401 letters, and 400"),
    "a sentence too long": (together(texts={"healthy_self": "x" * 161}), "healthy self\u201d has 161 letters"),
    "a reply too long": (together(texts={"rehearsed_reply": "x" * 241}), "rehearsed reply\u201d has 241 letters"),
    "a text nobody knows": (together(texts={"worst_scene": "x"}), "worst_scene"),
}


@pytest.mark.parametrize(("said", "reason"), NOT_WRITTEN.values(), ids=NOT_WRITTEN.keys())
async def test_nothing_is_set_that_was_not_written_together(stage: Stage, said: Json, reason: str) -> None:
    await approve(stage, IMAGE)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await assign(teresa, said)

    assert answer.status_code == 422
    assert reason in answer.text
    assert (await sync(anna)).records == []


async def test_the_words_around_what_was_written_need_an_approval_too(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)

    answer = await assign(teresa, together())

    assert (answer.status_code, "not approved" in answer.json()["detail"]) == (422, True)


async def test_texts_for_an_exercise_that_plays_none_are_not_kept(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa = await stage.signed_in(TERESA)

    record = await assigned(teresa, guarded(texts=WRITTEN, written_together=True))

    assert b"The bench in the sun." not in msgspec.json.encode(record.body)


async def test_ending_takes_what_was_written_together_from_the_phone(stage: Stage) -> None:
    await approve(stage, IMAGE)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, together())

    await teresa.post(
        f"/api/clients/{ANNA.id}/assignments/{record.id}/ending", json={"op": uid("end"), "base": record.rev}
    )

    assert b"The bench in the sun." not in msgspec.json.encode((await sync(anna)).records[0].body)


async def test_only_low_exercises_can_be_set_until_their_version_is_approved(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)

    listed = (await teresa.get("/api/assignable-exercises")).json()["exercises"]

    assert {one["intensity"] for one in listed} == {"low", "medium", "high"}
    assert {one["approved"] for one in listed} == {False}
    assert {one["intensity"] for one in listed if one["assignable"]} == {"low"}
    assert all("not approved" in one["why_not"] for one in listed if one["intensity"] != "low")


@pytest.mark.parametrize("exercise", ["next-step-preview", "kind-companion", "slow-replay", "new-ending-recent"])
async def test_a_medium_or_high_exercise_is_not_set_while_it_is_a_draft(stage: Stage, exercise: str) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await stage.stores.approvals.add(stage.practice, exercise, 99, "Dr. Test", TODAY)

    answer = await assign(teresa, wish(exercise, rehearsed_on=TODAY, scene="Kitchen."))

    assert (answer.status_code, "not approved" in answer.json()["detail"]) == (422, True)
    assert (await sync(anna)).records == []


async def test_an_approved_version_can_be_set_and_is_listed_as_approved(stage: Stage) -> None:
    await approve(stage, "next-step-preview")
    teresa = await stage.signed_in(TERESA)

    answer = await assign(teresa, wish("next-step-preview"))

    listed = (await teresa.get("/api/assignable-exercises")).json()["exercises"]
    assert answer.status_code == 201
    assert [one["id"] for one in listed if one["approved"]] == ["next-step-preview"]


async def test_another_practices_approval_opens_nothing_here(stage: Stage) -> None:
    other = await stage.stores.people.create_practice("By the sea", stage.clock())
    await stage.stores.approvals.add(other, "next-step-preview", 1, "Dr. Blu", TODAY)
    teresa = await stage.signed_in(TERESA)

    assert (await assign(teresa, wish("next-step-preview"))).status_code == 422


async def test_a_list_to_choose_from_says_which_texts_an_exercise_plays(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)

    listed = (await teresa.get("/api/assignable-exercises")).json()["exercises"]

    texts = {one["id"]: one["texts"] for one in listed if one["texts"]}
    assert texts == {IMAGE: ["calm_image", "healthy_self", "rehearsed_reply"]}


async def test_ending_takes_the_exercises_text_from_the_phone(stage: Stage) -> None:
    await approve(stage, "new-ending-recent")
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, guarded())

    ended = await teresa.post(
        f"/api/clients/{ANNA.id}/assignments/{record.id}/ending", json={"op": uid("end"), "base": record.rev}
    )

    assert ended.status_code == 200
    received = (await sync(anna)).records[0].body
    assert "ended_at" in received
    assert "snapshot" not in received


async def test_ending_on_a_stale_base_is_shown_and_changes_nothing(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    record = await assigned(teresa, wish())
    epoch = record.rev.partition(".")[0]

    ended = await teresa.post(
        f"/api/clients/{ANNA.id}/assignments/{record.id}/ending", json={"op": uid("end"), "base": f"{epoch}.0"}
    )

    assert ended.status_code == 409


async def test_a_client_cannot_change_what_the_therapist_set(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    record = await assigned(teresa, wish())

    answer = await sync(
        anna,
        {"action": "delete", "id": uid("x"), "record": record.id, "kind": "assignment", "base": record.rev},
    )

    assert answer.results[0].status == "refused"


async def test_the_therapist_reads_what_was_shared_and_the_reading_is_logged(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("shared"), check_in("service", kind="mark", audience="service", body={"what": "opened"}))

    answer = await teresa.get(f"/api/clients/{ANNA.id}/journal")

    assert [record["id"] for record in answer.json()["records"]] == [uid("shared")]
    rows = await stage.stores.db.read(lambda tx: tx.all("SELECT client_id, reader_id, what FROM read_log"))
    assert rows == [(ANNA.id, stage.staff["Teresa"].id, "journal")]


async def test_what_was_deleted_or_taken_back_is_gone_from_the_therapists_view(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    answer = await sync(anna, check_in("one"), check_in("two"))
    await sync(
        anna,
        {"action": "delete", "id": uid("d"), "record": uid("one"), "kind": "checkin", "base": answer.results[0].rev},
        {"action": "withdraw", "id": uid("w"), "record": uid("two"), "kind": "checkin", "base": answer.results[1].rev},
    )

    page = await teresa.get(f"/api/clients/{ANNA.id}/journal")

    assert page.json()["records"] == []


@pytest.mark.parametrize(
    ("who", "client"),
    [(CARLO, ANNA.id), (CARLO, NOBODY_ID), (TERESA, BRUNO.id), (TERESA, NOBODY_ID)],
    ids=["Carlo and Anna", "Carlo and nobody", "Teresa and Bruno", "Teresa and nobody"],
)
async def test_not_mine_and_not_there_are_the_same_404(stage: Stage, who: Person, client: str) -> None:
    browser = await stage.signed_in(who)

    answers = [
        await browser.get(f"/api/clients/{client}/journal"),
        await browser.post(f"/api/clients/{client}/assignments", json=wish()),
        await browser.post(
            f"/api/clients/{client}/assignments/{uid('a')}/ending", json={"op": uid("e"), "base": "e.1"}
        ),
    ]

    nowhere = await browser.get(f"/api/clients/{NOBODY_ID}/journal")
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, nowhere.content)}
