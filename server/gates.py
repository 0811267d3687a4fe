"""May this exercise be set for a client? Pure; the sentences are for the therapist."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

import msgspec

Intensity = Literal["low", "medium", "high"]
Access = Literal["always", "self", "after-ok", "therapist"]
HIGHEST_START: Final = 5
"""A high exercise starts at distress 5 or lower; a therapist may set it lower, never higher."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the therapist asks for."""

    intensity: Intensity
    access: Access
    approved: bool
    until: date | None
    rehearsed_on: date | None
    scene: str | None
    needs_scene: bool
    expires: date | None = None
    """The day on which it ends by itself."""
    needs_texts: bool = False
    """It plays only texts that client and therapist wrote together."""
    texts: Sequence[str] = ()
    together: bool = False
    """The therapist says that they were written together."""


def why_not(wanted: Wanted, today: date) -> str | None:
    """Why the exercise can't be set as asked, as a sentence; None when it can."""
    if wanted.intensity != "low" and not wanted.approved:
        return (
            "Your practice has not approved this version yet. "
            "Medium and high exercises can be set only after a named clinician approved them."
        )
    if (late := last_day_wrong(wanted.until, wanted.expires, today)) is not None:
        return late
    return not_together(wanted, today)


def not_together(wanted: Wanted, today: date) -> str | None:
    """What is missing of what has to be done or written together first, as a sentence; None when nothing is."""
    if wanted.access != "therapist":
        return None
    if wanted.needs_texts:
        return _not_written(wanted)
    if wanted.rehearsed_on is None:
        return "This exercise is only set after you did it together once. Say on which day that was."
    if wanted.rehearsed_on > today:
        return "The day you did it together is still to come. Set the exercise after that session."
    if wanted.needs_scene and not (wanted.scene or "").strip():
        return "Write down the scene you agreed on together. The exercise shows only that text."
    return None


def last_day_wrong(until: date | None, expires: date | None, today: date) -> str | None:
    """Why `until` can't be the last day of what is set, as a sentence; None when it can."""
    if until is not None and until < today:
        return "The last day is already past. Choose today or a later day."
    if until is not None and expires is not None and until > expires:
        return (
            f"This exercise ends by itself on {expires.day} {expires:%B %Y}. Choose that day or an earlier one, or "
            "leave the last day out."
        )
    return None


def too_long(texts: Iterable[tuple[str, str, int]]) -> str | None:
    """A sentence about the first of these texts that is longer than it may be; each is its name, itself, and how many
    letters it may have."""
    for name, text, most in texts:
        if len(text) > most:
            return f"{name} has {len(text)} letters, and {most} is the most. Nothing was saved. Shorten it."
    return None


def holds(ended: bool, last_days: Iterable[str | None], today: date) -> bool:
    """Whether what was set is still with the client: not ended, and none of its last days is past."""
    return not ended and all(last is None or today.isoformat() <= last for last in last_days)


def _not_written(wanted: Wanted) -> str | None:
    if not any(text.strip() for text in wanted.texts):
        return (
            "Write at least one of the texts together with your client: the exercise plays no others. Nothing was set."
        )
    if not wanted.together:
        return "Say that you wrote the texts together with your client: the exercise plays no others. Nothing was set."
    return None
