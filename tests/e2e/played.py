"""Exercises on Anna's phone: the way there, playing offline, and what is left on phone and server."""

import asyncio
import re
import subprocess
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.e2e.devices import Client, Tablet, client_of
from tests.e2e.machines import Server, built
from tests.e2e.people import at_rest, button
from tests.e2e.playing import GOODBYE, Mind, Player, Screen, Way, with_answers, with_skips
from tools.node import node

ZONES: Final = ("Europe/Rome", "America/New_York", "America/Los_Angeles", "Pacific/Auckland", "Asia/Tokyo")
"""Somewhere among them it is day: high exercises are for the daytime, and what time it is the server says."""
MORNING, EVENING = 10, 18
OFFLINE: Final = "net::ERR_INTERNET_DISCONNECTED"
TODAY: Final = re.compile("Good|Hello")
PATIENCE: Final = 20
TEXTS: Final = {"calm_image": "A bench.", "healthy_self": "I can wait.", "rehearsed_reply": "I need ten minutes."}
"""What an exercise that plays only what was written together has to play."""
INSIDE: Final = """([call, ...given]) => import("/assets/inside.js").then(inside => inside[call](...given))"""
BUILD: Final = """
    import { build } from "vite";
    const [, entry, outDir] = process.argv;
    const lib = { entry, formats: ["es"], fileName: () => "inside.js" };
    await build({ configFile: false, logLevel: "warn", publicDir: false, build: { lib, outDir, emptyOutDir: false } });
"""
MIDDLE: Final = """element => {
    element.scrollIntoView({block: "center"});
    const {x, y, width, height} = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
}"""
Run = dict[str, Any]
"""A run as it is kept."""
Stood = tuple[Run, str]
"""Where a run stood at a screen, and what the screen was called."""


def build_inside(folder: Path) -> None:
    """Puts what looks at the app from inside a page into one file: `inside.js`."""
    command = [str(node()), "--input-type=module", "-e", BUILD, "tests/support/inside.ts", str(folder)]
    subprocess.run(command, cwd=built().parent, check=True, capture_output=True, timeout=120)


