"""What is served: the public list, cards, snapshots, and what the app itself carries."""

import subprocess
import sys
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from server.content import ContentError, Library, load, write_shell

TEXTS = ("calm_image", "healthy_self", "rehearsed_reply")
GUARDED = "new-ending-recent"
LARGEST = 60_000
"""Bytes, compressed, that the public list may have."""


class Step(msgspec.Struct):
    """As much of a compiled step as is looked at here."""

    id: str
    type: str
    text: str | None
    words: dict[str, str]
    key: str
    share: str | None = None
    offers: dict[str, str] = {}
    cycles: int | None = None
    out: int | None = None


class Length(msgspec.Struct):
    """One of the lengths an exercise can have."""

    minutes: int
    label: str


class Exercise(msgspec.Struct):
    """As much of a compiled exercise as is looked at here."""

    id: str
    title: str
    access: str
    steps: list[Step]
    lengths: list[Length] | None = None

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.id == name)


class Part(msgspec.Struct):
    """As much of a step as is looked at here, in what client and therapist wrote together."""

    type: str
    from_: str = msgspec.field(name="from", default="")
    needs: list[str] | None = None


class Together(msgspec.Struct):
    """As much of such an exercise as is looked at here."""

    minutes: int
    texts: dict[str, str]
    steps: list[Part]


class Label(msgspec.Struct):
    """One entry of a list."""

    id: str
    label: str


class Word(Label):
    """One emotion word."""

    v: float
    a: float
    definition: str


class Family(Label):
    """One family of emotion words."""

    definition: str
    words: list[Word]


class Vocabulary(msgspec.Struct, forbid_unknown_fields=True):
    """The words to pick from, whole."""

    families: list[Family]
    special: list[Label]
    regions: list[Label]
    sensations: list[Label]
    wishes: list[Label]
    contexts: dict[str, list[Label]]


class Public(msgspec.Struct, forbid_unknown_fields=True):
    """The public list, whole."""

    locale: str
    version: str
    exercises: list[Exercise]
    vocabulary: Vocabulary


class Shell(msgspec.Struct, forbid_unknown_fields=True):
    """What the app itself carries."""

    exercises: list[Exercise]


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).resolve().parents[2] / "exercises")


@pytest.fixture(scope="module")
def public(library: Library) -> Public:
    return msgspec.json.decode(library.public("en").body, type=Public)


def test_a_therapist_only_exercise_is_not_in_the_public_list(library: Library) -> None:
    body = library.public("en").body

    assert GUARDED.encode() not in body
    assert b"session-image" not in body


@pytest.mark.parametrize("chosen", [some for n in (1, 2, 3) for some in combinations(TEXTS, n)])
def test_what_was_written_together_is_played_and_no_step_of_another_text(
    library: Library, chosen: tuple[str, ...]
) -> None:
    texts = {name: f"Our {name}." for name in chosen}

    snapshot = msgspec.json.decode(library.snapshot("session-image", "en", texts) or b"", type=Together)

    assert snapshot.texts == texts
    assert [step.from_ for step in snapshot.steps if step.type == "recall"] == list(chosen)
    assert {name for step in snapshot.steps for name in step.needs or chosen} <= {*chosen, "calm_image", "healthy_self"}
    assert snapshot.minutes in ({4, 5}, {6}, {8})[len(chosen) - 1]


def test_the_eight_core_exercises_are_there(library: Library) -> None:
    assert {card.id for card in library.assignable("en")} >= {
        "back-in-the-room",
        "calm-place",
        "feet-on-floor",
        "five-stop-scan",
        "guess-and-check",
        "name-it-gently",
        "new-ending-recent",
        "three-guesses",
    }


def test_the_public_list_stays_small(library: Library) -> None:
    payload = library.public("en")
    print(f"public list: {len(payload.body)} bytes, {len(payload.brotli)} compressed")

    assert len(payload.brotli) <= LARGEST


def test_an_unknown_language_is_answered_in_english(library: Library) -> None:
    assert library.public("tlh").locale == "en"


def test_a_region_of_a_language_is_answered_in_the_language(library: Library) -> None:
    assert library.public("en-GB").locale == "en"


def test_a_changed_word_changes_the_tag(library: Library, folder: Path) -> None:
    path = folder / "feet-on-floor/en.md"
    path.write_text(path.read_text().replace("Shoes on or off", "Shoes off or on"))

    assert load(folder).public("en").etag != library.public("en").etag


def test_the_same_words_have_the_same_tag(library: Library, folder: Path) -> None:
    assert load(folder).public("en").etag == library.public("en").etag


def test_a_snapshot_has_every_step_with_its_words(library: Library) -> None:
    snapshot = msgspec.json.decode(library.snapshot(GUARDED, "en") or b"", type=Exercise)

    assert len(snapshot.steps) == 26
    assert snapshot.step("scene").words["fallback"].startswith("If nothing shows here")


