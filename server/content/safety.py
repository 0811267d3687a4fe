"""The safety rules an exercise has to keep by its structure: gates, checks on the way, the way back, pauses.

The numbers are design values of the clinical specification, kept here in one place each.
"""

from collections.abc import Iterator

from server.content.breath import Breathe
from server.content.checks import named
from server.content.forms import Dialogue
from server.content.shapes import Exercise, Measure
from server.content.spoken import Anchor, Imagine
from server.content.step import Step
from server.content.steps import Checklist, Choice, Close, Rate, Recall

PAUSE_SELF = 45
"""Longest silence, in seconds, of imagery a person does alone."""
PAUSE_HIGH = 30
"""Longest silence, in seconds, in a high exercise."""
ALWAYS_OPEN = "grounding-safety"
STOP_LANDS = "back-in-the-room"


def safety(exercise: Exercise) -> Iterator[str]:
    """Everything that breaks a safety rule."""
    yield from _access(exercise)
    yield from _voices(exercise)
    yield from _rules(exercise)
    yield from _measures(exercise)
    yield from _way_back(exercise)
    yield from _mid_check(exercise)
    yield from _skips(exercise)
    yield from _limits(exercise)
    yield from _pauses(exercise)


def _access(exercise: Exercise) -> Iterator[str]:
    head = exercise.head
    if head.intensity == "high" and head.access != "therapist":
        yield 'its intensity is high, so only a therapist can set it. Write `access = "therapist"`.'
    if head.access == "always" and (head.intensity != "low" or head.family != ALWAYS_OPEN):
        yield f'`access = "always"` is for exercises of low intensity in the family {ALWAYS_OPEN}.'
    if head.intensity == "high" and "CRISIS" not in head.contraindications:
        yield 'its intensity is high, so `contraindications` has to name "CRISIS".'


def _voices(exercise: Exercise) -> Iterator[str]:
    """Two voices are a moment with someone or an inner conflict, and neither is low. With another intensity comes the
    check on the way."""
    talk = next((step for step in exercise.steps if isinstance(step, Dialogue)), None)
    if talk is not None and exercise.head.intensity == "low":
        yield (
            f"{named(talk)} lets two voices speak, which can stir up a lot, so its intensity is not low. Write "
            '`intensity = "medium"`, or "high" for two sides of oneself, and add a check on the way.'
        )


def _rules(exercise: Exercise) -> Iterator[str]:
    """`stop_rules`, the numbers under [rules] and the steps that use them say the same."""
    head = exercise.head
    if "R1" not in head.stop_rules and head.id != STOP_LANDS:
        yield 'its `stop_rules` lack "R1": Stop works in every exercise.'
    used = {rule for step in exercise.steps if (rule := _rule(step))}
    listed = {rule for rule in head.stop_rules if rule != "R1"}
    for rule in sorted(used | listed | set(head.rules)):
        if rule not in listed:
            yield f'its `stop_rules` lack "{rule}", which it has numbers for or a step uses.'
        if rule not in head.rules:
            yield f"it uses {rule} and has no numbers for it. Write `[rules.{rule}]` with `at` and `rise`."
        if rule not in used:
            yield f'it names {rule}, and no step uses it. Write `rule = "{rule}"` in a rating.'


def _rule(step: Step) -> str | None:
    return step.rule if isinstance(step, Rate | Close) else None


def _measures(exercise: Exercise) -> Iterator[str]:
    """Before and after are the same question on the same scale, in this order."""
    for measure in exercise.head.measures:
        before, after = _asked(exercise, measure.before), _asked(exercise, measure.after)
        for key, step in ((measure.before, before), (measure.after, after)):
            if step is None or step.measure != measure.code:
                yield f"its measure {measure.code} names `{key}`: no rating with that measure has that key."
        if before and after and (before.min, before.max) != (after.min, after.max):
            yield f"its measure {measure.code} has two scales. Give both ratings the same `min` and `max`."
        if before and after and exercise.steps.index(after) < exercise.steps.index(before):
            yield f"its measure {measure.code} is asked after before it is asked before. Change the two round."


def _asked(exercise: Exercise, key: str) -> Rate | None:
    return next((step for step in exercise.steps if isinstance(step, Rate) and step.answer == key), None)


