"""An exercise as its files are being written: whole, or in the checker's own sentences; never an error."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from server.content import begin, draft, is_begun, stamp
from server.content.shapes import Head
from tests.cast import library
from tests.content.test_checker import change

CALM = "calm-place"


@pytest.fixture(scope="module")
def heads() -> Mapping[str, Head]:
    return library().heads()


def test_a_changed_word_is_there_at_once(folder: Path, heads: Mapping[str, Head]) -> None:
    before = stamp(folder, CALM)
    change(folder / CALM / "en.md", "Take whatever comes.", "Take what comes.")

    now = draft(folder, CALM, "en", heads)

    assert now.problems == []
    assert "Take what comes." in str(now.exercise)
    assert stamp(folder, CALM) != before


def test_a_settled_version_that_changed_is_still_shown_and_that_is_said(real: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(real, tmp_path / "exercises"))
    change(folder / CALM / "en.md", "Take whatever comes.", "Take what comes.")

    now = draft(folder, CALM, "en", library().heads())

    assert now.exercise is not None
    assert [note.partition(":")[0] for note in now.notes] == ["exercises/calm-place/en.md"]
    assert "since version 1 was settled" in now.notes[0]


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a heading renamed": (
        lambda home: change(home / "en.md", "## colours", "## colors"),
        "exercises/calm-place/en.md: the step `colours` has no words. Write them under a heading `## colours`.",
    ),
    "half written": (
        lambda home: (home / "exercise.toml").write_text('id = "calm-pla'),
        "exercises/calm-place/exercise.toml: the file can't be read: Unterminated string",
    ),
    "empty": (
        lambda home: (home / "exercise.toml").write_text(""),
        "exercises/calm-place/exercise.toml: it has no steps.",
    ),
    "no text at all": (
        lambda home: (home / "en.md").write_bytes(b"\xff\xfe\x00"),
        "exercises/calm-place/en.md: line 1 is not in UTF-8.",
    ),
    "no words": (lambda home: (home / "en.md").unlink(), "exercises/calm-place/en.md: the file is missing."),
    "gone": (shutil.rmtree, "exercises/calm-place: there is no such exercise any more."),
}


@pytest.mark.parametrize(("broke", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_told_by_file_and_step_with_its_mend(
    folder: Path, heads: Mapping[str, Head], broke: Callable[[Path], object], says: str
) -> None:
    before = stamp(folder, CALM)
    broke(folder / CALM)

    now = draft(folder, CALM, "en", heads)

    assert now.exercise is None
    assert any(problem.startswith(says) for problem in now.problems), now.problems
    assert stamp(folder, CALM) != before


def test_what_is_wrong_elsewhere_does_not_hold_it_up(folder: Path, heads: Mapping[str, Head]) -> None:
    (folder / "feet-on-floor" / "exercise.toml").write_text("[[")
    (folder / "feet-on-floor" / "my notes.md").write_text("Later.")

    assert draft(folder, CALM, "en", heads).exercise is not None


def test_without_the_words_to_pick_from_that_is_said(folder: Path, heads: Mapping[str, Head]) -> None:
    (folder / "emotions.toml").unlink()

    assert draft(folder, CALM, "en", heads).problems[0].startswith("exercises/emotions.toml: the file is missing.")


def test_one_that_was_begun_since_the_start_is_shown_too(folder: Path, heads: Mapping[str, Head]) -> None:
    begin(folder, "two-steps-back")

    assert is_begun(folder, "two-steps-back")
    assert draft(folder, "two-steps-back", "en", heads).problems == []


@pytest.mark.parametrize("name", ["nothing", "..", ".", "", "calm-place/..", "/etc"])
def test_only_a_folder_of_the_exercises_is_one(folder: Path, name: str) -> None:
    assert not is_begun(folder, name)
