"""`POST /api/sync` as a phone meets it: one bad op is refused alone, nothing answers with a 5xx, nothing leaks."""

from uuid import UUID, uuid5

import msgspec
import pytest

from server.models import Result
from tests.cast import ANNA, BRUNO, TERESA, Browser, Stage

Json = dict[str, object]


def uid(name: str) -> str:
    text = str(uuid5(UUID(int=7), name))
    return f"{text[:14]}7{text[15:]}"


def check_in(name: str = "one", **changes: object) -> Json:
    op: Json = {
        "action": "put",
        "id": uid(f"op {name}"),
        "record": uid(name),
        "kind": "checkin",
        "schema": 1,
        "base": None,
        "audience": "therapist",
        "felt_at": 1_790_000_000_000,
        "zone": "Europe/Rome",
        "day": "2026-09-21",
        "body": {"when": "now", "distress": 4, "words": [{"id": "uneasy"}], "from_a_newer_phone": True},
    }
    return op | changes


class Received(msgspec.Struct):
    """A record as a phone reads it."""

    id: str
    kind: str
    rev: str
    author: str
    body: Json = {}
    conflict_of: str | None = None


class Synced(msgspec.Struct):
    """The answer as a phone reads it."""

    epochs: list[tuple[str, int]]
    results: list[Result]
    records: list[Received]
    cursor: str
    reset: str | None


async def sync(browser: Browser, *ops: object, cursor: str | None = None) -> Synced:
    answer = await browser.post("/api/sync", json={"cursor": cursor, "limit": 100, "zone": "Europe/Rome", "ops": ops})
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Synced)


def statuses(answer: Synced) -> list[str]:
    return [result.status for result in answer.results]


async def test_what_one_device_sends_another_receives_unknown_fields_kept(stage: Stage) -> None:
    phone, tablet = await stage.signed_in(ANNA), await stage.signed_in(ANNA)
    await sync(phone, check_in())

    received = (await sync(tablet)).records

    assert [record.body for record in received] == [check_in()["body"]]


async def test_a_kind_nobody_knows_yet_is_kept(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)

    await sync(anna, check_in(kind="dream", body={"colour": ["blue", {"deep": None}]}))

    assert (await sync(anna)).records[0].body == {"colour": ["blue", {"deep": None}]}


async def test_a_scene_is_kept_as_it_was_written_unknown_fields_too(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)
    scene = {
        "when": "Monday",
        "felt": "small",
        "about_me": "",
        "from": "one-scene",
        "part_of": "r1",
        "weather": {"rain": True},
    }

    await sync(anna, check_in(kind="scene", body=scene))

    assert (await sync(anna)).records[0].body == scene


async def test_a_plan_kept_as_a_card_keeps_its_fields(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)
    card = {"name": "my_plan", "text": "What: ask", "fields": {"what": "ask", "sure": 7}}

    await sync(anna, check_in(kind="card", body=card))

    assert (await sync(anna)).records[0].body == card


REFUSED: dict[str, Json] = {
    "distress out of range": {"body": {"distress": 11}},
    "distress of the wrong type": {"body": {"distress": "high"}},
    "four words": {"body": {"words": [{"id": w} for w in ("a", "b", "c", "d")]}},
    "a body that is a list": {"body": [1, 2]},
    "no body": {"body": None},
    "only for me": {"audience": "me"},
    "an audience nobody knows": {"audience": "everyone"},
    "a field nobody knows beside the body": {"owner": "someone else"},
    "a revision of its own": {"rev": "e.9"},
    "an id that is no id": {"record": "../../etc/passwd"},
    "an id with a NUL": {"record": "\u0000"},
    "a base that is no revision": {"base": "yesterday"},
    "a copy of what is no id": {"conflict_of": "../one"},
    "a therapist's kind": {"kind": "assignment", "body": {"exercise": "calm-place", "version": 1, "title": "x"}},
    "a day that is no day": {"day": "last Tuesday"},
    "a run without its exercise": {"kind": "run", "body": {"ended": "finished"}},
    "an exercise that is no id": {"kind": "run", "body": {"exercise": "<b>", "version": 1, "ended": "finished"}},
    "a safety plan with a number for a name": {"kind": "safety-plan", "body": {"people": [{"name": 7}]}},
    "a plan at 25 o'clock": {"kind": "plan", "audience": "service", "body": {"at": "25:00", "days": [1]}},
    "a scene with a number where words go": {"kind": "scene", "body": {"felt": 7}},
    "a scene from no exercise's id": {"kind": "scene", "body": {"felt": "small", "from": "<b>"}},
    "a card with a list among its fields": {"kind": "card", "body": {"text": "x", "fields": {"what": ["x"]}}},
    "a body too long": {"body": {"note": "x" * 70_000}},
    "an action nobody knows": {"action": "merge"},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED.keys())
