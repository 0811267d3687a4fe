"""What a lock screen, a push service and a notification history can read: nothing that means anything."""

import json
import re

import pytest

from server.reminders.lines import LATER, LINES, OPEN, TITLE
from server.reminders.payload import Message, message
from server.reminders.vapid import checked_subject, reachable
from server.settings import BadSetting

TELLING = (
    "therap|clinic|practice|client|mood|feel|emotion|anxi|sad|check.?in|session|exercise|miss|overdue|streak|"
    "how are you|diagnos|journal|assign|health|urgent|now!|[0-9]"
)


def of(line: int, origin: str = "https://midweek.example.org") -> Message:
    return message(origin, id="0" * 32, line=line, topic="t" * 24, due_at=1_790_000_000_000, end_at=1_790_007_200_000)


@pytest.mark.parametrize("text", [*LINES, TITLE, OPEN, LATER])
def test_every_line_is_short_and_tells_nothing(text: str) -> None:
    assert len(text) <= 40
    assert re.search(TELLING, text.lower()) is None
    assert text.isascii()


def test_every_line_has_the_same_length_when_sent() -> None:
    assert {len(of(line).full) for line in range(len(LINES))} == {1024}


def test_a_very_long_origin_is_padded_too() -> None:
    assert len(of(0, "https://" + "a" * 400 + ".example").full) == 2048


def test_a_message_is_declarative_and_every_address_in_it_is_absolute() -> None:
    said = json.loads(of(3).full)

    shown = said["notification"]
    assert set(said) == {"web_push", "notification"}
    assert said["web_push"] == 8030
    assert all(to.startswith("https://midweek.example.org/") for to in [shown["navigate"], *targets(shown)])
    assert [action["action"] for action in shown["actions"]] == ["open", "later"]
    assert targets(shown)[1] == f"https://midweek.example.org/?later={'0' * 32}.0"
    assert shown["data"] == {"id": "0" * 32, "expires": 1_790_007_200_000}


def targets(shown: dict[str, list[dict[str, str]]]) -> list[str]:
    return [action["navigate"] for action in shown["actions"]]


def test_the_smallest_message_still_shows_something_and_leads_somewhere() -> None:
    assert json.loads(of(3).minimal)["notification"] == {
        "title": "Midweek",
        "navigate": f"https://midweek.example.org/?reminder={'0' * 32}",
        "tag": "t" * 24,
    }


def test_one_that_was_put_off_says_for_which_time_it_comes() -> None:
    said = json.loads(message("https://m.example.org", id="a", line=3, topic="t", due_at=1, end_at=2, nth=2).full)[
        "notification"
    ]

    assert said["data"] == {"id": "a", "expires": 2, "nth": 2}
    assert targets(said)[1] == "https://m.example.org/?later=a.2"


@pytest.mark.parametrize(
    "subject",
    ["mailto:ada@example.org", "https://example.org", "https://example.org/contact", "mailto:midweek@localhost"],
)
def test_a_subject_push_services_can_read_is_taken(subject: str) -> None:
    assert checked_subject(subject) == subject


@pytest.mark.parametrize(
    "subject", ["", "ada@example.org", "mailto:", "mailto:ada", "http://example.org", "https://", "mailto:a b@c.org"]
)
def test_a_subject_they_cannot_is_refused_by_name(subject: str) -> None:
    with pytest.raises(BadSetting, match="MIDWEEK_VAPID_SUBJECT"):
        checked_subject(subject)


@pytest.mark.parametrize(
    ("subject", "can"),
    [
        ("mailto:ada@example.org", True),
        ("https://midweek.example.org/contact", True),
        ("https://midweek.example.org:8443", True),
        ("mailto:midweek@localhost", False),
        ("mailto:x@midweek.invalid", False),
        ("https://midweek.local", False),
    ],
)
def test_a_subject_nobody_can_reach_is_known(subject: str, can: bool) -> None:
    assert reachable(subject) is can
