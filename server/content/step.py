"""What every step of an exercise has, and the small parts steps are written with: conditions, gates, sources.

Everything the checker, the compiler and the timing need to know of a step is asked of its Struct:

- `slots()` and `may()`: the word slots its words need, and may have, beside its text;
- `targets()`: where it can lead; `conditions()`: which answers it looks at;
- `ids()`: the answers it can keep; `picks()`: the vocabularies that add theirs;
- `quiet()` and `answering()`: the seconds of silence, and those a person takes to answer;
- `kept()`: how its answer is shared, if it keeps one; `served()`: what the player is given beside the file's own keys;
- `faults()`: what is wrong with its own parameters, as ends of the sentence "the step `x` ...".
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
Count = Annotated[int, msgspec.Meta(ge=1, le=100)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=900)]
Share = Literal["private", "ask", "shared"]
RuleCode = Literal["R2", "R3", "R4"]
MeasureCode = Literal["D", "K", "S", "P", "C", "other"]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=30)]

ENDS = ("next", "finish", "leave", "ground", "help", "restart")
"""The targets that are not a step: on to the next, the end, out, Back in the room, Need help now, from the top."""
NOT_WORDS = ("unknown", "not_these", "no_word", "nothing_much", "mixed", "keep_first")
"""The answers beside a vocabulary that the player knows to be no words of it (`NOT_WORDS` in its answers.ts)."""
OFFERS = {
    "done": "finish",
    "again": "restart",
    "share": "finish",
    "ground": "ground",
    "help": "help",
    "bring": "finish",
    "keep": "finish",
}
"""The offers the player knows, and where each leads when the file doesn't say."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of an exercise file. A key it doesn't know is refused."""


class Test(Part, frozen=True, kw_only=True):
    """What an answer is compared with: exactly one of these."""

    is_: list[str] | None = msgspec.field(default=None, name="is")
    at_least: int | None = None
    at_most: int | None = None
    unset: Literal[True] | None = None
    has: str | None = None
    lacks: str | None = None

    def tests(self) -> list[str]:
        """The names of the comparisons that are written."""
        given = {
            "is": self.is_,
            "at_least": self.at_least,
            "at_most": self.at_most,
            "unset": self.unset,
            "has": self.has,
            "lacks": self.lacks,
        }
        return [name for name, value in given.items() if value is not None]

    def values(self) -> list[str]:
        """The answer ids it names."""
        return [*(self.is_ or []), *(value for value in (self.has, self.lacks) if value is not None)]


class Condition(Test, frozen=True, kw_only=True):
    """A comparison with the answer kept under `on`. Without an answer only `unset` and `lacks` hold."""

    on: str


class Case(Test, frozen=True, kw_only=True):
    """One way out of a branch."""

    go: str

    def of(self, answer: str) -> Condition:
        """Its comparison, with an answer."""
        return Condition(
            on=answer,
            is_=self.is_,
            at_least=self.at_least,
            at_most=self.at_most,
            unset=self.unset,
            has=self.has,
            lacks=self.lacks,
        )


class Gate(Part, frozen=True, kw_only=True):
    """The highest rating that may go on; above it, `else`."""

    at_most: Annotated[int, msgspec.Meta(ge=0, le=6)]
    otherwise: str = msgspec.field(name="else")


class Guess(Part, frozen=True, kw_only=True):
    """Where the words of an emotion picker come from: exactly one of these."""

    nearest: str | None = None
    families_of: str | None = None
    weaker_than: str | None = None
    stronger_than: str | None = None
    picked: str | None = None
    count: Count | None = None

    def sources(self) -> dict[str, str]:
        """What it takes the words from: the parameter and the answer it names."""
        given = {
            "nearest": self.nearest,
            "families_of": self.families_of,
            "weaker_than": self.weaker_than,
            "stronger_than": self.stronger_than,
            "picked": self.picked,
        }
        return {name: key for name, key in given.items() if key is not None}


class Step(Part, frozen=True, kw_only=True, tag_field="type"):
    """What every step has. `key` is the name its answer is kept under: its id, unless the file says otherwise. With
    `needs` it is there only when client and therapist wrote one of these texts."""

    id: Id
    seconds: Seconds
    skip: bool = True
    key: Id | None = None
    show_if: Condition | None = None
    next: str | dict[str, str] | None = None
    share: Share | None = None
    lengths: Annotated[list[Minutes], msgspec.Meta(min_length=1)] | None = None
    """The lengths of the exercise it is part of; without it, of all of them."""
    quotes: Annotated[list[str], msgspec.Meta(min_length=1, max_length=3)] | None = None
    """Answers of steps above that are shown again, in the person's own words."""
    needs: list[Id] | None = None

    keeps: ClassVar[Share | None] = None
    """What `kept()` says of every step of its type."""

    @property
    def type(self) -> str:
        """The name of its type, as the file writes it."""
        return str(self.__struct_config__.tag)

    @property
    def answer(self) -> str:
        """The name its answer is kept under."""
        return self.key or self.id

    def kept(self) -> Share | None:
        """How its answer is shared unless the file says otherwise; None when it keeps no answer."""
        return self.keeps

    def served(self) -> Mapping[str, object]:
        return {}

    def has_text(self) -> bool:
        return True

    def slots(self) -> Sequence[str]:
        return ()

    def may(self) -> Sequence[str]:
        return ()

    def ids(self) -> Sequence[str]:
        return ()

    def picks(self) -> Sequence[str]:
        return ()

    def targets(self) -> dict[str, str]:
        return {"next": self.next} if isinstance(self.next, str) else {}

    def conditions(self) -> list[Condition]:
        return [self.show_if] if self.show_if else []

    def quiet(self) -> int:
        return 0

    def answering(self) -> float:
        return 0

    def faults(self) -> Iterator[str]:
        if isinstance(self.next, dict):
            yield "has a table as `next`. Only a `choice` can go to a different step for each option."


def unknown_offers(offer: Sequence[str], offers: Mapping[str, str], known: Container[str]) -> Iterator[str]:
    """Offers that lead nowhere, and targets for offers that are not made."""
    for name in offer:
        if name not in known and name not in offers:
            yield f'offers `{name}` and doesn\'t say where it leads. Write `offers = {{ {name} = "next" }}`.'
    for name in offers:
        if name not in offer:
            yield f"says where `{name}` leads and doesn't offer it. Add it to `offer`, or take it out here."
