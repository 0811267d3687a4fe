"""The journals of Anna and Bruno on each engine, empty."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from server.database import KEY_MIGRATIONS, Database, Tx, open_database
from server.store.keys import Keys
from server.store.ledger import Ledger
from server.store.lifetimes import Lifetimes
from server.store.sync import Sync
from server.store.vapid_keys import VapidKeys
from tests.store.journals import NOW


@pytest.fixture
async def keys(tmp_path: Path) -> AsyncIterator[Keys]:
    db = await open_database(str(tmp_path / "keys.db"), migrations=KEY_MIGRATIONS)
    yield Keys(db, bytes(32))
    await db.close()


@pytest.fixture
def lifetimes(database: Database, keys: Keys) -> Lifetimes:
    return Lifetimes(database, Ledger(keys.database), VapidKeys(keys))


@pytest.fixture
async def sync(database: Database, keys: Keys) -> Sync:
    for person in ("anna", "bruno"):
        await keys.create(person, NOW)
        await database.write(_new_client(person))
    return Sync(database, keys)


def _new_client(person: str) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Practice', 0) ON CONFLICT (id) DO NOTHING")
        tx.run(
            "INSERT INTO client (id, practice_id, name_sealed, epoch, seq, floor, created_at) "
            "VALUES (:id, 'p', :name, 'e1', 0, 0, 0)",
            id=person,
            name=b"",
        )
        tx.run("INSERT INTO epoch (client_id, epoch, fork, opened_at, ord) VALUES (:id, 'e1', 0, 0, 1)", id=person)

    return work
