"""A server whose every question to the disk is recorded while phones send, and what is found after the power went."""

import asyncio
import os
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple
from unittest.mock import patch

import msgspec

from server.database import KEY_MIGRATIONS, Database, DatabaseError, Tx, open_database, sqlite
from server.errors import NotFound
from server.merge import Rev
from server.models import Record, Viewer
from server.sealing import Unreadable
from server.settings import BadSetting
from server.store.counter import open_epoch
from server.store.keys import Keys
from server.store.master_key import master_key
from server.store.op import Op
from server.store.sync import Pull, Sync
from tests.database.disk import cuts, put
from tests.database.recorder import Asked, Recorder, recording
from tests.store.journals import NOW, rid

PEOPLE = [f"client-{number}" for number in range(6)]
PUSHES = 14
SEED: Final = os.environ.get("MIDWEEK_SEED", "")
"""Set for other pushes and other cuts; without, they are always the same."""
Texts = dict[str, str]
"""Of each record what it says; deleted ones are absent."""


class Told(NamedTuple):
    """The server answered this person's push number `push`; -1 says that their journal was made."""

    person: str
    push: int


KNOWN_OPS: Final = (
    "SELECT client_id, id FROM op UNION SELECT client_id, op_id FROM record UNION SELECT client_id, op_id FROM version"
)


class Found(NamedTuple):
    """What is on the disk of one person's journal."""

    ops: set[str]
    seq: int
    texts: Texts


class Storage(NamedTuple):
    """What a server works with."""

    database: Database
    keys: Keys
    sync: Sync


@asynccontextmanager
async def opened(folder: Path, keys_durable: tuple[str, ...] = sqlite.DURABLE) -> AsyncGenerator[Storage]:
    """A server's storage in `folder`, opened as the server opens it."""
    with patch.object(sqlite, "DURABLE", keys_durable):
        keys_database = await open_database(folder / "keys.db", migrations=KEY_MIGRATIONS)
    try:
        keys = Keys(keys_database, await master_key(keys_database, folder / "master.key"))
        await keys.secret("invite-code")
        database = await open_database(folder / "midweek.db")
        try:
            yield Storage(database, keys, Sync(database, keys))
        finally:
            await database.close()
    finally:
        await keys_database.close()


class Phone:
    """One person's phone: it makes a journal, then sends one push after the other."""

    def __init__(self, person: str, recorder: Recorder) -> None:
        self.person, self._recorder = person, recorder
        self._chance = random.Random(f"{person} {SEED}")
        self._bases: dict[str, Rev] = {}
        self.sent: list[list[str]] = []
        """The ops of each push."""
        self.after: list[Texts] = [{}]
        """What the journal says after so many pushes."""

    async def join(self, storage: Storage) -> None:
        await storage.keys.create(self.person, NOW)
        await storage.database.write(new_client(self.person))
        self._recorder.mark(Told(self.person, -1))

    async def push(self, sync: Sync) -> None:
        texts = dict(self.after[-1])
        names = self._chance.sample([f"{number}" for number in range(8)], k=self._chance.randint(1, 4))
        ops = [self._op(name, texts) for name in names]
        self.sent.append([op.id for op in ops])
        self.after.append(texts)
        synced = await sync.exchange(
            Viewer(id=self.person, role="client", practice="p", login=self.person),
            Pull(cursor=None, limit=1, zone=None),
            ops,
            NOW,
        )
        self._recorder.mark(Told(self.person, len(self.sent)))
        for op, outcome in zip(ops, synced.outcomes, strict=True):
            assert outcome.status == "applied"
            assert outcome.rev is not None
            self._bases[op.record] = outcome.rev

    def _op(self, name: str, texts: Texts) -> Op:
        record = rid(f"{self.person} {name}")
        gone = record in texts and self._chance.random() < 0.2
        if record in self._bases and record not in texts:  # deleted before: this one is another
            record = rid(f"{self.person} {name} {len(self.sent)}")
        texts.pop(record, None)
        if not gone:
            texts[record] = "x" * self._chance.choice([10, 1_000, 20_000]) + str(len(self.sent))
        return Op(
            id=rid(f"op {record} {len(self.sent)}"),
            record=record,
            kind="note",
            action="delete" if gone else "put",
            base=self._bases.get(record),
            audience="therapist",
            body=None if gone else msgspec.json.encode({"text": texts[record]}),
        )


