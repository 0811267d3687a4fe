"""What holds in every zone and on every day of 2024 to 2030."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from whenever import available_timezones

from server.clocks import spans
from server.schedule import (
    GAP,
    LEAST_LEFT,
    LINES,
    MIDDAY_PAUSE,
    SHORTEST_WINDOW,
    Hours,
    Occasion,
    Plan,
    due,
    known_zone,
    occasions,
    outlook,
    within,
)

SECRET = b"a secret of the server, 32 bytes"
ZONES = sorted(zone for zone in available_timezones() if known_zone(zone) and "/" in zone)
SPAN = 45
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31) - timedelta(days=SPAN))
TIMES = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
PLANS = st.builds(
    Plan,
    id=st.uuids().map(str),
    at=TIMES,
    days=st.frozensets(st.integers(1, 7), min_size=1),
    zone=st.sampled_from(ZONES),
)
HOURS = st.builds(Hours, TIMES, TIMES)


def stretch(plan: Plan, first: str, second: str, times: int, quiet: Hours) -> Plan:
    """The same plan, its times drawn between the two."""
    return replace(plan, kind="window", at=min(first, second), to=max(first, second), times=times, quiet=quiet)


def several(plan: Plan, more: list[str], quiet: Hours) -> Plan:
    """The same plan with more times, none of them wanted in quiet hours."""
    return replace(plan, more=tuple(more), quiet=quiet, kept=frozenset())


STRETCHES = st.builds(stretch, PLANS, TIMES, TIMES, st.integers(1, 3), HOURS)
SEVERAL = st.builds(several, PLANS, st.lists(TIMES, max_size=4), HOURS)
few = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
bounded = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@bounded
@given(PLANS, DAYS)
def test_every_wanted_day_has_exactly_one_reminder_at_its_time_or_right_after_the_gap(plan: Plan, start: date) -> None:
    zone = ZoneInfo(plan.zone)
    found = {occasion.day: occasion for occasion in occasions(plan, start.isoformat(), SPAN, SECRET)}

    wanted = [start + timedelta(days=n) for n in range(SPAN)]
    assert sorted(found) == [day.isoformat() for day in wanted if day.isoweekday() in plan.days]
    for day, occasion in found.items():
        assert first_valid(f"{day}T{plan.at}", zone) == occasion.due_at


def first_valid(wall: str, zone: ZoneInfo) -> int:
    """The standard library's answer, worked out another way: minute by minute to the first that round-trips."""
    at = datetime.fromisoformat(wall)
    while True:
        aware = at.replace(tzinfo=zone, fold=0)
        if aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == at:
            return round(aware.timestamp() * 1000)
        at += timedelta(minutes=1)


@bounded
@given(PLANS, DAYS)
def test_windows_are_in_order_never_overlap_and_stay_between_a_quarter_and_two_hours(plan: Plan, start: date) -> None:
    found = occasions(plan, start.isoformat(), SPAN, SECRET)

    assert all(15 * 60_000 <= occasion.end_at - occasion.due_at <= 120 * 60_000 for occasion in found)
    assert all(one.end_at <= other.due_at for one, other in pairwise(found))


@bounded
@given(PLANS, DAYS, st.integers(1, SPAN - 1))
def test_expanding_in_two_halves_gives_the_same_as_at_once(plan: Plan, start: date, cut: int) -> None:
    rest = (start + timedelta(days=cut)).isoformat()

    halves = occasions(plan, start.isoformat(), cut, SECRET) + occasions(plan, rest, SPAN - cut, SECRET)

    assert halves == occasions(plan, start.isoformat(), SPAN, SECRET)


@bounded
@given(PLANS, DAYS)
def test_every_line_is_one_we_have(plan: Plan, start: date) -> None:
    assert all(
        0 <= occasion.line <= max(LINES - 1, MIDDAY_PAUSE)
        for occasion in occasions(plan, start.isoformat(), SPAN, SECRET)
    )


