"""Reminders in other calendars: neutral, private, at the right time over changes of the clocks, and revocable."""

import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
import pytest
from dateutil import rrule, tz
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.parser import Contentline

from server.ical import LINE, Timed, calendar
from server.reminders.lines import LINES
from tests.cast import ANNA, BRUNO, TERESA, Browser, Stage, on_stage, settings_in
from tests.push.test_payload import TELLING
from tests.routes.test_assignments import assign, wish
from tests.routes.test_reminders import plan
from tests.routes.test_sync import sync, uid

ROME: Final = ZoneInfo("Europe/Rome")
DAY: Final = 24 * 3_600_000
NEAR: Final = timedelta(hours=2)
EVERY_DAY: Final = frozenset(range(1, 8))


@pytest.fixture
async def stage(tmp_path: Path, address: str, keys_address: str) -> AsyncGenerator[Stage, None]:
    async with on_stage(settings_in(tmp_path, database=address, keys_database=keys_address)) as stage:
        yield stage


@pytest.fixture
async def anna(stage: Stage) -> Browser:
    return await stage.signed_in(ANNA)


class Event(msgspec.Struct, frozen=True):
    """An event as it was read: its properties, and what its alarms do."""

    said: dict[str, str]
    alarms: list[str]

    def __getitem__(self, name: str) -> str:
        return self.said[name]

    @property
    def begins(self) -> datetime:
        """By the clocks of its zone."""
        return datetime.strptime(self["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=ROME)


def events(content: bytes) -> list[Event]:
    return [
        Event(_said(event.content_lines()), [_said(alarm.content_lines())["ACTION"] for alarm in event.walk("VALARM")])
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]


def _said(lines: list[Contentline]) -> dict[str, str]:
    """Of a name that comes again inside, such as in an alarm, the first."""
    found: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.parts()
            found.setdefault(str(name), str(value))
    return found


async def events_of(browser: Browser) -> list[Event]:
    return events((await browser.get("/api/calendar")).content)


async def feed_of(browser: Browser) -> str:
    """The path of a new feed."""
    link = str((await browser.post("/api/calendar-feed")).json()["link"])
    return "/" + link.split("/", 3)[3]


def starts(event: Event, count: int) -> list[datetime]:
    """The first occurrences, in UTC, as a second reader works them out: dateutil, from the text."""
    rule = rrule.rrulestr(event["RRULE"], dtstart=event.begins)
    return [one.astimezone(UTC) for one, _ in zip(rule, range(count), strict=False)]


# --- The text


def timed(**said: object) -> Timed:
    plain: dict[str, object] = {"uid": "u", "at": "09:00", "days": EVERY_DAY, "start": "2026-10-20", "changed_at": 1}
    return Timed(**(plain | said))  # type: ignore[arg-type]  # as the tests give them


def test_over_a_change_of_the_clocks_it_stays_at_its_time_by_the_clock() -> None:
    (event,) = events(calendar([timed()], "Europe/Rome"))

    found = starts(event, 10)

    assert {one.astimezone(ROME).strftime("%H:%M") for one in found} == {"09:00"}
    assert {one.hour for one in found} == {7, 8}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "America/Santiago", "UTC"]
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)),
)
def test_a_second_reader_finds_the_same_offsets_in_the_zone_that_is_carried_along(zone: str, at: datetime) -> None:
    text = calendar([timed(start="2026-01-01")], zone).decode().replace("\r\n ", "")
    carried = tz.tzical(StringIO(text)).get()
    moment = at.replace(tzinfo=UTC)
    wall = moment.astimezone(ZoneInfo(zone))
    near = {moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (moment - NEAR, moment, moment + NEAR)}

    if len(near) == 1:
        assert wall.replace(tzinfo=None).replace(tzinfo=carried).utcoffset() == wall.utcoffset()


def test_every_change_of_the_clocks_is_named_by_the_wall_time_that_ends_then() -> None:
    text = calendar([timed()], "Europe/Rome").decode()

    assert all(wall in text for wall in ("20260329T020000", "20261025T030000"))


def test_the_first_date_is_one_of_its_days_and_the_last_day_is_the_last() -> None:
    (event,) = events(calendar([timed(days=frozenset({1}), until="2026-11-09")], "Europe/Rome"))

    assert [one.date().isoformat() for one in starts(event, 9)] == ["2026-10-26", "2026-11-02", "2026-11-09"]


def test_what_would_end_before_it_begins_is_left_out() -> None:
    assert events(calendar([timed(until="2026-10-01")], "Europe/Rome")) == []


def test_the_text_keeps_the_rules_of_lines_and_says_nothing() -> None:
    content = calendar([timed(), timed(uid="v", at="21:30", days=frozenset({2}))], "America/Argentina/Buenos_Aires")

    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert LINE in LINES
    assert re.search(TELLING, LINE.lower()) is None
    assert {event["SUMMARY"].replace("\\", "") for event in events(content)} == {LINE}
    outside = Calendar.from_ical(content).walk("VEVENT")
    assert not any(name in event for event in outside for name in ("DESCRIPTION", "LOCATION", "URL"))


# --- The file


