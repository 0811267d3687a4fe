"""A practice's own exercises: the same checker over two texts, a form that loses nothing, files that can't hurt."""

import io
import re
import time
import tomllib
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.content.form import Part, Source, form_of, markdown, placed, source_of, toml
from server.content.new import template
from server.content.own import checked, copied
from server.content.parcel import NotAnExercise, packed, readable, texts, unpacked
from server.content.words import read_page
from tests.cast import library
from tests.content.conftest import REAL

ID = "own-01a0c000-0000-7000-8000-00000000000c"
OURS = sorted(path.parent.name for path in REAL.glob("*/exercise.toml"))
NEW = template(ID, "Two steps back")


def source(name: str) -> Source:
    return Source((REAL / name / "exercise.toml").read_text("utf-8"), (REAL / name / "en.md").read_text("utf-8"))


def said(changed: Source) -> list[str]:
    return [problem.says for problem in checked(ID, changed, library().known()).problems]


def test_the_template_is_clean_and_says_how_long_each_step_takes() -> None:
    found = checked(ID, NEW, library().known())

    assert found.problems == []
    assert found.exercise is not None
    assert abs(found.seconds["welcome"] - 12) <= 2


@pytest.mark.parametrize("name", OURS)
def test_every_one_of_ours_can_be_copied_and_its_form_says_the_same(name: str) -> None:
    copy = copied(source(name), ID)
    form = form_of(copy)
    assert form is not None

    again = source_of(form)

    assert tomllib.loads(again.structure) == tomllib.loads(copy.structure)
    assert read_page(again.words) == read_page(copy.words)
    stop = ['Its `stop_rules` lack "R1": Stop works in every exercise.'] if name == "back-in-the-room" else []
    assert said(again) == stop  # only what Stop itself leads to may be without it


def test_a_dialogue_a_plan_lengths_and_a_fork_written_as_a_form_are_checked_like_any_file() -> None:
    form = form_of(copied(source("feet-on-floor"), ID))
    assert form is not None
    say = {"seconds": 12, "type": "say", "pause": 4}
    more: list[dict[str, object]] = [
        {"id": "ask", "type": "choice", "options": ["yes", "no"], "next": {"no": "plan"}, "seconds": 12},
        {"id": "mid", "type": "rate", "min": 0, "max": 10, "measure": "other", "rule": "R2", "seconds": 10},
        {"id": "talk", "type": "dialogue", "voices": ["first", "second"], "turns": 1, "aloud": True, "seconds": 55},
        {"id": "plan", "type": "plan", "fields": ["what", "when"], "seconds": 40},
        {"id": "extra", "lengths": [5], **say},
    ]
    parts = {
        "ask": Part("Shall they speak?", {"yes": "Yes", "no": "No"}),
        "mid": Part("A quick check. How is it so far?", {"low": "Fine", "high": "Too much"}),
        "talk": Part("Let the two speak.", {"first": "The one", "second": "The other", "move": "Change seats."}),
        "plan": Part("A small step.", {"what": "What?", "when": "When?"}),
        "extra": Part("Look around once more."),
        "lengths": Part("", {"3": "Short", "5": "The usual"}),
    }
    two: dict[str, object] = {"intensity": "medium", "stop_rules": ["R1", "R2"], "rules": {"R2": {"at": 8, "rise": 3}}}
    head = form.head | two | {"minutes": 5, "lengths": [3, 5]}
    written = msgspec.structs.replace(
        form, head=head, steps=[*form.steps[:-1], *more, form.steps[-1]], parts={**form.parts, **parts}
    )
    bad = msgspec.structs.replace(written, parts={**written.parts, "talk": Part("Let the two speak.", {"first": "A"})})

    back = form_of(source_of(written))

    assert back is not None
    assert (back.head, back.steps, back.parts["talk"]) == (written.head, written.steps, written.parts["talk"])
    assert back.parts["lengths"].slots == parts["lengths"].slots
    assert [one for one in said(source_of(written)) if "minutes" not in one and "seconds" not in one] == []
    assert any("second" in one for one in said(source_of(bad)))


def test_two_voices_are_never_low_and_the_sentence_names_their_step() -> None:
    form = form_of(copied(source("feet-on-floor"), ID))
    assert form is not None
    talk: dict[str, object] = {"id": "talk", "type": "dialogue", "voices": ["one", "two"], "turns": 1, "seconds": 55}
    part = Part("Let the two speak.", {"one": "The one", "two": "The other", "move": "Change seats."})
    low = msgspec.structs.replace(
        form, steps=[*form.steps[:-1], talk, form.steps[-1]], parts={**form.parts, "talk": part}
    )
    medium = msgspec.structs.replace(low, head=low.head | {"intensity": "medium"})

    stirs, check = "lets two voices speak", "needs a check on the way"
    problems = checked(ID, source_of(low), library().known()).problems

    assert [(one.file, one.step) for one in problems if stirs in one.says] == [("exercise.toml", "talk")]
    assert [any(check in one for one in said(source_of(which))) for which in (low, medium)] == [False, True]


