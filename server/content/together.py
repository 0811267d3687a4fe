"""Texts that client and therapist write together: an exercise plays those that were written, and no others.

A step with `needs` is there only when one of the texts it names was written. Every choice of texts has to make a whole
exercise: the way through it and all safety rules are checked for each.
"""

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Final

import msgspec

from server.content.checks import Known, named, structure
from server.content.safety import safety
from server.content.sentences import listed, near
from server.content.shapes import Exercise
from server.content.steps import AGREED_SCENE, Recall

TEXTS: Final = {"calm_image": 400, "healthy_self": 160, "rehearsed_reply": 240}
"""The texts there are, and how many letters each may have."""


def texts_of(exercise: Exercise) -> list[str]:
    """The texts it shows, in the order of its steps."""
    shown = [step.from_ for step in exercise.steps if isinstance(step, Recall) and step.from_ in TEXTS]
    return list(dict.fromkeys(shown))


def with_texts(exercise: Exercise, texts: Collection[str]) -> Exercise:
    """The exercise as it is with these texts only: fewer steps, and as many minutes as those take."""
    steps = tuple(step for step in exercise.steps if step.needs is None or not set(step.needs).isdisjoint(texts))
    minutes = max(1, round(sum(step.seconds for step in steps) / 60))
    head = msgspec.structs.replace(exercise.head, minutes=minutes)
    return msgspec.structs.replace(exercise, head=head, steps=steps)


def together(exercise: Exercise, known: Known) -> Iterator[str]:
    """Everything wrong with how it uses what client and therapist wrote."""
    texts = texts_of(exercise)
    yield from _guarded(exercise)
    yield from _needs(exercise, texts)
    told = {*structure(exercise, known), *safety(exercise)}
    for count in range(1, len(texts)):
        for some in combinations(texts, count):
            part = with_texts(exercise, some)
            for sentence in (*structure(part, known), *safety(part)):
                if sentence not in told:
                    told.add(sentence)
                    yield f"when only {listed(some)} was written: {sentence}"


def _guarded(exercise: Exercise) -> Iterator[str]:
    for step in exercise.steps:
        if isinstance(step, Recall) and step.from_ in (AGREED_SCENE, *TEXTS) and exercise.head.access != "therapist":
            yield (
                f"{named(step)} shows what client and therapist wrote, so only a therapist can set it. "
                'Write `access = "therapist"`.'
            )


def _needs(exercise: Exercise, texts: Collection[str]) -> Iterator[str]:
    needing = {step.id for step in exercise.steps if step.needs is not None}
    for step in exercise.steps:
        if isinstance(step, Recall) and step.from_ in TEXTS and step.needs != [step.from_]:
            yield f'{named(step)} shows `{step.from_}`, which may not be written. Write `needs = ["{step.from_}"]`.'
        if step.needs == []:
            yield f"{named(step)} has an empty `needs`. Name a text, or take it out."
        for name in step.needs or []:
            if name not in texts:
                guess = near(name, texts)
                yield f"{named(step)} needs the text `{name}`, and no `recall` step shows it.{guess}"
        for where, target in step.targets().items():
            if target in needing:
                yield f"{named(step)} leads to `{target}` ({where}), which may not be there. Lead to `next`."
