"""A running app with the cast in it, on SQLite; its clock stands still until a test moves it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.cast import ADA, ANNA, BRUNO, CARLO, TERESA, Browser, Stage, on_stage, settings_in


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
