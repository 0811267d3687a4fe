"""What a supervisor is shown of shared records: numbers, and codes of the practice's own lists. Pure.

It is made from nothing, field by field: what is not named here is not there, whatever a newer phone writes. A code is
passed on only when the content knows it, since anybody can write anything in its place.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Final, TypeVar

import msgspec

from server.bodies import REASONS, Affect, Body, CheckIn, EmotionPick, NotToday, Run
from server.content import Library
from server.models import Record

B = TypeVar("B", bound=Body)
COUNTED: Final = ("note", "scene", "card")
"""Kinds of which only that they are there is told."""


class Codes(msgspec.Struct, frozen=True):
    """The codes there are: of words, places in the body, sensations and what is around; exercises by id, each with the
    names of its ratings."""

    words: Set[str]
    regions: Set[str]
    sensations: Set[str]
    contexts: Set[str]
    exercises: Mapping[str, Set[str]]

    @classmethod
    def of(cls, library: Library) -> "Codes":
        """Those of the content."""
        emotions, lists = library.vocabulary.emotions, library.vocabulary.lists
        words = {word.id for family in emotions.families for word in family.words}
        around = lists.contexts
        return cls(
            words=words | {family.id for family in emotions.families} | set(emotions.special),
            regions=set(lists.regions),
            sensations=set(lists.sensations),
            contexts={*around.where, *around.with_, *around.people},
            exercises={
                id: {name for measure in head.measures for name in (measure.before, measure.after)}
                for id, head in library.heads().items()
            },
        )


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry. `ago` counts days back from today; no date is told."""

    kind: str
    ago: int
    affect: Affect | None = None
    distress: int | None = None
    words: list[EmotionPick] = []
    regions: list[str] = []
    sensations: list[str] = []
    contexts: list[str] = []
    exercise: str | None = None
    ended: str | None = None
    minutes: int | None = None
    ratings: Mapping[str, int] = {}
    reasons: list[str] = []


def seen(records: Iterable[Record], codes: Codes, today: str) -> list[Seen]:
    """The newest first. What can't be read, has no day or is of no kind named here is left out."""
    found = [one for record in records if (one := _seen(record, codes, today)) is not None]
    return sorted(found, key=lambda one: one.ago)


def _seen(record: Record, codes: Codes, today: str) -> Seen | None:
    ago = _ago(record.day, today)
    if ago is None or record.conflict_of is not None or isinstance(record.body, msgspec.UnsetType):
        return None
    if record.kind in COUNTED:
        return Seen(kind=record.kind, ago=ago)
    if record.kind == "checkin":
        body = _read(record.body, CheckIn)
        return None if body is None else _check_in(body, codes, ago)
    if record.kind == "run":
        run = _read(record.body, Run)
        return None if run is None else _run(run, codes, ago)
    if record.kind == "not-today":
        left = _read(record.body, NotToday)
        return None if left is None else _not_today(left, codes, ago)
    return None


def _check_in(body: CheckIn, codes: Codes, ago: int) -> Seen:
    return Seen(
        kind="checkin",
        ago=ago,
        affect=None if body.affect is None else Affect(body.affect.v, body.affect.a),
        distress=body.distress,
        words=[EmotionPick(pick.id, pick.strength) for pick in body.words if pick.id in codes.words],
        regions=[one for one in body.regions if one in codes.regions],
        sensations=[one for one in body.sensations if one in codes.sensations],
        contexts=[one for one in body.contexts if one in codes.contexts],
    )


def _run(body: Run, codes: Codes, ago: int) -> Seen | None:
    ratings = codes.exercises.get(body.exercise)
    if ratings is None:
        return None
    return Seen(
        kind="run",
        ago=ago,
        exercise=body.exercise,
        ended=body.ended,
        minutes=None if body.seconds is None else -(-body.seconds // 60),
        ratings={name: value for name, value in body.ratings.items() if name in ratings},
    )


def _not_today(body: NotToday, codes: Codes, ago: int) -> Seen | None:
    if body.exercise not in codes.exercises:
        return None
    reasons = [one for one in body.reasons if one in REASONS]
    return Seen(kind="not-today", ago=ago, exercise=body.exercise, reasons=reasons)


def _read(body: msgspec.Raw, shape: type[B]) -> B | None:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError:
        return None


def _ago(day: str | None, today: str) -> int | None:
    try:
        return None if day is None else max(0, (date.fromisoformat(today) - date.fromisoformat(day)).days)
    except ValueError:
        return None
