"""What can be wrong with an exercise as a path: names, jumps, answers that are looked at, words that are missing.

Each check yields whole sentences without the file's name; `Told` says which file they belong to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from server.content.breath import Breathe
from server.content.forms import Compare, Form, Plan
from server.content.sentences import listed, near
from server.content.shapes import LENGTHS, Exercise, Head, Page
from server.content.spoken import Attend
from server.content.step import ENDS, Condition, Step
from server.content.steps import (
    SCENE_HINT,
    BodyMap,
    Branch,
    Choice,
    Close,
    Emotions,
    Rate,
    Recall,
    is_agreed_scene,
)

Ids = dict[str, set[str]]
PLACES = ("sound_near", "sound_far", "breath")
QUOTABLE = ("text", "emotions", "choice", "episode", "plan")
"""The types whose answers are words that can be shown again."""


class Known(msgspec.Struct, frozen=True):
    """What an exercise may speak of: the other exercises, and the ids of the vocabularies."""

    heads: dict[str, Head]
    folders: frozenset[str]
    ids: Ids
    plans: frozenset[str] = frozenset()
    """The names plans are saved under, in any exercise."""


def plans_of(exercises: Iterable[Exercise]) -> frozenset[str]:
    """The names under which plans are saved."""
    steps = [step for exercise in exercises for step in exercise.steps]
    return frozenset(step.saves_as for step in steps if isinstance(step, Plan) and step.saves_as)


def structure(exercise: Exercise, known: Known) -> Iterator[str]:
    """Everything wrong with the path through it."""
    yield from _names(exercise)
    yield from _faults(exercise)
    yield from _targets(exercise, known)
    yield from _answers(exercise, known)
    yield from _sources(exercise, known)
    yield from _reached(exercise)
    yield from _lighter(exercise.head, known)
    yield from _scenes(exercise)


def words(exercise: Exercise, page: Page) -> Iterator[str]:
    """Words that are missing, empty, or left over from a step that is gone."""
    if not page.title:
        yield "it has no title. Write it in the first line, as `# Title`."
    if not page.summary:
        yield "it has no summary. Write one or two sentences under the title."
    if exercise.head.contraindications and not page.caution:
        yield "it has contraindications and no caution. Write under the summary: `> Maybe not today if ...`."
    for step in exercise.steps:
        yield from _words_of(step, page)
    yield from _scene_hint(exercise, page)
    spoken = [step.id for step in exercise.steps if _speaks(step)]
    for heading in page.sections:
        if heading not in spoken and not (heading == LENGTHS and exercise.head.lengths):
            guess = near(heading, spoken)
            yield f"no step shows the words under `## {heading}`.{guess} Rename the heading, or take it out."


def named(step: Step) -> str:
    """The step, as sentences name it."""
    return f"the step `{step.id}`"


def keeps_answer(step: Step) -> bool:
    """Whether a condition can look at what was answered there."""
    return bool(step.kept()) or (isinstance(step, Branch) and bool(step.offer))


def repeated(names: Iterable[str]) -> list[str]:
    """The names that stand there more than once."""
    return [name for name, times in Counter(names).items() if times > 1]


def _speaks(step: Step) -> bool:
    return step.has_text() or bool(step.slots())


def _words_of(step: Step, page: Page) -> Iterator[str]:
    section = page.sections.get(step.id)
    if not _speaks(step):
        return
    if section is None or not (section.text or section.slots):
        yield f"{named(step)} has no words. Write them under a heading `## {step.id}`."
        return
    if step.has_text() and not section.text:
        yield f"{named(step)} has a list and no text. Write what the person reads under `## {step.id}`."
    for slot in step.slots():
        if not section.slots.get(slot):
            yield f"{named(step)} has no words for `{slot}`. Write a line `- {slot}: ...` under `## {step.id}`."
    allowed = [*step.slots(), *step.may()]
    for slot, label in section.slots.items():
        if slot not in allowed:
            guess = near(slot, allowed)
            yield f"{named(step)} has words for `{slot}`, which it lacks.{guess} Rename the line, or take it out."
        elif slot in step.may() and not label:
            yield f"{named(step)} has no words for `{slot}`. Write them after `- {slot}:`, or take the line out."


def _scene_hint(exercise: Exercise, page: Page) -> Iterator[str]:
    """The first step that shows the agreed scene tells the therapist what to write down."""
    scene = next((step for step in exercise.steps if is_agreed_scene(step)), None)
    section = page.sections.get(scene.id) if scene else None
    if scene and section and not section.slots.get(SCENE_HINT):
        what = f"{named(scene)} doesn't tell the therapist what scene to write down"
        line = f"Write a line `- {SCENE_HINT}: ...` under `## {scene.id}`."
        yield f"{what}: how strong at most, and what has to be in it. {line}"


def _names(exercise: Exercise) -> Iterator[str]:
    ids = [step.id for step in exercise.steps]
    for twice in repeated(ids):
        yield f"there are two steps with the id `{twice}`. Give one of them another id, here and in the words."
    for name in ids:
        if name in ENDS:
            yield f"the step `{name}` has a name that already means a place to go. Give it another id."
    joining = (Emotions, Form, Breathe)
    keys = [step.answer for step in exercise.steps if keeps_answer(step) and not isinstance(step, joining)]
    keys += [key for key, _ in {(step.answer, step.type) for step in exercise.steps if isinstance(step, joining)}]
    for twice in repeated(keys):
        yield (
            f"two steps keep their answer under `{twice}`. "
            "Only `emotions` steps, parts of a form and breaths of one pace can share a key."
        )
    for step in exercise.steps:
        for twice in repeated([*step.slots(), *step.may()]):
            yield f"{named(step)} has `{twice}` twice. Give one of them another id."


def _faults(exercise: Exercise) -> Iterator[str]:
    for step in exercise.steps:
        for fault in step.faults():
            yield f"{named(step)} {fault}"
        if step.share and not step.kept():
            yield f"{named(step)} keeps no answer, so it can't have `share`."
        for condition in step.conditions():
            if len(condition.tests()) != 1:
                tests = listed(["is", "at_least", "at_most", "unset", "has", "lacks"])
                yield f"{named(step)} has a condition without exactly one comparison. Write one of {tests}."
            elif condition.is_ == []:
                yield f"{named(step)} has a condition that is true for no answer. Name one in `is`."


def _targets(exercise: Exercise, known: Known) -> Iterator[str]:
    places = {step.id: at for at, step in enumerate(exercise.steps)}
    for at, step in enumerate(exercise.steps):
        for where, target in step.targets().items():
            if target.startswith("exercise:"):
                yield from _other(step, where, target.removeprefix("exercise:"), exercise, known)
            elif target not in places and target not in ENDS:
                guess = near(target, [*places, *ENDS])
                yield f"{named(step)} leads to `{target}` ({where}), and there is no such step.{guess}"
            elif places.get(target, at + 1) <= at:
                yield f"{named(step)} leads back to `{target}` ({where}). Only forward, or to `restart`."


def _other(step: Step, where: str, target: str, exercise: Exercise, known: Known) -> Iterator[str]:
    head = known.heads.get(target)
    if target not in known.folders:
        guess = near(target, known.folders)
        yield f"{named(step)} leads to the exercise `{target}` ({where}), and there is no such exercise.{guess}"
    elif target == exercise.head.id:
        yield f"{named(step)} leads to its own exercise ({where}). Write `restart`."
    elif head and not _is_open(head) and not (_is_offered(step, where) and head.access != "therapist"):
        yield f"{named(step)} leads to `{target}` ({where}), which is not of low intensity and open to all."
    elif head and not _is_open(head) and _offered(step)[0] == f"exercise:{target}":
        yield f"{named(step)} offers `{target}` first, which may be closed. Put one first that is always there."


def _is_open(head: Head) -> bool:
    return head.access in {"always", "self"} and head.intensity == "low"


def _is_offered(step: Step, where: str) -> bool:
    """An offer is shown only while its exercise may be started; any other way has to be open at all times."""
    return isinstance(step, Branch | Close) and where.startswith("offers.")


def _offered(step: Step) -> list[str]:
    return list(step.led().values()) if isinstance(step, Branch | Close) else []


def _answers(exercise: Exercise, known: Known) -> Iterator[str]:
    """Conditions look at an answer that was given before, and at ids it can have."""
    for at, step in enumerate(exercise.steps):
        before = exercise.steps[:at]
        for condition in step.conditions():
            keepers = [each for each in before if keeps_answer(each) and each.answer == condition.on]
            if not keepers:
                yield from _no_answer(step, condition.on, exercise)
            else:
                yield from _not_an_answer(step, condition, keepers, known)


def _no_answer(step: Step, key: str, exercise: Exercise) -> Iterator[str]:
    keys = [each.answer for each in exercise.steps if keeps_answer(each)]
    if key in keys:
        yield f"{named(step)} looks at the answer `{key}`, which is only given later. Move it below that step."
    else:
        yield f"{named(step)} looks at the answer `{key}`, and no step keeps one by that name.{near(key, keys)}"


def _not_an_answer(step: Step, condition: Condition, keepers: list[Step], known: Known) -> Iterator[str]:
    possible = {each for keeper in keepers for each in keeper.ids()}
    for picked in (picks for keeper in keepers for picks in keeper.picks()):
        possible |= known.ids[picked]
    for value in condition.values():
        if value not in possible:
            guess = near(value, possible)
            yield f"{named(step)} looks for `{value}` in the answer `{condition.on}`, which can't be there.{guess}"
    numbers = condition.at_least is not None or condition.at_most is not None
    if numbers and not any(isinstance(keeper, Rate) for keeper in keepers):
        yield f"{named(step)} compares the answer `{condition.on}` with a number, and it is not a rating."


def _sources(exercise: Exercise, known: Known) -> Iterator[str]:
    """Parameters that name an answer, a place or a family of words."""
    for at, step in enumerate(exercise.steps):
        types = {each.answer: each.type for each in exercise.steps[:at]}
        for parameter, key, kind in _named_answers(step):
            if types.get(key) != kind:
                yield f'{named(step)} has `{parameter} = "{key}"`, and no `{kind}` step above it has that key.'
        for key in step.quotes or ():
            if types.get(key) not in QUOTABLE:
                guess = near(key, types)
                yield f"{named(step)} quotes `{key}`, and no step above it keeps words under that key.{guess}"
        if isinstance(step, Plan) and step.from_ and step.from_ not in known.plans:
            guess = near(step.from_, known.plans)
            yield f"{named(step)} begins with the plan `{step.from_}`, and no plan is saved under that name.{guess}"
        for region in _regions(step):
            if region not in {*known.ids["regions"], *(PLACES if isinstance(step, Attend) else ())}:
                guess = near(region, known.ids["regions"])
                yield f"{named(step)} has the region `{region}`, which is not in lists.toml.{guess}"
        if isinstance(step, Compare):
            yield from _one_question(step, exercise)
        for family in _families(step):
            if family not in known.ids["families"]:
                guess = near(family, known.ids["families"])
                yield f"{named(step)} has the family `{family}`, which is not in emotions.toml.{guess}"


def _named_answers(step: Step) -> Iterator[tuple[str, str, str]]:
    yield from (("keys", key, "rate") for key in (step.keys if isinstance(step, Compare) else []))
    kinds = {"nearest": "affect", "families_of": "choice"}
    for guess in step.guesses() if isinstance(step, Emotions) else []:
        for parameter, key in guess.sources().items():
            yield parameter, key, kinds.get(parameter, "emotions")
    if isinstance(step, Rate) and step.per_pick:
        yield "per_pick", step.per_pick, "emotions"


def _regions(step: Step) -> list[str]:
    if isinstance(step, BodyMap):
        return [*(step.regions or ()), *(step.hidden_regions or ())]
    return [step.region] if isinstance(step, Attend) else []


def _one_question(step: Compare, exercise: Exercise) -> Iterator[str]:
    rates = [each for each in exercise.steps if isinstance(each, Rate) and each.answer in step.keys]
    if len({(rate.measure, rate.min, rate.max) for rate in rates}) > 1:
        yield f"{named(step)} compares different questions. Its `keys` have one `measure`, one `min` and one `max`."


def _families(step: Step) -> list[str]:
    return [family for names in step.families.values() for family in names] if isinstance(step, Choice) else []


def _reached(exercise: Exercise) -> Iterator[str]:
    """The last step is a close, and a way leads to each step."""
    steps = exercise.steps
    if not isinstance(steps[-1], Close):
        yield f"it ends with {named(steps[-1])}. The last step has the type `close`."
    places = {step.id: at for at, step in enumerate(steps)}
    reached = {0}
    for at, step in enumerate(steps):
        if at in reached:
            reached |= {places[target] for target in step.targets().values() if target in places}
            reached |= {at + 1} if _goes_on(step) else set()
    for at, step in enumerate(steps):
        if at not in reached:
            yield f"{named(step)} is never reached. Lead to it from a step before it, or take it out."


def _goes_on(step: Step) -> bool:
    """Whether the step after it in the file can follow it."""
    silent_fork = isinstance(step, Branch) and bool(step.cases) and "next" not in step.targets().values()
    always = isinstance(step.next, str) and step.next != "next"
    return step.show_if is not None or not (silent_fork or always or isinstance(step, Close))


def _lighter(head: Head, known: Known) -> Iterator[str]:
    if head.lighter is None:
        return
    other = known.heads.get(head.lighter)
    if head.lighter not in known.folders or head.lighter == head.id:
        guess = near(head.lighter, known.folders)
        yield f"its lighter choice is `{head.lighter}`, and there is no other exercise by that name.{guess}"
    elif other and not _is_open(other):
        yield f"its lighter choice `{head.lighter}` is not an exercise of low intensity that is open to all."


def _scenes(exercise: Exercise) -> Iterator[str]:
    """As many scenes as it needs are shown."""
    needed = exercise.head.needs_scenes
    recalls = [step for step in exercise.steps if isinstance(step, Recall) and step.from_ == "scenes"]
    shown = max((step.count for step in recalls), default=0)
    if needed and shown < needed:
        parameters = f'`from = "scenes"` and `count = {needed}`'
        yield f"it needs {needed} scenes and shows {shown}. Write {parameters} in a `recall`."
