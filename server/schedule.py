"""When is a reminder due? Pure: values in, values out, `now` passed in.

A plan is one or several times, or a stretch to draw times from, on some days of the week, where the client is. An
occasion is one of its nudges: at most one for a plan, local date and slot. Durations are only ever computed between
instants.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, Literal

import msgspec
from msgspec.structs import replace
from whenever import Date

from server.clocks import MINUTE, QUIET, Hours, Span, day_where, instant, known_zone, local_day, shown, spans, without
from server.models import Millis

__all__ = [
    "QUIET",
    "Hours",
    "Limits",
    "Occasion",
    "Plan",
    "day_where",
    "due",
    "known_zone",
    "local_day",
    "occasions",
    "ttl",
]

WINDOW: Final = 120 * MINUTE
SHORTEST_WINDOW: Final = 15 * MINUTE
GAP: Final = 45 * MINUTE
"""Between two reminders of one plan on one day."""
LEAST_LEFT: Final = 60
"""With fewer seconds left of the window nothing is sent: it would arrive after it."""
LINES: Final = 12
PAUSE_LINE: Final = 8
MORNING_PAUSE: Final = 12
MIDDAY_PAUSE: Final = 13
MOST: Final = 3
SECOND: Final = 1_000

Decision = Literal["send", "wait", "expired"]
Skip = Literal["quiet", "room", "paused", "most", "decay", "done"]
"""Why a wanted reminder is not sent: it falls in quiet hours; its stretch does not hold it with its gap; the client
paused; the client's most a day is reached; earlier ones went unanswered (`server.decay`); it was done before."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the client planned. Times are HH:MM by the clocks of `zone`; `days` are ISO weekdays, 1 is Monday.

    `fixed`: at `at` and at each of `more`. `window`: `times` times drawn between `at` and `to`, which do not pass
    midnight. `first` and `until` are the first and last local date; `paused_until` is the first one with reminders
    again. `kept` are the fixed times the client wants although they are in quiet hours; None: all of them.
    """

    id: str
    at: str
    days: frozenset[int]
    zone: str
    kind: Literal["fixed", "window"] = "fixed"
    more: tuple[str, ...] = ()
    to: str = ""
    times: int = 1
    quiet: Hours = QUIET
    kept: frozenset[str] | None = None
    on: bool = True
    paused_until: str | None = None
    first: str | None = None
    until: str | None = None


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What the client wants of all plans together. `own` says whether the quiet hours are the client's own word."""

    quiet: Hours = QUIET
    own: bool = False
    most: int = MOST
    paused_until: str | None = None


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """One planned nudge: sent at `due_at` or as soon after as possible, never at or after `end_at`; or, with `skip`,
    why it is not sent, and when it would have been."""

    day: str
    slot: int
    due_at: Millis
    end_at: Millis
    line: int
    """Which neutral line it shows (`server.reminders.lines`)."""
    skip: Skip | None = None


def occasions(plan: Plan, from_day: str, days: int, secret: bytes) -> list[Occasion]:
    """The plan's occasions that are to be sent on the `days` local dates from `from_day` on, in order."""
    return [one for one in outlook(plan, from_day, days, secret) if one.skip is None]


def outlook(plan: Plan, from_day: str, days: int, secret: bytes) -> list[Occasion]:
    """The plan's occasions on the `days` local dates from `from_day` on, in order, those included that are skipped.

    A time that the clocks skip is due at the first instant after the gap; one that they repeat, the first time. A
    date that the zone skips has none. Drawn times are the same each time they are drawn.
    `ValueError` when the zone is unknown: ask `known_zone` first.
    """
    day = Date(from_day)
    found: list[Occasion] = []
    for _ in range(days if plan.on else 0):
        said = day.format_iso()
        if _wanted(plan, day, said) and instant(day, "00:00", plan.zone).date() == day:
            todays = _drawn(plan, said, secret) if plan.kind == "window" else _fixed(plan, day, said, secret)
            found.extend(_paused(plan, todays))
        day = day.next_day()
    return found


def within(wanted: Iterable[tuple[str, Occasion]], most: int, used: Mapping[str, int]) -> list[tuple[str, Occasion]]:
    """All plans' occasions, each with its plan's id, held to `most` a local date: the earliest are sent. `used` says
    how many were sent on a date already."""
    left = {day: most - count for day, count in used.items()}
    found: list[tuple[str, Occasion]] = []
    for plan, one in sorted(wanted, key=lambda pair: (pair[1].due_at, pair[0], pair[1].slot)):
        if one.skip is None:
            left[one.day] = left.get(one.day, most) - 1
        over = one.skip is None and left[one.day] < 0
        found.append((plan, replace(one, skip="most") if over else one))
    return found


def due(occasion: Occasion, now: Millis) -> Decision:
    """What to do with an unsent occasion now."""
    if now < occasion.due_at:
        return "wait"
    return "expired" if ttl(occasion.end_at, now) < LEAST_LEFT else "send"


def ttl(end_at: Millis, now: Millis) -> int:
    """Whole seconds left until `end_at`: how long a push service may still deliver."""
    return (end_at - now) // 1000


def _wanted(plan: Plan, day: Date, said: str) -> bool:
    early = plan.first is not None and said < plan.first
    over = plan.until is not None and said > plan.until
    return day.day_of_week().value in plan.days and not early and not over


def _paused(plan: Plan, todays: Iterable[Occasion]) -> list[Occasion]:
    return [
        replace(one, skip="paused") if plan.paused_until is not None and one.day < plan.paused_until else one
        for one in todays
    ]


