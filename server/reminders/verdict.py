"""What an answer of a push service means. Pure."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final, Literal

import msgspec

from server.models import Millis

State = Literal["accepted", "gone", "refused", "later", "expired"]
LONGEST_WAIT: Final = 6 * 3_600_000
SHORTEST_WAIT: Final = 1_000


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one push.

    `accepted`: the push service has it. `gone`: the subscription no longer exists. `refused`: trying this again would
    be refused again. `later`: try again at `retry_at`; `park` asks every push to that service to wait until then.
    `expired`: its window was over before it could be sent.
    """

    state: State
    status: int | None = None
    reason: str | None = None
    retry_at: Millis = 0
    park: bool = False
    alert: bool = False
    """The push service does not accept our key or our claims: whoever runs the server must know."""
    smaller: bool = False
    """The message was too large: a smaller one may pass."""


def verdict(status: int, headers: Mapping[str, str], now: Millis, backoff: Millis) -> Verdict:
    """The meaning of a status. `headers` has lower-case names; `backoff` is how long to wait where nothing is said."""
    if status in (200, 201, 202):
        return Verdict(state="accepted", status=status)
    if status in (404, 410):
        return Verdict(state="gone", status=status, reason="gone")
    if status in (401, 403):
        return Verdict(state="refused", status=status, reason="key", alert=True)
    if status == 413:
        return Verdict(state="refused", status=status, reason="too-large", smaller=True)
    if status in (406, 429):
        asked = retry_after(headers.get("retry-after", ""), now)
        return Verdict(state="later", status=status, reason="busy", retry_at=asked or now + backoff, park=True)
    if status >= 500:
        asked = retry_after(headers.get("retry-after", ""), now)
        return Verdict(state="later", status=status, reason="service", retry_at=asked or now + backoff)
    return Verdict(state="refused", status=status, reason="redirect" if 300 <= status < 400 else "answer")


def retry_after(said: str, now: Millis) -> Millis | None:
    """The instant a Retry-After header asks for (seconds, or a date), between a second and six hours from `now`;
    None when it says nothing that can be read."""
    wait = int(said) * 1000 if said.isascii() and said.isdigit() and len(said) < 10 else _date(said, now)
    return None if wait is None else now + min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)


def _date(said: str, now: Millis) -> Millis | None:
    try:
        return round(parsedate_to_datetime(said).timestamp() * 1000) - now
    except (ValueError, OverflowError, OSError):
        return None
