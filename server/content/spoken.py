"""The step types that are read or heard, with silence after them, and ask for no answer."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec

from server.content.step import Count, Id, Step


class Spoken(Step, frozen=True, kw_only=True):
    """A step that is read or heard, with silence after it."""

    pause: Annotated[int, msgspec.Meta(ge=0, le=120)] = 0

    def quiet(self) -> int:
        return self.pause


class Say(Spoken, frozen=True, kw_only=True, tag="say"):
    """Words to read or hear. `shows = "date"` adds today's date."""

    shows: Literal["date"] | None = None


class Settle(Spoken, frozen=True, kw_only=True, tag="settle"):
    """The first thing after a Stop: it starts by itself and asks nothing."""

    autostart: bool = True


class Attend(Spoken, frozen=True, kw_only=True, tag="attend"):
    """Attention on one place: a body region, or `sound_near`, `sound_far`, `breath`."""

    region: str


class Anchor(Spoken, frozen=True, kw_only=True, tag="anchor"):
    """The senses, here and now."""

    sense: Literal["see", "touch", "hear", "smell", "taste", "see+touch", "smell+taste"]
    count: Count | None = None
    haptic: Literal["optional"] | None = None


class Imagine(Spoken, frozen=True, kw_only=True, tag="imagine"):
    """A picture in the mind. `eyes = "choice"` is as the person chose, and open if they did not."""

    cue: Literal["soft_tone", "end_tone"] | None = None
    eyes: Literal["choice", "open"] = "choice"


class Move(Spoken, frozen=True, kw_only=True, tag="move"):
    """A posture or a movement; the slot `alt` is the smaller way to do it."""

    posture: Id

    def slots(self) -> Sequence[str]:
        return ("alt",)


class Pause(Spoken, frozen=True, kw_only=True, tag="pause"):
    """Silence for `pause` seconds, with a ring that fills or nothing to look at."""

    show: Literal["ring", "nothing"] = "ring"

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.pause == 0:
            yield "has no silence. Write how long it lasts: `pause = 20`."
