"""Reading grade, sentences and banned words."""

import pytest

from server.content.writing import banned, grade, sentences_of, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("floor", 1), ("place", 1), ("places", 2), ("changes", 2), ("watched", 1), ("wanted", 2), ("little", 2),
     ("exercise", 3), ("therapist", 3), ("don't", 1), ("the", 1), ("psychologically", 6)],
)  # fmt: skip
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_grade_follows_the_formula() -> None:
    text = "The cat sat down. It looked at the little bird."  # 10 words, 2 sentences, 11 syllables

    assert grade(text) == pytest.approx(0.39 * 10 / 2 + 11.8 * 11 / 10 - 15.59)


def test_no_words_have_no_grade() -> None:
    assert grade("... !") == 0


def test_a_gap_in_a_sentence_does_not_end_it() -> None:
    assert len(sentences_of("Say: my name is \u2026 I am in \u2026 now. Then look up.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "You should look.",
        "You shouldn\u2019t look.",
        "It must be so.",
        "Just look.",
        "It simply works.",
        "That is easily done.",
        "Try harder.",
        "You failed.",
        "Relax your jaw.",
        "Calm down.",
        "Let go of the thought.",
        "This heals.",
        "A toxic friend.",
        "Good job.",
        "Well done.",
        "Your streak.",
        "You missed a day.",
        "It is overdue.",
        "We noticed you.",
        "If you have PTSD.",
        "Your trauma.",
        "Thoughts of suicide.",
        "It treats fear.",
    ],
)
def test_a_banned_word_is_named(text: str) -> None:
    assert len(list(banned("the step `x`", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A place that's easy to be in",
        "You don't need to fix or relax anything.",
        "Or just lift your eyes.",
        "Easy",
        "A healthy adjustment: mustard in a streaky light.",
    ],
)
def test_a_right_use_of_it_is_passed_over(text: str) -> None:
    assert list(banned("the step `x`", text)) == []
