"""The page itself: its parts in the order they are read, and what the client holds back of them."""

from collections.abc import Collection
from datetime import date
from typing import Final

import msgspec

from server.brief import parts
from server.brief.entries import Journal, Words
from server.brief.parts import Body, Bring, How, Practice, Question, Said, Scenes, Unvisited
from server.clocks import days_on
from server.formulas import NotEnough

PARTS: Final = ("bring", "how", "words", "scenes", "body", "practice", "not_visited", "questions")
"""In this order; each can be held back by its name."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which days the page is about, both included; what the client holds back of it, by the name of a part or the id of
    a record; what was discussed already; and which parts of a check-in are not shared."""

    since: str
    until: str
    held: frozenset[str] = frozenset()
    discussed: frozenset[str] = frozenset()
    not_shared: tuple[str, ...] = ()


class Foot(msgspec.Struct, frozen=True):
    """How far the page can be believed: parts of a check-in that are not shared, how many parts or entries were held
    back, entries by how they came, and which versions of exercises were done."""

    not_shared: tuple[str, ...]
    held: int
    own: int
    reminder: int
    versions: list[tuple[str, int]]


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A starting point, not an assessment. A part that is None is held back; a formula below its minimum says what is
    there and what it takes (`NotEnough`)."""

    since: str
    until: str
    bring: Bring | None
    how: How | None
    words: Said | None
    scenes: Scenes | None
    body: Body | None
    practice: Practice | None
    not_visited: Unvisited | None
    questions: list[Question] | None
    discussed: list[str]
    """What of the page was talked about in a session, by id."""
    foot: Foot
    shared_words: dict[str, str] = {}
    """The words of the two that come on the page, by the id they are counted under."""
    paused: bool = False


def brief(everything: Journal, words: Words, asked: Asked) -> Brief:
    """The page over a journal: what a therapist may see of one client, and nothing else. What the client holds back is
    in no part, no count and no question."""
    whole = everything.where(lambda id, _: id not in asked.held) if asked.held else everything
    now = _of_days(whole, asked.since, asked.until)
    before = _of_days(whole, _before(asked), days_on(asked.since, -1))
    earlier = [one for one in whole.check_ins if one.day < asked.since]
    held = asked.held.intersection(PARTS)
    page = Brief(
        since=asked.since,
        until=asked.until,
        bring=None if "bring" in held else parts.bring(now, asked.discussed),
        how=None if "how" in held else parts.how(now, before),
        words=None if "words" in held else parts.said(now, before, earlier, words),
        scenes=None if "scenes" in held else parts.scenes(now),
        body=None if "body" in held else parts.body(now, words),
        practice=None if "practice" in held else parts.practice(now),
        not_visited=None
        if "not_visited" in held
        else parts.unvisited(whole, now, words, asked.since, asked.not_shared),
        questions=None if "questions" in held else parts.questions(now, words, held),
        discussed=sorted(asked.discussed & _ids(now)),
        foot=_foot(now, _of_days(everything, asked.since, asked.until), asked, held),
    )
    return msgspec.structs.replace(page, shared_words=_named(page, now))


def _of_days(whole: Journal, since: str, until: str) -> Journal:
    return whole.where(lambda _, day: since <= day <= until)


def _before(asked: Asked) -> str:
    """The first day of as many days before."""
    length = (date.fromisoformat(asked.until) - date.fromisoformat(asked.since)).days + 1
    return days_on(asked.since, -length)


def _ids(of: Journal) -> set[str]:
    return {one.id for each in (of.check_ins, of.runs, of.not_today, of.scenes, of.notes, of.messages) for one in each}


def _named(page: Brief, now: Journal) -> dict[str, str]:
    """What the shared words on the page are called, and no other: also a name would tell that one was picked."""
    brought = {one.id for one in page.bring.items} if page.bring else set[str]()
    shown = {pick.id for one in now.check_ins if one.id in brought for pick in one.body.words}
    if page.words:
        shown.update(one.word for one in page.words.most)
        shown.update([] if isinstance(page.words.new, NotEnough) else page.words.new)
    if page.body and not isinstance(page.body.together, NotEnough):
        shown.update(one.word for one in page.body.together)
    shown.update(one.word for one in page.questions or [])
    return {id: word for id, word in now.words.items() if id in shown}


def _foot(now: Journal, everything: Journal, asked: Asked, held: Collection[str]) -> Foot:
    reminded = sum(one.body.source == "reminder" for one in now.check_ins)
    return Foot(
        not_shared=asked.not_shared,
        held=len(held) + len(_ids(everything) - _ids(now)),
        own=len(now.check_ins) - reminded,
        reminder=reminded,
        versions=sorted({(one.body.exercise, one.body.version) for one in now.runs}),
    )