async def test_one_bad_op_is_refused_alone_with_its_reason(stage: Stage, changes: Json) -> None:
    anna = await stage.signed_in(ANNA)

    answer = await sync(anna, check_in("before"), check_in("bad", **changes), check_in("after"))

    assert statuses(answer) == ["applied", "refused", "applied"]
    assert answer.results[1].op == uid("op bad")
    assert len(answer.results[1].reason or "") > 20
    assert {record.id for record in (await sync(anna)).records} == {uid("before"), uid("after")}


async def test_what_says_it_is_a_copy_of_itself_is_none(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)

    answer = await sync(anna, check_in(conflict_of=uid("one")))

    assert statuses(answer) == ["applied"]
    assert [record.conflict_of for record in (await sync(anna)).records] == [None]


async def test_an_op_that_is_no_object_is_answered_in_its_place(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)

    answer = await sync(anna, "nonsense", 7, None, check_in())

    assert statuses(answer) == ["refused", "refused", "refused", "applied"]


MALFORMED: dict[str, bytes] = {
    "cut in the middle": b'{"cursor": null, "ops": [{"action"',
    "not JSON": b"<html>captive portal</html>",
    "not UTF-8": b'{"cursor": "\xff\xfe"}',
    "a list": b"[]",
    "nested too deep": b'{"ops": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "a cursor of the wrong type": b'{"cursor": 7}',
    "a cursor that is no cursor": b'{"cursor": "\' OR 1=1 --"}',
    "a field nobody knows": b'{"cursor": null, "owner": "x"}',
    "no limit": b'{"cursor": null, "limit": 0}',
    "a limit too high": b'{"cursor": null, "limit": 100000}',
    "too many ops": b'{"ops": [' + b"1," * 300 + b"1]}",
    "empty": b"",
    "ten megabytes": b'{"zone": "' + b"x" * 10_000_000 + b'"}',
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
async def test_what_cannot_be_read_is_a_clear_4xx_and_stores_nothing(stage: Stage, body: bytes) -> None:
    anna = await stage.signed_in(ANNA)

    answer = await anna.post("/api/sync", content=body, headers={"content-type": "application/json"})

    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["detail"]) > 20
    assert (await sync(anna)).records == []


async def test_a_body_nested_too_deep_is_refused_alone(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)
    deep = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
    body = (
        b'{"cursor":null,"ops":[{"action":"put","id":"%s","record":"%s","kind":"dream","base":null,'
        b'"audience":"therapist","body":%s}]}' % (uid("o").encode(), uid("r").encode(), deep)
    )

    answer = await anna.post("/api/sync", content=body, headers={"content-type": "application/json"})

    assert answer.status_code < 500


async def test_a_therapist_has_no_journal_to_sync(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)

    answer = await teresa.post("/api/sync", json={"cursor": None, "limit": 10, "ops": []})

    assert answer.status_code == 403


async def test_the_same_ids_in_two_journals_neither_clash_nor_tell(stage: Stage) -> None:
    anna, bruno = await stage.signed_in(ANNA), await stage.signed_in(BRUNO)
    await sync(anna, check_in())

    answer = await sync(bruno, check_in(body={"distress": 9}))

    assert statuses(answer) == ["applied"]
    assert (await sync(anna)).records[0].body == check_in()["body"]


async def test_a_cursor_of_nowhere_is_reset_and_gets_everything(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)
    await sync(anna, check_in())

    answer = await sync(anna, cursor="0000abcd.99")

    assert answer.reset == "epoch"
    assert len(answer.records) == 1
