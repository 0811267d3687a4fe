"""Every exercise is played in a real browser, offline, on a clock that the test holds: to its end with all answers and
with every skip, along every other way there is, and stopped at every step."""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from server.content import Library, load
from tests.e2e.axe import objections
from tests.e2e.devices import new_id, sign_teresa_in
from tests.e2e.machines import Server, with_teresa
from tests.e2e.people import button
from tests.e2e.played import Handset, Played, Run, build_inside, new_phone
from tests.e2e.playing import Way, along
from tools.node import node

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXERCISES: Final = Path(__file__).parents[2] / "exercises"
SAMPLER: Final = Path(__file__).parent / "step-sampler"
PWA: Final = Path(__file__).parents[2] / "pwa"
IDS: Final = sorted(one.parent.name for one in [*EXERCISES.glob("*/exercise.toml"), SAMPLER / "exercise.toml"])
FIRST_WORDS: Final = "You stopped, and that is fine."
AFTER_STOP: Final = {"back-in-the-room": "You can stop here|Good "}
"""Stop in grounding itself leads to its goodbye, and from there to Today."""
NEVER_SHOWN: Final[dict[str, dict[str, str]]] = {}
"""Steps that no run shows, by exercise, each with the reason."""


def _cover() -> dict[str, dict[str, str]]:
    """A few exercises that have every step type, each with the first step of the types it stands for."""
    types: dict[str, dict[str, str]] = {}
    for name in IDS:
        file = (SAMPLER if name == SAMPLER.name else EXERCISES / name) / "exercise.toml"
        steps = tomllib.loads(file.read_text())["steps"]
        shown = [step for step in steps if step["type"] != "branch" or step.get("offer")]
        types[name] = {step["type"]: step["id"] for step in reversed(shown)}
    left = {kind for each in types.values() for kind in each}
    cover: dict[str, dict[str, str]] = {}
    while left:
        name = max(types, key=lambda one: len(left.intersection(types[one])))
        cover[name] = {kind: step for kind, step in types[name].items() if kind in left}
        left.difference_update(types[name])
    return cover


