"""Other words for a step: what is kept of them, and which can be put into an exercise. The phone has the same cases."""

from pathlib import Path

import msgspec
import pytest

from server.tailoring import Screen, Whole, cleaned, why_not


class Case(msgspec.Struct):
    """What was typed, and what is kept of it."""

    why: str
    raw: str
    kept: str


CASES = msgspec.json.decode(Path(__file__).with_name("tailoring.json").read_bytes(), type=list[Case])
STEPS = [Screen("settle", "say"), Screen("look", "anchor"), Screen("hear", "attend"), Screen("go", "imagine")]
DIZZY = Screen("breath", "say", "If you feel Dizzy, breathe as you like.")
EXERCISE = Whole(3, "self", [*STEPS, Screen("how", "rate"), Screen("note", "text"), DIZZY])


@pytest.mark.parametrize("case", CASES, ids=[case.why for case in CASES])
def test_words_are_kept_as_text_and_turn_nothing(case: Case) -> None:
    assert cleaned(case.raw) == case.kept
    assert cleaned(case.kept) == case.kept


def test_what_is_read_or_heard_can_have_other_words() -> None:
    assert why_not({"settle": "Sit.", "look": "word " * 45, "hear": "x" * 400}, EXERCISE) is None
    assert why_not({}, EXERCISE) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"how": "How bad?"}, "questions, checks"),
        ({"note": "Write."}, "questions, checks"),
        ({"breath": "Breathe on."}, "when dizzy keep theirs"),
        ({"gone": "Sit."}, "no such step"),
        ({"settle": ""}, "empty"),
        ({"settle": "word " * 46}, "46 words"),
        ({"settle": "x" * 401}, "401 letters"),
        ({step.id: "Sit." for step in STEPS}, "at most 3 steps"),
    ],
)
def test_what_cannot_be_put_in_is_said_in_a_sentence(words: dict[str, str], said: str) -> None:
    assert said in str(why_not({step: text.strip() for step, text in words.items()}, EXERCISE))


def test_a_step_that_is_left_out_for_want_of_its_text_is_said_to_be_so() -> None:
    assert "is not written" in str(why_not({"image": "Sit."}, EXERCISE, {"image", "self"}))
    assert why_not({"settle": "Sit."}, EXERCISE, {"image", "self"}) is None


def test_what_has_to_be_there_in_a_bad_moment_keeps_its_words() -> None:
    assert "stay as they are" in str(why_not({"settle": "Sit."}, Whole(1, "always", STEPS)))