class Handset:
    """Anna's phone, offline whenever an exercise is played, and a second device that asks the server what it has."""

    def __init__(self, client: Client, page: Page, tablet: Tablet) -> None:
        self.page, self.problems = page, list[str]()
        self._client, self._tablet = client, tablet
        self._cursor: str | None = None
        self._given: set[str] = set()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))

    async def inside(self, call: str, *given: object) -> Any:
        """What one of the app's own doors answers."""
        async with asyncio.timeout(PATIENCE):
            return await self.page.evaluate(INSIDE, [call, *given])

    async def is_ready_for(self, exercise: dict[str, Any]) -> None:
        """As it was before any exercise was played on it, with this one set where it has to be."""
        if exercise["access"] in ("therapist", "after-ok") and exercise["id"] not in self._given:
            await self._client.is_given(exercise["id"], texts=TEXTS, written_together=True)
            self._given.add(exercise["id"])
        self.problems.clear()
        await self.page.context.set_offline(False)
        if not await self._tab("Practise").is_visible():
            await self.page.goto("/")  # a test before this one broke off
        await self.inside("untilSent")
        await at_rest(self.page)
        await self.inside("emptied")
        await self.inside("withScenes", exercise.get("needs_scenes") or 0)
        await self.page.evaluate("() => dispatchEvent(new Event('online'))")
        await at_rest(self.page)

    async def opens(self, screen: str) -> None:
        """By the tabs at the bottom."""
        await _tap(self._tab(screen))

    async def sent(self) -> set[str]:
        """Online again, until nothing waits to be sent: the runs that the server got."""
        await self.page.context.set_offline(False)
        await self.inside("untilSent")
        got: set[str] = set()
        more = True
        while more:
            answer = await self._tablet.sync(cursor=self._cursor)
            self._cursor, more = answer.cursor, answer.more
            got |= {record.id for record in answer.records if record.kind == "run"}
        return got

    async def knows_of_no_use(self) -> None:
        """A high exercise rests after each time, and no clock of the phone ends that: as on a new phone, then."""
        await self.inside("emptied")
        await at_rest(self.page)

    def _tab(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and OFFLINE not in message.text:
            self.problems.append(f"console: {message.text}")


class Played:
    """One exercise on Anna's phone, and what became of playing it."""

    def __init__(self, exercise: dict[str, Any], ways: list[Way], phone: Handset) -> None:
        self.exercise, self.ways, self.phone = exercise, ways, phone
        self.page, self.player = phone.page, Player(phone.page)
        self.id: str = exercise["id"]
        self.shown: set[str] = set()
        self._times = 0
        self._done: dict[str, list[Stood]] = {}
        self._kept: Run = {}

    @property
    def problems(self) -> list[str]:
        """What went wrong on any screen since the exercise came to this phone."""
        return self.phone.problems

    async def answered(self) -> list[Stood]:
        """With all answers, once: where the run stood at each screen, and what the screen was called."""
        return await self._once("answered", with_answers)

    async def skipped(self) -> list[Stood]:
        """With every skip, once."""
        return await self._once("skipped", with_skips)

    async def play(
        self, mind: Mind, finishes: bool = True, motion: bool = False, length: str | None = None
    ) -> list[Stood]:
        """From the list to the goodbye, offline, or to where it is left; then online, until the server has it. With a
        `length`, that one is chosen before it starts."""
        if self._times > 0 and self.exercise["intensity"] == "high":
            await self.phone.knows_of_no_use()
        self._times += 1
        await self.page.emulate_media(reduced_motion="no-preference" if motion else "reduce")
        await self.page.context.set_offline(True)
        await self._open(length)
        seen = await self.player.play(mind, self._watch)
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(GOODBYE if finishes else TODAY)
        await self.phone.inside("untilEnded", self._kept["run"], "finished" if finishes else "left")
        if finishes:
            await _tap(button(self.page, "Go to Today"))
        assert self._kept["run"] in await self.phone.sent(), "the run did not reach the server"
        self.shown |= set(self._kept["state"]["path"])
        return self._stood(seen)

    async def takes_up(self, kept: Run) -> str:
        """The run goes on where it stood; what the screen is called."""
        await self.phone.inside("takeUp", kept)
        return (await self.player.look()).title

    async def _once(self, name: str, mind: Mind) -> list[Stood]:
        if name not in self._done:
            self._done[name] = await self.play(mind, motion=name == "answered")
        return self._done[name]

    def _stood(self, seen: list[Screen]) -> list[Stood]:
        """Where the run stood at each screen: as after going back to it from the end, with all answers."""
        steps = {step["id"]: step for step in self.exercise["steps"]}
        state = self._kept["state"]
        places = [(at, part) for at, step in enumerate(state["path"]) for part in range(_parts(steps[step]))]
        if len(places) != len(seen):
            return []  # a small screen came in between
        runs = [self._kept | {"state": state | {"path": state["path"][: at + 1], "part": part}} for at, part in places]
        return list(zip(runs, [screen.title for screen in seen], strict=True))

    async def _open(self, length: str | None) -> None:
        await self.phone.opens("Practise")
        await self.page.locator(f"a[href='/practise/{self.id}']").first.click()  # once the list no longer moves
        start, unsaid = button(self.page, "Start"), button(self.page, "I'd rather not say")
        await expect(start.or_(unsaid)).to_be_visible()
        if await unsaid.is_visible():
            await _tap(unsaid)
        if length is not None:
            await self.page.get_by_role("radio", name=length).check()
        await _tap(start)
        await expect(button(self.page, "Stop")).to_be_visible()

    async def _watch(self, screen: Screen) -> None:
        self.phone.problems += screen.problems()
        if screen.button("Next", "Skip") is None:
            self._kept = await self.phone.inside("underWay")


@asynccontextmanager
async def new_phone(approving: Server, cookies: Mapping[str, str], browser: Browser) -> AsyncGenerator[Handset]:
    """A new client's phone where it is day, at ten in the morning of the next one."""
    zone = next(zone for zone in ZONES if MORNING <= datetime.now(ZoneInfo(zone)).hour < EVENING)
    async with client_of(approving, cookies, browser) as client:
        phone = await client.empty_phone(zone)
        await phone.clock.install(time=_tomorrow_at_ten(ZoneInfo(zone)))
        page = await client.join(await phone.new_page())
        await page.evaluate("() => import('/assets/inside.js')")  # from now on it is there offline, too
        yield Handset(client, page, await client.tablet())


async def _tap(what: Locator) -> None:
    """Put the finger on it once it is there. A click of Playwright's own looks and waits for a third of a second."""
    where = await what.evaluate(MIDDLE)
    await what.page.mouse.click(*where)


def _parts(step: Mapping[str, Any]) -> int:
    """How many screens a step has: a dialogue has its turns, and a change of seats before each but the first."""
    if step["type"] != "dialogue":
        return 1
    turns: int = len(step["voices"]) * step["turns"] + (1 if step.get("third") else 0)
    return 2 * turns - 1


def _tomorrow_at_ten(zone: ZoneInfo) -> datetime:
    there = datetime.now(UTC).astimezone(zone) + timedelta(days=1)
    return there.replace(hour=10, minute=0, second=0, microsecond=0)
