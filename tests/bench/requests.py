"""What the load sends to Midweek: check-ins as the app makes them, and pulls."""

from itertools import count
from typing import Final

import msgspec

from tests.bench.load import Ask
from tests.bench.people import Device, uuid7

CHECK_IN: Final = {
    "when": "now",
    "affect": {"v": -0.4, "a": 0.25},
    "distress": 6,
    "words": [{"id": "uneasy", "strength": 3}, {"id": "left_out"}],
    "regions": ["chest", "throat"],
    "sensations": ["tight"],
    "contexts": ["home", "partner"],
    "bring": False,
    "seconds": 18,
    "source": "own",
}
START: Final = 1_790_000_000_000
ABOUT: Final = {
    "kind": "checkin",
    "schema": 1,
    "audience": "therapist",
    "zone": "Europe/Rome",
    "day": "2026-11-22",
    "body": CHECK_IN,
}
"""What every record of the load says, besides its id and the moment."""
Head = tuple[str, int]
"""Where a journal stands: its epoch and its counter."""


def push(phones: list[Device], heads: list[Head], size: int) -> Ask:
    """Send `size` new check-ins and be told nothing else: each phone's cursor stays at its head. A connection each."""
    numbers = count()
    heads = list(heads)

    def request(connection: int, _turn: int) -> bytes:
        phone = connection % len(phones)
        epoch, head = heads[phone]
        heads[phone] = (epoch, head + size)
        return _sync(phones[phone], f"{epoch}.{head}", 200, [_op(next(numbers)) for _ in range(size)])

    return Ask(request, lambda body: body.count(b'"status":"applied"') == size)


def pull(phones: list[Device], heads: list[Head], size: int) -> Ask:
    """Ask for the last `size` changes before the heads, as a phone that was away a while."""
    pairs = zip(phones, heads, strict=True)
    said = [_sync(phone, f"{epoch}.{head - size}", size, []) for phone, (epoch, head) in pairs]
    return Ask(lambda connection, _turn: said[connection % len(said)], lambda body: body.count(b'"saved_at":') == size)


def nothing_new(phones: list[Device], heads: list[Head]) -> Ask:
    """Ask for what is new where nothing is, as most pulls of a day."""
    said = [_sync(phone, f"{epoch}.{head}", 200, []) for phone, (epoch, head) in zip(phones, heads, strict=True)]
    return Ask(lambda connection, _turn: said[connection % len(said)], lambda body: b'"records":[]' in body)


def first_page(phones: list[Device], size: int) -> Ask:
    """Ask for the first `size` records of a journal, as a new phone."""
    said = [_sync(phone, None, size, []) for phone in phones]
    return Ask(lambda connection, _turn: said[connection % len(said)], lambda body: body.count(b'"saved_at":') == size)


def _sync(phone: Device, since: str | None, limit: int, ops: list[dict[str, object]]) -> bytes:
    body = msgspec.json.encode({"cursor": since, "limit": limit, "zone": "Europe/Rome", "ops": ops})
    head = (
        "POST /api/sync HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Midweek: 1\r\n"
        f"Sec-Fetch-Site: same-origin\r\nCookie: {phone.cookie}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _op(number: int) -> dict[str, object]:
    return {"action": "put", "id": uuid7(), "record": uuid7(), "base": None, "felt_at": START + number, **ABOUT}
