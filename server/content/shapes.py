"""What the files hold once read: the head of an exercise, the vocabulary, the words; and what is served."""

from typing import Annotated, Literal, get_args

import msgspec

from server.content.step import Id, MeasureCode, Minutes, Part, RuleCode, Step

Family = Literal[
    "grounding-safety",
    "body-awareness",
    "emotion-labelling",
    "imagery",
    "mentalizing",
    "narrative-episode",
    "mastery",
]
Function = Literal["monitoring", "integration", "differentiation", "decentration", "mastery"]
Intensity = Literal["low", "medium", "high"]
Access = Literal["always", "self", "after-ok", "therapist"]
Contraindication = Literal[
    "BREATH",
    "BODY",
    "DISS",
    "TRAUMA",
    "PSYCH",
    "CRISIS",
    "SUBST",
    "DRIVE",
    "GRIEF",
    "SHAME",
    "TINNITUS",
    "PARTNER-VIOLENCE",
]
ExerciseId = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]*$")]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Axis = Annotated[float, msgspec.Meta(ge=-1, le=1)]

FAMILIES: tuple[str, ...] = get_args(Family)
OWN = "own-"
"""How the id of an exercise begins that a practice wrote itself."""
LENGTHS = "lengths"
"""The heading under which the lengths of an exercise have their words."""


def is_own(exercise_id: str) -> bool:
    """Whether the id is one of a practice's own exercise."""
    return exercise_id.startswith(OWN)


class Measure(Part, frozen=True, kw_only=True):
    """One question asked before and after; the two are keys of rating steps."""

    code: MeasureCode
    before: str
    after: str


class Threshold(Part, frozen=True, kw_only=True):
    """When a stop rule holds: a rating of `at` or more, or `rise` above the first of the same measure."""

    at: Annotated[int, msgspec.Meta(ge=1, le=10)]
    rise: Annotated[int, msgspec.Meta(ge=1, le=10)]


class Limits(Part, frozen=True, kw_only=True):
    """What holds for a high exercise on the phone; a therapist may make it narrower, never wider."""

    gate: Annotated[int, msgspec.Meta(ge=0, le=6)]
    hours: Annotated[list[Clock], msgspec.Meta(min_length=2, max_length=2)]
    lock_hours: Annotated[int, msgspec.Meta(ge=24)]
    max_in_7_days: Annotated[int, msgspec.Meta(ge=1, le=2)]
    expires_days: Annotated[int, msgspec.Meta(ge=1, le=28)]
    sync_hours: Annotated[int, msgspec.Meta(ge=1, le=72)]


class Head(Part, frozen=True, kw_only=True):
    """The top of an exercise.toml: everything but the steps."""

    id: ExerciseId
    version: Annotated[int, msgspec.Meta(ge=1)]
    family: Family
    functions: Annotated[list[Function], msgspec.Meta(min_length=1)]
    intensity: Intensity
    access: Access
    minutes: Minutes
    lengths: Annotated[list[Minutes], msgspec.Meta(min_length=2, max_length=4)] | None = None
    contraindications: list[Contraindication]
    stop_rules: list[Literal["R1", "R2", "R3", "R4"]]
    measures: list[Measure]
    lighter: ExerciseId | None = None
    rules: dict[RuleCode, Threshold] = {}
    limits: Limits | None = None
    needs_scenes: Annotated[int, msgspec.Meta(ge=1, le=8)] | None = None
    """How many scenes of the person's own it looks at: with fewer on the phone it does not start."""


class Section(msgspec.Struct, frozen=True):
    """What stands under one `## heading`: its paragraphs, and its `- slot: words` lines."""

    text: str
    slots: dict[str, str]


class Page(msgspec.Struct, frozen=True):
    """One file of words."""

    title: str
    summary: str
    caution: str
    sections: dict[str, Section]


class Exercise(msgspec.Struct, frozen=True):
    """An exercise as its files hold it: structure once, words by locale."""

    head: Head
    steps: tuple[Step, ...]
    pages: dict[str, Page]

    def cuts(self) -> "list[Exercise]":
        """It in each of its lengths, with the steps and the measures that are part of it; itself when it has one."""
        return [self._cut(minutes) for minutes in self.head.lengths] if self.head.lengths else [self]

    def _cut(self, minutes: int) -> "Exercise":
        steps = tuple(step for step in self.steps if step.lengths is None or minutes in step.lengths)
        keys = {step.answer for step in steps}
        measures = [each for each in self.head.measures if each.before in keys or each.after in keys]
        head = msgspec.structs.replace(self.head, minutes=minutes, measures=measures)
        return Exercise(head, steps, self.pages)


class Word(Part, frozen=True, kw_only=True):
    """An emotion word: `v` from unpleasant to pleasant, `a` from little energy to lots."""

    id: Id
    v: Axis
    a: Axis


class WordFamily(Part, frozen=True, kw_only=True):
    """Emotion words that belong together."""

    id: Id
    words: Annotated[list[Word], msgspec.Meta(min_length=1)]


class EmotionFile(Part, frozen=True, kw_only=True):
    """emotions.toml."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    families: Annotated[list[WordFamily], msgspec.Meta(min_length=1)]
    special: list[Id]


class Contexts(Part, frozen=True, kw_only=True):
    """What is going on around a person."""

    where: list[Id]
    with_: list[Id] = msgspec.field(name="with")
    people: list[Id]


class Wish(Part, frozen=True, kw_only=True):
    """A wish, and the motive it stands for in a scene. `off` keeps it out of what is served."""

    id: Id
    motive: str | None = None
    off: bool = False


class ListFile(Part, frozen=True, kw_only=True):
    """lists.toml."""

    version: Annotated[int, msgspec.Meta(ge=1)]
    regions: Annotated[list[Id], msgspec.Meta(min_length=1)]
    sensations: Annotated[list[Id], msgspec.Meta(min_length=1)]
    contexts: Contexts
    wishes: list[Wish]


class Vocabulary(msgspec.Struct, frozen=True):
    """The emotion words and the lists, with their words by locale."""

    emotions: EmotionFile
    lists: ListFile
    emotion_pages: dict[str, Page]
    list_pages: dict[str, Page]

    def ids(self) -> dict[str, set[str]]:
        """The ids of each vocabulary a step can pick from."""
        words = {word.id for family in self.emotions.families for word in family.words}
        return {
            "words": words | set(self.emotions.special),
            "families": {family.id for family in self.emotions.families},
            "regions": set(self.lists.regions),
            "sensations": set(self.lists.sensations),
            "wishes": {wish.id for wish in self.lists.wishes if not wish.off},
        }


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a list shows of an exercise, without its steps."""

    id: str
    version: int
    title: str
    summary: str
    family: Family
    functions: list[Function]
    intensity: Intensity
    access: Access
    minutes: int
    contraindications: list[Contraindication]
    caution: str | None = None
    limits: Limits | None = None
    needs_scene: bool = False
    """It shows a scene that client and therapist wrote down together."""
    scene_hint: str | None = None
    """For the therapist: what to write down as that scene."""
    texts: list[str] = []
    """It plays these texts, as far as client and therapist wrote them together."""


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """What `GET /api/exercises` answers in one locale: the JSON, the same compressed, and its tag in quotes."""

    locale: str
    body: bytes
    brotli: bytes
    etag: str
