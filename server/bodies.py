"""What the bodies of the known kinds hold. A field we know must be right; a field we don't know is kept.

A kind that is not here (from a newer phone) passes with any JSON object.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

Word = Annotated[str, Meta(min_length=1, max_length=80)]
Line = Annotated[str, Meta(max_length=400)]
Words = Annotated[str, Meta(max_length=2_000)]
Text = Annotated[str, Meta(max_length=8_000)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
ExerciseId = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=80)]
StepId = Annotated[str, Meta(min_length=1, max_length=80)]
Seconds = Annotated[int, Meta(ge=0, le=86_400 * 30)]
Unit = Annotated[float, Meta(ge=-1, le=1)]
Answer = str | int | float | bool | list[str] | dict[str, "str | int | float | bool | list[str] | None"] | None


class Body(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A body of schema 1; unknown fields are allowed and kept."""


class Affect(msgspec.Struct):
    v: Unit
    a: Unit


class EmotionPick(msgspec.Struct):
    id: Word
    strength: Annotated[int, Meta(ge=1, le=5)] | None = None


class CheckIn(Body):
    when: Literal["now", "earlier", "yesterday"] = "now"
    affect: Affect | None = None
    distress: Annotated[int, Meta(ge=0, le=10)] | None = None
    words: Annotated[list[EmotionPick], Meta(max_length=3)] = []
    regions: Annotated[list[Word], Meta(max_length=30)] = []
    sensations: Annotated[list[Word], Meta(max_length=40)] = []
    contexts: Annotated[list[Word], Meta(max_length=40)] = []
    wish: Word | None = None
    bring: bool = False
    seconds: Seconds | None = None
    source: Literal["own", "reminder"] = "own"
    part_of: Word | None = None


class Run(Body):
    exercise: ExerciseId
    version: Annotated[int, Meta(ge=1)]
    ended: Literal["finished", "stopped", "left"]
    title: Line = ""
    assignment: Word | None = None
    tailored: Annotated[list[StepId], Meta(max_length=20)] = []
    """The steps that were read in a therapist's other words."""
    started_at: int | None = None
    ended_at: int | None = None
    stopped_at_step: StepId | None = None
    seconds: Seconds | None = None
    hidden_seconds: Seconds | None = None
    step_seconds: Annotated[dict[StepId, Seconds], Meta(max_length=200)] = {}
    answers: dict[str, msgspec.Raw] = {}
    ratings: dict[str, Annotated[int, Meta(ge=0, le=10)]] = {}
    locked_until: int | None = None
    part_of: Word | None = None


class NotToday(Body):
    """An exercise that was set, and left for another day. Why is the client's to say or not: `reasons` by id, `text` in
    their own words."""

    exercise: ExerciseId
    title: Line = ""
    assignment: Word | None = None
    reasons: Annotated[list[Word], Meta(max_length=10)] = []
    text: Words = ""


class Note(Body):
    text: Text


class Card(Body):
    """Words to come back to by name; `fields` are what they were made of, where that was a plan."""

    text: Text = ""
    name: Line = ""
    fields: Annotated[dict[Word, Words | int], Meta(max_length=20)] = {}


class Message(Body):
    """What one of the two wants the other to know until they meet next. Not a chat: one at a time, each way."""

    text: Words = ""
    by: Line = ""


class Scene(Body):
    """One place, one time, one exchange, in the person's own words; each field may be left out."""

    when: Words | None = None
    other: Words | None = None
    they_did: Words | None = None
    felt: Words | None = None
    body: Words | None = None
    thought: Words | None = None
    wish: Words | None = None
    expected: Words | None = None
    my_move: Words | None = None
    about_me: Words | None = None
    healthier: Words | None = None
    title: Line = ""
    from_: ExerciseId | None = msgspec.field(name="from", default=None)
    part_of: Word | None = None


class Reachable(msgspec.Struct):
    """Somebody in a safety plan, and the number to reach them by."""

    name: Line = ""
    number: Annotated[str, Meta(max_length=80)] = ""


class SafetyPlan(Body):
    """The six parts of a client's safety plan, in their own words; each may be empty."""

    signs: Text = ""
    myself: Text = ""
    places: Text = ""
    people: Annotated[list[Reachable], Meta(max_length=20)] = []
    services: Annotated[list[Reachable], Meta(max_length=20)] = []
    around: Text = ""


class SafetyPart(Body):
    """The sixth part of a safety plan, written together in a session; empty once it was taken back."""

    around: Words = ""
    by: Line = ""


class Plan(Body):
    """When the client wants to be reminded, in the wall time of where the phone is: at `at` and each of `more`, or
    `times` times between `at` and `to`. An older phone shows `at` alone."""

    at: Clock
    days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)]
    on: bool = True
    about: Word = "checkin"
    paused_until: Day | None = None
    kind: Literal["fixed", "window"] = "fixed"
    more: Annotated[list[Clock], Meta(max_length=4)] = []
    to: Clock | None = None
    times: Annotated[int, Meta(ge=1, le=3)] = 1
    from_: Day | None = msgspec.field(name="from", default=None)
    until: Day | None = None
    in_quiet: Annotated[list[Clock], Meta(max_length=5)] = []
    """Times in quiet hours that the client, asked, wants all the same."""
    renewed_at: int | None = None
    """When the client last said that they want it."""


class QuietHours(msgspec.Struct):
    """From when to when nothing is to come; equal: no such hours."""

    from_: Clock = msgspec.field(name="from")
    to: Clock


