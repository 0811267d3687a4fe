"""Bounds of what a phone may send, on both engines: what is too much, or can't be kept, is answered with a sentence,
and what stands beside it goes through."""

import json

import pytest

from server.routes.ops import BODY_LIMIT, MOST_OPS
from server.routes.sync import WORTH_PACKING
from server.wellformed import MOST_DEEP, mended, too_deep
from tests.cast import ANNA, Browser
from tests.routes.test_sync import Json, check_in, statuses, sync, uid

JSON = {"content-type": "application/json"}


def note(name: str, text: str) -> Json:
    return check_in(name, kind="note", body={"text": text})


def raw(op: Json, body: bytes) -> bytes:
    """The op, its body as these bytes."""
    return json.dumps(op | {"body": "here"}).encode().replace(b'"here"', body)


async def sent(browser: Browser, *ops: bytes) -> list[str]:
    answer = await browser.post("/api/sync", content=b'{"ops": [' + b", ".join(ops) + b"]}", headers=JSON)
    assert answer.status_code == 200, answer.text
    return [result["status"] for result in answer.json()["results"]]


async def test_more_than_a_megabyte_is_refused_whole_and_says_what_is_safe(anna: Browser) -> None:
    answer = await anna.post("/api/sync", json={"ops": [note(f"n{i}", "x" * 7_000) for i in range(150)]})

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert "still on this device" in answer.json()["detail"]
    assert (await sync(anna)).records == []


async def test_more_ops_than_the_server_takes_are_refused_whole_and_as_many_go_through(anna: Browser) -> None:
    ops = [check_in(f"n{i}") for i in range(MOST_OPS + 1)]

    answer = await anna.post("/api/sync", json={"ops": ops})

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert f"takes {MOST_OPS}" in answer.json()["detail"]
    assert statuses(await sync(anna, *ops[:-1])) == ["applied"] * MOST_OPS


async def test_an_entry_of_64_kb_is_taken_and_one_byte_more_is_refused_alone(anna: Browser) -> None:
    frame = len(b'{"x":""}')
    fits, over = (b'{"x":"' + b"x" * (BODY_LIMIT - frame + more) + b'"}' for more in (0, 1))

    assert await sent(anna, raw(check_in("fits"), fits), raw(check_in("over"), over)) == ["applied", "refused"]


@pytest.mark.parametrize("kind", ["checkin", "dream"])
async def test_a_body_nested_too_deep_is_refused_alone(anna: Browser, kind: str) -> None:
    fits, over = (b'{"x":' + b"[" * depth + b"]" * depth + b"}" for depth in (MOST_DEEP - 1, MOST_DEEP))
    ops = raw(check_in("fits", kind=kind), fits), raw(check_in("over", kind=kind), over)

    assert await sent(anna, *ops) == ["applied", "refused"]


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (b"[" * 9 + b"]" * 9, True),
        (b'{"a":' * 9 + b"1" + b"}" * 9, True),
        (b"[" + b",".join([b'{"a":[{}]}'] * 9) + b"]", False),
        (b'"' + rb"[{\"" * 9 + b'"', False),
        (rb'["\\",' * 9 + b"1" + b"]" * 9, True),
    ],
)
def test_brackets_in_text_and_side_by_side_are_not_depth(body: bytes, deep: bool) -> None:
    assert json.loads(body) is not None
    assert too_deep(body, most=8) is deep


async def test_half_a_character_becomes_the_replacement_character_and_the_rest_is_kept(anna: Browser) -> None:
    half = raw(
        check_in("half", kind="note"), rb'{"text": "tired \ud83d", "new": ["\udc00", "\\ud83d", "\ud83d\ude00"]}'
    )

    assert await sent(anna, raw(check_in("one"), b'{"distress": 1}'), half) == ["applied", "applied"]
    assert await sent(anna, half) == ["applied"]
    kept = {record.id: record.body for record in (await sync(anna)).records}
    assert kept[uid("half")] == {"text": "tired \ufffd", "new": ["\ufffd", "\\ud83d", "\U0001f600"]}


def test_what_is_whole_is_not_touched() -> None:
    for text in ("plain", "\U0001f600", "\\ud83d", "caf\u00e9 \\\\ud83d"):
        assert mended(json.dumps(text).encode()) == json.dumps(text).encode()


async def test_what_is_no_utf8_is_refused_also_where_nobody_looks(anna: Browser) -> None:
    body = b'{"ops": [' + raw(check_in(), b'{"new": "\xff"}') + b"]}"

    answer = await anna.post("/api/sync", content=body, headers=JSON)

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed")


@pytest.mark.parametrize(("field", "said"), [("times_a_week", "5"), ("reason", 5), ("distress_limit", True)])
async def test_a_value_of_the_wrong_kind_is_refused_everywhere(teresa: Browser, field: str, said: object) -> None:
    wanted: Json = {"id": uid("a"), "op": uid("o"), "exercise": "feet-on-floor", field: said}

    answer = await teresa.post(f"/api/clients/{ANNA.id}/assignments", json=wanted)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("limit", ["0", "-1", "501", "many"])
async def test_a_page_size_out_of_bounds_is_refused(teresa: Browser, limit: str) -> None:
    answer = await teresa.get(f"/api/clients/{ANNA.id}/journal", params={"limit": limit})

    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(("accepts", "coding"), [("gzip, deflate, br, zstd", "br"), ("gzip", None), ("br;q=0", None)])
async def test_a_page_travels_compressed_where_it_pays(anna: Browser, accepts: str, coding: str | None) -> None:
    await sync(anna, *(check_in(f"n{i}") for i in range(50)))
    head = {"accept-encoding": accepts}

    page = await anna.post("/api/sync", json={}, headers=head)
    small = await anna.post("/api/sync", json={"limit": 1}, headers=head)

    assert page.headers.get("content-encoding") == coding
    assert (len(page.json()["records"]), page.headers["content-type"]) == (50, "application/json")
    assert coding is None or int(page.headers["content-length"]) * 4 < len(page.content)
    assert len(small.content) < WORTH_PACKING
    assert "content-encoding" not in small.headers