def test_a_problem_names_its_file_its_step_and_its_line() -> None:
    words = NEW.words.replace("One idea on a screen.", "One **idea** on a screen.").replace("- low: All fog", "")

    problems = checked(ID, Source(NEW.structure, words), library().known()).problems

    assert [(one.file, one.step, one.line) for one in problems] == [
        ("en.md", "welcome", 7),
        ("en.md", "clarity_before", None),
        ("en.md", "clarity_after", None),
    ]
    assert "leave out signs such as **" in problems[0].says


UNSAFE = {
    "high without a therapist": ('intensity = "low"', 'intensity = "high"', "only a therapist can set it"),
    "medium without a check": ('intensity = "low"', 'intensity = "medium"', "needs a check on the way"),
    "no stop rule": ('stop_rules = ["R1"]', "stop_rules = []", "Stop works in every exercise"),
    "in everyone's list": ('access = "self"', 'access = "after-ok"', "always set by a therapist"),
    "always open": ('access = "self"', 'access = "always"', "always set by a therapist"),
    "no caution": ("contraindications = []", 'contraindications = ["DISS"]', "no caution"),
}


@pytest.mark.parametrize(("old", "new", "says"), UNSAFE.values(), ids=UNSAFE.keys())
def test_no_safety_rule_is_passed_by(old: str, new: str, says: str) -> None:
    assert any(says in one for one in said(Source(NEW.structure.replace(old, new), NEW.words)))


