"""The server is killed in the middle of a write: it happened whole or not at all, and the same again makes it whole."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

import httpx
import pytest

from server.database import Database, Tx
from server.database.door import Param, Row, Value
from tests.cast import ANNA, CARLO, TERESA, Browser, Stage
from tests.routes.own import ADDRESS, ID, THERE, begun, published
from tests.routes.test_assignments import IMAGE, approve, assigned, together
from tests.routes.test_relationships import STEP, hand_over
from tests.routes.test_supervisions import OF_ANNA, ask
from tests.routes.test_sync import Json, uid
from tests.routes.test_templates import PATH, put

T = TypeVar("T")
Act = Callable[[Browser, Stage], Awaitable[httpx.Response]]
CLIENT = f"/api/clients/{ANNA.id}"


acting: ContextVar[bool] = ContextVar("acting", default=False)
"""Whether it is the request that is to be killed which writes."""


class Killed(Exception):
    """What a process that was killed does: nothing more."""


class Mortal:
    """A transaction in a process that is killed after so many statements more."""

    def __init__(self, tx: Tx, life: "Life") -> None:
        self._tx, self._life = tx, life

    def run(self, sql: str, **params: Param) -> int:
        return self._life.spent(self._tx.run(sql, **params))

    def one(self, sql: str, **params: Param) -> Row | None:
        return self._life.spent(self._tx.one(sql, **params))

    def all(self, sql: str, **params: Param) -> list[Row]:
        return self._life.spent(self._tx.all(sql, **params))

    def many(self, sql: str, rows: list[dict[str, Value]]) -> None:
        self._tx.many(sql, rows)
        self._life.spent(None)


class Life:
    """How many statements a process has left; one that has no end lives on."""

    def __init__(self, db: Database) -> None:
        self.left: int | None = None
        self._write, self._jot = db.write, db.jot

    async def write(self, work: Callable[[Tx], T]) -> T:
        """As the database's own, until the process is killed. What runs beside the request is not counted."""
        if not acting.get():
            return await self._write(work)
        return await self._write(lambda tx: work(Mortal(tx, self)))  # type: ignore[arg-type]

    async def jot(self, work: Callable[[Tx], T]) -> T:
        """The same of what is jotted down."""
        if not acting.get():
            return await self._jot(work)
        return await self._jot(lambda tx: work(Mortal(tx, self)))  # type: ignore[arg-type]

    def spent(self, answer: T) -> T:
        """One statement more was run."""
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                raise Killed()
        return answer


