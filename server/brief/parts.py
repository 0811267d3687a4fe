"""The parts of the brief, each from the entries of its days. Counts and the client's own words; no score, no rank."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from server import formulas
from server.bodies import Assignment, NotToday, Run, Scene
from server.brief.entries import CheckIn, Entry, Journal, Part, Words
from server.formulas import Change, Counted, Felt, NotEnough, NotVisited, SeenTogether, Spread, Turn, Turns, WidthChange
from server.models import Millis, Record

MOST_BROUGHT: Final = 3
MOST_SCENES: Final = 3
MOST_PAIRS: Final = 3
MOST_WORDS: Final = 3
MOST_QUESTIONS: Final = 2
HARD: Final = 7
"""Distress from which on a moment is called hard."""
OFTEN: Final = 3
"""Times a thing has to come before a question is made of it."""
ALWAYS_ASKED: Final = ("affect", "distress", "words")
"""What every check-in asks; the rest is asked only of who wants more."""


class Bring(msgspec.Struct, frozen=True):
    """What the client wants to bring, the newest first, as they wrote it; `more` is how many stand back."""

    items: list[Record]
    more: int


class Moment(msgspec.Struct, frozen=True):
    """One entry on the strip."""

    at: Millis
    day: str
    distress: int | None
    reminder: bool


class Rated(msgspec.Struct, frozen=True):
    """A rating over the days: how many, the middle, the range, and the change against as many days before."""

    n: int
    median: float | NotEnough
    spread: Spread | NotEnough
    change: Change | NotEnough


class Hard(msgspec.Struct, frozen=True):
    """Hard moments, and the parts of the day they came in."""

    n: int
    parts: dict[Part, int]


class How(msgspec.Struct, frozen=True):
    """How it has been. Distress from 0 to 10, pleasantness from -1 to 1."""

    entries: int
    days: int
    strip: list[Moment]
    distress: Rated
    pleasant: Rated
    hard: Hard


class Used(msgspec.Struct, frozen=True):
    """A word, and how often."""

    word: str
    n: int


class Said(msgspec.Struct, frozen=True):
    """The words for it. `picks` counts words, `families` whole families picked alone."""

    picks: int
    distinct: int | NotEnough
    new: list[str] | NotEnough
    most: list[Used]
    not_known: float | NotEnough
    asked: int
    unknown: int
    families: int
    width: float | NotEnough
    width_change: WidthChange | NotEnough


class Told(msgspec.Struct, frozen=True):
    """A scene as the client wrote it."""

    id: str
    day: str
    scene: Scene


class Scenes(msgspec.Struct, frozen=True):
    """The newest scenes, how many there were, and how often each turn came."""

    told: list[Told]
    n: int
    turns: Turns | NotEnough


class Body(msgspec.Struct, frozen=True):
    """Words and places seen together, out of so many entries with a body answer."""

    n: int
    together: list[SeenTogether] | NotEnough


class Pairs(msgspec.Struct, frozen=True):
    """One question's ratings before and after, oldest first."""

    question: str
    pairs: list[tuple[int, int]]
    median: float | NotEnough


class Practised(msgspec.Struct, frozen=True):
    """One exercise: how often it was opened, finished and stopped, and left for another day (`not_today`): for these
    `reasons`, by id, and with these words (`said`), the last that were written."""

    exercise: str
    title: str
    opened: int
    finished: int
    stopped: int
    ratings: list[Pairs]
    not_today: int = 0
    reasons: list[Used] = []
    said: str = ""


class Practice(msgspec.Struct, frozen=True):
    """The exercises that were opened or left for another day, the one opened most first."""

    exercises: list[Practised]


