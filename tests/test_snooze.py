"""Later today: in the middle of what is left, never in a rush, never after the window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.snooze import AT_LEAST, LEFT_AFTER, again_at

MINUTE = 60_000


@pytest.mark.parametrize(
    ("left", "expected"),
    [(120, 60), (60, 30), (30, 15), (24, 15), (20, 15), (19, None), (5, None), (0, None), (-10, None)],
)
def test_it_comes_in_the_middle_of_what_is_left_where_there_is_room(left: int, expected: int | None) -> None:
    now = 1_790_000_000_000

    at = again_at(now, now + left * MINUTE)

    assert at == (None if expected is None else now + expected * MINUTE)


@given(st.integers(0, 10**13), st.integers(-(10**9), 10**9))
def test_it_never_comes_sooner_than_a_quarter_of_an_hour_or_too_late_to_arrive(now: int, left: int) -> None:
    at = again_at(now, now + left)

    assert at is None or now + AT_LEAST <= at <= now + left - LEFT_AFTER
