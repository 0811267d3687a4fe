"""The page before a session: made of what is shared now, seen by the client first, and nobody else's."""

import msgspec
import pytest

from server.store.known_ids import known_id
from tests.cast import ADA, ANNA, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Stage
from tests.routes.test_sharing import agreement, looks
from tests.routes.test_sync import Json, check_in, sync, uid

DAY = 86_400_000
PATH = f"/api/clients/{ANNA.id}/brief"
SESSIONS = f"/api/clients/{ANNA.id}/sessions"


class Found(msgspec.Struct):
    """A part with what is looked at here."""

    entries: int = 0
    items: list[Json] = []
    not_shared: list[str] = []
    held: int = 0


class Page(msgspec.Struct):
    """A brief as a screen reads it."""

    since: str
    until: str
    paused: bool
    bring: Found | None
    how: Found | None
    foot: Found


class Own(msgspec.Struct):
    """The client's own."""

    brief: Page
    whole: Page
    held: list[str]


async def read(teresa: Browser, query: str = "") -> Page:
    answer = await teresa.get(PATH + query)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Page)


async def own(anna: Browser) -> Own:
    return msgspec.json.decode((await anna.get("/api/journal/brief")).content, type=Own)


def entries(page: Page) -> int | None:
    return page.how.entries if page.how else None


def dates(**said: object) -> Json:
    usual: Json = {"op": uid("dates"), "base": None, "weekly": None, "single": []}
    return usual | said


def held(*names: str, base: str | None = None) -> Json:
    body = {"name": "brief", "held": list(names)}
    return check_in("held", record=known_id("brief", ANNA.id), kind="preference", audience="service", body=body)


async def test_both_see_the_same_page(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one"), check_in("mine", audience="service"))

    theirs, hers = await read(teresa), await own(anna)

    assert entries(theirs) == 1
    assert hers == Own(theirs, theirs, [])


async def test_it_looks_back_two_weeks_or_to_the_last_session(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one", day="2026-09-14"), check_in("old", day="2026-09-13"))

    before = await read(teresa)
    weekly = {"weekday": 1, "at": "10:00", "since": "2026-09-07"}
    assert (await teresa.put(SESSIONS, json=dates(weekly=weekly))).status_code == 200
    after = await read(teresa)

    assert (before.since, before.until, entries(before)) == ("2026-09-08", "2026-09-21", 2)
    assert (after.since, entries(after)) == ("2026-09-14", 1)
    assert entries(await read(teresa, "?since=2026-09-13")) == 2


async def test_no_page_goes_further_back_than_a_quarter_or_into_tomorrow(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)

    assert (await read(teresa, "?since=2020-01-01")).since == "2026-06-21"
    assert (await read(teresa, "?since=2030-01-01")).since == "2026-09-21"


async def test_what_is_held_back_is_gone_with_the_next_look(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one", body={"bring": True, "distress": 4}), check_in("two"))
    await sync(anna, held("bring", uid("two")))

    theirs, hers = await read(teresa), await own(anna)

    assert (theirs.bring, entries(theirs), theirs.foot.held) == (None, 1, 2)
    assert (hers.brief, hers.held) == (theirs, sorted(["bring", uid("two")]))
    assert (hers.whole.bring is None, entries(hers.whole)) == (False, 2)


async def test_a_pause_empties_the_page_and_says_so(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one"), agreement(paused=True))

    page = await read(teresa)

    assert (page.paused, entries(page)) == (True, 0)


async def test_it_says_what_is_not_shared(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, agreement(fields={"words": False, "distress": True, "body": False}))

    assert (await read(teresa)).foot.not_shared == ["body", "words"]


async def test_reading_it_is_noted_and_looking_at_ones_own_is_not(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one"))
    await own(anna)
    assert await looks(anna) == []

    await read(teresa)

    assert [look.by for look in await looks(anna)] == ["Teresa Rossi"]


async def test_what_was_discussed_is_not_brought_again_and_the_mark_can_be_taken_back(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one", body={"bring": True}))
    path = f"/api/clients/{ANNA.id}/discussed/{uid('one')}"

    seen: list[int] = []
    for method, op in (("PUT", "a"), ("PUT", "a again"), ("DELETE", "b"), ("DELETE", "b again"), ("PUT", "c")):
        assert (await teresa.request(method, path, json={"op": uid(op)})).status_code == 204
        page = await read(teresa)
        seen.append(len(page.bring.items) if page.bring else -1)

    assert seen == [0, 0, 1, 1, 0]
    marks = [one.body for one in (await sync(anna)).records if one.kind == "mark"]
    assert marks == [{"what": "discussed", "record": uid("one")}]


async def test_dates_are_set_whole_and_reach_the_clients_phone(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    single = [{"day": "2026-10-02", "at": "16:30"}, {"day": "2026-09-25", "at": "09:00"}]

    await teresa.put(SESSIONS, json=dates(single=single))

    [received] = (await sync(anna)).records
    assert (received.kind, received.body) == ("session-date", {"single": sorted(single, key=lambda one: one["day"])})
    assert (await teresa.get(SESSIONS)).json()["sessions"]["rev"] == received.rev


@pytest.mark.parametrize(
    "wrong",
    [
        {"single": [{"day": "2026-10-02", "at": "16:30"}, {"day": "2026-10-02", "at": "09:00"}]},
        {"weekly": {"weekday": 8, "at": "10:00", "since": "2026-09-07"}},
        {"weekly": {"weekday": 1, "at": "25:00", "since": "2026-09-07"}},
        {"base": "no revision"},
    ],
)
async def test_dates_that_make_no_sense_are_refused_and_nothing_is_set(stage: Stage, wrong: Json) -> None:
    teresa = await stage.signed_in(TERESA)

    answer = await teresa.put(SESSIONS, json=dates() | wrong)

    assert answer.status_code in {400, 422}
    assert (await teresa.get(SESSIONS)).json() == {"sessions": None}


async def test_nobody_else_reads_sets_or_marks_anything(stage: Stage) -> None:
    carlo, ada, bruno = [await stage.signed_in(one) for one in (CARLO, ADA, BRUNO)]
    mark = f"/api/clients/{ANNA.id}/discussed/{NOBODY_ID}"

    for browser, status in ((carlo, 404), (ada, 403), (bruno, 403)):
        answers = [
            await browser.get(PATH),
            await browser.get(SESSIONS),
            await browser.put(SESSIONS, json=dates()),
            await browser.put(mark, json={"op": uid("m")}),
            await browser.request("DELETE", mark, json={"op": uid("m")}),
        ]
        assert [answer.status_code for answer in answers] == [status] * 5
    assert await looks(await stage.signed_in(ANNA)) == []
