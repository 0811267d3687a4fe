"""What holds in every zone and on every day of 2024 to 2030."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whenever import available_timezones

from server.schedule import LEAST_LEFT, LINES, MIDDAY_PAUSE, Occasion, Plan, due, known_zone, occasions

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
