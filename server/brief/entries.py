"""Shared records as the brief counts them: typed, with the day they were lived."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, Generic, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from server.bodies import Affect, Assignment, Body, EmotionPick, Message, NotToday, Run, Scene, SharedWord
from server.content.shapes import Vocabulary
from server.models import Millis, Record

B = TypeVar("B", bound=Body)
Part = Literal["morning", "afternoon", "evening", "night"]
_PARTS: Final[tuple[tuple[int, Part], ...]] = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"))


class CheckIn(Body):
    """What is counted of a check-in's shared part."""

    affect: Affect | None = None
    distress: int | None = None
    words: list[EmotionPick] = []
    own_words: list[str] = []
    regions: list[str] = []
    wish: str | None = None
    bring: bool = False
    source: Literal["own", "reminder"] = "own"


class Note(Body):
    """Whether a note is to be brought to the session; its words travel with the record."""

    bring: bool = False


class Entry(msgspec.Struct, Generic[B], frozen=True, gc=False):
    """One thing the client shared, and the date that they wrote."""

    id: str
    at: Millis
    day: str
    record: Record
    body: B

    @property
    def part(self) -> Part:
        """The part of the day it was lived in, by the clocks there."""
        hour = _wall(self.at, self.record.zone).hour
        found: list[Part] = [part for before, part in _PARTS if hour < before]
        return found[0] if found else "night"


class Words(msgspec.Struct, frozen=True):
    """The vocabulary as the brief needs it: each word's family, the families and special answers, the wishes."""

    family_of: dict[str, str]
    families: tuple[str, ...]
    special: frozenset[str]
    wishes: tuple[str, ...]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Words":
        """From the content of the practice."""
        families = vocabulary.emotions.families
        return cls(
            family_of={word.id: family.id for family in families for word in family.words},
            families=tuple(family.id for family in families),
            special=frozenset(vocabulary.emotions.special),
            wishes=tuple(wish.id for wish in vocabulary.lists.wishes if not wish.off),
        )

    def picked(self, body: CheckIn) -> list[str]:
        """The words of an entry, own words among them; whole families and special answers are none."""
        ids = [pick.id for pick in body.words]
        return [one for one in ids if one not in self.special and one not in self.families] + body.own_words


class Journal(msgspec.Struct, frozen=True):
    """What was shared, oldest first. Copies that nobody has looked at don't count. `words` are those that client and
    therapist share, by id: ended ones too, since entries name them."""

    check_ins: list[Entry[CheckIn]]
    runs: list[Entry[Run]]
    scenes: list[Entry[Scene]]
    notes: list[Entry[Note]]
    messages: list[Entry[Message]]
    assignments: list[Entry[Assignment]]
    not_today: list[Entry[NotToday]] = []
    words: dict[str, str] = {}

    def where(self, keep: Callable[[str, str], bool]) -> "Journal":
        """Those of the client's entries that are to be kept, by id and day; what was set stays."""
        return Journal(
            check_ins=[one for one in self.check_ins if keep(one.id, one.day)],
            runs=[one for one in self.runs if keep(one.id, one.day)],
            scenes=[one for one in self.scenes if keep(one.id, one.day)],
            notes=[one for one in self.notes if keep(one.id, one.day)],
            messages=[one for one in self.messages if keep(one.id, one.day)],
            assignments=self.assignments,
            not_today=[one for one in self.not_today if keep(one.id, one.day)],
            words=self.words,
        )


def journal(records: Iterable[Record]) -> Journal:
    """The records told apart by kind. One whose body can't be read is left out; so is what is no client's entry."""
    kept = sorted(
        (one for one in records if not one.deleted and one.conflict_of is None and one.body is not msgspec.UNSET),
        key=lambda one: (_at(one), one.id),
    )
    own = [one for one in kept if one.author == "client"]
    theirs = [one for one in kept if one.author == "therapist"]
    return Journal(
        check_ins=_read(own, "checkin", CheckIn),
        runs=_read(own, "run", Run),
        scenes=_read(own, "scene", Scene),
        notes=_read(own, "note", Note),
        messages=[one for one in _read(own, "message", Message) if one.body.text],
        assignments=_read(theirs, "assignment", Assignment),
        not_today=_read(own, "not-today", NotToday),
        words={one.id: one.body.word for one in _read(theirs, "word", SharedWord)},
    )


def _read(records: Sequence[Record], kind: str, shape: type[B]) -> list[Entry[B]]:
    decoder = msgspec.json.Decoder(shape)
    found: list[Entry[B]] = []
    for record in records:
        if record.kind != kind or isinstance(record.body, msgspec.UnsetType):
            continue
        try:
            body = decoder.decode(record.body)
        except msgspec.ValidationError:
            continue  # of a newer app, and not to be guessed at
        at = _at(record)
        found.append(Entry(record.id, at, record.day or _wall(at, record.zone).date().isoformat(), record, body))
    return found


def _at(record: Record) -> Millis:
    return record.felt_at if record.felt_at is not None else record.saved_at


def _wall(at: Millis, zone: str | None) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(_zone(zone or "UTC"))


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
