"""Later today: when does a reminder that was put off come again? Pure: values in, values out, `now` passed in."""

from typing import Final

from server.models import Millis

MOST: Final = 3
"""How often one reminder may be put off."""
AT_LEAST: Final = 15 * 60_000
LEFT_AFTER: Final = 5 * 60_000
"""What must be left of its window when it comes again: a push needs a little time to arrive."""


def again_at(now: Millis, end_at: Millis) -> Millis | None:
    """The middle of what is left of the window, a quarter of an hour on at the least; None when there is no room."""
    at = max(now + AT_LEAST, now + (end_at - now) // 2)
    return at if at + LEFT_AFTER <= end_at else None