class Preference(Body):
    """What a client wants of all their plans together; other preferences have other fields."""

    quiet: QuietHours | None = None
    most: Annotated[int, Meta(ge=1, le=5)] | None = None
    paused_until: Day | None = None


class Mark(Body):
    what: Word
    plan: Word | None = None
    day: Day | None = None
    slot: Annotated[int, Meta(ge=0, le=50)] = 0
    record: Word | None = None


class Suggested(msgspec.Struct):
    """When a therapist suggests to be reminded; the client decides."""

    at: Clock
    days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)]


class Tailored(msgspec.Struct):
    """Other words for steps of one version of an exercise, by step."""

    version: Annotated[int, Meta(ge=1)]
    words: Annotated[dict[StepId, Line], Meta(max_length=20)]


class Assignment(Body):
    """An exercise set by a therapist. `snapshot` is the whole exercise, for those never in the public list; after a
    restore it is set aside in `suspended` until the therapist confirms it. `tailored` words stand beside it: the phone
    puts them into the exercise. `rewritten_at` is when the scene or the texts were last changed after it was set."""

    exercise: ExerciseId
    version: Annotated[int, Meta(ge=1)]
    title: Line
    by: Line = ""
    reason: Text = ""
    times_a_week: Annotated[int, Meta(ge=1, le=21)] | None = None
    until: Day | None = None
    rehearsed_on: Day | None = None
    scene: Text | None = None
    distress_limit: Annotated[int, Meta(ge=0, le=5)] | None = None
    set_on: Day | None = None
    expires_on: Day | None = None
    ended_at: int | None = None
    rewritten_at: int | None = None
    snapshot: object = None
    suspended: object = None
    suggested: Suggested | None = None
    tailored: Tailored | None = None


class Menu(Body):
    """In which order what is set is offered; what is not named comes after. `first` is one to begin with."""

    order: Annotated[list[Word], Meta(max_length=100)] = []
    first: Word | None = None


class SharedWord(Body):
    """A word for a feeling that client and therapist found, and what it means to them. The word stays as it was first
    written: entries point to it."""

    word: Line = ""
    meaning: Line = ""
    by: Line = ""
    ended_at: int | None = None


class Hours(msgspec.Struct):
    """From when to when, by the client's clock."""

    from_: Clock = msgspec.field(name="from")
    to: Clock


class ClientSetting(Body):
    """What a therapist keeps a client from, unless the therapist sets it: exercises by what speaks against them, or all
    but some; closed eyes; and when exercises that only a therapist sets may open."""

    blocks: Annotated[list[Word], Meta(max_length=20)] = []
    open_only: bool = False
    allowed: Annotated[list[ExerciseId], Meta(max_length=200)] = []
    """Only these; empty: all."""
    ok: Annotated[list[ExerciseId], Meta(max_length=200)] = []
    """Those that wait for the therapist's yes, and have it."""
    hours: Hours | None = None


class Accompanied(Body):
    """Who accompanies the client now. `asked`: somebody else comes, and the client says what they may see; `ended`:
    nobody does any more. `id` names the step."""

    state: Literal["asked", "ended"]
    id: Word
    at: int
    therapist: Line = ""
    before: Line = ""


class Freeze(Body):
    """Everything rests: no therapist reads. `id` names the step, which only the client ends."""

    on: bool
    id: Word
    at: int
    by: Line = ""


class Supervised(Body):
    """Somebody of the practice asks to look at numbers and codes, until a time; only once the client agrees."""

    id: Word
    at: int
    until: int
    by: Line = ""
    supervisor: Line = ""
    ended_at: int | None = None


class Weekly(msgspec.Struct):
    """The same day of every week (1 is Monday), from a date on."""

    weekday: Annotated[int, Meta(ge=1, le=7)]
    at: Clock
    since: Day


class Single(msgspec.Struct):
    """One session beside the pattern."""

    day: Day
    at: Clock


class SessionDates(Body):
    """When client and therapist meet: a weekly pattern, single dates, and dates of the pattern that fall out."""

    weekly: Weekly | None = None
    single: Annotated[list[Single], Meta(max_length=60)] = []
    off: Annotated[list[Day], Meta(max_length=60)] = []


KINDS: Final[dict[str, type[Body]]] = {
    "checkin": CheckIn,
    "run": Run,
    "not-today": NotToday,
    "note": Note,
    "card": Card,
    "message": Message,
    "scene": Scene,
    "safety-plan": SafetyPlan,
    "safety-part": SafetyPart,
    "plan": Plan,
    "preference": Preference,
    "mark": Mark,
    "assignment": Assignment,
    "menu": Menu,
    "client-setting": ClientSetting,
    "session-date": SessionDates,
    "word": SharedWord,
}
THERAPIST_KINDS: Final = frozenset(
    {
        "assignment",
        "menu",
        "scene-text",
        "client-setting",
        "session-date",
        "word",
        "safety-part",
        "relationship",
        "freeze",
        "supervision",
    }
)
"""Kinds only a therapist writes; `message` and `mark` are written by both."""
REASONS: Final = ("time", "place", "tired", "much", "unsure", "unwanted", "unsaid")
"""Why something is left for another day, as far as this version knows them; the last is "rather not say"."""
LATEST_WINS: Final = frozenset({"plan", "preference", "safety-plan"})
"""Kinds where the later arrival replaces the other, which stays as an earlier version: a copied plan would
remind twice."""
