"""Fields that several requests have. A NUL, which PostgreSQL can't hold, is in none of them."""

from typing import Annotated

from msgspec import Meta

from server.errors import Malformed
from server.merge import Rev, parse_rev

Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")]
"""An id made by the page or the phone: a UUID in lower case."""
Device = Annotated[str, Meta(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*\Z")]
"""What a device calls itself, such as `Firefox on Android`."""
Name = Annotated[
    str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*\Z")
]
"""A person's name: something other than spaces, on one line."""
Secret = Annotated[str, Meta(min_length=1, max_length=200)]
"""Something typed or followed that lets someone in."""


def base_of(said: str | None) -> Rev | None:
    """The revision that was on screen, None where there was nothing; `Malformed` for one the server never gave."""
    base = None if said is None else parse_rev(said)
    if said is not None and base is None:
        raise Malformed("`base` must be a revision the server gave, or null. Nothing was changed.")
    return base
