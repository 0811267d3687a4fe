"""What no database and no number holds, and a journal that is full, on both engines: refused with a sentence or kept
as it is, and what stands beside it goes through."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from server.store.counter import MOST_RECORDS
from tests.cast import ANNA, BRUNO, NOBODY_ID, Browser, Stage, on_stage, settings_in
from tests.routes.test_limits import JSON, raw
from tests.routes.test_sync import Json, check_in, statuses, sync, uid


@pytest.fixture
async def stage(tmp_path: Path, address: str, keys_address: str) -> AsyncGenerator[Stage, None]:
    async with on_stage(settings_in(tmp_path, database=address, keys_database=keys_address)) as stage:
        yield stage


NUL = "a\0b"
DONE: Json = {"what": "done", "plan": uid("plan"), "day": "2026-09-21"}
WITH_NUL: dict[str, Json] = {
    "id": {"id": NUL},
    "record": {"record": NUL},
    "kind": {"kind": NUL},
    "base": {"base": NUL},
    "base's epoch": {"base": "e\x001.1"},
    "zone": {"zone": NUL},
    "day": {"day": "2026-09-2\0"},
    "audience": {"audience": NUL},
    "action": {"action": NUL},
    "a field": {NUL: 1},
    "a text": {"kind": "note", "body": {"text": NUL}},
    "a word": {"body": {"words": [{"id": NUL}]}},
    "a field of the body": {"body": {NUL: NUL}},
    "what a mark is": {"kind": "mark", "body": {"what": NUL}},
    "a mark's plan": {"kind": "mark", "body": DONE | {"plan": NUL}},
    "a mark's plan, as long as an id": {"kind": "mark", "body": DONE | {"plan": NUL * 12}},
    "a mark's day": {"kind": "mark", "body": DONE | {"day": "2026-09-2\0"}},
    "a plan's subject": {
        "kind": "plan",
        "audience": "service",
        "body": {"at": "08:00", "days": [1], "about": NUL},
    },
    "a run's title": {
        "kind": "run",
        "body": {"exercise": "calm-place", "version": 1, "ended": "left", "title": NUL},
    },
}


async def test_a_nul_anywhere_stops_no_neighbour_and_is_kept_or_refused(anna: Browser) -> None:
    for place, changes in WITH_NUL.items():
        op = check_in(place, **changes)
        answer = await sync(anna, check_in(f"before {place}"), op, check_in(f"after {place}"))

        kept = [record.body for record in (await sync(anna)).records if record.id == op["record"]]
        assert [statuses(answer)[i] for i in (0, 2)] == ["applied", "applied"], place
        assert kept == ([op["body"]] if statuses(answer)[1] == "applied" else []), place


async def test_a_nul_beside_the_ops_is_a_clear_4xx(anna: Browser) -> None:
    for said in ({"zone": NUL}, {"cursor": NUL}, {"cursor": "e\0.1"}, {"cursor": "e.1+\0"}):
        assert (await anna.post("/api/sync", json=said)).status_code in (400, 422), said


ELSEWHERE: dict[str, tuple[str, Json]] = {
    "a client's name": ("/api/clients", {"id": NOBODY_ID, "name": NUL}),
    "a client's id": ("/api/clients", {"id": NUL, "name": "Clara"}),
    "an invite's id": ("/api/invites", {"id": NUL, "client": ANNA.id}),
    "an invite's client": ("/api/invites", {"id": NOBODY_ID, "client": NUL}),
    "a name to sign in with": ("/api/logins", {"with": "password", "name": NUL, "password": "x"}),
    "a password": ("/api/logins", {"with": "password", "name": "teresa", "password": NUL}),
    "a secret": ("/api/logins", {"with": "invite", "secret": NUL}),
    "a code": ("/api/logins", {"with": "code", "code": NUL}),
    "a device": ("/api/logins", {"with": "code", "code": "x", "device": NUL}),
    "a reason": (
        f"/api/clients/{ANNA.id}/assignments",
        {"id": uid("a"), "op": uid("o"), "exercise": "feet-on-floor", "reason": NUL},
    ),
    "an exercise": (f"/api/clients/{ANNA.id}/assignments", {"id": uid("a"), "op": uid("o"), "exercise": NUL}),
}


async def test_a_nul_sent_elsewhere_never_fails_the_server(teresa: Browser) -> None:
    for place, (path, said) in ELSEWHERE.items():
        assert (await teresa.post(path, json=said)).status_code < 500, place


NUMBERS: dict[str, bytes] = {
    "beyond every float": b'{"distress": 1e400}',
    "a huge integer": b'{"distress": ' + b"9" * 4_000 + b"}",
    "not a number": b'{"distress": NaN}',
    "a number in quotes": b'{"distress": "5"}',
    "a fraction": b'{"distress": 4.5}',
    "beyond every float in a field nobody knows": b'{"new": 1e400}',
    "a huge integer in a field nobody knows": b'{"new": ' + b"9" * 4_000 + b"}",
}


async def test_numbers_that_nothing_holds_stop_neither_their_neighbours_nor_a_later_pull(
    anna: Browser, teresa: Browser
) -> None:
    for name, body in NUMBERS.items():
        content = b'{"ops": [%s, %s]}' % (raw(check_in(name), body), raw(check_in(f"good {name}"), b"{}"))

        answer = await anna.post("/api/sync", content=content, headers=JSON)

        assert answer.status_code == (400 if name == "not a number" else 200), name
        if answer.status_code == 200:
            assert answer.json()["results"][1]["status"] == "applied", name
        assert (await anna.post("/api/sync", json={})).status_code == 200, name
        assert (await teresa.get(f"/api/clients/{ANNA.id}/journal")).status_code == 200, name


OUT_OF_BOUNDS: list[Json] = [
    {"felt_at": 10**30},
    {"felt_at": -(10**18)},
    {"felt_at": "1790000000000"},
    {"schema": 2**70},
    {"schema": 0},
    {"base": "e." + "9" * 19},
    {"day": "\u0662\u0660\u0662\u0666-\u0660\u0669-\u0662\u0661"},
    {"kind": "mark", "body": DONE | {"slot": -1}},
    {"kind": "mark", "body": DONE | {"slot": 51}},
    {"kind": "mark", "body": DONE | {"slot": 2**63}},
]


async def test_numbers_out_of_bounds_are_refused_alone(anna: Browser) -> None:
    answer = await sync(anna, *(check_in(str(changes), **changes) for changes in OUT_OF_BOUNDS), check_in())

    assert statuses(answer) == ["refused"] * len(OUT_OF_BOUNDS) + ["applied"]


async def test_the_largest_revision_and_cursor_there_can_be_are_kept_and_answered(anna: Browser) -> None:
    most = "9" * 18

    assert statuses(await sync(anna, check_in(base=f"e.{most}"))) == ["applied"]
    assert (await sync(anna, cursor=f"e.{most}+{most}")).reset == "epoch"


async def test_a_mark_of_a_newer_phone_is_kept_and_stops_nobody(anna: Browser) -> None:
    newer = check_in("bad", kind="mark", schema=2, body={"what": ["done", 5]})

    assert statuses(await sync(anna, newer, check_in())) == ["applied", "applied"]


async def fill(stage: Stage, count: int) -> None:
    """Give Anna so many records, which only count."""
    await stage.stores.db.write(
        lambda tx: tx.run(
            "INSERT INTO record (client_id, id, kind, schema, audience, author, epoch, seq, saved_at, op_id, mac) "
            "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :count) "
            "SELECT :client, 'r' || CAST(n AS TEXT), 'note', 1, 'me', 'client', 'e', n, 0, 'o', :mac FROM number",
            count=count,
            client=ANNA.id,
            mac=b"",
        )
    )
    await stage.stores.db.write(
        lambda tx: tx.run("UPDATE client SET seq = :count WHERE id = :client", count=count, client=ANNA.id)
    )


async def test_a_full_journal_refuses_what_is_new_and_takes_edits_and_deletes(stage: Stage) -> None:
    anna, bruno = await stage.signed_in(ANNA), await stage.signed_in(BRUNO)
    await fill(stage, MOST_RECORDS - 2)
    first = await sync(anna, check_in("one"), check_in("two"), check_in("three"))
    base = first.results[0].rev
    stale = (await sync(anna, check_in("one", id=uid("edit"), base=base, body={"distress": 9}))).results[0]

    late = (await sync(anna, check_in("one", id=uid("late"), base=base, body={"distress": 2}))).results[0]
    gone = {"action": "delete", "id": uid("gone"), "record": uid("one"), "kind": "checkin", "base": stale.rev}
    after = await sync(anna, gone, check_in("four"), check_in("five"))

    assert statuses(first) == ["applied", "applied", "refused"]
    assert "Nothing is lost" in (first.results[2].reason or "")
    assert (stale.status, late.status) == ("applied", "refused")
    assert statuses(after) == ["applied", "applied", "refused"]
    assert statuses(await sync(bruno, check_in())) == ["applied"]


async def test_a_journal_of_many_edits_is_counted_once_in_a_while_and_is_not_full(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)
    await stage.stores.db.write(lambda tx: tx.run("UPDATE client SET seq = :seq", seq=MOST_RECORDS))

    assert statuses(await sync(anna, check_in("one"))) == ["applied"]
    room = await stage.stores.db.read(lambda tx: tx.one("SELECT room FROM client WHERE id = :id", id=ANNA.id))

    assert room == (2 * MOST_RECORDS,)