def _fixed(plan: Plan, day: Date, said: str, secret: bytes) -> list[Occasion]:
    """One at each time; one too soon after the one before is skipped. A window ends where the next begins."""
    midnight = instant(day.next_day(), "00:00", plan.zone).timestamp(unit="millisecond")
    tonight = [(midnight, midnight + MINUTE)] if plan.quiet.hold("00:00") else []
    tomorrow = spans(day.next_day().format_iso(), plan.quiet, plan.zone)
    soon = [span for span in tomorrow if span[0] < midnight + SHORTEST_WINDOW]
    quiet = [*spans(said, plan.quiet, plan.zone), *tonight, *soon]
    todays: list[Occasion] = []
    for slot, at in enumerate((plan.at, *plan.more)):
        due_at = instant(day, at, plan.zone).timestamp(unit="millisecond")
        kept = plan.kept is None or at in plan.kept
        skip: Skip | None = None if kept or not _is_quiet(quiet, due_at) else "quiet"
        todays.append(_occasion(plan, said, slot, due_at, _window_end(due_at, midnight, quiet, kept), secret, skip))
    return _apart(todays)


def _is_quiet(quiet: Sequence[Span], due_at: Millis) -> bool:
    """Whether a reminder would be shown in quiet hours: it falls in them, or so short before that it has no time."""
    return any(start - SHORTEST_WINDOW < due_at < end for start, end in quiet)


def _window_end(due_at: Millis, midnight: Millis, quiet: Sequence[Span], kept: bool) -> Millis:
    """Two hours on, cut where the day ends or quiet hours begin; of a time the client wants all the same, never to
    less than a quarter of an hour."""
    end = min([due_at + WINDOW, midnight, *(start for start, _ in quiet if start > due_at)])
    inside = kept and any(start <= due_at < last for start, last in quiet)
    if inside:  # wanted in quiet hours: their beginning again, where clocks repeat it, does not end it
        end = min(due_at + WINDOW, midnight)
    return max(end, due_at + SHORTEST_WINDOW) if kept or end == midnight else end


def _apart(todays: Iterable[Occasion]) -> list[Occasion]:
    found: list[Occasion] = []
    last: int | None = None
    for one in sorted(todays, key=lambda one: (one.due_at, one.slot)):
        if one.skip is None and last is not None:
            before = found[last]
            if one.due_at - before.due_at < GAP:
                found.append(replace(one, skip="room"))
                continue
            found[last] = replace(before, end_at=min(before.end_at, one.due_at))
        if one.skip is None:
            last = len(found)
        found.append(one)
    return found


def _drawn(plan: Plan, said: str, secret: bytes) -> list[Occasion]:
    """`times` times in the stretch, quiet hours left out, each combination that keeps the gap as likely as another."""
    whole: Sequence[Span] = spans(said, Hours(plan.at, plan.to), plan.zone) if plan.at < plan.to else ()
    usable = without(whole, spans(said, plan.quiet, plan.zone))
    places = [(start, end - SHORTEST_WINDOW) for start, end in usable if end - start > SHORTEST_WINDOW]
    seconds = [(end - start) // SECOND for start, end in places]
    room = sum(seconds) - (plan.times - 1) * GAP // SECOND
    if room <= 0:
        return _nowhere(plan, said, whole, "quiet" if whole and not places and not usable else "room", secret)
    draws = sorted(_number(secret, "draw", plan.id, said, slot) % room for slot in range(plan.times))
    moments = [_moment(places, draw + slot * GAP // SECOND) for slot, draw in enumerate(draws)]
    ends = [next(end for start, end in usable if start <= moment < end) for moment in moments]
    until = [min(end, *moments[slot + 1 :]) if moments[slot + 1 :] else end for slot, end in enumerate(ends)]
    return [
        _occasion(plan, said, slot, moment, end, secret)
        for slot, (moment, end) in enumerate(zip(moments, until, strict=True))
    ]


def _moment(places: Sequence[Span], seconds: int) -> Millis:
    """The instant so many seconds into the places, taken end to end."""
    for start, end in places:
        length = (end - start) // SECOND
        if seconds < length:
            return start + seconds * SECOND
        seconds -= length
    raise AssertionError("a draw lies within the room there is")


def _nowhere(plan: Plan, said: str, whole: Sequence[Span], skip: Skip, secret: bytes) -> list[Occasion]:
    """Each of the stretch's reminders, with why it is not sent, at the stretch's beginning."""
    start = whole[0][0] if whole else instant(Date(said), plan.at, plan.zone).timestamp(unit="millisecond")
    end = max(whole[-1][1] if whole else start, start + SHORTEST_WINDOW)
    return [_occasion(plan, said, slot, start, end, secret, skip) for slot in range(plan.times)]


def _occasion(
    plan: Plan, said: str, slot: int, due_at: Millis, end_at: Millis, secret: bytes, skip: Skip | None = None
) -> Occasion:
    line = _line(secret, plan.id, said, slot, shown(due_at, plan.zone).hour)
    return Occasion(day=said, slot=slot, due_at=due_at, end_at=end_at, line=line, skip=skip)


def _line(secret: bytes, plan_id: str, day: str, slot: int, hour: int) -> int:
    line = _number(secret, "line", plan_id, day, slot) % LINES
    return line if line != PAUSE_LINE else _pause_line(hour)


def _number(secret: bytes, what: str, plan_id: str, day: str, slot: int) -> int:
    digest = hmac.digest(secret, f"{what}|{plan_id}|{day}|{slot}".encode(), sha256)
    return int.from_bytes(digest[:8])


def _pause_line(hour: int) -> int:
    """The line that names the time of day, where it is true; in the afternoon the next one."""
    if hour < 11:
        return MORNING_PAUSE
    if hour < 15:
        return MIDDAY_PAUSE
    return PAUSE_LINE if hour >= 17 else PAUSE_LINE + 1
