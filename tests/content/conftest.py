"""A copy of the real exercises that a test may break, and the real ones."""

import shutil
from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[2] / "exercises"


@pytest.fixture
def real() -> Path:
    """The exercises that ship."""
    return REAL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of them, of which no version is settled yet."""
    return Path(shutil.copytree(REAL, tmp_path / "exercises", ignore=shutil.ignore_patterns("editions.toml")))