COVER: Final = _cover()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exercises of the checkout, and one made of forms that no exercise has yet."""
    folder = tmp_path_factory.mktemp("played") / "exercises"
    shutil.copytree(EXERCISES, folder)
    shutil.copytree(SAMPLER, folder / SAMPLER.name)
    return folder


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    """All exercises, as they are served."""
    return load(folder)


@pytest.fixture(scope="module")
def ways(library: Library) -> dict[str, list[Way]]:
    """For each exercise, ways that together show every step there is to show."""
    whole = json.loads(library.public("en").body) | {"exercises": [_whole(library, one) for one in IDS]}
    script = str(PWA / "tests" / "support" / "ways.ts")
    done = subprocess.run([node(), script], input=json.dumps(whole), check=True, capture_output=True, text=True)
    return msgspec.json.decode(done.stdout, type=dict[str, list[Way]])


@pytest.fixture(scope="module")
def approving(folder: Path, served: Path, library: Library) -> Iterator[Server]:
    """A server whose practice has approved everything."""
    build_inside(served / "assets")
    environ = {"MIDWEEK_EXERCISES": str(folder), "MIDWEEK_PWA": str(served)}
    server = with_teresa(Server(folder.parent, environ))
    with closing(server.signed_in("ada")) as ada:
        for card in library.assignable("en"):
            approval = {"exercise": card.id, "version": card.version, "by": "Dr. Verdi"}
            ada.post("/api/practice/approvals", json=approval).raise_for_status()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def signed_in(approving: Server) -> dict[str, str]:
    """The cookies of Teresa."""
    return sign_teresa_in(approving)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def phone(approving: Server, signed_in: dict[str, str], browser: Browser) -> AsyncIterator[Handset]:
    """One phone for the exercises of a worker that leave no lock behind."""
    async with new_phone(approving, signed_in, browser) as phone:
        yield phone


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=IDS)
async def played(
    request: pytest.FixtureRequest,
    approving: Server,
    signed_in: dict[str, str],
    library: Library,
    ways: dict[str, list[Way]],
    browser: Browser,
    phone: Handset,
) -> AsyncIterator[Played]:
    """An exercise on a phone that knows of no run."""
    whole, own_ways = _whole(library, request.param), ways[request.param]
    if whole["intensity"] != "high":
        await phone.is_ready_for(whole)
        yield Played(whole, own_ways, phone)
        return
    async with new_phone(approving, signed_in, browser) as one:
        await one.is_ready_for(whole)
        yield Played(whole, own_ways, one)


async def test_every_exercise_of_the_library_is_played(library: Library) -> None:
    assert sorted(card.id for card in library.assignable("en")) == IDS
    assert len(IDS) > 43


async def test_it_comes_to_its_end_with_every_answer(played: Played) -> None:
    assert await played.answered() != []
    assert played.problems == []


async def test_it_comes_to_its_end_with_every_skip(played: Played) -> None:
    await played.skipped()
    assert played.problems == []


async def test_every_step_is_shown_one_way_or_another(played: Played) -> None:
    await played.answered()
    await played.skipped()
    for way in played.ways:
        if {screen.step for screen in way.screens} - played.shown:
            await played.play(along(way), way.finishes, length=way.length)

    steps = {step["id"] for step in played.exercise["steps"] if step["type"] != "branch" or step.get("offer")}
    assert steps - played.shown == set(NEVER_SHOWN.get(played.id, {}))
    assert played.problems == []


async def test_stop_at_every_step_reaches_the_first_words_of_grounding(played: Played) -> None:
    answered = await played.answered()
    await played.page.context.set_offline(True)
    for kept, title in answered:
        run = _as_low(kept)
        assert await played.takes_up(run) == title
        await played.player.stop()
        after = AFTER_STOP.get(played.id, FIRST_WORDS)
        assert re.match(after, (await played.player.look()).title), f"Stop at '{title}'"
        await played.phone.inside("forget", run["run"])

    await played.phone.inside("untilStopped", len(answered))
    stopped = [run["stopped_at_step"] for run in await played.phone.inside("runs") if run["ended"] == "stopped"]
    assert sorted(stopped) == sorted(kept["state"]["path"][-1] for kept, _ in answered)
    assert played.problems == []


@pytest.mark.parametrize("exercise", [pytest.param(name, id=f"{name}: {', '.join(COVER[name])}") for name in COVER])
async def test_axe_finds_nothing_on_any_step_type_in_light_dark_and_night(
    exercise: str, phone: Handset, library: Library, ways: dict[str, list[Way]]
) -> None:
    found: dict[str, list[str]] = {}
    whole = _whole(library, exercise)
    await phone.is_ready_for(whole)
    played = Played(whole, ways[exercise], phone)
    answered = await played.answered()
    for kind, step in COVER[exercise].items():
        for how, run in _standing_at(step, whole, [kept for kept, _ in answered]).items():
            await played.takes_up(run)
            for theme in ("light", "dark", "night"):
                found[f"{kind}, {how}, {theme}"] = await _violations(phone.page, theme)
            await phone.inside("forget", run["run"])
    await phone.page.emulate_media(color_scheme="light")
    await button(phone.page, "Leave for now").click()

    assert len(found) == 6 * len(COVER[exercise])
    assert {where: what for where, what in found.items() if what} == {}


def _as_low(kept: Run, **state: object) -> Run:
    """The run under a new id, kept as a low one is: a high one is never gone on with, and a medium one asks first."""
    return kept | {"run": new_id(), "intensity": "low", "state": kept["state"] | state}


def _standing_at(step: str, exercise: dict[str, Any], answered: list[Run]) -> dict[str, Run]:
    """The run at this step: with nothing answered here and open eyes, and answered with closed ones."""
    order = [one["id"] for one in exercise["steps"]]
    before = [kept for kept in answered if order.index(kept["state"]["path"][-1]) <= order.index(step)]
    path: list[str] = before[-1]["state"]["path"]
    path = path if path[-1] == step else [*path, step]
    answers: dict[str, Any] = before[-1]["state"]["answers"]
    unanswered = {key: value for key, value in answers.items() if key != step}
    return {
        "open": _as_low(before[-1], path=path, part=0, answers=unanswered, eyes="open"),
        "answered": _as_low(before[-1], path=path, part=0, answers=answers, eyes="closed"),
    }


async def _violations(page: Page, theme: str) -> list[str]:
    """What axe objects to once the screen stands still."""
    await page.emulate_media(color_scheme="light" if theme == "light" else "dark", reduced_motion="reduce")
    if theme == "night":
        await page.evaluate("() => { document.querySelector('.player').dataset.theme = 'night'; }")
    return await objections(page, colours_only=theme != "light")


def _whole(library: Library, exercise: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(library.snapshot(exercise, "en") or b"")
    return whole
