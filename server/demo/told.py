"""What the demo's Anna and her therapist told each other between sessions: scenes, what was left for another day, a
note each way, and a word of the two. Invented, pure and repeatable."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from server.demo.history import ANNA, Moment, Said
from server.models import Millis

WORD: Final = "the lid"
MEANING: Final = "What comes down in me just before I go quiet."
FROM_TERESA: Final = "If the lid comes down this week, see if you can catch the second before. Nothing to do about it."
FROM_ANNA: Final = (
    "The phone call on Saturday. I said what I wanted and then took it back. I would like to begin with that."
)

_HOME: Final[Said] = {"wish": "to be heard", "expected": "they get impatient", "my_move": "I go quiet"}
_SCENES: Final[tuple[tuple[int, Said], ...]] = (
    (
        2,
        {
            "title": "Half a sentence",
            "when": "Kitchen, after dinner",
            "other": "my partner",
            "they_did": "Looked at the clock while I was telling about my day.",
            "felt": "Stung, then flat.",
        }
        | _HOME
        | {"about_me": "I take up too much room."},
    ),
    (
        4,
        {
            "title": "The call",
            "when": "On the phone, Saturday",
            "other": "my sister",
            "they_did": "Said 'so what do you want me to do about it?'",
            "felt": "Ashamed, and a bit angry.",
            "wish": "to be comforted",
            "expected": "I am too much",
            "my_move": "I say it is nothing",
        },
    ),
    (
        12,
        {
            "title": "Team meeting",
            "when": "At work",
            "other": "someone at work",
            "they_did": "Went on to the next point before I had finished.",
            "felt": "Hot in the face.",
        }
        | _HOME,
    ),
    (
        19,
        {
            "title": "Asking for the weekend",
            "when": "In the car",
            "other": "my partner",
            "they_did": "Sighed.",
            "felt": "Uneasy.",
        }
        | _HOME
        | {"healthier": "A sigh can be about the traffic."},
    ),
)
_LEFT: Final[tuple[tuple[int, Said], ...]] = (
    (1, {"exercise": "new-ending-recent", "reasons": ["much"], "text": "Not while my sister is staying here."}),
    (3, {"exercise": "five-stop-scan", "reasons": ["time"]}),
    (8, {"exercise": "five-stop-scan", "reasons": ["tired", "place"]}),
)
"""What was left for another day, days ago."""
_LID: Final = ((1, 6), (3, 7), (5, 8), (9, 7))
"""When the word of the two was picked: days ago, and how hard things were."""


def told(today: date, word: str) -> Iterator[Moment]:
    """What Anna shared besides her days, up to yesterday. `word` is the id of the word of the two."""
    for ago, scene in _SCENES:
        yield _moment(today, ago, 20, "scene", scene | {"from": "wish-and-answer"})
    for ago, left in _LEFT:
        yield _moment(today, ago, 21, "not-today", left)
    for ago, distress in _LID:
        picked: Said = {"when": "now", "distress": distress, "words": [{"id": word, "strength": 3}], "source": "own"}
        yield _moment(today, ago, 14, "checkin", picked)
    yield _moment(today, 1, 21, "message", {"text": FROM_ANNA})


def _moment(today: date, ago: int, hour: int, kind: str, body: Said) -> Moment:
    day = today - timedelta(days=ago)
    wall = datetime(day.year, day.month, day.day, hour, 10, tzinfo=ZoneInfo(ANNA.zone))
    felt_at: Millis = int(wall.astimezone(UTC).timestamp() * 1000)
    return Moment(kind=kind, felt_at=felt_at, day=day.isoformat(), zone=ANNA.zone, body=body)
