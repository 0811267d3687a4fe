"""A person who plays an exercise: looks at the screen, answers what it asks or skips it, and goes on.

Nothing here knows the exercises. What to do is decided by what is on screen: words, questions, buttons.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from playwright.async_api import Page

LOOK: Final = (Path(__file__).parent / "looking.js").read_text()
REACH: Final = """([at, part]) => {
    const element = window.seen[at];
    const target = element.closest("label") ?? element;
    target.scrollIntoView({block: "center"});
    const {x, y, width, height} = target.getBoundingClientRect();
    const [left, top] = [x + width * part, y + height * part];
    const under = document.elementFromPoint(left, top);
    const reached = [target, element].some(one => one.contains(under)) || (under?.contains(element) && part !== 0.5);
    return {left, top, reached, under: under?.outerHTML.slice(0, 200)};
}"""
MOST_SCREENS: Final = 150
MOST_ANSWERS: Final = 60
A_WHILE: Final = 60_000
"""Longer than any silence or breath with open eyes has to be waited for, in milliseconds."""
A_MOMENT: Final = 3_000
LONGEST: Final = 80
"""Moments a part with closed eyes may take."""
DONE: Final = "Done"
GOODBYE: Final = "Saved on this phone."
CLOSED: Final = "Tap twice anywhere to stop."
ALL_OF_THEM: Final = "All of them, or something gentler instead."
NOT_KNOWN: Final = "I don't know"
SAY: Final = "Say a number"
"""The way on where a hard limit asks for a number after all."""


class Option(msgspec.Struct):
    """Something to choose, or a field to write in. `inner`: inside a part that was unfolded."""

    at: int
    kind: str
    name: str
    chosen: bool
    inner: bool


class Question(msgspec.Struct):
    """What belongs to one question. `closed`: parts to unfold."""

    words: str
    options: list[Option]
    closed: list[int]

    @property
    def is_open(self) -> bool:
        """Whether nothing was answered yet. Views of a body that can be tapped are no answers."""
        places = any(option.kind == "places" for option in self.options)
        return not any(option.chosen for option in self.options if not (places and option.kind == "one"))


class Button(msgspec.Struct):
    """A button. `inside`: among the words of the screen, not at its edge."""

    at: int
    name: str
    off: bool
    inside: bool


class Place(msgspec.Struct):
    """Where a thing is; `reached`: a finger on its middle touches it and nothing else."""

    x: float
    y: float
    width: float
    height: float
    reached: bool


class Screen(msgspec.Struct):
    """What is on screen. `fresh`: another screen than at the look before."""

    title: str
    text: str
    fresh: bool
    questions: list[Question]
    buttons: list[Button]
    stop: Place | None
    wide: float

    def button(self, *names: str) -> Button | None:
        """The button of one of these names, at the edge of the screen."""
        return next((one for one in self.buttons if not one.inside and one.name in names), None)

    @property
    def offers(self) -> list[Button]:
        """The buttons among the words, the main one first."""
        return [one for one in self.buttons if one.inside]

    @property
    def closed_eyes(self) -> bool:
        """Whether it goes on by itself."""
        return CLOSED in self.text and not self.questions and not self.offers

    def problems(self) -> list[str]:
        """What is wrong with any screen of an exercise, whatever it asks."""
        stop = self.stop
        if stop is None:
            return [f"{self.title}: there is no Stop"]
        small = min(stop.width, stop.height) < 44
        found = [(not stop.reached, "a finger does not reach Stop"), (small, f"Stop is {stop.width} x {stop.height}")]
        found += [(self.wide > 0, f"{self.wide} px run off the side"), (not self.title, "no words")]
        return [f"{self.title}: {what}" for wrong, what in found if wrong]


Mind = Callable[["Player", Screen], Awaitable[None]]
"""Does with a screen what one person would: afterwards another one is there."""
Watch = Callable[[Screen], Awaitable[None]]


class Player:
    """Anna's eyes and finger."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: list[Screen] = []

    async def look(self) -> Screen:
        """What is on screen."""
        return msgspec.convert(await self.page.evaluate(LOOK), Screen)

    async def play(self, mind: Mind, watch: Watch | None = None) -> list[Screen]:
        """From the screen there is to one that is no longer the exercise's; every screen on the way, as it came up."""
        seen: list[Screen] = []
        screen = await self.look()
        while screen.stop is not None:
            seen.append(screen)
            assert len(seen) < MOST_SCREENS, f"it never ends: {[one.title for one in seen[-6:]]}"
            if watch is not None:
                await watch(screen)
            await mind(self, screen)
            screen = await self.next_screen(screen)
        return seen

    async def next_screen(self, before: Screen) -> Screen:
        """Another screen than the one before, once it is there."""
        screen = await self.look()
        if not screen.fresh:
            await self.page.wait_for_function("() => document.querySelector('h1') !== window.heading")
            screen = await self.look()
        assert screen.title, f"after '{before.title}' the screen is empty"
        return screen

    async def tap(self, at: int, part: float = 0.5) -> None:
        """Put the finger on what has this number: on its middle, or further up and left."""
        where = await self.page.evaluate(REACH, [at, part])
        assert where["reached"], f"a finger does not reach it: {where['under']}"
        await self.page.mouse.click(where["left"], where["top"])

    async def answer_all(self) -> None:
        """Answer every question of the screen, those that come up with an answer too."""
        done: set[tuple[str, int]] = set()
        for _ in range(MOST_ANSWERS):
            screen = await self.look()
            open_now = [(n, each) for n, each in enumerate(screen.questions) if each.is_open]
            left = [(n, each) for n, each in open_now if (each.words, n) not in done]
            if not left:
                return
            n, question = left[0]
            if await self._answer(question, everything=ALL_OF_THEM in screen.text):
                done.add((question.words, n))
        raise AssertionError("no end of questions")

    async def _answer(self, question: Question, everything: bool) -> bool:
        """Give an answer; False when only something was unfolded, and the answer is still to come."""
        kinds = {option.kind for option in question.options}
        if "places" in kinds:
            await self.tap(next(one.at for one in question.options if one.kind == "places"))
        elif "square" in kinds:
            await self.tap(question.options[0].at, part=0.3)
        elif "words" in kinds:
            await self.write(next(one.at for one in question.options if one.kind == "words"), "a few words")
        elif everything:
            for option in question.options:
                await self.tap(option.at)
        else:
            real = [one for one in question.options if not one.name.startswith(NOT_KNOWN)]
            inner = [one for one in real if one.inner]
            if question.closed and not inner:
                await self.tap(question.closed[0])
                return False
            await self.tap(_calm(inner or real or question.options).at)
        return True

    async def write(self, at: int, words: str) -> None:
        """Put words into a field."""
        await self.tap(at)
        await self.page.keyboard.insert_text(words)

    async def choose(self, name: str) -> None:
        """Choose what has this name: an option or a button."""
        screen = await self.look()
        options = [(one.name, one.at) for question in screen.questions for one in question.options]
        named = options + [(one.name, one.at) for one in screen.offers]
        exact = [at for called, at in named if called == name] + [at for called, at in named if called.startswith(name)]
        assert exact, f"no '{name}' on '{screen.title}': {[called for called, _ in named]}"
        await self.tap(exact[0])

    async def rate(self, number: int) -> None:
        """Say this number to every question that asks for one."""
        screen = await self.look()
        for question in screen.questions:
            at = next(one.at for one in question.options if one.name.split(",")[0] == str(number))
            await self.tap(at)

    async def go_on(self, screen: Screen) -> None:
        """By Next or Skip; where a screen has ways of its own, by Done or else the first of them."""
        on = screen.button("Next", "Skip")
        if on is None:
            assert screen.offers, f"no way on from '{screen.title}'"
            done = [one for one in screen.offers if one.name == DONE]
            await self.tap((done or screen.offers)[0].at)
        else:
            assert not on.off, f"'{screen.title}' can't be gone on from"
            await self.tap(on.at)

    async def stop(self) -> None:
        """Put the finger on Stop."""
        stop = (await self.look()).stop
        assert stop is not None, "there is no Stop"
        await self.page.mouse.click(stop.x + stop.width / 2, stop.y + stop.height / 2)

    async def wait_closed(self) -> None:
        """With closed eyes: until the exercise goes on by itself."""
        for _ in range(LONGEST):
            await self.page.clock.run_for(A_MOMENT)
            if await self.page.evaluate("() => document.querySelector('h1') !== window.heading"):
                return
        raise AssertionError("it does not go on by itself")


