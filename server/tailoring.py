"""Other words for a step of an exercise, as a therapist writes them for one client. Pure.

Only steps that are read or heard can have them: what is answered is compared later, and stop rules watch it, so a
question keeps its words. So does a step that says what to do when dizzy: a long breath is not without it. The words
belong to the version they were written for.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from server.content.writing import LONGEST_SCREEN, WORD

MOST_STEPS: Final = 3
MOST_LETTERS: Final = 400
SPOKEN: Final = frozenset({"say", "settle", "attend", "anchor", "imagine", "move", "pause"})
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINES: Final = re.compile("\r\n|[\n\r\u2028\u2029]")
_SAFETY: Final = "dizzy"
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Screen(msgspec.Struct, frozen=True):
    """A step, as far as its words go."""

    id: str
    type: str
    text: str | None = None


class Whole(msgspec.Struct, frozen=True):
    """An exercise as it travels, as far as the words of its steps go."""

    version: int
    access: str
    steps: list[Screen]


def cleaned(words: str) -> str:
    """The words as they are kept: a paragraph a line, without control characters and without the marks that turn the
    direction of what stands around them."""
    lines = (" ".join(_CONTROLS.sub(" ", line).split()) for line in _LINES.split(_TURNS.sub("", words)))
    return "\n\n".join(line for line in lines if line)


def why_not(words: Mapping[str, str], whole: Whole, left_out: Collection[str] = ()) -> str | None:
    """Why these cleaned words, by step, can't be put into the exercise as this client gets it, as a sentence; None when
    they can. `left_out` are its steps for texts that were not written."""
    if not words:
        return None
    if whole.access == "always":
        return "The words of this exercise stay as they are: it has to be there in a bad moment. Nothing was saved."
    if len(words) > MOST_STEPS:
        return f"Other words can be written for at most {MOST_STEPS} steps. Nothing was saved. Take some back."
    if not words.keys().isdisjoint(left_out):
        return (
            "There are other words for a step that is left out, because the text it shows is not written. Nothing was "
            "saved. Write the text, or take the other words for its step back."
        )
    steps = {step.id: step for step in whole.steps}
    return next((said for step, text in words.items() if (said := _why_not(steps.get(step), text))), None)


def _why_not(step: Screen | None, text: str) -> str | None:
    if step is None:
        return "This version of the exercise has no such step. Nothing was saved. Open the exercise again."
    if step.type not in SPOKEN or _SAFETY in (step.text or "").lower():
        return (
            "Only steps that are read or heard can have other words; questions, checks, and what to do when dizzy "
            "keep theirs. Nothing was saved."
        )
    if not text:
        return "The other words for a step are empty. Nothing was saved. Write some, or put its own words back."
    count = len(WORD.findall(text))
    if count > LONGEST_SCREEN or len(text) > MOST_LETTERS:
        return (
            f"The other words for a step are too long: {count} words, {len(text)} letters. At most {LONGEST_SCREEN} "
            f"words and {MOST_LETTERS} letters fit on a screen. Nothing was saved. Shorten them."
        )
    return None
