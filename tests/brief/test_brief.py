"""The brief counts what is shared and says nothing more. START's Monday, 21 September 2026, is the day it is read."""

import random
from datetime import date, timedelta

import msgspec
import pytest

from server.brief import Asked, Brief, Words, brief, journal
from server.formulas import Change, Counted, NotEnough
from server.models import Audience, Record, Role
from tests.cast import library

WORDS = Words.of(library().vocabulary)
NOON = 1_789_984_800_000  # 21 September 2026, 12:00 in Rome
DAY = 86_400_000
TODAY = "2026-09-21"


def ago(days: int) -> str:
    return (date.fromisoformat(TODAY) - timedelta(days=days)).isoformat()


def record(
    name: str,
    kind: str,
    days: int,
    body: object,
    *,
    hour: int = 12,
    author: Role = "client",
    audience: Audience = "therapist",
    conflict_of: str | None = None,
) -> Record:
    at = NOON - days * DAY + (hour - 12) * 3_600_000
    return Record(
        id=name,
        kind=kind,
        schema=1,
        audience=audience,
        author=author,
        rev="e.1",
        saved_at=at,
        felt_at=at,
        zone="Europe/Rome",
        day=ago(days),
        body=msgspec.Raw(msgspec.json.encode(body)),
        conflict_of=conflict_of,
    )


def check_in(name: str, days: int, hour: int = 12, **body: object) -> Record:
    return record(name, "checkin", days, body, hour=hour)


def said(*ids: str) -> list[dict[str, str]]:
    return [{"id": one} for one in ids]


def made(*records: Record, since: int = 13, held: frozenset[str] = frozenset(), **asked: object) -> Brief:
    whole = msgspec.structs.replace(Asked(since=ago(since), until=TODAY, held=held), **asked)
    return brief(journal(records), WORDS, whole)


def test_an_empty_fortnight_says_that_there_is_too_little() -> None:
    page = made()

    assert page.how
    assert page.how.entries == 0
    assert page.how.distress.median == NotEnough(0, 5)
    assert page.words
    assert page.words.distinct == NotEnough(0, 1)
    assert page.body
    assert page.body.together == NotEnough(0, 8)
    assert page.questions == []


def test_entries_are_counted_by_the_day_they_were_lived_inside_the_period_only() -> None:
    page = made(
        check_in("new", 0, distress=3), check_in("first", 13, distress=9), check_in("old", 14, distress=10), since=13
    )

    assert page.how
    assert (page.how.entries, page.how.days) == (2, 2)
    assert [one.distress for one in page.how.strip] == [9, 3]
    assert page.how.hard.n == 1


def test_a_copy_nobody_has_looked_at_is_not_counted() -> None:
    copy = record("copy", "checkin", 1, {"distress": 9}, conflict_of="one")

    page = made(check_in("one", 1, distress=2), copy)

    assert page.how
    assert page.how.entries == 1


def test_three_things_are_brought_the_newest_first_and_the_rest_is_counted() -> None:
    page = made(*(check_in(f"c{days}", days, bring=True, distress=5) for days in range(5)))

    assert page.bring
    assert [one.id for one in page.bring.items] == ["c0", "c1", "c2"]
    assert page.bring.more == 2


def test_a_scene_that_was_discussed_stays_and_is_told_to_be() -> None:
    page = made(record("s", "scene", 1, {"other": "My boss"}), discussed=frozenset({"s", "of another month"}))

    assert page.scenes
    assert [one.id for one in page.scenes.told] == page.discussed == ["s"]


def test_what_was_discussed_is_not_brought_again() -> None:
    note = record("note", "note", 1, {"text": "The first ten minutes.", "bring": True})

    page = made(note, check_in("c", 0, bring=True), discussed=frozenset({"note"}))

    assert page.bring
    assert [one.id for one in page.bring.items] == ["c"]


def test_a_new_word_never_came_in_all_that_was_shared_before() -> None:
    page = made(
        check_in("years ago", 900, words=said("uneasy")),
        check_in("now", 1, words=said("uneasy", "left_out")),
        check_in("again", 0, words=said("left_out", "unknown", "anger")),
    )

    assert page.words
    assert page.words.new == ["left_out"]
    assert (page.words.picks, page.words.families, page.words.unknown, page.words.asked) == (3, 1, 1, 2)
    assert [(one.word, one.n) for one in page.words.most] == [("left_out", 2), ("uneasy", 1)]