@pytest.fixture
async def life(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Life:
    life = Life(stage.stores.db)
    monkeypatch.setattr(stage.stores.db, "write", life.write)
    monkeypatch.setattr(stage.stores.db, "jot", life.jot)
    return life


async def rows(stage: Stage) -> dict[str, list[Row]]:
    """Everything the database holds but what is noted beside the requests, in its own time."""

    def work(tx: Tx) -> dict[str, list[Row]]:
        names = [
            str(name)
            for (name,) in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'high_water'")
        ]
        return {name: sorted(tx.all(f"SELECT * FROM {name}"), key=repr) for name in names}

    return await stage.stores.db.read(work)


def counted(all_rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Without the counters of the journals: a step that was taken before may take a number for nothing."""
    return {name: found for name, found in all_rows.items() if name != "client"}


async def _nothing(_: Browser, __: Stage) -> None:
    pass


async def _ended(teresa: Browser, _: Stage) -> None:
    (await teresa.post(f"{CLIENT}/relationship-ending", json={"id": uid("before")})).raise_for_status()


async def _asked(teresa: Browser, stage: Stage) -> None:
    (await ask(teresa, stage)).raise_for_status()


async def _listed(teresa: Browser, _: Stage) -> None:
    await put(teresa)


async def _written(teresa: Browser, _: Stage) -> None:
    await begun(teresa)


async def _out(teresa: Browser, _: Stage) -> None:
    await begun(teresa)
    (await published(teresa)).raise_for_status()


async def _next_draft(teresa: Browser, stage: Stage) -> None:
    await _out(teresa, stage)
    (await _save(teresa, 2)).raise_for_status()


async def _set(teresa: Browser, stage: Stage) -> None:
    await approve(stage, IMAGE)
    await assigned(teresa, together())


async def _save(teresa: Browser, base: int) -> httpx.Response:
    files = {"structure": "version = 1\n", "words": "# Two steps back\n"}
    return await teresa.put(THERE, json={"base": base, "files": files})


async def _rewrite(teresa: Browser, _: Stage) -> httpx.Response:
    (there,) = (await teresa.get(f"{CLIENT}/assignments")).json()["assignments"]
    base = first.setdefault("base", there["rev"])
    said: Json = {"op": uid("again"), "base": base, "texts": {"calm_image": "The lake."}, "written_together": True}
    return await teresa.put(f"{CLIENT}/assignments/{there['id']}", json=said)


first: dict[str, str] = {}
LIST: Json = {"name": "Another", "items": [], "rev": 1}
ACTS: dict[str, tuple[Callable[[Browser, Stage], Awaitable[None]], Act]] = {
    "handing over": (_asked, hand_over),
    "ending": (_asked, lambda teresa, _: teresa.post(f"{CLIENT}/relationship-ending", json={"id": STEP})),
    "coming back": (_ended, lambda teresa, _: teresa.post(f"/api/former-clients/{ANNA.id}/return", json={"id": STEP})),
    "a freeze": (_nothing, lambda teresa, _: teresa.post(f"{CLIENT}/freeze", json={"id": STEP})),
    "asking for supervision": (_nothing, ask),
    "asking again": (_asked, lambda teresa, stage: ask(teresa, stage, CARLO, uid("another"))),
    "ending a supervision": (_asked, lambda teresa, _: teresa.delete(OF_ANNA)),
    "a list": (_nothing, lambda teresa, _: teresa.put(f"{PATH}/{uid('t')}", json=LIST | {"rev": 0})),
    "a changed list": (_listed, lambda teresa, _: teresa.put(f"{PATH}/{uid('t')}", json=LIST)),
    "a list that goes": (_listed, lambda teresa, _: teresa.delete(f"{PATH}/{uid('t')}")),
    "an own exercise": (_nothing, lambda teresa, _: teresa.post(ADDRESS, json={"id": ID, "title": "Two steps"})),
    "other words in it": (_written, lambda teresa, _: _save(teresa, 1)),
    "publishing it": (_written, lambda teresa, _: published(teresa)),
    "a draft thrown away": (_next_draft, lambda teresa, _: teresa.delete(f"{THERE}/draft", params={"base": 3})),
    "one out of the list": (_out, lambda teresa, _: teresa.post(f"{THERE}/retirement", json={})),
    "texts written anew": (_set, _rewrite),
}


@pytest.mark.parametrize(("before", "act"), ACTS.values(), ids=ACTS.keys())
async def test_killed_after_any_statement_nothing_of_it_happened_and_sent_twice_it_is_once(
    stage: Stage, life: Life, before: Callable[[Browser, Stage], Awaitable[None]], act: Act
) -> None:
    first.clear()
    teresa = await stage.signed_in(TERESA)
    await before(teresa, stage)
    acting.set(True)
    untouched, statements = await rows(stage), 0
    while True:
        statements += 1
        life.left = statements
        answer = await act(teresa, stage)
        if life.left > 0:
            break
        assert answer.status_code >= 500
        assert await rows(stage) == untouched, f"killed after statement {statements}"
    life.left = None
    whole = await rows(stage)

    again = await act(teresa, stage)

    assert answer.is_success, answer.text
    assert again.status_code == answer.status_code, again.text
    assert whole != untouched
    assert counted(await rows(stage)) == counted(whole)


@pytest.mark.parametrize("act", [ACTS["handing over"][1], ACTS["ending"][1]], ids=["handing over", "ending"])
async def test_killed_before_the_ledger_has_it_the_same_step_again_brings_it_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    teresa, ledger = await stage.signed_in(TERESA), stage.stores.keys.database
    dying = Life(ledger)
    dying.left = 1
    acting.set(True)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "write", dying.write)
        killed = await act(teresa, stage)
    again = await act(teresa, stage)

    parted = await ledger.read(lambda tx: tx.all("SELECT client_id, therapist_id FROM parted"))
    assert (killed.status_code, again.is_success) == (500, True)
    assert parted == [(ANNA.id, stage.staff[TERESA.name].id)]
