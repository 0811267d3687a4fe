"""When is a reminder due? Pure: values in, values out, `now` passed in.

A plan is a wall-clock time on some days of the week, where the client is. An occasion is one of its nudges: at
most one for a plan, local date and slot. Durations are only ever computed between instants.
"""

import hmac
from hashlib import sha256
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
    hours,
    minutes,
)

from server.models import Millis

WINDOW: Final = hours(2)
SHORTEST_WINDOW: Final = minutes(15)
LEAST_LEFT: Final = 60
"""With fewer seconds left of the window nothing is sent: it would arrive after it."""
LINES: Final = 12
PAUSE_LINE: Final = 8
MORNING_PAUSE: Final = 12
MIDDAY_PAUSE: Final = 13

Decision = Literal["send", "wait", "expired"]


class Hours(msgspec.Struct, frozen=True):
    """A stretch of the day by wall clock, `start` included, `end` not; it may pass midnight. Equal: no stretch."""

    start: str
    end: str

    def hold(self, at: str) -> bool:
        """Whether `at` (HH:MM) lies in it."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


QUIET: Final = Hours("21:00", "08:00")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the client planned. `at` is HH:MM by the clocks of `zone`; `days` are ISO weekdays, 1 is Monday.

    `paused_until` is the first local date with reminders again; `until` the last one of all.
    """

    id: str
    at: str
    days: frozenset[int]
    zone: str
    quiet: Hours = QUIET
    on: bool = True
    paused_until: str | None = None
    until: str | None = None
    kind: Literal["fixed"] = "fixed"


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """One planned nudge: sent at `due_at` or as soon after as possible, never at or after `end_at`."""

    day: str
    slot: int
    due_at: Millis
    end_at: Millis
    line: int
    """Which neutral line it shows (`server.reminders.lines`)."""


def occasions(plan: Plan, from_day: str, days: int, secret: bytes) -> list[Occasion]:
    """The plan's occasions on the `days` local dates from `from_day` on, in order.

    A time that the clocks skip is due at the first instant after the gap; one that they repeat, the first time. A
    date that the zone skips has none. A time in quiet hours is kept: the client was asked when planning.
    `ValueError` when the zone is unknown: ask `known_zone` first.
    """
    day = Date(from_day)
    found: list[Occasion] = []
    for _ in range(days if plan.on else 0):
        if _wanted(plan, day) and (moment := _instant(day, plan.at, plan.zone)).date() == day:
            found.append(_occasion(plan, day, moment, secret))
        day = day.next_day()
    return found


def due(occasion: Occasion, now: Millis) -> Decision:
    """What to do with an unsent occasion now."""
    if now < occasion.due_at:
        return "wait"
    return "expired" if ttl(occasion.end_at, now) < LEAST_LEFT else "send"


def ttl(end_at: Millis, now: Millis) -> int:
    """Whole seconds left until `end_at`: how long a push service may still deliver."""
    return (end_at - now) // 1000


def known_zone(*zones: str | None) -> str | None:
    """The first of `zones` that this server has the rules of, or None."""
    return next((zone for zone in zones if zone is not None and _known(zone)), None)


def local_day(now: Millis, zone: str) -> str:
    """The date that people in `zone` write at `now`."""
    return _shown(Instant.from_timestamp(now, unit="millisecond"), zone).date().format_iso()


def _wanted(plan: Plan, day: Date) -> bool:
    said = day.format_iso()
    paused = plan.paused_until is not None and said < plan.paused_until
    over = plan.until is not None and said > plan.until
    return day.day_of_week().value in plan.days and not paused and not over


def _occasion(plan: Plan, day: Date, due_at: ZonedDateTime, secret: bytes) -> Occasion:
    said, slot = day.format_iso(), 0
    return Occasion(
        day=said,
        slot=slot,
        due_at=due_at.timestamp(unit="millisecond"),
        end_at=_window_end(plan, day, due_at).timestamp(unit="millisecond"),
        line=_line(secret, plan.id, said, slot, due_at.hour),
    )


def _window_end(plan: Plan, day: Date, due_at: ZonedDateTime) -> ZonedDateTime:
    """Two hours on, cut where the day ends or quiet hours begin, but never to less than a quarter of an hour."""
    end = min(due_at + WINDOW, _instant(day.next_day(), "00:00", plan.zone))
    if not plan.quiet.hold(plan.at) and plan.quiet.hold(plan.quiet.start):
        quiet = _instant(day, plan.quiet.start, plan.zone)
        end = min(end, quiet) if quiet > due_at else end
    return max(end, due_at + SHORTEST_WINDOW)


def _instant(day: Date, at: str, zone: str) -> ZonedDateTime:
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


def _line(secret: bytes, plan_id: str, day: str, slot: int, hour: int) -> int:
    digest = hmac.digest(secret, f"line|{plan_id}|{day}|{slot}".encode(), sha256)
    line = int.from_bytes(digest[:8]) % LINES
    return line if line != PAUSE_LINE else _pause_line(hour)


def _pause_line(hour: int) -> int:
    """The line that names the time of day, where it is true; in the afternoon the next one."""
    if hour < 11:
        return MORNING_PAUSE
    if hour < 15:
        return MIDDAY_PAUSE
    return PAUSE_LINE if hour >= 17 else PAUSE_LINE + 1


def _known(zone: str) -> bool:
    try:
        _shown(Instant.from_timestamp(0), zone)
    except TimeZoneNotFoundError:
        return False
    return True


def _zoned(wall: PlainDateTime, zone: str, disambiguation: Literal["raise", "earlier"]) -> ZonedDateTime:
    # pyright doesn't know one of the other values that whenever takes as a zone
    return wall.assume_tz(zone, disambiguation=disambiguation)  # pyright: ignore[reportUnknownMemberType]


def _shown(instant: Instant, zone: str) -> ZonedDateTime:
    return instant.to_tz(zone)  # pyright: ignore[reportUnknownMemberType]
