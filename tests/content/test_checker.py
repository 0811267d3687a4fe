"""Every rule of the checker is seen to fail, and says so by file and step (`broken.toml`)."""

import re
import shutil
import tomllib
from pathlib import Path

import msgspec
import pytest

from server.content import ContentError, check, load
from server.content.step import NOT_WORDS, Step
from server.content.steps import STEP_TYPES


class Break(msgspec.Struct, forbid_unknown_fields=True):
    """In `file`, the first `old` becomes `new`; a problem then begins with `says`."""

    file: str
    old: str
    new: str
    says: str


def breaks() -> list[Break]:
    table = tomllib.loads(Path(__file__).with_name("broken.toml").read_text(encoding="utf-8"))
    return [each for group in msgspec.convert(table, dict[str, list[Break]]).values() for each in group]


def broken(real: Path, each: Break, into: Path, *, whole: bool) -> list[str]:
    """The problems of a copy of the exercises, or of what they share and the one that is broken in it."""
    name = Path(each.file).parts[0]

    def skipped(folder: str, names: list[str]) -> list[str]:
        others = [one for one in names if not whole and Path(folder) == real and (real / one).is_dir() and one != name]
        return [*others, *(one for one in names if one == "editions.toml")]

    folder = Path(shutil.copytree(real, into / "exercises", ignore=skipped))
    change(folder / each.file, each.old, each.new)
    return check(folder)


def says(problems: list[str], each: Break) -> bool:
    return any(problem.startswith(f"exercises/{each.says}") for problem in problems)


def keys_of(kind: type[Step]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind)]


@pytest.mark.parametrize("each", breaks(), ids=lambda each: each.says[:70])
def test_a_broken_exercise_is_refused_by_file_and_step(tmp_path: Path, real: Path, each: Break) -> None:
    problems = broken(real, each, tmp_path / "alone", whole=False)
    if not says(problems, each):  # a rule that looks at other exercises, too
        problems = broken(real, each, tmp_path / "whole", whole=True)

    assert says(problems, each), problems


def test_the_real_exercises_have_no_problems(real: Path) -> None:
    assert check(real) == []


def test_the_harder_rule_does_as_the_check_on_the_way_of_a_medium_exercise(folder: Path) -> None:
    path = folder / "slow-replay/exercise.toml"
    change(path, '"R1", "R2", "R3"', '"R1", "R3"')
    change(path, "[rules.R2]\nat = 6\nrise = 3\n", "")
    change(path, 'rule = "R2"\n', "")

    assert check(folder) == []

    change(path, 'rule = "R3"\n', "")
    assert any("needs a check on the way" in problem for problem in check(folder))


def test_loading_broken_exercises_raises_their_problems(folder: Path) -> None:
    change(folder / "calm-place/en.md", "## colours", "## colors")

    with pytest.raises(ContentError) as raised:
        load(folder)

    assert raised.value.problems == check(folder)


def test_a_step_without_words_is_told_how_to_get_them(folder: Path) -> None:
    change(folder / "calm-place/en.md", "## colours\n\nWhat are the colours like? What is the light doing?\n", "")

    assert check(folder) == [
        "exercises/calm-place/en.md: the step `colours` has no words. Write them under a heading `## colours`."
    ]


def test_several_problems_are_told_at_once(folder: Path) -> None:
    change(folder / "calm-place/en.md", "## colours", "## colors")
    change(folder / "five-stop-scan/exercise.toml", 'region = "chest"', 'region = "chst"')

    files = {problem.partition(":")[0] for problem in check(folder)}

    assert files == {"exercises/calm-place/en.md", "exercises/five-stop-scan/exercise.toml"}


def test_a_missing_structure_is_told(folder: Path) -> None:
    (folder / "calm-place/exercise.toml").unlink()

    assert check(folder) == [
        "exercises/calm-place/exercise.toml: the file is missing. "
        "It holds the structure; copy one from another exercise to begin."
    ]


