"""A running app with the cast in it, on SQLite; its clock stands still until a test moves it."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cast import ADA, ANNA, BRUNO, CARLO, TERESA, Browser, Stage, on_stage, settings_in

if TYPE_CHECKING:
    from tests.conftest import Server


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncGenerator[Stage, None]:
    async with on_stage(settings_in(tmp_path)) as stage:
        yield stage


@pytest.fixture
async def anna(stage: Stage) -> Browser:
    return await stage.signed_in(ANNA)


@pytest.fixture
async def bruno(stage: Stage) -> Browser:
    return await stage.signed_in(BRUNO)


@pytest.fixture
async def teresa(stage: Stage) -> Browser:
    return await stage.signed_in(TERESA)


@pytest.fixture
async def carlo(stage: Stage) -> Browser:
    return await stage.signed_in(CARLO)


@pytest.fixture
async def ada(stage: Stage) -> Browser:
    return await stage.signed_in(ADA)


@pytest.fixture
def keys_address(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Generator[str, None, None]:
    """Where a keys database may be made, on the same engine as `address`."""
    if engine == "sqlite":
        yield str(tmp_path / "keys.db")
        return
    server: Server = request.getfixturevalue("postgresql")
    name = server.create()
    yield server.url(name)
    server.drop(name)