HOSTILE = {
    "a script": "Read <script>alert(1)</script> this.",
    "an image": 'Read <img src="x" onerror="alert(1)"> this.',
    "words turned round": "Read \u202esiht\u202c now.",
    "an isolate": "Read \u2066this\u2069 now.",
    "a hidden letter": "Read\u2063 this.",
    "a control character": "Read\x07 this.",
    "a link": "Read [this](https://example.org).",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_told_with_their_step(words: str) -> None:
    changed = Source(NEW.structure, NEW.words.replace("What a person reads first.", words))

    problems = checked(ID, changed, library().known()).problems

    assert [(one.file, one.step) for one in problems][:1] == [("en.md", "welcome")]


def test_words_of_a_right_to_left_script_with_their_marks_are_fine() -> None:
    assert (
        said(Source(NEW.structure, NEW.words.replace("No names needed.", "\u05d0\u05d1\u200f \u0646\u200c\u0645.")))
        == []
    )


ENDLESS = {
    "lists in lists": "x = " + "[" * 29_000 + "]" * 29_000,
    "tables in tables": "a" + ".a" * 20_000 + " = 1",
    "a number of thousands of digits": "x = " + "9" * 50_000,
    "steps without end": "[[steps]]\n" * 5_000,
    "keys without end": "\n".join(f"k{n} = {n}" for n in range(5_000)),
    "steps with long ids": "\n".join(
        f'[[steps]]\nid = "{n}{"x" * 500}"\ntype = "sai"\nseconds = 1' for n in range(110)
    ),
    "one long line": "x" * 60_000,
}


@pytest.mark.parametrize("structure", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_never_ends_is_answered_with_a_problem_and_soon(structure: str) -> None:
    begun = time.process_time()

    problems = said(Source(structure[:60_000], NEW.words))

    assert problems
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("letter", ["a ", "a", "**", "<", "# \n", "> \n", "- a:\n", "## x\n", "should ", "1. ", "\n\n"])
def test_words_without_end_are_looked_at_soon(letter: str) -> None:
    begun = time.process_time()

    checked(ID, Source(NEW.structure, (NEW.words + letter * 40_000)[:40_000]), library().known())

    assert time.process_time() - begun < 5


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_line_taken_out_or_put_elsewhere_is_never_more_than_a_problem(data: st.DataObject) -> None:
    whole = source(data.draw(st.sampled_from(OURS)))
    lines = whole.structure.splitlines(keepends=True)
    line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
    lines.insert(
        data.draw(st.integers(0, len(lines))), data.draw(st.sampled_from([line, "", 'id = ["x"]\n', "type = 3\n"]))
    )

    broken = placed(Source("".join(lines), whole.words), ID, 1)

    checked(ID, broken, library().known())
    form_of(broken)


_value = st.recursive(
    st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('aé. "-', max_size=5), inner, max_size=3),
    max_leaves=8,
)
_table = st.dictionaries(
    st.text('abc_é "', min_size=1, max_size=6).filter(lambda name: name != "steps"), _value, max_size=4
)


@settings(max_examples=100, deadline=None)
@given(_table, st.lists(_table, min_size=1, max_size=3))
def test_whatever_a_form_holds_its_file_reads_the_same(head: dict[str, object], steps: list[dict[str, object]]) -> None:
    assert tomllib.loads(toml(head, steps)) == {**head, "steps": steps}


SIGNS = ["# no title", "- no list", "> no caution", "* a", "+ b", "-5 degrees", "\\ a stroke", "plain"]


@pytest.mark.parametrize("words", SIGNS)
def test_words_that_begin_with_a_sign_stay_words(words: str) -> None:
    page, _ = read_page("# Title\n\nSummary.\n\n## one\n\nFirst.\n\n- a: b\n")
    one = page.sections["one"]
    changed = type(page)(page.title, words, words, {"one": type(one)(f"{words}\n\n{words}", {"a": words})})

    assert read_page(markdown(changed)) == (changed, [])


def test_the_id_and_the_version_are_not_the_authors_to_choose() -> None:
    changed = Source(NEW.structure.replace(f'id = "{ID}"', 'id = "calm-place"').replace("version = 1", ""), NEW.words)

    assert placed(changed, ID, 3).structure.count(f'id = "{ID}"') == 1
    assert tomllib.loads(placed(changed, ID, 3).structure)["version"] == 3
    assert said(placed(changed, ID, 3)) == []


def test_a_form_that_would_lose_words_is_not_offered() -> None:
    assert form_of(Source(NEW.structure, f"{NEW.words}\n# A second title\n")) is None
    assert form_of(Source("id = ", NEW.words)) is None
    assert form_of(Source(NEW.structure.replace('id = "welcome"', ""), NEW.words)) is None


def test_what_goes_out_as_a_file_comes_back_the_same() -> None:
    assert unpacked(packed(ID, NEW)) == NEW
    assert packed(ID, NEW) == packed(ID, NEW)


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", how) as parcel:
        for name, data in files:
            parcel.writestr(name, data)
    return to.getvalue()


GOOD = (("x/exercise.toml", NEW.structure.encode()), ("x/en.md", NEW.words.encode()))
REFUSED: dict[str, tuple[bytes, str]] = {
    "no zip": (b"hello", "can't be opened"),
    "cut off": (packed(ID, NEW)[:-60], "can't be opened"),
    "damaged": (packed(ID, NEW)[:60] + b"\0" * 40 + packed(ID, NEW)[100:], "can't be opened"),
    "no words": (zipped(GOOD[0]), "There is no en.md in it"),
    "nothing": (zipped(), "There is no exercise.toml in it"),
    "two exercises": (zipped(*GOOD, ("y/en.md", b"")), "more than one en.md"),
    "too deep": (zipped(("a/b/exercise.toml", b""), ("a/b/en.md", b"")), "lies in a folder inside a folder"),
    "a way out": (zipped(*GOOD, ("../../etc/passwd", b"")), "leads out of its folder"),
    "from the root": (zipped(*GOOD, ("/etc/passwd", b"")), "leads out of its folder"),
    "a drive": (zipped(*GOOD, ("C:\\x.toml", b"")), "leads out of its folder"),
    "a bomb": (zipped(GOOD[0], ("x/en.md", b"a" * 50_000_000)), "the most there can be"),
    "many files": (zipped(*GOOD, *((f"{n}", b"") for n in range(50))), "many more files"),
    "another packing": (zipped(*GOOD, how=zipfile.ZIP_BZIP2), "can't be read here"),
    "another encoding": (zipped(GOOD[0], ("x/en.md", "# Perché".encode("latin-1"))), "Line 1 of en.md is not in UTF-8"),
    "UTF-16": (zipped(GOOD[0], ("x/en.md", NEW.words.encode("utf-16"))), "not in UTF-8"),
    "no text": (zipped(GOOD[0], ("x/en.md", b"a\n\0b")), "Line 2 of en.md has a character that no text has"),
    "larger than any": (b"x" * 600_000, "larger than any exercise"),
}


@pytest.mark.parametrize(("data", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_is_no_exercise_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(NotAnExercise, match=re.escape(says)):
        unpacked(data)


def test_a_structure_that_can_not_be_read_is_no_exercise_and_one_with_problems_is() -> None:
    with pytest.raises(NotAnExercise, match=r"exercise\.toml: the file can't be read: line 2: "):
        readable(Source("id = 1\n<html>", NEW.words))

    assert readable(Source("steps = 3", "")) == Source("steps = 3", "")


def test_other_files_of_a_folder_and_other_line_breaks_are_fine() -> None:
    windows = [(name, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) for name, data in GOOD]

    assert unpacked(zipped(*windows, ("x/editions.toml", b""), ("x/sub/en.md", b""))) == NEW
    assert texts({"exercise.toml": GOOD[0][1], "en.md": GOOD[1][1]}) == NEW


def test_ours_never_take_an_id_of_that_kind(folder: Path) -> None:
    from server.content import begin, check

    begin(folder, "own-place")

    assert any("its id begins with `own-`" in one for one in check(folder))
