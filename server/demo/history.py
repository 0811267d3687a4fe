"""Eight weeks of invented history for the demo. Pure and repeatable: the same seed and day give the same weeks."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from server.models import Millis

WEEKS: Final = 8
Said = dict[str, object]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the person saved, when it was felt."""

    kind: str
    felt_at: Millis
    day: str
    zone: str
    body: Said


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An invented client: what their days tend to be like."""

    name: str
    zone: str
    seed: int
    chance: float
    words: tuple[str, ...]
    better_words: tuple[str, ...]
    regions: tuple[str, ...]
    sensations: tuple[str, ...]
    contexts: tuple[str, ...]
    notes: tuple[str, ...]
    practice: tuple[tuple[str, str, str], ...]
    """Exercise id, the keys of its ratings before and after."""


ANNA: Final = Person(
    name="Anna B.",
    zone="Europe/Rome",
    seed=11,
    chance=0.82,
    words=("uneasy", "left_out", "ashamed", "on_edge", "sad", "not_good_enough", "unknown", "resentful"),
    better_words=("calm", "relieved", "curious", "touched", "steady", "hopeful"),
    regions=("chest", "throat", "belly", "shoulders"),
    sensations=("tight", "heavy", "lump", "shaky", "warm"),
    contexts=("home", "work", "online", "partner", "criticised", "waiting", "alone"),
    notes=(
        "They answered after two hours. I had already decided they were angry with me.",
        "I noticed the tight chest before I went quiet. That was new.",
        "Said one sentence about what I wanted. My voice shook. The sky did not fall.",
        "Sunday evening again. The same heaviness as last week.",
        "I wanted to cancel and I went anyway. I would like to talk about the first ten minutes.",
    ),
    practice=(
        ("name-it-gently", "clarity_before", "clarity_after"),
        ("five-stop-scan", "distress_before", "distress_after"),
        ("calm-place", "distress_before", "distress_after"),
    ),
)
BRUNO: Final = Person(
    name="Bruno C.",
    zone="Europe/Berlin",
    seed=23,
    chance=0.55,
    words=("unknown", "flat", "fed_up", "annoyed", "numb", "drained", "mistrustful", "unknown"),
    better_words=("interested", "content", "amused", "steady"),
    regions=("jaw", "hands", "shoulders", "nowhere"),
    sensations=("tight", "numb", "pressure", "restless"),
    contexts=("work", "on_the_way", "alone", "row", "colleague", "nothing_special"),
    notes=(
        "My first guess was that he did it on purpose. The second guess was that he was late himself.",
        "Nothing to say today. I looked, though.",
        "I was sure. Then I was a bit less sure.",
    ),
    practice=(
        ("feet-on-floor", "distress_before", "distress_after"),
        ("three-guesses", "sure_before", "sure_after"),
        ("guess-and-check", "clarity_before", "clarity_after"),
    ),
)


def history(person: Person, today: date) -> Iterator[Moment]:
    """What the person saved in the eight weeks up to yesterday, oldest first."""
    dice = random.Random(person.seed)  # noqa: S311
    for ago in range(WEEKS * 7, 0, -1):
        day = today - timedelta(days=ago)
        hard = 0.62 - 0.25 * (1 - ago / (WEEKS * 7)) + (0.2 if day.weekday() == 6 else 0)
        if dice.random() < person.chance:
            yield _check_in(person, dice, day, hard, (19, 22))
        if dice.random() < person.chance * 0.3:
            yield _check_in(person, dice, day, hard, (8, 13))
        if dice.random() < 0.32:
            yield _run(person, dice, day, hard)
        if dice.random() < 0.09:
            yield _entry(person, dice, day, (20, 22), "note", {"text": dice.choice(person.notes)})


def _check_in(person: Person, dice: random.Random, day: date, hard: float, hours: tuple[int, int]) -> Moment:
    heavy = dice.random() < hard
    valence = dice.uniform(-0.9, -0.15) if heavy else dice.uniform(-0.1, 0.75)
    body: Said = {
        "when": "now",
        "affect": {"v": round(valence, 2), "a": round(dice.uniform(-0.7, 0.7), 2)},
        "words": _words(person, dice, heavy),
        "seconds": dice.randint(9, 70),
        "source": "reminder" if hours[0] > 18 and dice.random() < 0.6 else "own",
    }
    if dice.random() < 0.85:
        body["distress"] = dice.randint(5, 9) if heavy else dice.randint(1, 5)
    if dice.random() < 0.5:
        body["regions"] = [dice.choice(person.regions)]
        body["sensations"] = [dice.choice(person.sensations)]
    if dice.random() < 0.6:
        body["contexts"] = dice.sample(person.contexts, 2)
    if heavy and dice.random() < 0.12:
        body["bring"] = True
    return _entry(person, dice, day, hours, "checkin", body)


def _words(person: Person, dice: random.Random, heavy: bool) -> list[Said]:
    known = person.words if heavy else person.better_words
    picks = dice.sample(known, dice.choice((1, 1, 2)))
    return [{"id": pick, "strength": dice.randint(2, 4)} for pick in dict.fromkeys(picks)]


def _run(person: Person, dice: random.Random, day: date, hard: float) -> Moment:
    exercise, before, after = dice.choice(person.practice)
    start = dice.randint(3, 8) if dice.random() < hard else dice.randint(1, 5)
    stopped = dice.random() < 0.1
    ratings = (
        {before: start} if stopped else {before: start, after: max(0, min(10, start + dice.choice((-2, -1, 0, 0, 1))))}
    )
    body: Said = {
        "exercise": exercise,
        "version": 1,
        "ended": "stopped" if stopped else "finished",
        "ratings": {} if stopped else ratings,
        "answers": {},
    }
    if stopped:
        body["stopped_at_step"] = before
    entry = _entry(person, dice, day, (18, 21), "run", body)
    body["started_at"], body["ended_at"] = entry.felt_at, entry.felt_at + dice.randint(120, 480) * 1000
    return entry


def _entry(person: Person, dice: random.Random, day: date, hours: tuple[int, int], kind: str, body: Said) -> Moment:
    wall = datetime(
        day.year, day.month, day.day, dice.randint(*hours), dice.randint(0, 59), tzinfo=ZoneInfo(person.zone)
    )
    felt_at = int(wall.astimezone(UTC).timestamp() * 1000)
    return Moment(kind=kind, felt_at=felt_at, day=day.isoformat(), zone=person.zone, body=body)
