"""The one note a therapist leaves a client until they meet, and the client's own: no chat, nobody else's to write."""

import httpx
import msgspec
import pytest

from server.store.known_ids import known_id
from tests.cast import ADA, ANNA, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Stage
from tests.routes.test_briefs import read
from tests.routes.test_sharing import agreement, looks
from tests.routes.test_sync import Json, Received, Synced, check_in, sync, uid

PATH = f"/api/clients/{ANNA.id}/message"
HALF_AN_HOUR = 1_800_000


class Noted(msgspec.Struct):
    """What the browser is told."""

    message: Received
    earlier: Received | None


def said(name: str = "first", base: str | None = None, text: str = "Small steps.", **more: object) -> Json:
    return {"op": uid(f"say {name}"), "base": base, "text": text} | more


async def write(browser: Browser, wish: Json) -> Noted:
    answer = await browser.put(PATH, json=wish)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Noted)


def texts(answer: Synced) -> list[object]:
    return [record.body.get("text") for record in answer.records if record.kind == "message"]


def her_note(**more: object) -> Json:
    said: Json = {"kind": "message", "body": {"text": "The call with my brother."}, "day": "2026-09-21"}
    return check_in("note", **(said | more))


async def test_what_is_written_reaches_the_clients_phone(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    await write(teresa, said())

    [record] = (await sync(anna)).records
    assert (record.id, record.kind, record.author) == (known_id("message", ANNA.id), "message", "therapist")
    assert record.body == {"text": "Small steps.", "by": "Teresa Rossi"}


async def test_said_twice_it_is_written_once(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())
    wish = said("second", first.message.rev, "Rest.", fresh=True)

    one, two = await write(teresa, wish), await write(teresa, wish)

    assert one.message == two.message
    assert sorted(map(str, texts(await sync(anna)))) == ["Rest.", "Small steps."]


async def test_a_changed_note_takes_the_place_of_the_one_on_screen(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())

    changed = await write(teresa, said("better", first.message.rev, "One small step."))

    assert changed.earlier is None
    assert texts(await sync(anna)) == ["One small step."]


async def test_a_new_one_leaves_the_one_before_among_the_earlier_ones(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())
    stage.clock.forward(HALF_AN_HOUR)

    new = await write(teresa, said("week two", first.message.rev, "Rest.", fresh=True))

    assert new.earlier is not None
    assert (new.earlier.author, new.earlier.body["text"]) == ("therapist", "Small steps.")
    assert sorted(map(str, texts(await sync(anna)))) == ["Rest.", "Small steps."]


async def test_taken_back_it_says_nothing_and_another_can_be_written(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())

    gone = await write(teresa, said("back", first.message.rev, "  "))
    after = texts(await sync(anna))
    again = await write(teresa, said("again", gone.message.rev, "Rest.", fresh=True))

    assert after == [None]
    assert again.earlier is None
    assert texts(await sync(anna)) == ["Rest."]


async def taken_back(browser: Browser, note: Received, name: str = "taken", base: str | None = None) -> httpx.Response:
    wish = {"op": uid(name), "base": base or note.rev}
    return await browser.post(f"/api/clients/{ANNA.id}/messages/{note.id}/withdrawal", json=wish)


async def two_notes(teresa: Browser) -> tuple[Received, Received]:
    """The one that stands, and the one before it."""
    first = await write(teresa, said())
    second = await write(teresa, said("second", first.message.rev, "Rest.", fresh=True))
    assert second.earlier is not None
    return second.message, second.earlier


async def test_an_earlier_note_taken_back_leaves_her_phone_and_the_one_that_stands_stays(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    _, earlier = await two_notes(teresa)
    before = await sync(anna)

    answer = await taken_back(teresa, earlier)

    after = (await sync(anna, cursor=before.cursor)).records
    assert answer.status_code == 200
    assert [(one.id, one.body) for one in after] == [(earlier.id, {})]
    journal = (await teresa.get(f"/api/clients/{ANNA.id}/journal")).json()["records"]
    assert [one["body"]["text"] for one in journal if one["kind"] == "message" and one.get("body")] == ["Rest."]


async def test_the_one_that_stands_is_taken_back_the_same_way_and_another_can_be_written(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    stands, _ = await two_notes(teresa)

    gone = (await taken_back(teresa, stands)).json()
    await write(teresa, said("third", gone["rev"], "See you."))

    assert sorted(map(str, texts(await sync(anna)))) == ["See you.", "Small steps."]


async def test_taken_back_twice_it_is_gone_once(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    _, earlier = await two_notes(teresa)

    one, two = await taken_back(teresa, earlier), await taken_back(teresa, earlier)

    assert (one.status_code, two.status_code) == (200, 200)
    assert one.json()["rev"] == two.json()["rev"]


async def test_what_is_not_on_screen_any_more_is_not_taken_back(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    stands, earlier = await two_notes(teresa)

    answer = await taken_back(teresa, earlier, base=stands.rev)

    assert answer.status_code == 409
    assert sorted(map(str, texts(await sync(anna)))) == ["Rest.", "Small steps."]


async def test_only_notes_of_her_own_are_hers_to_take_back(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await two_notes(teresa)
    await sync(anna, her_note(), check_in("hard"))
    annas = [one for one in (await sync(anna)).records if one.author == "client"]

    answers = [await taken_back(teresa, one, f"take {one.id}") for one in annas]

    assert [one.status_code for one in answers] == [404, 404]
    assert len([one for one in (await sync(anna)).records if one.author == "client" and one.body]) == 2


async def test_one_that_changed_meanwhile_is_not_written_over_and_nothing_is_put_aside(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())
    await write(teresa, said("second", first.message.rev, "Rest."))

    answers = [await teresa.put(PATH, json=said("late", base, fresh=True)) for base in (None, first.message.rev)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "Nothing was saved" in answers[0].json()["detail"]
    assert texts(await sync(anna)) == ["Rest."]


async def test_a_hostile_text_is_kept_as_it_was_typed(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    hostile = "<script>alert(1)</script> \u202egnp.exe & {name} 😀"

    await write(teresa, said(text=hostile))

    assert texts(await sync(anna)) == [hostile]


@pytest.mark.parametrize(
    "wrong", [{"text": "x" * 601}, {"base": "no revision"}, {"more": 1}, {"op": "x"}, {"text": None}]
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_written(stage: Stage, wrong: Json) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await teresa.put(PATH, json=said() | wrong)

    assert answer.status_code in {400, 422}
    assert (await sync(anna)).records == []


async def test_nobody_else_writes_to_her(stage: Stage) -> None:
    others = [await stage.signed_in(one) for one in (CARLO, ADA, BRUNO, ANNA)]
    teresa = await stage.signed_in(TERESA)

    answers = [await browser.put(PATH, json=said()) for browser in others]
    nobody = await teresa.put(f"/api/clients/{NOBODY_ID}/message", json=said())

    assert [answer.status_code for answer in answers] == [404, 403, 403, 403]
    assert (nobody.status_code, nobody.json()) == (404, answers[0].json())


async def test_her_phone_can_not_write_in_its_place(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())

    answer = await sync(anna, her_note(record=first.message.id, base=first.message.rev))

    assert [result.status for result in answer.results] == ["refused"]
    assert texts(answer) == ["Small steps."]


async def test_her_own_note_comes_first_of_what_she_brings_and_leaves_when_it_was_discussed(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, her_note(felt_at=1_789_000_000_000), check_in("hard", body={"distress": 8, "bring": True}))

    before = await read(teresa)
    await teresa.put(f"/api/clients/{ANNA.id}/discussed/{uid('note')}", json={"op": uid("talked")})
    after = await read(teresa)

    assert before.bring is not None
    assert after.bring is not None
    assert [item["kind"] for item in before.bring.items] == ["message", "checkin"]
    assert [item["kind"] for item in after.bring.items] == ["checkin"]


async def test_what_she_keeps_or_pauses_is_on_no_page_of_the_therapists(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    kept = await sync(anna, her_note(audience="me"))
    await sync(anna, her_note(id=uid("op 2"), record=uid("shared")), agreement("pause", paused=True))

    page = await read(teresa)
    journal = (await teresa.get(f"/api/clients/{ANNA.id}/journal")).json()

    assert [result.status for result in kept.results] == ["refused"]
    assert page.paused
    assert page.bring is not None
    assert page.bring.items == []
    assert [record["kind"] for record in journal["records"]] == []


async def test_it_is_in_her_export_and_gone_once_she_erases(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await write(teresa, said())
    await write(teresa, said("second", first.message.rev, "Rest.", fresh=True))
    await sync(anna, her_note())

    export = (await anna.get("/api/export")).json()
    shown = (await anna.get("/api/journal/shared")).json()
    erased = await anna.delete("/api/journal")

    said_in = [(one["author"], one["body"]["text"]) for one in export["records"]]
    both = [("client", "The call with my brother."), ("therapist", "Rest."), ("therapist", "Small steps.")]
    assert sorted(said_in) == both
    assert sorted((one["author"], one["body"]["text"]) for one in shown["records"]) == both
    assert erased.status_code == 204
    assert (await teresa.get(f"/api/clients/{ANNA.id}/journal")).status_code == 404


async def test_writing_to_her_is_no_reading(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    await write(teresa, said())

    assert await looks(anna) == []
