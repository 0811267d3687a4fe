"""The step types an exercise is made of, one Struct each; `step.py` says what is asked of them.

A new type is three things: a Struct here, in `spoken.py`, `breath.py` or `forms.py` (and its line in `STEP_TYPES`),
its shape in the player's types, and the component that plays it.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import msgspec

from server.content.breath import Breathe
from server.content.forms import Compare, Dialogue, Episode, Plan, Support
from server.content.sentences import listed, near
from server.content.spoken import Anchor, Attend, Imagine, Move, Pause, Say, Settle
from server.content.step import (
    NOT_WORDS,
    OFFERS,
    Case,
    Condition,
    Count,
    Gate,
    Guess,
    Id,
    MeasureCode,
    RuleCode,
    Share,
    Step,
    unknown_offers,
)

AGREED_SCENE = "agreed_scene"
"""The scene of an assignment, as client and therapist wrote it down together."""
SCENE_HINT = "hint"
"""The words that tell a therapist what to write down as that scene."""


class Picker(Step, frozen=True, kw_only=True):
    """A step that keeps picks; `extra` are answers beside those of its vocabulary, with words of their own."""

    keeps: ClassVar[Share | None] = "shared"
    beside: ClassVar[Sequence[str] | None] = None
    """The ids `extra` can have; None where any will do."""
    extra: list[Id] = []

    def slots(self) -> Sequence[str]:
        return self.extra

    def ids(self) -> Sequence[str]:
        return self.slots()

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        for each in self.extra:
            if self.beside is not None and each not in self.beside:
                yield (
                    f"has `{each}` in `extra`, and the app would take it for one of the words."
                    f"{near(each, self.beside)} An answer that is no word is {listed(self.beside, 'or')}."
                )


class Choice(Picker, frozen=True, kw_only=True, tag="choice"):
    """One option, or several with `multi`. `next` may lead each option to its own place."""

    options: list[Id] = []
    source: Literal["wishes"] | None = None
    multi: bool = False
    max: Count | None = None
    sets: Literal["eyes"] | None = None
    families: dict[str, list[str]] = {}

    def slots(self) -> Sequence[str]:
        return [*self.options, *self.extra]

    def picks(self) -> Sequence[str]:
        return (self.source,) if self.source else ()

    def targets(self) -> dict[str, str]:
        if isinstance(self.next, dict):
            return {f"next.{option}": target for option, target in self.next.items()}
        return super().targets()

    def answering(self) -> float:
        return 4 + 0.8 * len(self.slots()) + (5 if self.source else 0)

    def faults(self) -> Iterator[str]:
        if bool(self.options) == bool(self.source):
            yield 'needs `options`, or `source = "wishes"`, and not both.'
        by_option = self.next if isinstance(self.next, dict) else {}
        for option in [*by_option, *self.families]:
            if option not in self.slots():
                yield f"speaks of `{option}`, which is not one of its options."
        if self.sets == "eyes" and "open" not in self.options:
            yield "asks about the eyes, so `open` has to be one of its options."


class Rate(Step, frozen=True, kw_only=True, tag="rate"):
    """A rating; nothing is preset. A rise counts only between ratings of the same `measure`."""

    keeps: ClassVar[Share | None] = "shared"
    min: Annotated[int, msgspec.Meta(ge=0, le=1)]
    max: Annotated[int, msgspec.Meta(ge=2, le=10)]
    measure: MeasureCode
    rule: RuleCode | None = None
    gate: Gate | None = None
    mode: Literal["three-when-closed"] | None = None
    per_pick: str | None = None

    def slots(self) -> Sequence[str]:
        return ["low", "high", *(("fine", "not_sure", "stop", "change") if self.mode else ())]

    def targets(self) -> dict[str, str]:
        return super().targets() | ({"gate.else": self.gate.otherwise} if self.gate else {})

    def answering(self) -> float:
        return 5.5


class Affect(Step, frozen=True, kw_only=True, tag="affect"):
    """Pleasantness and energy, as a dot or on two sliders."""

    keeps: ClassVar[Share | None] = "shared"

    def answering(self) -> float:
        return 10


class Emotions(Picker, frozen=True, kw_only=True, tag="emotions"):
    """Emotion words. Steps with one `key` keep one answer: the later pick takes the place of the earlier.

    The pick `keep_first` leaves the answer as it was; with `adds` the pick joins it.
    """

    beside: ClassVar[Sequence[str] | None] = NOT_WORDS
    source: Literal["all"] | Guess | list[Guess]
    max: Count
    own_word: bool = False
    levels: Count | None = None
    adds: bool = False

    def guesses(self) -> list[Guess]:
        """Where its words come from, unless they are all shown."""
        if isinstance(self.source, Guess):
            return [self.source]
        return self.source if isinstance(self.source, list) else []

    def ids(self) -> Sequence[str]:
        return [*self.extra, *(("own_word",) if self.own_word else ())]

    def picks(self) -> Sequence[str]:
        return ("words",)

    def answering(self) -> float:
        return 14

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.source != "all" and not self.guesses():
            yield 'has an empty `source`. Write `source = "all"` to show every word.'
        if any(len(guess.sources()) != 1 for guess in self.guesses()):
            yield "needs one of nearest, families_of, weaker_than, stronger_than, picked in each part of `source`."
        if "keep_first" in self.extra and not self.key:
            yield "offers `keep_first`, and there is no earlier pick to keep. Give it the `key` of the step before it."


class BodyMap(Picker, frozen=True, kw_only=True, tag="body_map"):
    """Where in the body: everywhere, only in `regions`, or everywhere but in `hidden_regions`."""

    beside: ClassVar[Sequence[str] | None] = ("nowhere", "unknown")
    max: Count
    view: Literal["front_back", "front"] = "front_back"
    regions: Annotated[list[Id], msgspec.Meta(min_length=1)] | None = None
    hidden_regions: Annotated[list[Id], msgspec.Meta(min_length=1)] | None = None

    def picks(self) -> Sequence[str]:
        return ("regions",)

    def answering(self) -> float:
        return 13

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.regions and self.hidden_regions:
            yield "has `regions` and `hidden_regions`. Write the ones it shows, or the ones it hides, not both."


class Sensations(Picker, frozen=True, kw_only=True, tag="sensations"):
    """What it is like there; with `per_region` once for each place picked on the body map before it."""

    beside: ClassVar[Sequence[str] | None] = ("unknown", "nothing_much")
    max: Count
    per_region: bool = False

    def picks(self) -> Sequence[str]:
        return ("sensations",)

    def answering(self) -> float:
        return 15


class Text(Step, frozen=True, kw_only=True, tag="text"):
    """Free words, private unless the file says otherwise; the slot `helper` is a line under the field."""

    keeps: ClassVar[Share | None] = "private"
    max_chars: Annotated[int, msgspec.Meta(ge=1, le=2000)]
    saves_as: Id | None = None

    def may(self) -> Sequence[str]:
        return ("helper",)

    def answering(self) -> float:
        return 6 + min(self.max_chars, 280) / 10


class Checklist(Step, frozen=True, kw_only=True, tag="checklist"):
    """Things to tick before going on; with `all_required`, anything left leads to `else`."""

    keeps: ClassVar[Share | None] = "private"
    items: Annotated[list[Id], msgspec.Meta(min_length=1)]
    all_required: bool = False
    otherwise: str | None = msgspec.field(default=None, name="else")

    def slots(self) -> Sequence[str]:
        return self.items

    def ids(self) -> Sequence[str]:
        return self.items

    def targets(self) -> dict[str, str]:
        return super().targets() | ({"else": self.otherwise} if self.otherwise else {})

    def answering(self) -> float:
        return 3 * len(self.items)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.all_required and not self.otherwise:
            yield 'needs every item ticked, so say where it leads otherwise: `else = "exercise:five-senses"`.'


class Recall(Step, frozen=True, kw_only=True, tag="recall"):
    """Shows something saved before; the slot `fallback` is what to say when there is nothing. `from = "scenes"` shows
    the newest `count` scenes side by side. With `from = "agreed_scene"` the slot `hint` tells the therapist what to
    write down: the first such step of an exercise has it."""

    from_: Id = msgspec.field(name="from")
    count: Count = 1
    readonly: bool = True

    def slots(self) -> Sequence[str]:
        return ("fallback",)

    def may(self) -> Sequence[str]:
        return (SCENE_HINT,) if is_agreed_scene(self) else ()

    def answering(self) -> float:
        return 15


def is_agreed_scene(step: Step) -> bool:
    """Whether it shows the scene that client and therapist wrote down together."""
    return isinstance(step, Recall) and step.from_ == AGREED_SCENE


class Branch(Step, frozen=True, kw_only=True, tag="branch"):
    """A fork: silent (`on`, `cases`, `otherwise`), or a small screen with an `offer` when `offers_if` holds.

    The offer that was taken is kept under the step's key, so that a later `show_if` can look at it.
    """

    on: str | None = None
    cases: list[Case] = []
    otherwise: str | None = None
    offer: list[Id] = []
    offers: dict[str, str] = {}
    offers_if: Condition | None = None

    def has_text(self) -> bool:
        return bool(self.offer)

    def slots(self) -> Sequence[str]:
        return self.offer

    def ids(self) -> Sequence[str]:
        return self.offer

    def led(self) -> dict[str, str]:
        """Where each offer leads."""
        return {offer: self.offers.get(offer, OFFERS.get(offer, "next")) for offer in self.offer}

    def targets(self) -> dict[str, str]:
        found = super().targets() | {f"cases[{at}].go": case.go for at, case in enumerate(self.cases)}
        if self.otherwise:
            found["otherwise"] = self.otherwise
        return found | {f"offers.{offer}": target for offer, target in self.offers.items()}

    def conditions(self) -> list[Condition]:
        found = super().conditions() + ([self.offers_if] if self.offers_if else [])
        on = self.on or ""
        fields = ("is_", "at_least", "at_most", "unset", "has", "lacks")
        return found + [Condition(on=on, **{name: getattr(case, name) for name in fields}) for case in self.cases]

    def answering(self) -> float:
        return 4 if self.offer else 0

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if bool(self.offer) == bool(self.cases):
            yield "needs `cases` (a silent fork) or `offer` (a small screen), and not both."
        if self.cases and not (self.on and self.otherwise):
            yield "needs `on` (which answer it looks at) and `otherwise` (where it leads when no case fits)."
        if self.offer and not self.offers_if:
            yield "needs `offers_if`, which says when its offer is shown."
        yield from unknown_offers(self.offer, self.offers, known=())


class Close(Step, frozen=True, kw_only=True, tag="close"):
    """The end, with what the person may do next. `lock` closes a high exercise for the hours of `[limits]`."""

    offer: Annotated[list[Id], msgspec.Meta(min_length=1)]
    offers: dict[str, str] = {}
    rule: RuleCode | None = None
    lock: bool = False

    def slots(self) -> Sequence[str]:
        return self.offer

    def led(self) -> dict[str, str]:
        """Where each offer leads."""
        return {offer: self.offers.get(offer, OFFERS.get(offer, "finish")) for offer in self.offer}

    def targets(self) -> dict[str, str]:
        return super().targets() | {f"offers.{offer}": target for offer, target in self.offers.items()}

    def answering(self) -> float:
        return 6

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from unknown_offers(self.offer, self.offers, known=OFFERS)


STEP_TYPES: dict[str, type[Step]] = {
    "say": Say,
    "settle": Settle,
    "attend": Attend,
    "anchor": Anchor,
    "imagine": Imagine,
    "move": Move,
    "pause": Pause,
    "breathe": Breathe,
    "choice": Choice,
    "rate": Rate,
    "affect": Affect,
    "emotions": Emotions,
    "body_map": BodyMap,
    "sensations": Sensations,
    "text": Text,
    "checklist": Checklist,
    "recall": Recall,
    "branch": Branch,
    "episode": Episode,
    "plan": Plan,
    "dialogue": Dialogue,
    "compare": Compare,
    "support": Support,
    "close": Close,
}