class Unvisited(msgspec.Struct, frozen=True):
    """Worth asking, not concluding. Exercises by the title they were set under."""

    not_opened: list[str]
    not_finished: list[str]
    families: list[str] | NotEnough
    wishes: list[str] | NotEnough
    skipped: list[str]


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to wonder about, by the counts it is made of."""

    about: Literal["word_in_part", "turn", "hard_in_part", "unknown"]
    n: int
    word: str = ""
    part: Part | None = None
    turn: Turn | None = None


def bring(now: Journal, discussed: Collection[str]) -> Bring:
    """What was flagged and not talked about yet; the note for the session before all else."""
    flagged = [(True, one.at, one.id, one.record) for one in now.messages[-1:]]
    flagged += [(False, one.at, one.id, one.record) for one in now.check_ins if one.body.bring]
    flagged += [(False, one.at, one.id, one.record) for one in now.notes if one.body.bring]
    left = sorted((one for one in flagged if one[2] not in discussed), key=lambda one: one[:3], reverse=True)
    return Bring([record for *_, record in left[:MOST_BROUGHT]], max(0, len(left) - MOST_BROUGHT))


def how(now: Journal, before: Journal) -> How:
    """Moods and distress, beside those of as many days before."""
    hard = [one for one in now.check_ins if (one.body.distress or 0) >= HARD]
    return How(
        entries=len(now.check_ins),
        days=len({one.day for one in now.check_ins}),
        strip=[Moment(one.at, one.day, one.body.distress, one.body.source == "reminder") for one in now.check_ins],
        distress=_rated(_distress(now), _distress(before), 1),
        pleasant=_rated(_pleasant(now), _pleasant(before), 5),
        hard=Hard(len(hard), dict(Counter(one.part for one in hard))),
    )


def said(now: Journal, before: Journal, earlier: Sequence[Entry[CheckIn]], words: Words) -> Said:
    """The words of these days; "new" is what never came in all that was shared before."""
    picks, asked = _picks(now, words), [one.body for one in now.check_ins if one.body.words or one.body.own_words]
    ever = [word for one in earlier for word in words.picked(one.body)]
    unknown = sum(any(pick.id == "unknown" for pick in body.words) for body in asked)
    families = sum(pick.id in words.families for body in asked for pick in body.words)
    counts, counts_before = Counter(picks), Counter(_picks(before, words))
    return Said(
        picks=len(picks),
        distinct=formulas.distinct(picks),
        new=formulas.new_words(picks, ever),
        most=[Used(word, n) for word, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]],
        not_known=formulas.not_known(unknown, len(asked)),
        asked=len(asked),
        unknown=unknown,
        families=families,
        width=formulas.width(counts.values()),
        width_change=formulas.width_change(counts_before.values(), counts.values()),
    )


def scenes(now: Journal) -> Scenes:
    """What happened between people."""
    told = [Told(one.id, one.day, one.body) for one in reversed(now.scenes)]
    return Scenes(told[:MOST_SCENES], len(told), _counted(now))


def body(now: Journal, words: Words) -> Body:
    """Words and places: seen together, never linked."""
    felt = [Felt(_all_words(one.body, words), one.body.regions) for one in now.check_ins]
    together = formulas.seen_together(felt)
    shown = together if isinstance(together, NotEnough) else together[:MOST_PAIRS]
    return Body(sum(bool(one.regions) for one in felt), shown)


def practice(now: Journal) -> Practice:
    """The exercises that were opened, and those that were not, and it was said."""
    runs, left = defaultdict[str, list[Run]](list), defaultdict[str, list[NotToday]](list)
    for one in now.runs:
        runs[one.body.exercise].append(one.body)
    for other in now.not_today:
        left[other.body.exercise].append(other.body)
    found = [_practised(exercise, runs[exercise], left[exercise]) for exercise in {*runs, *left}]
    return Practice(sorted(found, key=lambda one: (-one.opened, one.exercise)))


def unvisited(whole: Journal, now: Journal, words: Words, since: str, not_shared: Collection[str]) -> Unvisited:
    """What was set and not opened, opened and not finished; and, from enough entries on, what never came."""
    live = {one.body.exercise: one.body for one in whole.assignments if _was_live(one.body, since)}
    looked_at = {one.body.exercise for one in now.not_today}
    left = formulas.not_visited(
        (exercise for exercise in live if exercise not in looked_at),
        (one.body.exercise for one in now.runs),
        (one.body.exercise for one in now.runs if one.body.ended == "finished"),
    )
    entries, wished = len(now.check_ins), [one.body.wish for one in now.check_ins if one.body.wish]
    families = {words.family_of.get(pick.id, pick.id) for one in now.check_ins for pick in one.body.words}
    return Unvisited(
        *_titles(left, live, now.runs),
        families=[] if "words" in not_shared else formulas.never_used(words.families, families, entries),
        wishes=formulas.never_used(words.wishes, wished, entries) if wished else [],
        skipped=[field for field in formulas.always_skipped(_answered(now.check_ins)) if field not in not_shared],
    )


def questions(now: Journal, words: Words, held: Collection[str]) -> list[Question]:
    """At most two, each made of counts alone, and none about what is held back."""
    found: list[Question] = []
    if "words" not in held:
        found += _words_in_part(now, words)[:1]
    if "scenes" not in held:
        found += _repeated(now)[:1]
    if "how" not in held:
        found += _hard_in_part(now)
    if "words" not in held:
        unknown = sum(any(pick.id == "unknown" for pick in one.body.words) for one in now.check_ins)
        found += [Question("unknown", unknown)] if unknown >= OFTEN else []
    return found[:MOST_QUESTIONS]


def _distress(of: Journal) -> list[float]:
    return [one.body.distress for one in of.check_ins if one.body.distress is not None]


def _pleasant(of: Journal) -> list[float]:
    return [one.body.affect.v for one in of.check_ins if one.body.affect is not None]


def _rated(now: Sequence[float], before: Sequence[float], points: float) -> Rated:
    """`points` of a 0-10 scale go to one of this scale's."""
    change = formulas.change([value * points for value in before], [value * points for value in now])
    return Rated(len(now), formulas.median(now), formulas.spread(now), change)


def _picks(of: Journal, words: Words) -> list[str]:
    return [word for one in of.check_ins for word in words.picked(one.body)]


