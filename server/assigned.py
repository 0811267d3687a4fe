"""What becomes of an assignment: pure changes of its body, as the journal holds it. Fields of newer servers stay."""

from collections.abc import Mapping
from datetime import date
from typing import cast

import msgspec

from server import gates
from server.bodies import Assignment
from server.models import Millis

Fields = dict[str, object]


def read(body: Fields) -> Assignment:
    """The fields that are known."""
    return msgspec.json.decode(msgspec.json.encode(body), type=Assignment)


def is_live(body: Assignment, today: date) -> bool:
    """Whether it is still with the client."""
    return gates.holds(body.ended_at is not None, (body.until, body.expires_on), today)


def text_of(body: Fields) -> bytes | None:
    """The exercise that travels inside it, also while it is set aside; None where it is in the public list."""
    held = body.get("snapshot") or (confirmed(body) or {}).get("snapshot")
    return msgspec.json.encode(held) if held else None


def changed(body: Fields, terms: Mapping[str, object]) -> Fields:
    """The assignment with other terms; one that is None is taken away."""
    whole = body | dict(terms)
    return {name: value for name, value in whole.items() if value is not None}


def retold(body: Fields, whole: bytes) -> Fields:
    """The assignment with this exercise inside it, in the place of the one it holds, also while that is set aside."""
    held = {"snapshot": msgspec.json.decode(whole, type=Fields)}
    aside = body.get("suspended")
    if isinstance(aside, dict):
        return body | {"suspended": cast(Fields, aside) | held}
    return body | held


def ended(body: Fields, now: Millis) -> Fields | None:
    """The assignment once it is over, without the exercise's text; None when it was ended before."""
    if body.get("ended_at") is not None:
        return None
    return {name: value for name, value in body.items() if name not in {"snapshot", "suspended"}} | {"ended_at": now}


def suspended(body: Fields, now: Millis) -> Fields | None:
    """The assignment with the exercise's text set aside, so that no device can start it; None when it holds no text."""
    snapshot = body.get("snapshot")
    if snapshot is None:
        return None
    return {name: value for name, value in body.items() if name != "snapshot"} | {
        "suspended": {"since": now, "snapshot": snapshot}
    }


def confirmed(body: Fields) -> Fields | None:
    """The assignment with its text in its place again; None when it was not set aside."""
    aside = body.get("suspended")
    if not isinstance(aside, dict):
        return None
    kept = {name: value for name, value in body.items() if name != "suspended"}
    return kept | {"snapshot": aside["snapshot"]}
