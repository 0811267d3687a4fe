"""Whatever happens between phones and server, I1 to I10 hold and outboxes drain. `make nightly` looks longer."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.machine import Machine
from tests.sync.people import Practice
from tests.sync.phones import Driver
from tests.sync.process import Quick
from tests.sync.storage import Databases, Files, Storage
from tests.sync.world import World

if TYPE_CHECKING:
    from tests.conftest import Server as Postgresql

EXAMPLES = int(os.environ.get("MIDWEEK_EXAMPLES", "60"))
STEPS = int(os.environ.get("MIDWEEK_STEPS", "25"))
SEED = os.environ.get("MIDWEEK_SEED")
"""Set for other examples; without, they are always the same."""
MOST = 100
"""Examples on one server: each restore is of everybody whom the examples before have left there."""
TURNS = range(-(-EXAMPLES // MOST))
TURNS_ON_POSTGRESQL = range(-(-EXAMPLES // (4 * MOST)))


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    """The phones."""
    driver = Driver()
    yield driver
    driver.end()


def look(practice: Practice, storage: Storage, driver: Driver, examples: int, turn: int) -> None:
    """Play so many examples against a running server."""

    class Here(Machine):
        @staticmethod
        def world_of() -> World:
            return World(practice, storage, driver)

    run_state_machine_as_test(
        Here if SEED is None else seed(f"{SEED} {turn}")(Here),
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=SEED is None,
            database=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
            phases=[Phase.generate, Phase.shrink],
            verbosity=Verbosity.normal,
        ),
    )


@pytest.mark.parametrize("turn", TURNS)
def test_nothing_is_lost_on_sqlite(tmp_path: Path, driver: Driver, turn: int) -> None:
    server = Quick(tmp_path)
    try:
        look(Practice(server).open(), Files(server), driver, min(EXAMPLES, MOST), turn)
    finally:
        server.end()


@pytest.mark.parametrize("turn", TURNS_ON_POSTGRESQL)
def test_nothing_is_lost_on_postgresql(tmp_path: Path, driver: Driver, postgresql: "Postgresql", turn: int) -> None:
    storage = Databases(postgresql)
    server = Quick(tmp_path, storage.environ)
    storage.server = server
    try:
        look(Practice(server).open(), storage, driver, min(max(1, EXAMPLES // 4), MOST), turn)
    finally:
        server.end()
        storage.drop()