async def test_the_file_holds_each_fixed_time_with_an_alarm_and_a_name_that_stays(anna: Browser) -> None:
    await sync(anna, plan(days=[1, 3]), plan("random", kind="window", to="20:00"), plan("off", on=False))

    answer = await anna.get("/api/calendar")
    (event,) = events(answer.content)
    (again,) = await events_of(anna)

    assert answer.headers["content-type"].startswith("text/calendar")
    assert event["RRULE"] == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert (event["CLASS"], event["TRANSP"], event["STATUS"]) == ("PRIVATE", "TRANSPARENT", "CONFIRMED")
    assert event.alarms == ["DISPLAY"]
    assert event["UID"] == again["UID"]
    assert uid("plan") not in answer.text
    assert ANNA.id not in answer.text


async def test_a_change_keeps_the_name_and_raises_the_sequence(stage: Stage, anna: Browser) -> None:
    await sync(anna, plan())
    (before,) = await events_of(anna)
    stage.clock.forward(DAY)
    await sync(anna, plan(at="07:30") | {"id": uid("op change")})

    (after,) = await events_of(anna)

    assert (before["UID"], before.begins.hour) == (after["UID"], 18)
    assert (after.begins.hour, int(after["SEQUENCE"]) > int(before["SEQUENCE"])) == (7, True)


async def test_it_ends_with_what_it_is_about_and_begins_after_a_pause(stage: Stage, anna: Browser) -> None:
    await assign(await stage.signed_in(TERESA), wish(until="2026-10-05"))
    await sync(anna, plan(about=uid("assignment"), paused_until="2026-10-01"))

    (event,) = await events_of(anna)

    found = [one.date().isoformat() for one in starts(event, 20)]
    assert (found[0], found[-1]) == ("2026-10-01", "2026-10-05")


async def test_without_a_fixed_time_there_is_no_file(anna: Browser) -> None:
    assert (await anna.get("/api/calendar")).status_code == 404


# --- The feed


async def test_a_feed_is_read_without_a_login_and_never_indexed_or_kept_in_clear(stage: Stage, anna: Browser) -> None:
    await sync(anna, plan())
    path = await feed_of(anna)

    answer = await stage.browser().get(path)

    assert (answer.status_code, len(events(answer.content))) == (200, 1)
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in answer.headers
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) >= 43
    rows = await stage.stores.db.read(lambda tx: tx.all("SELECT * FROM calendar_feed"))
    assert token not in str(rows)


async def test_unchanged_it_is_answered_304_and_changed_it_is_not(stage: Stage, anna: Browser) -> None:
    await sync(anna, plan())
    path = await feed_of(anna)
    tag = {"if-none-match": (await stage.browser().get(path)).headers["etag"]}
    stage.clock.forward(DAY)

    same = await stage.browser().get(path, headers=tag)
    await sync(anna, plan(at="07:30") | {"id": uid("op change")})

    assert (same.status_code, same.content) == (304, b"")
    assert (await stage.browser().get(path, headers=tag)).status_code == 200


async def test_what_was_turned_off_or_deleted_is_told_as_cancelled(stage: Stage, anna: Browser) -> None:
    received = await sync(anna, plan(), plan("other"))
    path = await feed_of(anna)
    before = {event["UID"] for event in events((await stage.browser().get(path)).content)}
    await sync(
        anna,
        plan(on=False) | {"id": uid("op off")},
        {"action": "delete", "id": uid("d"), "record": uid("other"), "kind": "plan", "base": received.results[1].rev},
    )

    after = events((await stage.browser().get(path)).content)

    assert {event["UID"] for event in after} == before
    assert [event["STATUS"] for event in after] == ["CANCELLED"] * 2
    assert not any(event.alarms for event in after)


async def test_ended_replaced_over_and_unknown_are_one_404(stage: Stage, anna: Browser) -> None:
    other = stage.browser()
    first = await feed_of(anna)
    second = await feed_of(anna)
    replaced = await other.get(first)
    works = await other.get(second)
    await anna.delete("/api/calendar-feed")
    ended = await other.get(second)
    third = await feed_of(anna)
    stage.clock.forward(365 * DAY)
    over, unknown = await other.get(third), await other.get("/calendar/" + "x" * 43 + ".ics")

    assert works.status_code == 200
    assert {answer.status_code for answer in (replaced, ended, over, unknown)} == {404}
    assert len({answer.content for answer in (replaced, ended, over, unknown)}) == 1


async def test_its_owner_is_told_when_it_was_read_and_nobody_else_ends_it(stage: Stage, anna: Browser) -> None:
    path = await feed_of(anna)
    await (await stage.signed_in(BRUNO)).delete("/api/calendar-feed")
    await stage.browser().get(path)

    feed = (await anna.get("/api/reminders")).json()["feed"]
    assert feed == {
        "created_at": stage.clock(),
        "expires_at": stage.clock() + 365 * DAY,
        "read_at": stage.clock(),
    }


async def test_reading_feeds_has_a_pace_of_its_own(stage: Stage) -> None:
    other = stage.browser()
    statuses = [(await other.get("/calendar/nothing.ics")).status_code for _ in range(61)]

    assert statuses == [404] * 60 + [429]


async def test_erased_it_is_gone(stage: Stage, anna: Browser) -> None:
    path = await feed_of(anna)
    await anna.delete("/api/journal")

    assert (await stage.browser().get(path)).status_code == 404
