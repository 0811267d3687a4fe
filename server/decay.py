"""Reminders of the check-in that nobody answers come more and more rarely, and then not at all. Pure.

After three in a row every three days, after three more weekly, after three more no longer. Any answer starts anew.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from server.models import Millis
from server.schedule import Occasion

Pace = Literal["as planned", "every 3 days", "weekly", "off"]
IN_A_ROW: Final = 3
_PACES: Final[tuple[Pace, ...]] = ("as planned", "every 3 days", "weekly", "off")
_DAYS: Final[dict[Pace, int]] = {"as planned": 0, "every 3 days": 3, "weekly": 7}
LONGEST: Final = IN_A_ROW * (len(_PACES) - 1)
"""So many unanswered ones say all there is to know."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A reminder that was sent, and whether it was opened, put off, or what it reminds of was done that day."""

    day: str
    end_at: Millis
    answered: bool


def unanswered(sent: Sequence[Sent], answered_on: str | None) -> list[Sent]:
    """Those of a plan's reminders, given oldest first, that nobody answered since the last answer. `answered_on` is
    the last day on which what they remind of was done, reminded or not."""
    found: list[Sent] = []
    for one in sent:
        if one.answered:
            found.clear()
        else:
            found.append(one)
    return [one for one in found if answered_on is None or one.day > answered_on]


def pace(count: int) -> Pace:
    """How often reminders come after so many unanswered ones in a row."""
    return _PACES[min(count // IN_A_ROW, len(_PACES) - 1)]


def slowed(planned: Iterable[Occasion], open_ones: Sequence[Sent]) -> list[Occasion]:
    """A plan's occasions, in order, with those skipped that come too soon after unanswered ones. A reminder counts as
    unanswered when its window is over, and at the slower paces there is one on a day at most."""
    last = max((one.day for one in open_ones), default=None)
    found: list[Occasion] = []
    for one in planned:
        now = pace(sum(before.end_at <= one.due_at for before in open_ones))
        if one.skip is None and _too_soon(now, last, one.day):
            found.append(replace(one, skip="decay"))
            continue
        if one.skip is None:
            last = one.day
        found.append(one)
    return found


def _too_soon(now: Pace, last: str | None, day: str) -> bool:
    if now == "off":
        return True
    return (
        now != "as planned"
        and last is not None
        and (date.fromisoformat(day) - date.fromisoformat(last)).days < _DAYS[now]
    )
