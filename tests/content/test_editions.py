"""A settled version changes no more: whoever changes a word raises the version, and needs a new approval."""

from pathlib import Path

import pytest

from server.content import begin, check, seal

CALM = "calm-place"


@pytest.fixture
def settled(folder: Path) -> Path:
    """A copy of the exercises, each version settled."""
    assert CALM in seal(folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_exercise_that_ships_is_settled_as_it_is(real: Path) -> None:
    homes = [path.parent for path in real.glob("*/exercise.toml")]

    assert [home.name for home in homes if not (home / "editions.toml").is_file()] == []
    assert check(real) == []


def test_what_is_settled_is_well_and_settling_again_changes_nothing(settled: Path) -> None:
    assert check(settled) == []
    assert seal(settled) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("en.md", "Take whatever comes.", "Take what comes."), ("exercise.toml", "pause = 15", "pause = 16")],
)
def test_a_changed_word_or_step_is_refused_until_the_version_is_raised(
    settled: Path, file: str, old: str, new: str
) -> None:
    change(settled / CALM / file, old, new)

    assert [problem for problem in check(settled) if problem.startswith(f"exercises/{CALM}/{file}: it changed since")]
    change(settled / CALM / "exercise.toml", "version = 1", "version = 2")
    assert check(settled) == []


def test_a_broken_line_is_no_change(settled: Path) -> None:
    change(settled / CALM / "en.md", "Take whatever comes.", "Take\nwhatever comes.")

    assert check(settled) == []


def test_a_version_does_not_go_back(settled: Path) -> None:
    change(settled / CALM / "exercise.toml", "version = 1", "version = 2")
    seal(settled)
    change(settled / CALM / "exercise.toml", "version = 2", "version = 1")

    assert "its version is 1, and version 2 is settled." in "\n".join(check(settled))


def test_a_file_of_editions_that_cannot_be_read_is_said(settled: Path) -> None:
    (settled / CALM / "editions.toml").write_text("[one", encoding="utf-8")

    assert any(problem.startswith(f"exercises/{CALM}/editions.toml: it can't be read.") for problem in check(settled))


def test_a_new_exercise_passes_the_check_and_is_made_once(folder: Path) -> None:
    begin(folder, "two-steps-back")

    assert check(folder) == []
    with pytest.raises(FileExistsError):
        begin(folder, "two-steps-back")
