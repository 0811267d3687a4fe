"""Each invariant's check is seen to fail: on a server with one defect, by its name, and on a sound server never."""

from collections.abc import Iterator

import pytest

from tests.sync.broken import DEFECTS
from tests.sync.people import Practice, Violation
from tests.sync.phones import Driver
from tests.sync.process import Quick
from tests.sync.scenarios import CAUGHT, SCENARIOS, Scenario
from tests.sync.storage import Files
from tests.sync.world import World


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """A server, and Teresa at her desk."""
    server = Quick(tmp_path_factory.mktemp("broken"))
    yield Practice(server).open()
    server.end()


@pytest.fixture
def world(practice: Practice) -> Iterator[World]:
    """New people on that server."""
    driver = Driver()
    yield World(practice, Files(practice.server), driver)
    driver.end()
    practice.server.with_defect(None)


def play(world: World, scenario: Scenario) -> None:
    """The scenario, and all that comes to rest after it."""
    scenario(world)
    world.rest()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_sound_server_keeps_every_promise(world: World, scenario: Scenario) -> None:
    play(world, scenario)


@pytest.mark.parametrize("defect", CAUGHT)
def test_a_broken_server_is_caught(world: World, defect: str) -> None:
    invariant, scenario = CAUGHT[defect]
    world.practice.server.with_defect(defect)

    with pytest.raises(Violation) as caught:
        play(world, scenario)

    assert caught.value.name == invariant


def test_every_defect_and_every_invariant_has_its_scenario() -> None:
    names = {name for name, _ in CAUGHT.values()}

    assert set(CAUGHT) == set(DEFECTS)
    assert names == {"liveness", *(f"I{number}" for number in range(1, 11))}
