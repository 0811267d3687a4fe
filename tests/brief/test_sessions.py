"""When client and therapist meet: a pattern, single dates, and dates that fall out."""

from server.bodies import SessionDates, Single, Weekly
from server.sessions import last_before, next_from, time_on

MONDAYS = SessionDates(weekly=Weekly(weekday=1, at="10:00", since="2026-09-07"))


def test_the_day_of_a_session_is_the_next_one_and_not_the_last() -> None:
    assert next_from(MONDAYS, "2026-09-21") == "2026-09-21"
    assert last_before(MONDAYS, "2026-09-21") == "2026-09-14"


def test_the_pattern_begins_with_its_first_date() -> None:
    assert last_before(MONDAYS, "2026-09-07") is None
    assert next_from(MONDAYS, "2026-01-01") == "2026-09-07"


def test_a_date_that_falls_out_is_passed_over() -> None:
    sessions = SessionDates(weekly=MONDAYS.weekly, off=["2026-09-21"])

    assert next_from(sessions, "2026-09-21") == "2026-09-28"


def test_a_single_date_stands_beside_the_pattern_and_its_time_goes_before() -> None:
    sessions = SessionDates(
        weekly=MONDAYS.weekly, single=[Single("2026-09-23", "16:30"), Single("2026-09-28", "09:00")]
    )

    assert next_from(sessions, "2026-09-22") == "2026-09-23"
    assert [time_on(sessions, day) for day in ("2026-09-21", "2026-09-23", "2026-09-28", "2026-09-29")] == [
        "10:00",
        "16:30",
        "09:00",
        None,
    ]


def test_without_dates_there_is_neither() -> None:
    assert last_before(SessionDates(), "2026-09-21") is None
    assert next_from(SessionDates(), "2026-09-21") is None
