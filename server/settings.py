"""Settings: environment variables `MIDWEEK_*`, read once into one frozen struct."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

_HERE: Final = Path(__file__).resolve().parent
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")

HttpServer = Literal["uvicorn", "granian"]


class BadSetting(Exception):
    """A setting that can't be used. Its text names the variable and says how to mend it."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that differs from one installation to another."""

    host: str = "127.0.0.1"
    port: int = 8000
    origin: str = "http://localhost:8000"
    """Where people reach Midweek, as the browser shows it. It decides cookies, links and who may write."""
    data: Path = Path("data")
    database: str = "data/midweek.db"
    keys_database: str = "data/keys.db"
    master_key_file: Path = Path("data/master.key")
    vapid_subject: str = "mailto:midweek@localhost"
    exercises: Path = Path("exercises")
    pwa: Path = Path("pwa/dist")
    grouping: bool = True
    """Whether concurrent writes share a commit. Off only to measure what that gives."""
    push_hosts: tuple[str, ...] = ()
    """Hosts of push services allowed on top of the well-known ones."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of the proxies in front, whose X-Forwarded-For is believed."""
    reminders: bool = True
    """Whether this process sends reminders. Off where others on the same database do."""
    staff_idle: int = 60 * 60 * 1000
    """Milliseconds without a request after which a therapist signs in again."""
    server: HttpServer = "uvicorn"
    syncs_a_minute: int = 120
    """How often one device may sync for long; at first it may two and a half times as often."""
    development: bool = False
    """Whether an exercise's preview follows its files as they are being written. People get the settled ones."""
    min_free: int = 64 * 1024 * 1024
    """Bytes of the disk that are kept free: below, new entries wait on the phones, and deleting still works."""

    @property
    def secure(self) -> bool:
        """Whether people reach Midweek over https."""
        return self.origin.startswith("https://")

    @property
    def files(self) -> list[Path]:
        """The databases that are files."""
        return [Path(said) for said in (self.database, self.keys_database) if not _is_url(said)]

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings in `environ`; what is missing has its default, and `BadSetting` names what is wrong."""
        env = _Environment(environ)
        port = env.number("MIDWEEK_PORT", 8000, 0, 65_535)
        data = Path(env.text("MIDWEEK_DATA", "data"))
        origin = _origin(env.text("MIDWEEK_ORIGIN", f"http://localhost:{port}"))
        database, keys = _databases(env, data)
        return cls(
            host=env.text("MIDWEEK_HOST", "127.0.0.1"),
            port=port,
            origin=origin,
            data=data,
            database=database,
            keys_database=keys,
            master_key_file=Path(env.text("MIDWEEK_MASTER_KEY_FILE", str(data / "master.key"))),
            vapid_subject=_subject(env.text("MIDWEEK_VAPID_SUBJECT", _default_subject(origin))),
            exercises=env.folder("MIDWEEK_EXERCISES", _found("exercises", "exercises")),
            pwa=Path(env.text("MIDWEEK_PWA", str(_found("pwa/dist", "static")))),
            grouping=env.flag("MIDWEEK_GROUP_COMMIT", True),
            reminders=env.flag("MIDWEEK_REMINDERS", True),
            push_hosts=env.words("MIDWEEK_PUSH_HOSTS"),
            proxies=env.words("MIDWEEK_PROXIES"),
            staff_idle=env.number("MIDWEEK_STAFF_IDLE_MINUTES", 60, 1, 12 * 60) * 60_000,
            server=_server(env.text("MIDWEEK_SERVER", "uvicorn")),
            syncs_a_minute=env.number("MIDWEEK_SYNCS_A_MINUTE", 120, 1, 100_000_000),
            development=env.flag("MIDWEEK_DEVELOPMENT", False),
            min_free=env.number("MIDWEEK_MIN_FREE_MB", 64, 0, 1_000_000) * 1024 * 1024,
        )


class _Environment:
    """Typed look-ups that name the variable when its value can't be used."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, "").strip() or default

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in self.text(name, "").replace(",", " ").split())

    def number(self, name: str, default: int, low: int, high: int) -> int:
        said = self.text(name, str(default))
        if not (said.isascii() and said.isdigit() and low <= int(said) <= high):
            raise BadSetting(f"{name} is '{said}'. It must be a whole number from {low} to {high}.")
        return int(said)

    def flag(self, name: str, default: bool) -> bool:
        said = self.text(name, _TRUE[0] if default else _FALSE[0]).lower()
        if said not in _TRUE + _FALSE:
            raise BadSetting(f"{name} is '{said}'. It must be 1 or 0.")
        return said in _TRUE

    def folder(self, name: str, default: Path) -> Path:
        path = Path(self.text(name, str(default)))
        if not path.is_dir():
            raise BadSetting(f"{name} is '{path}', and there is no such folder. Name the folder that holds it.")
        return path


def _origin(said: str) -> str:
    parts = urlsplit(said.lower())
    try:
        port = parts.port
    except ValueError:
        port = -1
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or port == -1 or parts.path not in ("", "/"):
        raise BadSetting(
            f"MIDWEEK_ORIGIN is '{said}'. It must be an address without a path, such as https://midweek.example.org."
        )
    if parts.query or parts.fragment or parts.username is not None:
        raise BadSetting(f"MIDWEEK_ORIGIN is '{said}'. It must end after the host and port.")
    if parts.scheme == "http" and host not in _LOOPBACK and not host.endswith(".localhost"):
        raise BadSetting(
            f"MIDWEEK_ORIGIN is '{said}'. It must begin with https://, because phones keep nothing offline over "
            "http; only http://localhost is excepted."
        )
    usual = {"http": 80, "https": 443}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in (None, usual) else f":{port}")


def _databases(env: _Environment, data: Path) -> tuple[str, str]:
    database = env.text("MIDWEEK_DATABASE", str(data / "midweek.db"))
    keys = env.text("MIDWEEK_KEYS_DATABASE", str(data / "keys.db"))
    if _is_url(database) and not _is_url(keys):
        raise BadSetting(
            "MIDWEEK_DATABASE is PostgreSQL and MIDWEEK_KEYS_DATABASE is not. Name a second PostgreSQL database "
            "for the keys, apart from the data, so that every node finds them."
        )
    if database == keys:
        raise BadSetting(
            "MIDWEEK_KEYS_DATABASE is the same as MIDWEEK_DATABASE. The keys need a database of their own, "
            "or erasing one person could not reach the backups."
        )
    return database, keys


def _is_url(database: str) -> bool:
    return database.startswith(("postgresql://", "postgres://"))


def _default_subject(origin: str) -> str:
    return origin if origin.startswith("https://") else "mailto:midweek@localhost"


def _subject(said: str) -> str:
    if not (said.startswith("https://") or (said.startswith("mailto:") and "@" in said)):
        raise BadSetting(
            f"MIDWEEK_VAPID_SUBJECT is '{said}'. It must be an address push services can write to, such as "
            "mailto:you@example.org."
        )
    return said


def _server(said: str) -> HttpServer:
    servers: dict[str, HttpServer] = {"uvicorn": "uvicorn", "granian": "granian"}
    if said not in servers:
        raise BadSetting(f"MIDWEEK_SERVER is '{said}'. It must be {' or '.join(servers)}.")
    return servers[said]


def _found(beside: str, packaged: str) -> Path:
    """The folder beside the checkout's `server`, or the one inside the installed package."""
    inside = _HERE / packaged
    return inside if inside.exists() else _HERE.parent / beside
