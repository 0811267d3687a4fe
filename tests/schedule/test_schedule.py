"""Rules of the schedule, one by one, on days that clocks make hard."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from server.schedule import (
    LEAST_LEFT,
    MIDDAY_PAUSE,
    MORNING_PAUSE,
    PAUSE_LINE,
    Hours,
    Occasion,
    Plan,
    due,
    known_zone,
    local_day,
    occasions,
    ttl,
)

SECRET = b"a secret of the server, 32 bytes"
EVERY_DAY = frozenset(range(1, 8))
MINUTE = 60_000


def plan(at: str = "09:00", zone: str = "Europe/Rome", days: frozenset[int] = EVERY_DAY) -> Plan:
    return Plan(id="plan-1", at=at, days=days, zone=zone)


def local(instant: int, zone: str = "Europe/Rome") -> str:
    return datetime.fromtimestamp(instant / 1000, ZoneInfo(zone)).isoformat(timespec="minutes")


def one(of: Plan, day: str) -> Occasion:
    (occasion,) = occasions(of, day, 1, SECRET)
    return occasion


def test_a_plan_is_due_at_its_time_by_the_clocks_where_the_client_is() -> None:
    assert local(one(plan("09:00", "Pacific/Auckland"), "2026-01-15").due_at, "Pacific/Auckland") == (
        "2026-01-15T09:00+13:00"
    )


def test_a_time_that_the_clocks_skip_is_due_at_the_first_instant_after_the_gap() -> None:
    assert local(one(plan("02:30"), "2026-03-29").due_at) == "2026-03-29T03:00+02:00"


def test_a_time_that_the_clocks_repeat_is_due_once_the_first_time() -> None:
    found = occasions(plan("02:30"), "2026-10-25", 1, SECRET)

    assert [local(occasion.due_at) for occasion in found] == ["2026-10-25T02:30+02:00"]


def test_the_window_is_two_real_hours_also_when_clocks_change() -> None:
    occasion = one(plan("02:30"), "2026-10-25")

    assert occasion.end_at - occasion.due_at == 120 * MINUTE


def test_a_date_that_the_zone_skips_has_no_reminder() -> None:
    found = occasions(plan(zone="Pacific/Apia"), "2011-12-29", 3, SECRET)

    assert [occasion.day for occasion in found] == ["2011-12-29", "2011-12-31"]


def test_only_the_chosen_days_have_reminders() -> None:
    found = occasions(plan(days=frozenset({1, 5})), "2026-06-01", 7, SECRET)

    assert [occasion.day for occasion in found] == ["2026-06-01", "2026-06-05"]


def test_a_pause_ends_on_the_day_it_names() -> None:
    paused = Plan(id="p", at="09:00", days=EVERY_DAY, zone="Europe/Rome", paused_until="2026-06-03")

    assert [occasion.day for occasion in occasions(paused, "2026-06-01", 3, SECRET)] == ["2026-06-03"]


def test_a_plan_has_nothing_after_its_last_day() -> None:
    ending = Plan(id="p", at="09:00", days=EVERY_DAY, zone="Europe/Rome", until="2026-06-01")

    assert [occasion.day for occasion in occasions(ending, "2026-06-01", 3, SECRET)] == ["2026-06-01"]


def test_a_plan_that_is_off_has_nothing() -> None:
    assert (
        occasions(Plan(id="p", at="09:00", days=EVERY_DAY, zone="Europe/Rome", on=False), "2026-06-01", 9, SECRET) == []
    )


@pytest.mark.parametrize(
    ("at", "window"),
    [
        ("09:00", 120),
        ("20:00", 60),
        ("20:45", 15),
        ("20:59", 15),
        ("22:00", 120),
        ("23:30", 30),
        ("23:59", 15),
        ("07:30", 120),
    ],
)
def test_the_window_ends_with_the_day_or_before_quiet_hours_and_is_never_too_short_to_send(
    at: str, window: int
) -> None:
    occasion = one(plan(at), "2026-06-01")

    assert occasion.end_at - occasion.due_at == window * MINUTE


def test_a_time_inside_quiet_hours_is_kept() -> None:
    assert local(one(plan("22:00"), "2026-06-01").due_at) == "2026-06-01T22:00+02:00"


def test_without_quiet_hours_nothing_cuts_the_evening() -> None:
    awake = Plan(id="p", at="20:30", days=EVERY_DAY, zone="Europe/Rome", quiet=Hours("00:00", "00:00"))

    assert one(awake, "2026-06-01").end_at - one(awake, "2026-06-01").due_at == 120 * MINUTE


@pytest.mark.parametrize(
    ("at", "inside"), [("21:00", True), ("00:00", True), ("07:59", True), ("08:00", False), ("20:59", False)]
)
def test_quiet_hours_pass_midnight(at: str, inside: bool) -> None:
    assert Hours("21:00", "08:00").hold(at) is inside


def test_the_same_day_has_the_same_line_and_other_days_have_others() -> None:
    found = occasions(plan(), "2026-06-01", 60, SECRET)

    assert found == occasions(plan(), "2026-06-01", 60, SECRET)
    assert len({occasion.line for occasion in found}) > 8


@pytest.mark.parametrize(
    ("at", "named"), [("09:00", MORNING_PAUSE), ("12:00", MIDDAY_PAUSE), ("16:00", None), ("18:00", PAUSE_LINE)]
)
def test_the_line_that_names_the_time_of_day_is_true(at: str, named: int | None) -> None:
    lines = {occasion.line for occasion in occasions(plan(at), "2026-01-01", 365, SECRET)}

    assert lines & {MORNING_PAUSE, MIDDAY_PAUSE, PAUSE_LINE} == ({named} if named is not None else set())


def test_an_occasion_waits_is_sent_and_expires() -> None:
    occasion = one(plan(), "2026-06-01")
    last = occasion.end_at - LEAST_LEFT * 1000

    assert [due(occasion, now) for now in (occasion.due_at - 1, occasion.due_at, last, last + 1)] == [
        "wait",
        "send",
        "send",
        "expired",
    ]


def test_what_is_left_of_the_window_is_rounded_down() -> None:
    assert ttl(end_at=61_999, now=0) == 61


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 300])
def test_an_unknown_zone_is_passed_over(zone: str) -> None:
    assert known_zone(None, zone, "Asia/Tokyo") == "Asia/Tokyo"


def test_no_known_zone_is_said() -> None:
    assert known_zone(None, "Mars/Olympus") is None


def test_the_date_is_the_one_people_write_there() -> None:
    assert local_day(1_780_315_200_000, "Pacific/Kiritimati") == "2026-06-02"
