"""How often one device may ask: a token bucket each, kept in memory. Pure: the clock is the caller's.

A bucket is one number, the moment at which it will be full again: its empty part fills at a steady pace, and each
request pushes the moment on by one interval.
"""

from collections import OrderedDict
from typing import Final

from server.models import Millis

MOST_KEPT: Final = 50_000
"""Devices remembered; the one that asked longest ago is forgotten first, and begins with a full bucket again."""


class Rates:
    """`burst` requests at once, and `a_minute` from then on, for each key. A clock that is put back harms nobody."""

    def __init__(self, a_minute: int, burst: int, most: int = MOST_KEPT) -> None:
        self._interval = 60_000 / a_minute
        self._depth = self._interval * burst
        self._most = most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full_at)

    def wait(self, key: str, now: Millis) -> Millis:
        """Take one request of `key`: 0 when it may go on, otherwise the milliseconds until the next may, and nothing
        is taken."""
        full_at = min(max(self._full_at.get(key, now), now), now + self._depth)
        wait = max(0, round(full_at - now + self._interval - self._depth))
        self._full_at[key] = full_at if wait else full_at + self._interval
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._most:
            self._full_at.popitem(last=False)
        return wait