def test_scenes_are_shown_as_they_were_written_and_turns_are_counted() -> None:
    turn = {"wish": "To be heard", "expected": "He laughs", "my_move": "I go quiet"}

    louder = turn | {"my_move": "I GO QUIET"}
    said = [turn, turn, turn, louder]  # the newest first
    page = made(*(record(f"s{days}", "scene", days, each | {"other": "My boss"}) for days, each in enumerate(said)))

    assert page.scenes
    assert [one.id for one in page.scenes.told] == ["s0", "s1", "s2"]
    assert page.scenes.n == 4
    assert not isinstance(page.scenes.turns, NotEnough)
    assert page.scenes.turns.table == [Counted("To be heard", "He laughs", "I go quiet", 4)]
    assert page.questions
    assert page.questions[0].about == "turn"


def test_practice_shows_each_pair_and_no_percentage() -> None:
    run = {"exercise": "calm-place", "version": 1, "title": "A calm place"}
    ratings = {"distress_before": 6, "distress_after": 4}

    page = made(
        record("r1", "run", 2, run | {"ended": "finished", "ratings": ratings}),
        record("r2", "run", 1, run | {"ended": "stopped"}),
    )

    assert page.practice
    [calm] = page.practice.exercises
    assert (calm.title, calm.opened, calm.finished, calm.stopped) == ("A calm place", 2, 1, 1)
    assert [(one.question, one.pairs) for one in calm.ratings] == [("distress", [(6, 4)])]
    assert calm.ratings[0].median == NotEnough(1, 6)
    assert page.foot.versions == [("calm-place", 1)]


def test_what_was_set_and_not_opened_is_named_by_its_title() -> None:
    def given(name: str, **more: object) -> Record:
        body = {"exercise": name, "version": 1, "title": name.title()} | more
        return record(f"a {name}", "assignment", 30, body, author="therapist")

    left = {"exercise": "begun", "version": 1, "ended": "left"}
    page = made(given("waiting"), given("begun"), given("over", until=ago(20)), record("r", "run", 1, left))

    assert page.not_visited
    assert page.not_visited.not_opened == ["Waiting"]
    assert page.not_visited.not_finished == ["Begun"]


def test_not_today_is_said_under_practice_with_its_reasons_and_not_under_what_was_not_visited() -> None:
    page = made(
        record(
            "a", "assignment", 10, {"exercise": "calm-place", "version": 1, "title": "A calm place"}, author="therapist"
        ),
        record("n1", "not-today", 3, {"exercise": "calm-place", "title": "A calm place", "reasons": ["tired", "time"]}),
        record(
            "n2",
            "not-today",
            2,
            {"exercise": "calm-place", "title": "A calm place", "reasons": ["tired"], "text": "Long day."},
        ),
        record("n3", "not-today", 1, {"exercise": "calm-place", "title": "A calm place"}),
        record("old", "not-today", 20, {"exercise": "film-from-the-back-row", "reasons": ["much"]}),
    )

    assert page.practice
    (one,) = page.practice.exercises
    assert (one.title, one.opened, one.not_today, one.said) == ("A calm place", 0, 3, "Long day.")
    assert [(reason.word, reason.n) for reason in one.reasons] == [("tired", 2), ("time", 1)]
    assert page.not_visited
    assert page.not_visited.not_opened == []


def test_not_today_hides_nothing_that_was_begun_and_counts_for_what_is_held_back() -> None:
    entries = [
        record(
            "a", "assignment", 10, {"exercise": "calm-place", "version": 1, "title": "A calm place"}, author="therapist"
        ),
        record("r", "run", 4, {"exercise": "calm-place", "version": 1, "ended": "left"}),
        record("n", "not-today", 1, {"exercise": "calm-place", "text": "Not that."}),
    ]

    page, held = made(*entries), made(*entries, held=frozenset({"n"}))

    assert page.practice
    assert page.not_visited
    assert [(one.opened, one.not_today) for one in page.practice.exercises] == [(1, 1)]
    assert page.not_visited.not_finished == ["A calm place"]
    assert held.practice
    assert [(one.opened, one.not_today, one.said) for one in held.practice.exercises] == [(1, 0, "")]
    assert held.foot.held == 1


def test_families_that_never_came_are_named_from_fifteen_entries_on() -> None:
    entries = [check_in(f"c{n}", n % 14, words=said("uneasy")) for n in range(15)]

    few = made(*entries[:14]).not_visited
    assert few
    assert few.families == NotEnough(14, 15)
    enough = made(*entries).not_visited
    assert enough
    assert isinstance(enough.families, list)
    assert "fear" not in enough.families
    assert "anger" in enough.families


