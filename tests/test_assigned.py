"""What an assignment says, read back as it was written."""

from datetime import date

import msgspec
import pytest

from server import assigned
from server.bodies import Assignment

BODY: assigned.Fields = {"exercise": "new-ending-recent", "version": 1, "title": "A new ending", "by": "Teresa"}
TODAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    "held", [{"snapshot": {"steps": [{"id": "one"}]}}, {"suspended": {"since": 1, "snapshot": {}}}]
)
def test_one_that_holds_the_exercises_text_can_be_read(held: assigned.Fields) -> None:
    said = assigned.read(BODY | held)

    assert (said.title, assigned.read(msgspec.to_builtins(said))) == ("A new ending", said)


def test_text_that_is_there_already_is_written_as_it_stands() -> None:
    said = Assignment(exercise="x", version=1, title="x", snapshot=msgspec.Raw(b'{"steps":[]}'))

    assert msgspec.json.decode(msgspec.json.encode(said))["snapshot"] == {"steps": []}


@pytest.mark.parametrize(
    ("more", "live"),
    [
        ({}, True),
        ({"until": "2026-09-21", "expires_on": "2026-10-01"}, True),
        ({"until": "2026-09-20"}, False),
        ({"expires_on": "2026-09-20"}, False),
        ({"ended_at": 1}, False),
    ],
)
def test_it_is_with_the_client_until_its_last_day_is_over(more: assigned.Fields, live: bool) -> None:
    assert assigned.is_live(assigned.read(BODY | more), TODAY) is live


def test_other_terms_leave_what_a_newer_server_wrote() -> None:
    changed = assigned.changed(BODY | {"from_newer": 1, "reason": "Old."}, {"reason": None, "until": "2026-09-30"})

    assert changed == BODY | {"from_newer": 1, "until": "2026-09-30"}
