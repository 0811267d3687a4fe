"""Nobody answers: reminders grow rare, and go quiet. Any answer brings them back."""

from datetime import date, timedelta
from typing import Final

import pytest

from server.decay import Sent, pace, slowed, unanswered
from server.schedule import Occasion, Plan, outlook

SECRET: Final = b"a secret of the server, 32 bytes"
DAILY: Final = Plan(id="p", at="09:00", days=frozenset(range(1, 8)), zone="Europe/Rome")


def day(number: int) -> str:
    return (date(2026, 3, 20) + timedelta(days=number)).isoformat()


def sent(number: int, answered: bool = False) -> Sent:
    return Sent(day=day(number), end_at=to_come(number)[0].end_at, answered=answered)


def to_come(number: int, days: int = 1, plan: Plan = DAILY) -> list[Occasion]:
    return outlook(plan, day(number), days, SECRET)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "as planned"),
        (2, "as planned"),
        (3, "every 3 days"),
        (5, "every 3 days"),
        (6, "weekly"),
        (8, "weekly"),
        (9, "off"),
        (50, "off"),
    ],
)
def test_each_three_in_a_row_slow_them_down(count: int, said: str) -> None:
    assert pace(count) == said


def test_an_answer_starts_the_count_anew() -> None:
    assert unanswered([sent(0), sent(1, answered=True), sent(2)], None) == [sent(2)]


def test_what_was_done_without_being_opened_is_an_answer_also_on_a_day_without_a_reminder() -> None:
    assert unanswered([sent(0), sent(1), sent(5)], day(3)) == [sent(5)]
    assert unanswered([sent(0), sent(1)], day(1)) == []


@pytest.mark.parametrize(("run", "first"), [(2, 0), (3, 3), (5, 3), (6, 7), (8, 7)])
def test_after_so_many_the_next_comes_so_many_days_after_the_last(run: int, first: int) -> None:
    last = [sent(n) for n in range(run)]

    found = slowed(to_come(run, 14), last)

    due = [one.day for one in found if one.skip is None]
    assert due[0] == day(run - 1 + (first or 1))
    assert {one.skip for one in found} <= {None, "decay"}


def test_after_nine_nothing_comes() -> None:
    assert {one.skip for one in slowed(to_come(9, 30), [sent(n) for n in range(9)])} == {"decay"}


def test_one_whose_window_is_open_is_not_unanswered_yet() -> None:
    evening = Plan(id="q", at="10:00", days=frozenset(range(1, 8)), zone="Europe/Rome")
    run = [sent(0), sent(1), sent(2)]

    assert [one.skip for one in slowed(to_come(2, plan=evening), run)] == [None]


def test_at_a_slower_pace_there_is_one_a_day_at_most() -> None:
    often = Plan(id="r", at="09:00", more=("13:00", "18:00"), days=frozenset(range(1, 8)), zone="Europe/Rome")

    found = slowed(to_come(10, 4, often), [sent(n) for n in range(3)])

    assert [one.day for one in found if one.skip is None] == [day(10), day(13)]
