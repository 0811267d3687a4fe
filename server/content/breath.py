"""The paced breath: one pace, or several to pick from before it starts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

import msgspec

from server.content.step import Count, Id, Part, Share, Step

FREE_BREATH = 4
"""Seconds a breath in that comes by itself is given."""
LONGEST_HOLD = 7
LONGEST = 600
In = Annotated[int, msgspec.Meta(ge=0, le=20)]
Out = Annotated[int, msgspec.Meta(ge=1, le=20)]
Hold = Annotated[int, msgspec.Meta(ge=0)]


class Pace(Part, frozen=True, kw_only=True):
    """The seconds of one breath. A hold is there only where it is written."""

    id: Id
    in_: In = msgspec.field(name="in")
    out: Out
    hold_in: Hold = 0
    hold_out: Hold = 0

    def seconds(self, in_free: bool) -> int:
        """How long one breath takes."""
        return self.in_ + (FREE_BREATH if in_free else 0) + self.hold_in + self.out + self.hold_out

    def faults(self) -> Iterator[str]:
        if max(self.hold_in, self.hold_out) > LONGEST_HOLD:
            yield "holds the breath for more than 7 seconds. Holds are 0 by default, and 7 at most."
        if self.out < self.in_:
            yield f"breathes out ({self.out} s) for less time than in ({self.in_} s). Make `out` at least as long."


class Breathe(Step, frozen=True, kw_only=True, tag="breathe"):
    """A paced breath, in seconds: `in` and `out`, or `presets` of which the person picks one before it starts.

    It lasts `cycles` breaths, or as many whole ones as fit about `minutes`. With `in_free` the breath in comes by
    itself. Steps with one `key` keep the pace that was picked in the first of them.
    """

    in_: In | None = msgspec.field(default=None, name="in")
    out: Out | None = None
    hold_in: Hold = 0
    hold_out: Hold = 0
    cycles: Count | None = None
    minutes: Annotated[float, msgspec.Meta(gt=0, le=10)] | None = None
    in_free: bool = False
    presets: Annotated[list[Pace], msgspec.Meta(min_length=2, max_length=6)] | None = None
    shape: Literal["circle", "line", "words"] = "circle"
    haptic: bool = True

    def kept(self) -> Share | None:
        return "shared" if self.presets else None

    def slots(self) -> Sequence[str]:
        return [pace.id for pace in self.presets or ()]

    def ids(self) -> Sequence[str]:
        return self.slots()

    def paces(self) -> list[Pace]:
        """What it can be breathed at; the first is the one for an app that knows no presets."""
        own = Pace(id="own", in_=self.in_ or 0, out=self.out or 1, hold_in=self.hold_in, hold_out=self.hold_out)
        return self.presets or [own]

    def served(self) -> Mapping[str, object]:
        first = self.paces()[0]
        return {"in": first.in_, "out": first.out, "cycles": self._cycles(first)}

    def quiet(self) -> int:
        return max(self._cycles(pace) * pace.seconds(self.in_free) for pace in self.paces())

    def answering(self) -> float:
        return 4 + 0.8 * len(self.slots()) if self.presets else 0

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from self._written()
        yield from dict.fromkeys(fault for pace in self.paces() for fault in pace.faults())
        if self.quiet() > LONGEST:
            yield "breathes for more than 10 minutes. Take fewer `cycles`."

    def _cycles(self, pace: Pace) -> int:
        if self.minutes is None:
            return self.cycles or 1
        return max(1, round(60 * self.minutes / max(1, pace.seconds(self.in_free))))

    def _written(self) -> Iterator[str]:
        """What is there twice, or not at all."""
        if (self.cycles is None) == (self.minutes is None):
            yield "needs `cycles` (how many breaths) or `minutes` (about how long), and not both."
        own = self.in_ is not None or self.out is not None or self.hold_in or self.hold_out
        if self.presets and own:
            yield "has `presets`, so the seconds stand in them. Take `in`, `out` and the holds out of the step itself."
        if self.presets and all(pace.hold_in or pace.hold_out for pace in self.presets):
            yield "has a hold in each of its `presets`. Add one without: holds are not shown to everyone."
        if not self.presets and (self.out is None or (self.in_ is None and not self.in_free)):
            yield "needs `in` and `out`, the seconds of one breath. Or write `presets` to pick from."
