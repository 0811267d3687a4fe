"""Settings: defaults that work, and errors that name the variable."""

from pathlib import Path

import pytest

from server.database import KEY_MIGRATIONS, open_database
from server.settings import BadSetting, Settings
from server.store.keys import Keys
from server.store.master_key import master_key


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_env({})

    assert (settings.host, settings.port, settings.origin) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert (settings.database, settings.keys_database) == ("data/midweek.db", "data/keys.db")
    assert settings.exercises.is_dir()


def test_the_origin_follows_the_port_and_the_files_follow_the_folder() -> None:
    settings = Settings.from_env({"MIDWEEK_PORT": "8123", "MIDWEEK_DATA": "/srv/midweek"})

    assert settings.origin == "http://localhost:8123"
    assert settings.master_key_file == Path("/srv/midweek/master.key")
    assert settings.keys_database == "/srv/midweek/keys.db"


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ("https://Midweek.Example/", "https://midweek.example"),
        ("https://midweek.example:443", "https://midweek.example"),
        ("https://midweek.example:8443", "https://midweek.example:8443"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_origin_is_read_as_browsers_say_it(said: str, origin: str) -> None:
    assert Settings.from_env({"MIDWEEK_ORIGIN": said}).origin == origin


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MIDWEEK_PORT", "eighty"),
        ("MIDWEEK_PORT", "70000"),
        ("MIDWEEK_PORT", "-1"),
        ("MIDWEEK_ORIGIN", "midweek.example"),
        ("MIDWEEK_ORIGIN", "http://midweek.example"),
        ("MIDWEEK_ORIGIN", "https://midweek.example/app"),
        ("MIDWEEK_ORIGIN", "https://midweek.example?x"),
        ("MIDWEEK_ORIGIN", "https://someone@midweek.example"),
        ("MIDWEEK_ORIGIN", "https://midweek.example:port"),
        ("MIDWEEK_ORIGIN", "ftp://midweek.example"),
        ("MIDWEEK_EXERCISES", "/nowhere"),
        ("MIDWEEK_GROUP_COMMIT", "perhaps"),
        ("MIDWEEK_REMINDERS", "2"),
        ("MIDWEEK_DEVELOPMENT", "maybe"),
        ("MIDWEEK_STAFF_IDLE_MINUTES", "0"),
        ("MIDWEEK_SERVER", "apache"),
        ("MIDWEEK_VAPID_SUBJECT", "me"),
        ("MIDWEEK_KEYS_DATABASE", "data/midweek.db"),
    ],
)
def test_a_value_that_can_not_be_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.from_env({name: value})


def test_postgresql_wants_a_second_database_for_the_keys() -> None:
    with pytest.raises(BadSetting, match="MIDWEEK_KEYS_DATABASE"):
        Settings.from_env({"MIDWEEK_DATABASE": "postgresql://localhost/midweek"})


async def test_the_master_key_is_made_once_for_the_owners_eyes_only(tmp_path: Path) -> None:
    keys, path = await open_database(tmp_path / "keys.db", migrations=KEY_MIGRATIONS), tmp_path / "master.key"

    first, again = await master_key(keys, path), await master_key(keys, path)

    assert first == again
    assert path.stat().st_mode & 0o777 == 0o600
    await keys.close()


async def test_a_lost_master_key_is_never_replaced(tmp_path: Path) -> None:
    keys, path = await open_database(tmp_path / "keys.db", migrations=KEY_MIGRATIONS), tmp_path / "master.key"
    await Keys(keys, await master_key(keys, path)).secret("invite-code")
    path.unlink()

    with pytest.raises(BadSetting, match="MIDWEEK_MASTER_KEY_FILE"):
        await master_key(keys, path)

    assert not path.exists()
    await keys.close()


@pytest.mark.parametrize("text", ["", "short", "00" * 32, "zz" * 32, "ab" * 16])
async def test_a_key_that_is_none_is_refused_and_never_shown(tmp_path: Path, text: str) -> None:
    keys, path = await open_database(tmp_path / "keys.db", migrations=KEY_MIGRATIONS), tmp_path / "master.key"
    path.write_text(text)

    with pytest.raises(BadSetting, match="MIDWEEK_MASTER_KEY_FILE") as refused:
        await master_key(keys, path)

    assert not text or text not in str(refused.value)
    await keys.close()
