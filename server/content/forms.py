"""The step types in which several things are written down together: a scene, a small plan, two voices."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import msgspec

from server.content.step import Id, Share, Step

SceneField = Literal[
    "when", "other", "they_did", "felt", "body", "thought", "wish", "expected", "my_move", "about_me", "healthier"
]
PlanField = Literal["what", "when", "where", "how_long", "expectation", "sure", "care_after"]
"""`sure` is a number from 0 to 10; everything else is a few words."""


class Form(Step, frozen=True, kw_only=True):
    """Fields to fill in, each with a label of its own, each to be left empty. Steps with one `key` fill one form."""

    keeps: ClassVar[Share | None] = "private"

    def answering(self) -> float:
        return 15 * len(self.slots())


class Episode(Form, frozen=True, kw_only=True, tag="episode"):
    """A scene: one place, one time, one exchange. It is kept as a scene when the exercise is finished."""

    fields: Annotated[list[SceneField], msgspec.Meta(min_length=1, max_length=4)]

    def slots(self) -> Sequence[str]:
        return self.fields


class Plan(Form, frozen=True, kw_only=True, tag="plan"):
    """A small step, as if-then: what, when, where. With `saves_as` it can be recalled later under that name.

    `from` names a saved plan whose fields stand in it at first; they can be changed, and the saved one stays as it is.
    """

    fields: Annotated[list[PlanField], msgspec.Meta(min_length=1, max_length=4)]
    saves_as: Id | None = None
    from_: Id | None = msgspec.field(default=None, name="from")

    def slots(self) -> Sequence[str]:
        return self.fields

    def answering(self) -> float:
        return (8 if self.from_ else 15) * len(self.fields)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.from_ and self.share == "shared":
            yield 'begins with words that were private, so it can\'t be `shared`. Leave `share` out, or write "ask".'


class Dialogue(Step, frozen=True, kw_only=True, tag="dialogue"):
    """Two voices in turn, and a `third`, fair one at the end if there is one. The slots name the voices; `move` asks to
    change seats. With `aloud` nothing has to be written; nothing is ever recorded."""

    keeps: ClassVar[Share | None] = "private"
    voices: list[Id]
    turns: Annotated[int, msgspec.Meta(ge=1, le=3)]
    max_chars: Annotated[int, msgspec.Meta(ge=40, le=280)] = 160
    third: Id | None = None
    aloud: bool = False

    def slots(self) -> Sequence[str]:
        return [*self.voices, *([self.third] if self.third else []), "move"]

    def answering(self) -> float:
        return 22 * (len(self.voices) * self.turns + (1 if self.third else 0))

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if len(self.voices) != 2:
            yield 'needs two `voices`. Write `voices = ["critic", "criticised"]`, for instance.'


class Compare(Step, frozen=True, kw_only=True, tag="compare"):
    """Ratings of one question side by side in neutral words: lower, higher, about the same. From three on, a curve."""

    keys: Annotated[list[str], msgspec.Meta(min_length=2, max_length=6)]

    def answering(self) -> float:
        return 4


class Support(Step, frozen=True, kw_only=True, tag="support"):
    """The support card of level A (grounding first) or B (people first), in the app's own words."""

    level: Literal["A", "B"]

    def has_text(self) -> bool:
        return False

    def answering(self) -> float:
        return 8
