"""What whoever runs the server types: each command says in a sentence what it did, or what to do."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from server.backups import put_back
from server.cli import main
from server.database.files import Claim

Output = pytest.CaptureFixture[str]
SERVER = """
import asyncio, os, signal, sys
from server.database import open_database

async def main() -> None:
    db = await open_database(sys.argv[1])
    await db.write(lambda tx: tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Written last', 0)"))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
"""Killed when it has written: what it wrote is in the log alone."""
OTHER_TOOL = """
import os, signal, sqlite3, sys

conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("PRAGMA journal_mode = DELETE")
conn.execute("PRAGMA cache_size = 1")
conn.execute("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Written last', 0)")
conn.execute("BEGIN")
conn.execute("UPDATE practice SET created_at = 1")
conn.execute("CREATE TABLE more (text TEXT)")
conn.executemany("INSERT INTO more VALUES (?)", [("x" * 3_000,)] * 100)
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Killed in the middle of a write: what it wrote is to be undone, and how is in a journal beside the file."""


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


def test_a_new_push_key_takes_the_place_of_the_one_before(capsys: Output) -> None:
    shown: list[str] = []
    for words in (["vapid"], ["vapid", "--rotate"], ["vapid"]):
        assert main(words) == 0
        shown.append(next(line for line in capsys.readouterr().out.splitlines() if line.startswith("B")))

    assert shown[0] != shown[1] == shown[2]


def test_nothing_in_the_data_folder_is_for_others_to_read(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "master.key").stat().st_mode & 0o077 == 0


def _therapist(name: str) -> int:
    return main(["create-therapist", "--practice", "By the lake", "--name", name, "--display-name", "Teresa Rossi"])


def test_a_backup_is_made_proved_and_put_back(capsys: Output, folder: Path) -> None:
    copies = folder.parent / "copies"
    assert main(["backup", str(copies)]) == 0
    (copy,) = copies.glob("midweek-*.db")

    assert main(["restore", "--check", str(copy)]) == 0
    assert main(["restore", str(copy)]) == 0

    said = capsys.readouterr().out
    assert "and is whole" in said
    assert "Restorable: yes" in said
    assert "Restored. 0 journals began a new epoch" in said
    assert len(list(folder.glob("midweek.db.before-restore-*"))) == 1


def test_a_backup_can_be_made_while_the_server_runs(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "midweek.db")) as server:
        server.execute("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Written last', 0)")
        server.commit()
        claim = Claim(folder / "midweek.db")
        assert main(["backup", str(folder.parent / "copies")]) == 0
        claim.release()

    (copy,) = (folder.parent / "copies").glob("midweek-*.db")
    with closing(sqlite3.connect(copy)) as copied:
        assert ("Written last",) in copied.execute("SELECT name FROM practice").fetchall()


def test_a_restore_beside_a_running_server_is_refused(capsys: Output, folder: Path) -> None:
    copy = backed_up(folder)
    claim = Claim(folder / "midweek.db")

    assert main(["restore", str(copy)]) == 1
    claim.release()

    assert "Another Midweek process is using" in capsys.readouterr().err
    assert main(["restore", str(copy)]) == 0


@pytest.mark.parametrize(("killed", "log"), [(SERVER, "-wal"), (OTHER_TOOL, "-journal")])
@pytest.mark.parametrize("is_gone", [True, False])
def test_the_log_of_one_that_was_killed_never_gets_into_what_is_put_back(
    folder: Path, killed: str, log: str, is_gone: bool
) -> None:
    copy, database = backed_up(folder), folder / "midweek.db"
    subprocess.run([sys.executable, "-c", killed, str(database)], check=False)
    left = database.with_name(f"midweek.db{log}")
    assert left.stat().st_size > 0
    if is_gone:
        database.unlink()

    assert main(["restore", str(copy)]) == 0

    with closing(sqlite3.connect(database)) as there:
        assert there.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert there.execute("SELECT name FROM practice").fetchall() == [("By the lake",)]


def test_a_log_without_its_database_is_kept_for_a_week_however_old_it_is(capsys: Output, folder: Path) -> None:
    copy, database = backed_up(folder), folder / "midweek.db"
    subprocess.run([sys.executable, "-c", SERVER, str(database)], check=False)
    log = database.with_name("midweek.db-wal")
    os.utime(log, (0, 0))
    said = log.read_bytes()
    database.unlink()

    assert main(["restore", str(copy)]) == 0

    (aside,) = folder.glob("midweek.db.before-restore-*-wal")
    assert aside.read_bytes() == said
    assert f"What lay there before is at {aside} for a week." in capsys.readouterr().out


def test_two_restores_in_one_moment_keep_both_databases_from_before(folder: Path) -> None:
    copy, database = backed_up(folder), folder / "midweek.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as there:
        there.execute("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Written last', 0)")

    first, second = put_back(copy, database, 1_000), put_back(copy, database, 1_000)

    assert first is not None
    assert second is not None
    held: list[int] = []
    for aside in (first, second):
        with closing(sqlite3.connect(aside)) as conn:
            held += conn.execute("SELECT count(*) FROM practice").fetchone()
    assert held == [2, 1]


@pytest.mark.parametrize("where", [100, 8_000, -10])
def test_a_backup_of_which_a_byte_is_wrong_is_not_put_back(capsys: Output, folder: Path, where: int) -> None:
    copy = backed_up(folder)
    damaged = bytearray(copy.read_bytes())
    damaged[where] ^= 1
    copy.write_bytes(damaged)

    assert main(["restore", str(copy)]) == 1

    assert "Nothing was changed. Take another backup." in capsys.readouterr().err
    assert not list(folder.glob("midweek.db.before-restore-*"))


def test_what_is_no_backup_is_not_put_back(capsys: Output, folder: Path) -> None:
    other = folder.parent / "holiday.jpg"
    other.write_bytes(b"no database at all" * 100)

    assert main(["restore", str(other)]) == 1
    assert main(["restore", str(folder.parent / "nowhere.db")]) == 1

    said = capsys.readouterr().err
    assert "is no whole Midweek database" in said
    assert "There is no file" in said


def test_copies_of_keys_live_a_week(folder: Path) -> None:
    copies = folder.parent / "keys elsewhere"
    assert main(["backup", "--keys", str(copies)]) == 0
    (old,) = copies.glob("keys-*.db")
    os.utime(old, (0, 0))

    assert main(["backup", "--keys", str(copies)]) == 0

    assert old not in list(copies.glob("keys-*.db"))
    assert len(list(copies.glob("keys-*.db"))) == 1


def test_on_postgresql_backups_are_made_by_its_own_tools(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIDWEEK_DATABASE", "postgresql://127.0.0.1/midweek")
    monkeypatch.setenv("MIDWEEK_KEYS_DATABASE", "postgresql://127.0.0.1/keys")

    assert main(["backup", str(tmp_path)]) == 1
    assert "pg_dump" in capsys.readouterr().err


def test_a_new_exercise_is_begun_once_and_never_under_a_bad_name(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "exercises").mkdir()
    monkeypatch.setenv("MIDWEEK_EXERCISES", str(tmp_path / "exercises"))

    assert [main(["new-exercise", name]) for name in ("two-steps", "two-steps", "../steps")] == [0, 1, 1]

    said = capsys.readouterr().err
    assert "There is an exercise 'two-steps' already." in said
    assert "'../steps' can't be an id." in said


def backed_up(folder: Path) -> Path:
    """A backup of the data folder."""
    assert main(["backup", str(folder.parent / "copies")]) == 0
    (copy,) = (folder.parent / "copies").glob("midweek-*.db")
    return copy
