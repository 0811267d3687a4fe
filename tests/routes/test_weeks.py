"""The list of clients says when one meets next and what is new; it reads nothing and ranks nobody."""

import msgspec

from tests.cast import ADA, ANNA, CARLO, TERESA, Browser, Stage
from tests.routes.test_briefs import SESSIONS, dates
from tests.routes.test_sharing import agreement, looks
from tests.routes.test_sync import Json, check_in, sync


class Week(msgspec.Struct):
    """A client's week as a screen reads it."""

    client: str
    next: Json | None
    news: int
    days: list[str]
    paused: bool


class Weeks(msgspec.Struct):
    """All of them."""

    weeks: list[Week]


async def weeks(browser: Browser) -> list[Week]:
    return msgspec.json.decode((await browser.get("/api/weeks")).content, type=Weeks).weeks


async def test_it_says_when_they_meet_next_and_what_is_new_since_the_last_time(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(
        anna,
        *(check_in(day, day=f"2026-09-{day}") for day in ("14", "15", "19", "21")),
        check_in("mine", audience="service", day="2026-09-20"),
        check_in("note", kind="note", day="2026-09-21", body={"text": "One more."}),
    )
    await teresa.put(SESSIONS, json=dates(weekly={"weekday": 3, "at": "16:30", "since": "2026-09-02"}))

    [week] = await weeks(teresa)

    assert week == Week(
        client=ANNA.id,
        next={"day": "2026-09-23", "at": "16:30"},
        news=3,
        days=["2026-09-15", "2026-09-19", "2026-09-21"],
        paused=False,
    )


async def test_without_dates_new_is_what_came_in_two_weeks(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("old", day="2026-09-07"), check_in("new", day="2026-09-08"))

    [week] = await weeks(teresa)

    assert (week.next, week.news, week.days) == (None, 1, [])


async def test_while_sharing_is_paused_nothing_is_counted(stage: Stage) -> None:
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    await sync(anna, check_in("one"), agreement(paused=True))

    [week] = await weeks(teresa)

    assert (week.news, week.days, week.paused) == (0, [], True)


async def test_it_is_no_reading_and_for_nobody_else(stage: Stage) -> None:
    anna, teresa, carlo, ada = [await stage.signed_in(one) for one in (ANNA, TERESA, CARLO, ADA)]
    await sync(anna, check_in("one"))
    await weeks(teresa)

    assert await looks(anna) == []
    assert await weeks(carlo) == []
    assert [(await browser.get("/api/weeks")).status_code for browser in (ada, anna)] == [403, 403]