@bounded
@given(PLANS, DAYS, st.integers(-7_200_000, 14_400_000))
def test_nothing_is_sent_before_it_is_due_or_with_no_time_left(plan: Plan, start: date, shift: int) -> None:
    for occasion in occasions(plan, start.isoformat(), 3, SECRET):
        assert_fits(occasion, occasion.due_at + shift)


def assert_fits(occasion: Occasion, now: int) -> None:
    inside = occasion.due_at <= now <= occasion.end_at - LEAST_LEFT * 1000
    assert (due(occasion, now) == "send") is inside


@few
@given(st.one_of(STRETCHES, SEVERAL), DAYS)
def test_nothing_is_sent_outside_its_stretch_in_quiet_hours_or_too_soon_after_another(plan: Plan, start: date) -> None:
    zone = ZoneInfo(plan.zone)
    for day in (start + timedelta(days=n) for n in range(SPAN)):
        found = occasions(plan, day.isoformat(), 1, SECRET)
        assert all(one.end_at - one.due_at >= SHORTEST_WINDOW for one in found)
        assert all(other.due_at - one.due_at >= GAP for one, other in pairwise(found))
        assert all(one.end_at <= other.due_at for one, other in pairwise(found))
        for one in found:
            for at in (one.due_at, (one.due_at + one.end_at) // 2, one.end_at - 1):
                assert_allowed(plan, day, datetime.fromtimestamp(at / 1000, zone), at == one.due_at)


def assert_allowed(plan: Plan, day: date, shown: datetime, first: bool) -> None:
    wall = f"{shown:%H:%M}"
    assert not plan.quiet.hold(wall)
    if plan.kind == "window":
        assert (shown.date(), plan.at <= wall < plan.to) == (day, True)
    elif first:
        assert shown.date() == day


@bounded
@given(STRETCHES, DAYS)
def test_a_stretch_has_all_its_reminders_or_says_why_it_has_none(plan: Plan, start: date) -> None:
    for day in (start + timedelta(days=n) for n in range(SPAN)):
        found = outlook(plan, day.isoformat(), 1, SECRET)
        wanted = plan.times if day.isoweekday() in plan.days else 0
        assert [one.slot for one in found] == list(range(wanted))
        assert {one.skip for one in found} in (set(), {None}, {"quiet"}, {"room"})


@bounded
@given(st.sampled_from(ZONES), DAYS, HOURS)
def test_the_spans_of_a_day_are_the_minutes_its_clocks_show(name: str, start: date, hours: Hours) -> None:
    zone = ZoneInfo(name)
    first = first_valid(f"{start.isoformat()}T00:00", zone)
    after = first_valid(f"{(start + timedelta(days=1)).isoformat()}T00:00", zone)

    found = spans(start.isoformat(), hours, name)

    for at in range(first, after, 60_000):
        shown = datetime.fromtimestamp(at / 1000, zone)
        inside = shown.date() == start and hours.hold(f"{shown:%H:%M}")
        assert any(begin <= at < end for begin, end in found) is inside


@few
@given(st.lists(st.one_of(STRETCHES, SEVERAL), max_size=5), DAYS, st.integers(1, 5), st.integers(0, 3))
def test_the_earliest_are_sent_and_never_more_than_the_most(
    plans: list[Plan], start: date, most: int, used: int
) -> None:
    day = start.isoformat()
    wanted = [(plan.id, one) for plan in plans for one in outlook(plan, day, 1, SECRET)]

    found = within(wanted, most, {day: used})

    sent = [one.due_at for _, one in found if one.skip is None]
    over = [one.due_at for _, one in found if one.skip == "most"]
    assert len(sent) == min(max(most - used, 0), sum(one.skip is None for _, one in wanted))
    assert not sent or not over or max(sent) <= min(over)
    assert within(reversed(wanted), most, {day: used}) == found
