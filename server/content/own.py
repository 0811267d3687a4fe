"""Exercises that a practice wrote itself: the same two texts, the same checker, and ids that are never ours.

They are in no list that every phone may have: a therapist sets them, and they travel inside their assignment. So their
`access` says whether they were done together first (`therapist`) or not (`self`), and nothing else.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from server.content.checks import Known, plans_of
from server.content.form import Source, placed
from server.content.load import check_exercise
from server.content.read import ENGLISH, Notes, read_exercise
from server.content.shapes import Exercise
from server.content.steps import Branch
from server.content.writing import estimate

STRUCTURE: Final = "exercise.toml"
WORDS: Final = "en.md"
MOST_STRUCTURE: Final = 60_000
MOST_WORDS: Final = 40_000
"""Letters of each file. The longest of ours has a quarter of that."""
MOST_STEPS: Final = 100
MOST_PROBLEMS: Final = 60
"""Told at once. Nobody reads more, and a file can be nothing but problems."""
_ROOT: Final = Path("exercises")
_NAMED: Final = re.compile(r"(?:at \d+ minutes, |when only [^:]+ was written: )?the step `([^`]+)` ")
_LINE: Final = re.compile(r"(?:the file can't be read: )?line (\d+)\b")
_ACCESS: Final = re.compile(r'^access = "(?:always|after-ok)"', re.MULTILINE)


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to put right: in which file, at which line or step where that is known, and what to do."""

    file: str
    says: str
    step: str | None = None
    line: int | None = None


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What the checker found. `exercise` is there when it could be read, whole or not; `seconds` is about how long each
    of its steps takes that has words."""

    exercise: Exercise | None
    problems: list[Problem]
    seconds: dict[str, int]


def checked(exercise_id: str, source: Source, known: Known) -> Checked:
    """Everything wrong with an exercise of a practice, beside ours, which are `known`."""
    notes = Notes(_ROOT)
    home = _ROOT / exercise_id
    exercise = read_exercise(home, source.structure, {ENGLISH: source.words}, notes)
    if exercise is None:
        return Checked(exercise=None, problems=_problems(notes, home, source), seconds={})
    if len(exercise.steps) > MOST_STEPS:
        notes.say(home / STRUCTURE, f"it has {len(exercise.steps)} steps. {MOST_STEPS} is the most: make two of it.")
    else:
        beside = msgspec.structs.replace(known, plans=known.plans | plans_of([exercise]))
        check_exercise(_ROOT, exercise, beside, notes)
    for sentence in _rules(exercise):
        notes.say(home / STRUCTURE, sentence)
    page = exercise.pages[ENGLISH]
    told = [step for step in exercise.steps if step.id in page.sections and not isinstance(step, Branch)]
    seconds = {step.id: max(1, round(estimate(step, page))) for step in told}
    return Checked(exercise=exercise, problems=_problems(notes, home, source), seconds=seconds)


@lru_cache(maxsize=512)
def settled(exercise_id: str, source: Source, locales: tuple[str, ...]) -> Exercise | None:
    """A published version, as it was checked when it was published. None when this Midweek can't read it any more."""
    exercise = read_exercise(_ROOT / exercise_id, source.structure, {ENGLISH: source.words}, Notes(_ROOT))
    if exercise is None:
        return None
    return msgspec.structs.replace(exercise, pages=dict.fromkeys(locales, exercise.pages[ENGLISH]))


def copied(source: Source, exercise_id: str) -> Source:
    """One of our exercises as a practice's own: under its id, and with an access that own ones can have."""
    return placed(Source(_ACCESS.sub('access = "self"', source.structure), source.words), exercise_id, 1)


def _rules(exercise: Exercise) -> Iterator[str]:
    if exercise.head.access not in ("self", "therapist"):
        yield (
            f'`access = "{exercise.head.access}"` is for exercises in everyone\'s list, and one of your own is always '
            'set by a therapist. Write `access = "self"`, or `access = "therapist"` when it is done together first.'
        )


def _problems(notes: Notes, home: Path, source: Source) -> list[Problem]:
    said = list(dict.fromkeys(notes.problems))
    found = [_problem(one.removeprefix(f"{home}/"), source) for one in said[:MOST_PROBLEMS]]
    if len(said) > MOST_PROBLEMS:
        rest = f"There is more to put right: {len(said) - MOST_PROBLEMS} things. They are told once these are."
        found.append(Problem(file=found[-1].file, says=rest))
    return found


def _problem(said: str, source: Source) -> Problem:
    file, _, sentence = said.partition(": ")
    step, line = _NAMED.match(sentence), _LINE.match(sentence)
    number = int(line.group(1)) if line else None
    named = step.group(1) if step else _section(source.words, number) if number and file == WORDS else None
    return Problem(file=file, says=sentence[:1].upper() + sentence[1:], step=named, line=number)


def _section(words: str, line: int) -> str | None:
    """The heading above a line of the words."""
    above = [each for each in words.splitlines()[:line] if each.startswith("## ")]
    return above[-1].removeprefix("## ").strip().strip("`") if above else None