async def with_answers(player: Player, screen: Screen) -> None:
    """Answers everything, takes the time that is given, keeps the eyes closed where that is offered."""
    if screen.closed_eyes:
        return await player.wait_closed()
    if screen.button("Pause"):
        await player.page.clock.fast_forward(A_WHILE)
        if (await player.look()).fresh:
            await player.page.evaluate("() => { window.heading = null; }")
            return None
    await player.answer_all()
    return await player.go_on(await player.look())


async def with_skips(player: Player, screen: Screen) -> None:
    """Skips all that may be skipped; what has to be answered is answered calmly."""
    said = next((one for one in screen.offers if one.name == SAY), None)
    if said is not None:
        await player.tap(said.at)
        screen = await player.next_screen(screen)
        await player.answer_all()
        return await player.go_on(await player.look())
    asks = any(question.is_open for question in screen.questions)
    on = screen.button("Next", "Skip")
    if asks and on is not None and (on.off or on.name != "Skip"):
        await player.answer_all()
        screen = await player.look()
    return await player.go_on(screen)


def _calm(options: Sequence[Option]) -> Option:
    """A low number; closed eyes; else the first."""
    if options[0].name[:1].isdigit():
        return options[min(2, len(options) - 1)]
    return next((one for one in options if one.name.startswith("Closed")), options[0])


class Shown(msgspec.Struct):
    """A screen of a way: its step, and its words where they are the exercise's."""

    step: str
    title: str
    between: bool


class Way(msgspec.Struct):
    """A way through an exercise: its screens, and the answers that lead there; what has none is skipped. One that does
    not finish leaves before the goodbye. `length` is chosen before it starts."""

    screens: list[Shown]
    answers: dict[str, dict[str, Any]]
    length: str | None
    finishes: bool


def along(way: Way) -> Mind:
    """Takes this way, and looks at every screen whether it is the one that is to come."""
    coming = iter(way.screens)

    async def mind(player: Player, screen: Screen) -> None:
        shown = next(coming, None)
        assert shown is not None, f"'{screen.title}' comes after the end of the way"
        if shown.between:
            await player.tap(screen.offers[-1].at)
            return
        assert screen.title == " ".join(shown.title.split()), f"'{screen.title}' came instead of {shown.step}"
        given: Mapping[str, Any] | None = way.answers.get(shown.step)
        if given is None:
            await with_skips(player, screen)
        elif "number" in given:
            await player.rate(given["number"])
            await player.go_on(await player.look())
        elif "word" in given:
            await player.answer_all()
            await player.go_on(await player.look())
        elif screen.questions:
            await player.choose(given["name"])
            await player.go_on(await player.look())
        else:
            await player.choose(given["name"])

    return mind
