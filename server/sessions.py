"""When do client and therapist meet? Pure: dates in, dates out. All dates are local, as they were agreed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from server.bodies import SessionDates

FURTHEST: Final = 366
"""Days that are looked through in either direction."""


def last_before(sessions: SessionDates, day: str) -> str | None:
    """The last session before `day`, or None within a year."""
    start = date.fromisoformat(day)
    return _first(sessions, (start - timedelta(days=ago) for ago in range(1, FURTHEST)))


def next_from(sessions: SessionDates, day: str) -> str | None:
    """The first session on `day` or after it, or None within a year."""
    start = date.fromisoformat(day)
    return _first(sessions, (start + timedelta(days=on) for on in range(FURTHEST)))


def time_on(sessions: SessionDates, day: str) -> str | None:
    """When the session of `day` begins (HH:MM), or None when there is none. A single date goes before the pattern."""
    single = next((one.at for one in sessions.single if one.day == day), None)
    if single is not None:
        return single
    return sessions.weekly.at if sessions.weekly is not None and _in_pattern(sessions, day) else None


def _first(sessions: SessionDates, days: Iterator[date]) -> str | None:
    return next((said for day in days if time_on(sessions, said := day.isoformat()) is not None), None)


def _in_pattern(sessions: SessionDates, day: str) -> bool:
    weekly = sessions.weekly
    if weekly is None or day < weekly.since or day in sessions.off:
        return False
    return date.fromisoformat(day).isoweekday() == weekly.weekday