def _way_back(exercise: Exercise) -> Iterator[str]:
    """Imagery and high exercises end with the senses, then the after-rating, then the close."""
    imagery = [at for at, step in enumerate(exercise.steps) if isinstance(step, Imagine)]
    if not imagery and exercise.head.family != "imagery" and exercise.head.intensity != "high":
        return
    after = _places_after(exercise)
    if not after:
        yield "it is imagery or high, so it needs a rating before and after. Name both in `measures`."
        return
    last = max(imagery, default=0)
    if not any(isinstance(step, Anchor) for step in exercise.steps[last + 1 : min(after)]):
        yield "it needs an `anchor` between the last picture and the rating after it: the way back into the room."
    if last > min(after):
        yield "it asks the rating after before the last picture. Move the rating below it."


def _places_after(exercise: Exercise) -> list[int]:
    keys = [measure.after for measure in exercise.head.measures]
    return [at for at, step in enumerate(exercise.steps) if isinstance(step, Rate) and step.answer in keys]


def _mid_check(exercise: Exercise) -> Iterator[str]:
    """Medium and high exercises, and closed-eyes imagery, have a rating on the way. R3, the harder one, does for R2."""
    intensity = exercise.head.intensity
    needed = ("R3",) if intensity == "high" else ("R2", "R3")
    closed = _may_close_eyes(exercise)
    if intensity == "low" and not closed:
        return
    ends = {key for measure in exercise.head.measures for key in _keys(measure)}
    mids = [step for step in exercise.steps if isinstance(step, Rate) and step.rule and step.answer not in ends]
    why = f"its intensity is {intensity}" if intensity != "low" else "eyes may be closed in it"
    if not any(step.rule in needed for step in mids):
        yield f'{why}, so it needs a check on the way: a rating with `rule = "{needed[0]}"` that is not the last.'


def _may_close_eyes(exercise: Exercise) -> bool:
    """Eyes are open unless the exercise asks, and a picture follows the answer."""
    asks = any(isinstance(step, Choice) and step.sets == "eyes" and "closed" in step.options for step in exercise.steps)
    return asks and any(isinstance(step, Imagine) and step.eyes == "choice" for step in exercise.steps)


def _keys(measure: Measure) -> tuple[str, str]:
    return measure.before, measure.after


def _skips(exercise: Exercise) -> Iterator[str]:
    """Only the gates and ratings of a high exercise have to be answered."""
    high = exercise.head.intensity == "high"
    for step in exercise.steps:
        if not step.skip and not (high and isinstance(step, Rate | Checklist)):
            yield f"{named(step)} has `skip = false`. Only ratings and checklists of a high exercise may."


def _limits(exercise: Exercise) -> Iterator[str]:
    """A high exercise has limits, a ready-check, a gate, and answers that can't be skipped."""
    head = exercise.head
    if head.intensity != "high":
        if head.limits:
            yield "it has `[limits]`, which only a high exercise has. Take them out."
        return
    if not head.limits:
        yield "its intensity is high, so it needs `[limits]`. Copy them from new-ending-recent and change them."
    elif head.limits.hours[0] >= head.limits.hours[1]:
        yield "its `[limits]` have hours that end before they begin."
    yield from _gates(exercise)


def _gates(exercise: Exercise) -> Iterator[str]:
    required = [step for step in exercise.steps if not step.skip]
    first = next((at for at, step in enumerate(exercise.steps) if isinstance(step, Imagine)), len(exercise.steps))
    gates = exercise.steps[:first]
    if not any(isinstance(step, Checklist) and step.all_required for step in gates if step in required):
        yield "its intensity is high, so it needs a `checklist` first, with `all_required` and `skip = false`."
    if not any(isinstance(step, Rate) and step.gate for step in gates if step in required):
        yield "its intensity is high, so it needs a rating first, with a `gate` and `skip = false`."
    ends = {key for measure in exercise.head.measures for key in _keys(measure)}
    for step in exercise.steps:
        if isinstance(step, Rate) and step.skip and (step.rule or step.answer in ends):
            yield f"{named(step)} guards a high exercise, so it can't be skipped. Write `skip = false`."
    if not any(isinstance(step, Close) and step.lock for step in exercise.steps):
        yield "its intensity is high, so its `close` has `lock = true`."


def _pauses(exercise: Exercise) -> Iterator[str]:
    """No long silence alone with a picture; a long paced breath says what to do when dizzy."""
    high = exercise.head.intensity == "high"
    longest = PAUSE_HIGH if high else PAUSE_SELF
    imagery = high or exercise.head.family == "imagery"
    for step in exercise.steps:
        silent = not isinstance(step, Breathe | Recall) and (imagery or isinstance(step, Imagine))
        if silent and step.quiet() > longest:
            yield f"{named(step)} is silent for {step.quiet()} seconds. {longest} is the most here."