async def written(folder: Path, keys_durable: tuple[str, ...] = sqlite.DURABLE) -> tuple[list[Asked], list[Phone]]:
    """What a server asked of the disk from its first start on, over a restart, while people's phones were sending."""
    await asyncio.to_thread(folder.mkdir)
    with recording(folder) as recorder:
        phones = [Phone(person, recorder) for person in PEOPLE]
        async with opened(folder, keys_durable) as storage:
            await asyncio.gather(*(_live(phone, storage) for phone in phones))
        async with opened(folder, keys_durable) as storage:
            await asyncio.gather(*(_go_on(phone, storage.sync) for phone in phones))
    return recorder.log, phones


async def _live(phone: Phone, storage: Storage) -> None:
    await phone.join(storage)
    await _go_on(phone, storage.sync)


async def _go_on(phone: Phone, sync: Sync) -> None:
    for _ in range(PUSHES // 2):
        await phone.push(sync)


def new_client(person: str) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Practice', 0) ON CONFLICT (id) DO NOTHING")
        tx.run(
            "INSERT INTO client (id, practice_id, name_sealed, epoch, created_at) VALUES (:id, 'p', :name, 'e', 0)",
            id=person,
            name=b"",
        )
        open_epoch(tx, person, "e", NOW, 0)

    return work


async def found(folder: Path) -> dict[str, Found]:
    """Start the server on what the cut left, and read every journal with its key. Raises when something is broken."""
    async with opened(folder) as (database, keys, sync):
        assert await database.read(lambda tx: tx.all("SELECT * FROM pragma_integrity_check")) == [("ok",)]
        assert await keys.database.read(lambda tx: tx.all("SELECT * FROM pragma_integrity_check")) == [("ok",)]
        people = await database.read(lambda tx: tx.all("SELECT id, seq FROM client"))
        ops = await database.read(lambda tx: tx.all(KNOWN_OPS))
        journals: dict[str, Found] = {}
        for person, seq in people:
            viewer = Viewer(id=str(person), role="client", practice="p", login="l")
            synced = await sync.exchange(viewer, Pull(cursor=None, limit=500, zone=None), [], NOW)
            mine = {str(op) for owner, op in ops if owner == person}
            journals[str(person)] = Found(mine, int(seq or 0), _texts(synced.records))
        return journals


def _texts(records: Sequence[Record]) -> Texts:
    texts: Texts = {}
    for record in records:
        if not record.deleted:
            assert isinstance(record.body, msgspec.Raw), "a record without its words"
            texts[record.id] = msgspec.json.decode(record.body, type=Texts)["text"]
    return texts


def judged(phone: Phone, told: int | None, journal: Found | None) -> str:
    """`kept`, `lost` (something acknowledged is not there) or `torn` (a transaction is there in part)."""
    if journal is None:
        return "kept" if told is None else "lost"
    ops: set[str] = set()
    for pushes, texts in enumerate(phone.after):
        ops.update(phone.sent[pushes - 1] if pushes else [])
        if journal == Found(ops, len(ops), texts):
            return "kept" if told is None or pushes >= told else "lost"
    return "torn"


def checkpoints(log: Sequence[Asked]) -> int:
    """How often the write-ahead log of the data was emptied."""
    return sum((one.what, one.file, one.offset) == ("truncate", "midweek.db-wal", 0) for one in log)


async def after_cuts(
    folder: Path, log: Sequence[Asked], phones: Sequence[Phone], count: int, which: int = 0
) -> Counter[str]:
    """What became of `count` cuts, each by the worst of what was found: see `judged`; `broken` is not readable.
    Another `which` makes other cuts."""
    verdicts: Counter[str] = Counter()
    for at, left in cuts({}, log, count, random.Random(f"{which} {SEED}")):
        put(left, folder)
        told = {one.said.person: one.said.push for one in log[:at] if isinstance(one.said, Told)}
        try:
            journals = await found(folder)
        except (DatabaseError, BadSetting, Unreadable, NotFound, AssertionError, sqlite3.Error):
            verdicts["broken"] += 1
            continue
        each = {judged(phone, told.get(phone.person), journals.get(phone.person)) for phone in phones}
        verdicts[next(verdict for verdict in ("torn", "lost", "kept") if verdict in each)] += 1
    return verdicts
