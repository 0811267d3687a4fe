"""A time zone as an iCalendar text carries it along (VTIMEZONE): its changes of the clocks as dates. Pure.

The library's own names the wall time after a change; RFC 5545 asks for the one that was just ending.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from whenever import Instant, ZonedDateTime

YEARS: Final = 12
"""How many years of changes are carried; calendars that know the zone by its name go on."""

_Kind = tuple[timedelta, timedelta, str, bool]
"""Offset before, offset after, abbreviation, whether it is summer time."""


@cache
def timezone(zone: str, year: int) -> Timezone:
    """The zone from the year before `year` on."""
    made = Timezone()
    made.add("TZID", zone)
    at = Instant.from_utc(year - 1, 1, 1).to_tz(zone)  # pyright: ignore[reportUnknownMemberType]
    changes: dict[_Kind, list[datetime]] = {_kind(at.offset.to_stdlib(), at): [datetime(year - 1, 1, 1)]}
    while (following := at.next_transition()) is not None and following.year < year + YEARS:
        before = at.offset.to_stdlib()
        wall = following.to_instant().to_stdlib().replace(tzinfo=None) + before
        changes.setdefault(_kind(before, following), []).append(wall)
        at = following
    for kind, walls in changes.items():
        made.add_component(_part(kind, walls))
    return made


def _kind(before: timedelta, at: ZonedDateTime) -> _Kind:
    return before, at.offset.to_stdlib(), at.tz_abbrev(), bool(at.dst_offset().to_stdlib())


def _part(kind: _Kind, walls: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    before, after, name, summer = kind
    part = TimezoneDaylight() if summer else TimezoneStandard()
    part.add("DTSTART", walls[0])
    if len(walls) > 1:
        part.add("RDATE", walls[1:])
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", after)
    part.add("TZNAME", name)
    return part