def test_a_field_that_is_never_answered_is_named_unless_it_is_not_shared() -> None:
    entries = [check_in(f"c{n}", n, distress=3) for n in range(5)]

    asked, private = made(*entries), made(*entries, not_shared=("words",))

    assert asked.not_visited
    assert asked.not_visited.skipped == ["affect", "words"]
    assert private.not_visited
    assert private.not_visited.skipped == ["affect"]


def test_a_word_that_came_only_in_the_evening_makes_a_question() -> None:
    page = made(*(check_in(f"c{n}", n, hour=20, words=said("numb")) for n in range(4)))

    assert page.questions
    assert [(one.about, one.word, one.part, one.n) for one in page.questions] == [
        ("word_in_part", "numb", "evening", 4)
    ]


@pytest.mark.parametrize("part", ["bring", "how", "words", "scenes", "body", "practice", "not_visited", "questions"])
def test_a_part_that_is_held_back_is_not_there_and_is_counted(part: str) -> None:
    page = made(check_in("c", 1, hour=20, words=said("numb"), distress=8, bring=True), held=frozenset({part}))

    assert getattr(page, part) is None
    assert page.foot.held == 1


def test_what_is_held_back_is_in_no_other_part_either() -> None:
    hard = [check_in(f"c{n}", n, hour=20, words=said("numb"), distress=9) for n in range(4)]

    page = made(*hard, held=frozenset({"c0", "c1", "words", "of another month"}))

    assert page.how
    assert page.how.hard.n == 2
    assert page.questions == []
    assert page.foot.held == 3


def test_a_body_of_a_newer_app_is_left_out_and_the_rest_stays() -> None:
    page = made(check_in("newer", 1, distress={"as": "words"}), check_in("c", 1, distress=4))

    assert page.how
    assert page.how.entries == 1


@pytest.mark.parametrize(("n", "most"), [(7, 0.07), (14, 0.05), (28, 0.04), (42, 0.09)])
def test_without_a_true_change_one_is_seldom_told(n: int, most: float) -> None:
    """1,000 people whose mood moves as the specification's does (SD 2, 0.3 from day to day) and does not change."""
    dice = random.Random(n)
    told = 0
    for _ in range(1_000):
        moods = _moods(dice, 2 * n)
        page = made(*(check_in(f"c{at}", 2 * n - 1 - at, distress=mood) for at, mood in enumerate(moods)), since=n - 1)
        assert page.how
        change = page.how.distress.change
        assert isinstance(change, Change)
        told += change.says != "same"

    assert told / 1_000 <= most + 2 * (most * (1 - most) / 1_000) ** 0.5


def _moods(dice: random.Random, days: int) -> list[int]:
    mood, found = dice.gauss(0, 2), list[int]()
    for _ in range(days):
        found.append(min(10, max(0, round(5 + mood))))
        mood = 0.3 * mood + dice.gauss(0, 2 * (1 - 0.3**2) ** 0.5)
    return found


def shared_word(name: str) -> Record:
    return record(name, "word", 40, {"word": name.title(), "meaning": "Ours."}, author="therapist")


def test_a_shared_word_counts_like_any_word_and_is_named_where_it_is_on_the_page() -> None:
    page = made(
        shared_word("storm"),
        shared_word("fog"),
        *(check_in(f"c{n}", n, hour=20, words=said("storm")) for n in range(3)),
    )

    assert page.words
    assert [(one.word, one.n) for one in page.words.most] == [("storm", 3)]
    assert page.questions
    assert (page.questions[0].about, page.questions[0].word) == ("word_in_part", "storm")
    assert page.shared_words == {"storm": "Storm"}


def test_what_is_held_back_is_not_named_either() -> None:
    entries = [shared_word("storm"), *(check_in(f"c{n}", n, hour=20, words=said("storm")) for n in range(3))]

    assert made(*entries, held=frozenset({"words", "body", "questions"})).shared_words == {}
    assert made(*entries, held=frozenset({"words"})).shared_words == {}


def test_a_word_in_an_entry_that_is_brought_is_named_with_it() -> None:
    page = made(shared_word("storm"), check_in("c", 0, bring=True, words=said("storm")), held=frozenset({"words"}))

    assert page.shared_words == {"storm": "Storm"}


def test_one_note_is_brought_before_all_else_the_newest() -> None:
    notes = [record(f"n{days}", "message", days, {"text": "The call."}) for days in (1, 3)]
    taken_back = record("empty", "message", 0, {"text": ""})
    theirs = record("t", "message", 0, {"text": "Small steps."}, author="therapist")

    page = made(*notes, taken_back, theirs, check_in("c", 0, bring=True))

    assert page.bring
    assert [one.id for one in page.bring.items] == ["n1", "c"]
    assert made(*notes, held=frozenset({"n1", "n3"})).foot.held == 2
