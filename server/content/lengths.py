"""The lengths of an exercise: `lengths = [2, 5, 8]` at its top, and the same key in the steps that are not in all."""

from collections.abc import Callable, Iterator

from server.content.sentences import listed
from server.content.shapes import LENGTHS, Exercise, Page


def lengths(exercise: Exercise) -> Iterator[str]:
    """Lengths that can't be: out of order, without the usual one, unknown to the exercise, or without an end."""
    head = exercise.head
    known = head.lengths or []
    if known != sorted(set(known)):
        yield "its `lengths` are not in order. Write each once, the shortest first."
    if known and head.minutes not in known:
        yield f"its `minutes` are {head.minutes}, and `lengths` lack that. `minutes` is the one that is usual."
    for step in exercise.steps:
        if step.id == LENGTHS:
            yield f"the step `{LENGTHS}` has the name under which lengths have their words. Give it another id."
        for each in step.lengths or ():
            if each not in known:
                says = listed(map(str, known), "or") if known else "no `lengths` at all"
                yield f"the step `{step.id}` is part of the length {each}, and the exercise has {says}."
    last = exercise.steps[-1]
    if last.lengths:
        yield f"the step `{last.id}` ends the exercise, so it is part of every length. Take its `lengths` out."


def length_words(exercise: Exercise, page: Page) -> Iterator[str]:
    """Lengths without words, and words of lengths that are gone."""
    section = page.sections.get(LENGTHS)
    known = [str(each) for each in exercise.head.lengths or ()]
    slots = section.slots if section else {}
    for each in known:
        if not slots.get(each):
            yield f"the length {each} has no words. Write a line `- {each}: ...` under `## {LENGTHS}`."
    for each in slots:
        if known and each not in known:
            yield f"there are words for a length {each}, which the exercise lacks. Take the line out."


def in_each(exercise: Exercise, rules: Callable[[Exercise], Iterator[str]]) -> Iterator[str]:
    """What breaks a rule in any length, each once: with the length where it is not so in all of them."""
    cuts = exercise.cuts()
    found = [list(rules(cut)) for cut in cuts]
    everywhere = [each for each in found[0] if all(each in other for other in found)]
    yield from everywhere
    for cut, sentences in zip(cuts, found, strict=True):
        yield from (f"at {cut.head.minutes} minutes, {each}" for each in sentences if each not in everywhere)
