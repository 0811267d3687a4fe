"""The export reads the same on each engine: every list whole, in pages, and only the viewer's own."""

from typing import Final

import msgspec
import pytest

from server.database import Database, Tx, Value
from server.errors import NotFound
from server.merge import Rev
from server.models import Viewer
from server.sealing import bind
from server.store.exports import PAGE, Exports
from server.store.keys import Keys
from server.store.sync import Sync
from tests.store.journals import NOW, put, send

Json = dict[str, object]
LISTS: Final = {
    *(
        "records",
        "earlier_versions",
        "reading",
        "supervisions",
        "devices",
        "invites",
        "push_subscriptions",
        "reminder_devices",
        "calendar_feeds",
        "plans",
        "occasions",
    ),
    *("done", "epochs", "sent"),
}


def viewer(person: str) -> Viewer:
    return Viewer(id=person, role="client", practice="p", login="none")


async def exported(database: Database, keys: Keys, person: str = "anna") -> Json:
    key = await keys.of(person)
    sealed = key.seal(bind("client-name", person), person.title().encode())
    await database.write(
        lambda tx: tx.run("UPDATE client SET name_sealed = :name WHERE id = :id", name=sealed, id=person)
    )
    pieces = await Exports(database, keys).open(viewer(person), NOW)
    return msgspec.json.decode(b"".join([piece async for piece in pieces]), type=Json)


def listed(said: Json, name: str) -> list[Json]:
    return msgspec.convert(said[name], list[Json])


async def test_an_empty_journal_has_every_list(sync: Sync, database: Database, keys: Keys) -> None:
    said = await exported(database, keys)

    assert set(said) == {*LISTS, "format", "version", "made_at", "person"}
    assert {name for name in LISTS if listed(said, name) == []} >= LISTS - {"epochs"}


async def test_lists_of_several_pages_are_whole_and_nobody_elses(sync: Sync, database: Database, keys: Keys) -> None:
    many = PAGE + 3
    await send(sync, *(put("one", str(n), Rev("e1", n) if n else None) for n in range(many + 1)))
    await database.write(lambda tx: fill(tx, many))

    anna, bruno = await exported(database, keys), await exported(database, keys, "bruno")

    lengths = {name: len(listed(anna, name)) for name in LISTS}
    assert lengths | {"epochs": 0, "sent": 0} == {
        **dict.fromkeys(LISTS, many),
        "records": 1,
        "invites": 0,
        "supervisions": 0,
        "push_subscriptions": 0,
        "calendar_feeds": 0,
        "epochs": 0,
        "sent": 0,
    }
    assert {name for name in LISTS - {"epochs"} if listed(bruno, name)} == set()
    assert [occasion["slot"] for occasion in listed(anna, "occasions")] == list(range(many))


async def test_a_time_that_was_drawn_is_told_once_it_has_come(sync: Sync, database: Database, keys: Keys) -> None:
    window = {"at": "10:00", "to": "12:00", "kind": "window", "days": [1], "about": "checkin"}
    drawn = msgspec.structs.replace(put("drawn", kind="plan", audience="service"), body=msgspec.json.encode(window))
    await send(sync, drawn)
    await database.write(lambda tx: planned(tx, drawn.record))

    told = [one["due_at"] for one in listed(await exported(database, keys), "occasions")]

    assert told == [None, 7]


def planned(tx: Tx, plan: str) -> None:
    """One occasion to come, and one that was sent."""
    for slot, state in enumerate(("planned", "sent")):
        tx.run(
            "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state) "
            "VALUES (:id, 'anna', :plan, '2026-11-23', :slot, 7, 9, 0, :state)",
            id=f"o{slot}",
            plan=plan,
            slot=slot,
            state=state,
        )


async def test_a_therapist_has_no_journal_to_export(sync: Sync, database: Database, keys: Keys) -> None:
    teresa = msgspec.structs.replace(viewer("anna"), role="therapist")

    with pytest.raises(NotFound):
        await Exports(database, keys).open(teresa, NOW)


def fill(tx: Tx, many: int) -> None:
    """Rows of Anna's in every table that grows."""

    def put_rows(sql: str) -> None:
        rows: list[dict[str, Value]] = [{"n": n, "id": f"x{n:05}", "hash": f"t{n}".encode()} for n in range(many)]
        for row in rows:
            tx.run(sql, **{name: value for name, value in row.items() if f":{name}" in sql})

    put_rows("INSERT INTO read_log (client_id, reader_id, at, what) VALUES ('anna', :id, :n, 'journal')")
    put_rows(
        "INSERT INTO login (id, token_hash, role, person_id, practice_id, device, created_at, seen_at, expires_at) "
        "VALUES (:id, :hash, 'client', 'anna', 'p', 'phone', :n, :n, :n)"
    )
    put_rows("INSERT INTO device (login_id, client_id, state) VALUES (:id, 'anna', 'on')")
    put_rows("INSERT INTO plan (client_id, id) VALUES ('anna', :id)")
    put_rows("INSERT INTO done (client_id, plan_id, day, slot) VALUES ('anna', 'p', '2026-09-21', :n)")
    put_rows(
        "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state) "
        "VALUES (:id, 'anna', 'p', '2026-09-21', :n, 1, 2, 0, 'sent')"
    )
