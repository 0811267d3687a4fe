"""Reminders as an iCalendar text (RFC 5545), in words that say nothing. Pure: the same values give the same bytes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from icalendar import Alarm, Calendar, Event, vDuration, vRecur

from server.ical_zones import timezone
from server.models import Millis

PRODUCT: Final = "-//Midweek//Midweek//EN"
NAME: Final = "Midweek"
LINE: Final = "A quiet minute, if you want one."
"""One of the neutral lines of the lock screen, for every event."""
LENGTH: Final = timedelta(minutes=15)
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MINUTE: Final = 60_000


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder at a fixed time of some weekdays (1 is Monday), from the local date `start` to `until`, both included.

    `uid` stays the same for as long as it exists; `changed_at` is when it last changed. One that is `over` is told as
    cancelled."""

    uid: str
    at: str
    days: frozenset[int]
    start: str
    until: str | None = None
    changed_at: Millis
    over: bool = False


def calendar(events: Sequence[Timed], zone: str) -> bytes:
    """The calendar, its times by the clocks of `zone`, which it carries along. Each event rings at its time."""
    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("X-WR-CALNAME", NAME)
    made.add("X-WR-TIMEZONE", zone)
    first = min((event.start for event in events), default="2026-01-01")
    made.add_component(timezone(zone, int(first[:4])))
    for event in events:
        if (one := _event(event, ZoneInfo(zone))) is not None:
            made.add_component(one)
    return made.to_ical()


def _event(said: Timed, zone: ZoneInfo) -> Event | None:
    """None when it ends before it begins."""
    hour, minute = (int(part) for part in said.at.split(":"))
    first = _first(date.fromisoformat(said.start), said.days)
    if said.until is not None and first.isoformat() > said.until and not said.over:
        return None
    begins = datetime.combine(first, time(hour, minute), zone)
    changed = datetime.fromtimestamp(said.changed_at // 1000, UTC)
    event = Event()
    event.add("UID", said.uid)
    event.add("DTSTAMP", changed)
    event.add("LAST-MODIFIED", changed)
    event.add("SEQUENCE", said.changed_at // MINUTE)
    event.add("DTSTART", begins)
    event.add("DURATION", vDuration(LENGTH))
    event.add("SUMMARY", LINE)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")
    event.add("STATUS", "CANCELLED" if said.over else "CONFIRMED")
    event.add("RRULE", vRecur(_rule(said, zone)))
    if not said.over:
        event.add_component(_alarm())
    return event


def _first(start: date, days: frozenset[int]) -> date:
    """The first date from `start` on that is one of the weekdays: DTSTART must be one of its own rule."""
    return next(day for day in (start + timedelta(n) for n in range(7)) if day.isoweekday() in days)


def _rule(said: Timed, zone: ZoneInfo) -> dict[str, object]:
    rule: dict[str, object] = {"FREQ": "WEEKLY", "BYDAY": [WEEKDAYS[day - 1] for day in sorted(said.days)]}
    if said.until is not None:
        last = datetime.combine(date.fromisoformat(said.until), time(23, 59, 59), zone)
        rule["UNTIL"] = last.astimezone(UTC)
    return rule


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", LINE)
    alarm.add("TRIGGER", timedelta(0))
    return alarm
