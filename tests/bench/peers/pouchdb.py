"""PouchDB Server: CouchDB's protocol on LevelDB, one database a user."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.load import Ask
from tests.bench.peers import install
from tests.bench.peers.peer import HELD, SIZE, USERS, Peer, ask_once, free_port, http, process, record
from tests.bench.people import uuid7
from tools.node import node

DOES = (
    "anyone may read and write (its usual setting), nothing is checked or sealed; keeps the tree of revisions;\n"
    "    LevelDB's usual writes: an answer does not mean that the rows are flushed to the disk"
)


@contextmanager
def pouchdb() -> Generator[Peer, None, None]:
    """Running, with its databases."""
    script = install.pouchdb()
    with TemporaryDirectory() as folder:
        port = free_port()
        command = [str(node()), str(script), "--host", "127.0.0.1", "--port", str(port), "--dir", folder]
        with process([*command, "--no-stdout-logs"], Path(folder), port, http("GET", "/")) as pid:
            for user in range(USERS):
                ask_once(port, http("PUT", f"/writes{user}"))
                ask_once(port, http("PUT", f"/reads{user}"))
                ask_once(port, http("POST", f"/reads{user}/_bulk_docs", _docs(HELD, 0)))
            since = [_since(port, user) for user in range(USERS)]
            yield Peer(
                name="PouchDB Server 4.2, LevelDB", does=DOES, port=port, pid=pid, push=_push(), pull=_pull(since)
            )


def _push() -> Ask:
    numbers = count(step=SIZE)

    def request(connection: int, _turn: int) -> bytes:
        return http("POST", f"/writes{connection % USERS}/_bulk_docs", _docs(SIZE, next(numbers)))

    return Ask(request, lambda body: body.count(b'"ok":true') == SIZE)


def _pull(since: list[int]) -> Ask:
    said = [
        http("GET", f"/reads{user}/_changes?include_docs=true&limit={SIZE}&since={seq}")
        for user, seq in enumerate(since)
    ]
    return Ask(lambda connection, _turn: said[connection % USERS], lambda body: body.count(b'"doc":') == SIZE)


def _docs(number: int, first: int) -> dict[str, object]:
    return {"docs": [{"_id": uuid7(), **record(first + one)} for one in range(number)]}


def _since(port: int, user: int) -> int:
    """The change after which the last 50 come."""
    skipped = http("GET", f"/reads{user}/_changes?limit={HELD - SIZE}")
    return int(json.loads(ask_once(port, skipped))["last_seq"])