def test_missing_words_are_told(folder: Path) -> None:
    (folder / "calm-place/en.md").unlink()

    assert check(folder) == [
        "exercises/calm-place/en.md: the file is missing. Write it, or copy the one of another language and change it."
    ]


def test_a_language_needs_every_file(folder: Path) -> None:
    (folder / "calm-place/it.md").write_text((folder / "calm-place/en.md").read_text())

    problems = check(folder)

    assert len(problems) == len(list(folder.glob("*/exercise.toml"))) - 1 + 2
    said = "exercises/back-in-the-room/it.md: the file is missing. Other files have words in `it`,"
    assert any(problem.startswith(said) for problem in problems)


def test_another_language_is_not_graded_as_english(folder: Path) -> None:
    translate(folder, "it")
    change(folder / "calm-place/it.md", "Take whatever comes.", "Si fa, must be così.")

    assert check(folder) == []


def test_words_in_another_language_are_checked_too(folder: Path) -> None:
    translate(folder, "it")
    change(folder / "calm-place/it.md", "## colours", "## colori")

    assert (
        "exercises/calm-place/it.md: the step `colours` has no words. Write them under a heading `## colours`."
        in check(folder)
    )


def test_a_file_in_another_encoding_is_told_with_its_line(folder: Path) -> None:
    path = folder / "calm-place/en.md"
    path.write_bytes(path.read_text().replace("Take whatever comes.", "Caf\u00e9.").encode("latin-1"))

    assert check(folder) == [
        "exercises/calm-place/en.md: line 62 is not in UTF-8. Save the file again with the encoding UTF-8."
    ]


def test_windows_files_are_read(folder: Path) -> None:
    for path in [*folder.glob("calm-place/*"), folder / "lists.toml"]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert check(folder) == []


def test_a_file_of_words_with_another_name_is_told(folder: Path) -> None:
    (folder / "calm-place/english.md").write_text("# Words\n")

    assert check(folder) == [
        "exercises/calm-place/english.md: the name of a file of words is its language, like en.md or it.md. Rename it."
    ]


@pytest.mark.parametrize("name", ["emotions.toml", "lists.toml", "emotions.en.md", "lists.en.md"])
def test_a_missing_vocabulary_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()

    problems = check(folder)

    assert [problem.partition(": the file is missing")[0] for problem in problems] == [f"exercises/{name}"]


def test_the_exercises_the_app_carries_are_needed(folder: Path) -> None:
    shutil.rmtree(folder / "five-senses")

    assert "exercises/five-senses: the exercise is missing. The app itself needs it." in check(folder)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert check(tmp_path / "nowhere") == [
        f"There is no folder {tmp_path / 'nowhere'}. Say where the exercises are, or make it."
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert check(tmp_path)[0] == f"{tmp_path.name}: there is no exercise in it. Make a folder for each one."


@pytest.mark.parametrize("name", STEP_TYPES)
def test_the_guide_for_authors_tells_every_step_type(real: Path, name: str) -> None:
    assert f"| `{name}` |" in (real / "README.md").read_text(encoding="utf-8")


def test_the_checker_and_the_app_know_the_same_answers_to_be_no_words() -> None:
    source = (Path(__file__).parents[2] / "pwa" / "src" / "exercise" / "answers.ts").read_text(encoding="utf-8")
    known = re.search(r"const NOT_WORDS = new Set\(\[(.*?)\]\)", source, re.DOTALL)

    assert known is not None
    assert set(re.findall(r'"(\w+)"', known.group(1))) == set(NOT_WORDS)


@pytest.mark.parametrize("key", sorted({key for kind in STEP_TYPES.values() for key in keys_of(kind)}))
def test_the_guide_for_authors_tells_every_key_of_a_step(real: Path, key: str) -> None:
    assert f"`{key}" in (real / "README.md").read_text(encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def translate(folder: Path, locale: str) -> None:
    """The same words again under another language."""
    for path in [*folder.glob("*/en.md"), *folder.glob("*.en.md")]:
        copy = path.with_name(path.name.replace("en.md", f"{locale}.md"))
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
