"""The preview: settled as people have it, or in development as the files are. Never a client's, never an error."""

import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.cast import ADA, ANNA, CHECKOUT, TERESA, Stage, on_stage, settings_in
from tests.content.test_checker import change

ADDRESS = "/api/practice/exercises/calm-place/preview"
GUARDED = "/api/practice/exercises/new-ending-recent/preview"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CHECKOUT / "exercises", tmp_path / "exercises"))


@pytest.fixture
async def developing(tmp_path: Path, folder: Path) -> AsyncGenerator[Stage, None]:
    """A server in development, whose exercises are a copy that a test may change."""
    async with on_stage(settings_in(tmp_path, exercises=folder, development=True)) as stage:
        yield stage


async def test_the_settled_exercise_is_shown_whatever_its_files_say_by_now(tmp_path: Path, folder: Path) -> None:
    async with on_stage(settings_in(tmp_path, exercises=folder)) as stage:
        teresa = await stage.signed_in(TERESA)
        change(folder / "calm-place/en.md", "Take whatever comes.", "Take what comes.")

        shown = (await teresa.get(ADDRESS)).json()

    assert (shown["live"], shown["problems"], shown["notes"]) == (False, [], [])
    assert "Take whatever comes." in str(shown["exercise"])


async def test_it_says_whether_this_version_is_approved(developing: Stage, folder: Path) -> None:
    await developing.stores.approvals.add(developing.practice, "calm-place", 1, "Dr. Verdi", "2026-09-20")
    teresa = await developing.signed_in(TERESA)
    first = (await teresa.get(ADDRESS)).json()["approved"]
    change(folder / "calm-place/exercise.toml", "version = 1", "version = 2")

    raised = (await teresa.get(ADDRESS)).json()

    assert (first, raised["approved"], raised["notes"]) == (True, False, [])


async def test_in_development_it_follows_the_files(developing: Stage, folder: Path) -> None:
    teresa = await developing.signed_in(TERESA)
    first = (await teresa.get(ADDRESS)).json()
    same = await teresa.get(ADDRESS, params={"known": first["tag"]})
    change(folder / "calm-place/en.md", "Take whatever comes.", "Take what comes.")

    then = (await teresa.get(ADDRESS, params={"known": first["tag"]})).json()

    assert (same.status_code, same.content) == (204, b"")
    assert (then["live"], then["problems"]) == (True, [])
    assert "Take what comes." in str(then["exercise"])
    assert "was settled" in then["notes"][0]


async def test_a_broken_file_is_told_and_breaks_nothing_else(developing: Stage, folder: Path) -> None:
    teresa, anna = await developing.signed_in(TERESA), await developing.signed_in(ANNA)
    before = (await anna.get("/api/exercises")).content
    change(folder / "calm-place/en.md", "## colours", "## colors")

    shown = (await teresa.get(ADDRESS)).json()

    assert shown["exercise"] is None
    assert shown["problems"][0] == (
        "exercises/calm-place/en.md: the step `colours` has no words. Write them under a heading `## colours`."
    )
    assert (await anna.get("/api/exercises")).content == before
    assert len((await teresa.get("/api/practice/exercises/calm-place")).json()["steps"]) > 20


async def test_one_that_was_begun_since_the_start_is_shown_too(developing: Stage, folder: Path) -> None:
    shutil.copytree(folder / "calm-place", folder / "quiet-place")
    change(folder / "quiet-place/exercise.toml", 'id = "calm-place"', 'id = "quiet-place"')

    shown = (await (await developing.signed_in(TERESA)).get("/api/practice/exercises/quiet-place/preview")).json()

    assert shown["exercise"]["id"] == "quiet-place"


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e", "..%2fexercises"])
async def test_what_is_no_exercise_is_not_found(developing: Stage, name: str) -> None:
    teresa = await developing.signed_in(TERESA)

    assert (await teresa.get(f"/api/practice/exercises/{name}/preview")).status_code == 404


async def test_the_practices_own_people_see_a_therapist_only_exercise_and_nobody_else_does(developing: Stage) -> None:
    statuses = [
        (await browser.get(GUARDED)).status_code
        for browser in (
            await developing.signed_in(TERESA),
            await developing.signed_in(ADA),
            await developing.signed_in(ANNA),
            developing.browser(),
        )
    ]

    assert statuses == [200, 200, 403, 401]
