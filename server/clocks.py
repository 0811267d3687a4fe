"""Days by the clocks of a place, as instants: exact also where clocks skip an hour or show it twice.

A local day is cut where its offset changes; within each piece wall time and instants run alike.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

import msgspec
from whenever import (
    Date,
    Instant,
    PlainDateTime,
    RepeatedTime,
    SkippedTime,
    Time,
    TimeZoneNotFoundError,
    ZonedDateTime,
)

from server.models import Millis

MINUTE: Final = 60_000
DAY_MINUTES: Final = 24 * 60

Span = tuple[Millis, Millis]
"""A stretch of instants, the first included, the last not."""


class Hours(msgspec.Struct, frozen=True):
    """A stretch of the day by wall clock, `start` included, `end` not; it may pass midnight. Equal: no stretch."""

    start: str
    end: str

    def hold(self, at: str) -> bool:
        """Whether `at` (HH:MM) lies in it."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def pieces(self) -> list[tuple[int, int]]:
        """What of it lies in one day, in minutes from midnight."""
        start, end = minute_of(self.start), minute_of(self.end)
        return [(start, end)] if start <= end else [(0, end), (start, DAY_MINUTES)]


QUIET: Final = Hours("21:00", "08:00")


def minute_of(at: str) -> int:
    """HH:MM in minutes from midnight."""
    return int(at[:2]) * 60 + int(at[3:])


@lru_cache(maxsize=4_096)
def spans(day: str, hours: Hours, zone: str) -> Sequence[Span]:
    """The instants of a local day at which the clocks of `zone` show a time in `hours`, in order. Of an hour that is
    shown twice it is both, of a skipped one nothing. None when the zone skips the day."""
    found: list[Span] = []
    for begin, end, midnight in _pieces(day, zone):
        for start, stop in hours.pieces():
            first, last = max(begin, midnight + start * MINUTE), min(end, midnight + stop * MINUTE)
            if first < last:
                found.append((first, last))
    return tuple(_joined(sorted(found)))


def without(these: Sequence[Span], those: Sequence[Span]) -> Sequence[Span]:
    """What of `these` lies in none of `those`."""
    for start, end in those:
        these = [
            part
            for first, last in these
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return these


@lru_cache(maxsize=4_096)
def instant(day: Date, at: str, zone: str) -> ZonedDateTime:
    """The first instant of `day` whose clocks show `at`, or the first one after the gap that swallows it."""
    wall = day.at(Time(at))
    try:
        return _zoned(wall, zone, "raise")
    except SkippedTime:
        after = _zoned(wall, zone, "earlier").next_transition()
        assert after is not None
        return after
    except RepeatedTime:
        return _zoned(wall, zone, "earlier")


def known_zone(*zones: str | None) -> str | None:
    """The first of `zones` that this server has the rules of, or None."""
    return next((zone for zone in zones if zone is not None and _known(zone)), None)


def days_on(day: str, days: int) -> str:
    """The date so many days after `day`; before it when negative."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def local_day(now: Millis, zone: str) -> str:
    """The date that people in `zone` write at `now`."""
    return shown(now, zone).date().format_iso()


def day_where(now: Millis, zone: str | None) -> str:
    """The date at `now` where somebody is; in UTC where no zone is said, or none that this server has the rules of."""
    return local_day(now, known_zone(zone) or "UTC")


def shown(now: Millis, zone: str) -> ZonedDateTime:
    """What the clocks of `zone` show at `now`."""
    return _in_zone(Instant.from_timestamp(now, unit="millisecond"), zone)


@lru_cache(maxsize=4_096)
def _pieces(day: str, zone: str) -> list[tuple[Millis, Millis, Millis]]:
    """A local day, cut where its offset changes: first instant, last, and the one at which a clock that always ran
    with this piece's offset would have shown midnight."""
    whole = Date(day)
    at, end = instant(whole, "00:00", zone), instant(whole.next_day(), "00:00", zone)
    found: list[tuple[Millis, Millis, Millis]] = []
    while at.date() <= whole and at < end:
        following = at.next_transition()
        until = end if following is None or following >= end else following
        midnight = whole.at(Time(0)).assume_fixed_offset(at.offset).timestamp(unit="millisecond")
        found.append((at.timestamp(unit="millisecond"), until.timestamp(unit="millisecond"), midnight))
        at = until
    return found


def _joined(found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in found:
        if joined and joined[-1][1] == span[0]:
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _known(zone: str) -> bool:
    try:
        _in_zone(Instant.from_timestamp(0), zone)
    except TimeZoneNotFoundError:
        return False
    return True


def _zoned(wall: PlainDateTime, zone: str, disambiguation: Literal["raise", "earlier"]) -> ZonedDateTime:
    # pyright doesn't know one of the other values that whenever takes as a zone
    return wall.assume_tz(zone, disambiguation=disambiguation)  # pyright: ignore[reportUnknownMemberType]


def _in_zone(instant: Instant, zone: str) -> ZonedDateTime:
    return instant.to_tz(zone)  # pyright: ignore[reportUnknownMemberType]
