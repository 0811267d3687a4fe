"""Kinto on waitress: in memory, or on PostgreSQL. One bucket and one collection a user."""

import json
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.load import Ask
from tests.bench.peers import install
from tests.bench.peers.peer import HELD, SIZE, USERS, Peer, ask_once, free_port, http, process, record
from tests.bench.people import uuid7
from tests.bench.servers import Postgres

DOES = (
    "signs in by HTTP Basic (its built-in policy), checks the permissions of each record, keeps the time of each\n"
    "    change; nothing is sealed; {}"
)
INI = """
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
threads = 16
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.{backend}
kinto.cache_backend = kinto.core.cache.{backend}
kinto.permission_backend = kinto.core.permission.{backend}
{urls}
kinto.userid_hmac_secret = of the benchmark
kinto.bucket_create_principals = system.Authenticated
kinto.batch_max_requests = {most}
multiauth.policies = basicauth
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = ERROR
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(message)s
"""


@contextmanager
def kinto() -> Generator[Peer, None, None]:
    """In memory."""
    with _running("Kinto 26.5, memory", "memory", "", "nothing outlives the process", None) as peer:
        yield peer


@contextmanager
def kinto_on(postgres: Postgres) -> Generator[Peer, None, None]:
    """On PostgreSQL."""
    address = postgres.create("kinto")
    urls = "\n".join(f"kinto.{part}_url = {address}" for part in ("storage", "cache", "permission"))
    with _running("Kinto 26.5, PostgreSQL", "postgresql", urls, "durable as PostgreSQL is", postgres.pid) as peer:
        yield peer


@contextmanager
def _running(name: str, backend: str, urls: str, durable: str, database: int | None) -> Generator[Peer, None, None]:
    programs = install.kinto()
    with TemporaryDirectory() as folder:
        port = free_port()
        ini = Path(folder) / "kinto.ini"
        ini.write_text(INI.format(port=port, backend=backend, urls=urls.replace("%", "%%"), most=SIZE))
        if urls:
            subprocess.run([programs / "kinto", "migrate", "--ini", ini], check=True, capture_output=True, timeout=120)
        command = [str(programs / "pserve"), str(ini)]
        with process(command, Path(folder), port, http("GET", "/v1/__heartbeat__")) as pid:
            for user in range(USERS):
                _prepare(port, user)
            since = [_since(port, user) for user in range(USERS)]
            yield Peer(
                name=name,
                does=DOES.format(durable),
                port=port,
                pid=pid,
                push=_push(),
                pull=_pull(since),
                database=database,
            )


def _prepare(port: int, user: int) -> None:
    for path in ("", "/collections/writes", "/collections/reads"):
        ask_once(port, http("PUT", f"/v1/buckets/user{user}{path}", {}, f"user{user}"))
    for first in range(0, HELD, SIZE):
        ask_once(port, _batch(user, "reads", first))


def _push() -> Ask:
    numbers = count(step=SIZE)
    return Ask(
        lambda connection, _turn: _batch(connection % USERS, "writes", next(numbers)),
        lambda body: body.count(b'"status":201') == SIZE,
    )


def _pull(since: list[int]) -> Ask:
    said = [
        http("GET", f"{_path(user, 'reads')}?_since={moment}", user=f"user{user}") for user, moment in enumerate(since)
    ]
    return Ask(lambda connection, _turn: said[connection % USERS], lambda body: body.count(b'"felt_at":') == SIZE)


def _batch(user: int, collection: str, first: int) -> bytes:
    path = _path(user, collection)
    asked = [{"path": f"{path}/{uuid7()}", "body": {"data": record(first + number)}} for number in range(SIZE)]
    return http("POST", "/v1/batch", {"defaults": {"method": "PUT"}, "requests": asked}, f"user{user}")


def _path(user: int, collection: str) -> str:
    return f"/v1/buckets/user{user}/collections/{collection}/records"


def _since(port: int, user: int) -> int:
    """The moment after which the last 50 changed."""
    said = json.loads(ask_once(port, http("GET", f"{_path(user, 'reads')}?_sort=last_modified", user=f"user{user}")))
    moments = [int(one["last_modified"]) for one in said["data"]]
    assert len(moments) == HELD
    return moments[HELD - SIZE - 1]
