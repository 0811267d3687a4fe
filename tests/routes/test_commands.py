"""What whoever runs the server types: each command says in a sentence what it did, or what to do."""

from collections.abc import Generator
from pathlib import Path

import pytest
import structlog

from server.cli import main

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path, None, None]:
    """A data folder of its own, with one practice in it; logs go back to where they went."""
    monkeypatch.setenv("MIDWEEK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MIDWEEK_PASSWORD", "correct horse battery staple")
    assert main(["create-practice", "By the lake"]) == 0
    yield tmp_path / "data"
    structlog.reset_defaults()


def test_a_therapist_gets_a_link_that_works_once(capsys: Output) -> None:
    assert _therapist("Teresa") == 0

    said = capsys.readouterr().out
    assert "can sign in as 'teresa'" in said
    assert "http://localhost:8000/join#" in said


def test_a_name_that_is_taken_is_refused(capsys: Output) -> None:
    _therapist("teresa")

    assert _therapist("TERESA") == 1
    assert "already signs in" in capsys.readouterr().err


def test_a_short_password_is_refused(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIDWEEK_PASSWORD", "short")

    assert _therapist("teresa") == 1
    assert "at least 12 characters" in capsys.readouterr().err


def test_an_unknown_practice_is_said(capsys: Output) -> None:
    assert main(["approve", "--practice", "Nowhere", "--exercise", "calm-place", "--by", "Dr. Verdi"]) == 1
    assert "no practice called 'Nowhere'" in capsys.readouterr().err


def test_an_approval_names_the_exercise_and_its_version(capsys: Output) -> None:
    assert main(["approve", "--practice", "By the lake", "--exercise", "calm-place", "--by", "Dr. Verdi"]) == 0
    assert "version 1, is approved" in capsys.readouterr().out


def test_an_unknown_exercise_is_not_approved(capsys: Output) -> None:
    assert main(["approve", "--practice", "By the lake", "--exercise", "nothing", "--by", "Dr. Verdi"]) == 1
    assert "There is no exercise 'nothing'" in capsys.readouterr().err


def test_the_demo_never_moves_in_with_real_people(capsys: Output) -> None:
    assert main(["demo"]) == 1
    assert "this data holds 'By the lake'" in capsys.readouterr().err


def test_a_bad_setting_stops_the_start(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIDWEEK_ORIGIN", "http://midweek.example")

    assert main(["serve"]) == 1
    assert "MIDWEEK_ORIGIN" in capsys.readouterr().err


def test_a_broken_exercise_stops_the_start_with_its_sentences(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "exercises").mkdir()
    monkeypatch.setenv("MIDWEEK_EXERCISES", str(tmp_path / "exercises"))

    assert main(["serve"]) == 1
    assert "emotions.toml: the file is missing" in capsys.readouterr().err


def test_the_databases_are_migrated_and_the_push_key_is_shown(capsys: Output) -> None:
    assert main(["migrate"]) == main(["vapid"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_nothing_in_the_data_folder_is_for_others_to_read(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "master.key").stat().st_mode & 0o077 == 0


def _therapist(name: str) -> int:
    return main(["create-therapist", "--practice", "By the lake", "--name", name, "--display-name", "Teresa Rossi"])
