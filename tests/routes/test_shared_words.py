"""Words that the two share: added by the therapist, counted like any word, known to both by one id."""

import msgspec
import pytest

from tests.cast import ADA, ANNA, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Stage
from tests.routes.test_sync import Json, Received, check_in, sync, uid

PATH = f"/api/clients/{ANNA.id}/words"
KNOT = uid("knot")


class Words(msgspec.Struct):
    """The words of a page."""

    picks: int
    most: list[Json]
    new: list[str]


class Page(msgspec.Struct):
    """A brief as a screen reads it."""

    words: Words | None
    shared_words: dict[str, str]


def word(name: str = "knot", **more: object) -> Json:
    said: Json = {"id": uid(name), "op": uid(f"add {name}"), "word": name, "meaning": "When my chest goes tight."}
    return said | more


def change(base: str, name: str = "change", **more: object) -> Json:
    return {"op": uid(name), "base": base, "meaning": "Before I say no.", "ended": False} | more


async def add(browser: Browser, wish: Json) -> Received:
    answer = await browser.post(PATH, json=wish)
    assert answer.status_code == 201, answer.text
    return msgspec.json.decode(answer.content, type=Received)


async def put(browser: Browser, wish: Json, id: str = KNOT) -> Received:
    answer = await browser.put(f"{PATH}/{id}", json=wish)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Received)


async def brief(browser: Browser) -> Page:
    return msgspec.json.decode((await browser.get(f"/api/clients/{ANNA.id}/brief")).content, type=Page)


async def test_a_word_reaches_her_phone_under_the_id_it_was_added_with_once(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    first, again = await add(teresa, word()), await add(teresa, word())

    [record] = (await sync(anna)).records
    assert first == again
    assert (record.id, record.kind, record.author) == (KNOT, "word", "therapist")
    assert record.body == {"word": "knot", "meaning": "When my chest goes tight.", "by": "Teresa Rossi"}


async def test_its_meaning_changes_and_the_word_stays(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await add(teresa, word())

    await put(teresa, change(first.rev))

    [record] = (await sync(anna)).records
    assert (record.body["word"], record.body["meaning"]) == ("knot", "Before I say no.")


async def test_an_ended_word_keeps_its_name_and_can_be_taken_up_again(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await add(teresa, word())

    ended = await put(teresa, change(first.rev, ended=True))
    there = (await sync(anna)).records[0].body
    again = await put(teresa, change(ended.rev, "again"))

    assert (there["word"], there["ended_at"]) == ("knot", stage.clock.now)
    assert "ended_at" not in again.body


async def test_one_that_changed_meanwhile_is_not_written_over(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    first = await add(teresa, word())
    await put(teresa, change(first.rev))

    answer = await teresa.put(f"{PATH}/{KNOT}", json=change(first.rev, "late", ended=True))

    assert answer.status_code == 409
    assert "Nothing was saved" in answer.json()["detail"]


async def test_the_brief_counts_it_like_any_word_and_says_what_it_is_called(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await add(teresa, word())
    await add(teresa, word("storm"))
    picked = {"when": "now", "words": [{"id": KNOT, "strength": 3}, {"id": "uneasy"}]}
    await sync(anna, check_in("one", body=picked), check_in("two", body={"when": "now", "words": [{"id": KNOT}]}))
    await put(teresa, change(first.rev, ended=True))

    page = await brief(teresa)

    assert page.words is not None
    assert (page.words.picks, page.words.most[0], sorted(page.words.new)) == (
        3,
        {"word": KNOT, "n": 2},
        sorted([KNOT, "uneasy"]),
    )
    assert page.shared_words == {KNOT: "knot"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"word": " "},
        {"word": "x" * 41},
        {"word": "a\nb"},
        {"meaning": ""},
        {"meaning": "x" * 141},
        {"id": "x"},
        {"more": 1},
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_added(stage: Stage, wrong: Json) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)

    answer = await teresa.post(PATH, json=word() | wrong)

    assert answer.status_code in {400, 422}
    assert (await sync(anna)).records == []


async def test_nobody_else_adds_or_changes_one_and_her_phone_writes_none(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await add(teresa, word())
    others = [await stage.signed_in(one) for one in (CARLO, ADA, BRUNO)]

    added = [(await browser.post(PATH, json=word("storm"))).status_code for browser in others]
    changed = [(await browser.put(f"{PATH}/{KNOT}", json=change(first.rev))).status_code for browser in others]
    own = await sync(anna, check_in("mine", kind="word", body={"word": "mine"}))

    assert (added, changed) == ([404, 403, 403], [404, 403, 403])
    assert [result.status for result in own.results] == ["refused"]


async def test_what_is_no_word_of_hers_is_the_same_404(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    first = await add(teresa, word())
    await sync(anna, check_in())

    answers = [await teresa.put(f"{PATH}/{id}", json=change(first.rev)) for id in (NOBODY_ID, uid("one"))]
    elsewhere = await teresa.put(f"/api/clients/{BRUNO.id}/words/{KNOT}", json=change(first.rev))

    assert [answer.status_code for answer in (*answers, elsewhere)] == [404, 404, 404]