def _all_words(body: CheckIn, words: Words) -> list[str]:
    return [pick.id for pick in body.words if pick.id not in words.special] + body.own_words


def _counted(of: Journal) -> Turns | NotEnough:
    """How often each turn came, whatever its capitals, in the words of the newest of its scenes."""
    written = {_plain(turn): turn for turn in _turns(of)}
    found = formulas.turns([_plain(turn) for turn in _turns(of)])
    if isinstance(found, NotEnough):
        return found
    table, repeats = [_in_words(written, one) for one in found.table], found.repeats
    return Turns(table, repeats if isinstance(repeats, NotEnough) else [_in_words(written, one) for one in repeats])


def _in_words(written: Mapping[Turn, Turn], one: Counted) -> Counted:
    turn = written[Turn(one.wish, one.expected, one.move)]
    return Counted(turn.wish, turn.expected, turn.move, one.n)


def _turns(of: Journal) -> list[Turn]:
    """Wish, expected answer and own move of the scenes that name all three, oldest first."""
    found = [(one.body.wish, one.body.expected, one.body.my_move) for one in of.scenes]
    turns = [Turn(w.strip(), e.strip(), m.strip()) for w, e, m in found if w and e and m]
    return [turn for turn in turns if turn.wish and turn.expected and turn.move]


def _plain(turn: Turn) -> Turn:
    return Turn(turn.wish.lower(), turn.expected.lower(), turn.move.lower())


def _practised(exercise: str, runs: Sequence[Run], left: Sequence[NotToday]) -> Practised:
    pairs = defaultdict[str, list[tuple[int, int]]](list)
    for run in runs:
        for key, before in run.ratings.items():
            question = key.removesuffix("_before")
            if question != key and (after := run.ratings.get(f"{question}_after")) is not None:
                pairs[question].append((before, after))
    titles = [run.title for run in reversed(runs)] + [one.title for one in reversed(left)]
    return Practised(
        exercise=exercise,
        title=next(filter(None, titles), ""),
        opened=len(runs),
        finished=sum(run.ended == "finished" for run in runs),
        stopped=sum(run.ended == "stopped" for run in runs),
        ratings=[Pairs(question, each, _middle(each)) for question, each in pairs.items()],
        not_today=len(left),
        reasons=_most(reason for one in left for reason in dict.fromkeys(one.reasons)),
        said=next((said for one in reversed(left) if (said := one.text.strip())), ""),
    )


def _most(ids: Iterable[str]) -> list[Used]:
    return [Used(id, n) for id, n in sorted(Counter(ids).items(), key=lambda one: (-one[1], one[0]))]


def _middle(pairs: Sequence[tuple[int, int]]) -> float | NotEnough:
    found = formulas.before_after(pairs)
    return found if isinstance(found, NotEnough) else found.median


def _was_live(body: Assignment, since: str) -> bool:
    """Whether it could have been done in these days."""
    ends = [day for day in (body.until, body.expires_on) if day is not None]
    return body.ended_at is None and all(day >= since for day in ends)


def _titles(left: NotVisited, live: dict[str, Assignment], runs: Iterable[Entry[Run]]) -> tuple[list[str], list[str]]:
    titles = {one.body.exercise: one.body.title for one in runs} | {name: set_.title for name, set_ in live.items()}
    return [titles[one] or one for one in left.not_opened], [titles[one] or one for one in left.not_finished]


def _answered(check_ins: Sequence[Entry[CheckIn]]) -> list[tuple[str, int, int]]:
    shown = len(check_ins)
    said = {
        "affect": sum(one.body.affect is not None for one in check_ins),
        "distress": sum(one.body.distress is not None for one in check_ins),
        "words": sum(bool(one.body.words or one.body.own_words) for one in check_ins),
    }
    return [(field, shown, said[field]) for field in ALWAYS_ASKED]


def _words_in_part(now: Journal, words: Words) -> list[Question]:
    """Words that came only in one part of the day, the most frequent first."""
    parts = defaultdict[str, list[Part]](list)
    for one in now.check_ins:
        for word in words.picked(one.body):
            parts[word].append(one.part)
    found = [(word, each) for word, each in parts.items() if len(each) >= OFTEN and len(set(each)) == 1]
    found.sort(key=lambda one: (-len(one[1]), one[0]))
    return [Question("word_in_part", len(each), word=word, part=each[0]) for word, each in found]


def _repeated(now: Journal) -> list[Question]:
    found = _counted(now)
    if isinstance(found, NotEnough) or isinstance(found.repeats, NotEnough):
        return []
    return [Question("turn", one.n, turn=Turn(one.wish, one.expected, one.move)) for one in found.repeats]


def _hard_in_part(now: Journal) -> list[Question]:
    """Hard moments that all came in one part of the day."""
    parts: list[Part] = [one.part for one in now.check_ins if (one.body.distress or 0) >= HARD]
    return [Question("hard_in_part", len(parts), part=parts[0])] if len(parts) >= OFTEN and len(set(parts)) == 1 else []