def test_every_exercise_with_an_agreed_scene_says_what_to_write_down(library: Library) -> None:
    wanting = {card.id: card.scene_hint or "" for card in library.assignable("en") if card.needs_scene}

    assert set(wanting) == {"film-from-the-back-row", "grown-up-me-steps-in", "new-ending-recent", "slow-replay"}
    assert "4 of 10 or less" in wanting["film-from-the-back-row"]
    assert "5 of 10 or less" in wanting["new-ending-recent"]
    assert "Only the one scene" in wanting["grown-up-me-steps-in"]
    assert all(wanting.values())


def test_what_the_therapist_is_told_does_not_travel_to_the_phone(library: Library) -> None:
    snapshot = msgspec.json.decode(library.snapshot("slow-replay", "en") or b"", type=Exercise)

    assert set(snapshot.step("scene").words) == {"fallback"}


@pytest.mark.parametrize("asked", ["no-such-exercise", "", "../calm-place"])
def test_an_unknown_exercise_has_no_snapshot_and_no_card(library: Library, asked: str) -> None:
    assert (library.snapshot(asked, "en"), library.card(asked, "en")) == (None, None)


def test_a_card_tells_what_a_therapist_needs(library: Library) -> None:
    card = library.card(GUARDED, "en")

    assert card is not None
    assert (card.intensity, card.access, card.needs_scene) == ("high", "therapist", True)
    assert card.limits is not None
    assert card.limits.gate == 5


def test_a_silent_branch_has_no_text(public: Public) -> None:
    assert found(public, "guess-and-check").step("route").text is None


def test_every_offer_has_its_target(public: Public) -> None:
    assert found(public, "back-in-the-room").step("close").offers == {
        "done": "finish",
        "ground": "exercise:five-senses",
        "help": "help",
    }


def test_free_words_are_private_and_ratings_shared_unless_the_file_says_otherwise(public: Public) -> None:
    scan = found(public, "five-stop-scan")

    assert (scan.step("one_word").share, scan.step("distress_after").share) == ("private", "shared")


def test_lengths_are_served_with_their_words(public: Public) -> None:
    lengths = found(public, "longer-out-breath").lengths

    assert lengths == [Length(2, "A taste"), Length(5, "The usual"), Length(8, "A long one")]
    assert found(public, "calm-place").lengths is None


def test_an_app_that_knows_no_presets_still_gets_a_whole_breath(public: Public) -> None:
    taste = found(public, "longer-out-breath").step("taste")

    assert (taste.cycles, taste.out, taste.share) == (6, 4, "shared")
    assert found(public, "ride-the-wave").step("breathe_out").share is None


def test_the_vocabulary_is_whole(public: Public) -> None:
    words = [word for family in public.vocabulary.families for word in family.words]

    assert (len(public.vocabulary.families), len(words), len(public.vocabulary.special)) == (10, 79, 5)
    assert all(word.label and word.definition for word in words)


def test_a_wish_that_is_off_is_not_served(public: Public) -> None:
    assert "desired" not in {wish.id for wish in public.vocabulary.wishes}


def test_the_app_carries_the_two_grounding_exercises(real: Path, tmp_path: Path) -> None:
    write_shell(real, tmp_path / "generated/shell.json")

    shell = msgspec.json.decode((tmp_path / "generated/shell.json").read_bytes(), type=Shell)
    assert [exercise.id for exercise in shell.exercises] == ["back-in-the-room", "five-senses"]


def test_what_the_app_carries_is_not_written_twice(real: Path, tmp_path: Path) -> None:
    write_shell(real, tmp_path / "shell.json")
    before = (tmp_path / "shell.json").stat().st_mtime_ns

    write_shell(real, tmp_path / "shell.json")

    assert (tmp_path / "shell.json").stat().st_mtime_ns == before


def test_a_build_with_broken_exercises_stops(folder: Path, tmp_path: Path) -> None:
    (folder / "five-senses/en.md").unlink()

    with pytest.raises(ContentError):
        write_shell(folder, tmp_path / "shell.json")


def test_a_build_needs_msgspec_alone(real: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from server.content import write_shell;"
        f"write_shell(Path({str(real)!r}), Path({str(tmp_path / 'shell.json')!r}));"
        "print(*{name.split('.')[0] for name in sys.modules} - sys.stdlib_module_names)"
    )

    ran = subprocess.run([sys.executable, "-S", "-c", path_first() + code], capture_output=True, text=True, check=True)

    assert set(ran.stdout.split()) <= {"__main__", "msgspec", "server", "typing_extensions"}


@pytest.mark.parametrize(("broken", "code", "said"), [(False, 0, "All is well."), (True, 1, "`colours` has no words")])
def test_the_command_says_whether_all_is_well(folder: Path, broken: bool, code: int, said: str) -> None:
    if broken:
        path = folder / "calm-place/en.md"
        path.write_text(path.read_text().replace("## colours", "## colors"))

    ran = subprocess.run(
        [sys.executable, "-m", "server.content", "check", str(folder)], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, said in ran.stdout, ran.stderr) == (code, True, "")


def found(public: Public, name: str) -> Exercise:
    return next(exercise for exercise in public.exercises if exercise.id == name)


def path_first() -> str:
    """Python without site-packages' start-up files, which import whatever they like."""
    return f"import sys; sys.path[:0] = {[path for path in sys.path if path]!r};"
