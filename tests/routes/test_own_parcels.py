"""A practice's own exercise as a file: it goes out, comes in as a draft of its own, and what is none is refused."""

from typing import cast

import msgspec
import pytest

from server.content.parcel import packed, unpacked
from tests.cast import Browser, Stage
from tests.routes.own import ADDRESS, ID, OTHER, THERE, Json, begun, published, sam_of, shelf


@pytest.fixture
async def sam(stage: Stage) -> Browser:
    return await sam_of(stage)


async def test_a_file_goes_out_and_comes_in_as_a_draft_of_its_own(teresa: Browser, sam: Browser) -> None:
    await begun(teresa, like="calm-place")
    await published(teresa)
    answer = await teresa.get(f"{THERE}/parcel")

    came = await sent(sam, answer.content)

    assert answer.headers["content-disposition"] == f'attachment; filename="{ID}.zip"'
    assert (came["id"], came["version"], came["draft"], came["problems"]) == (OTHER, 1, True, [])
    assert "A place that's easy to be in" in str(came["title"])
    assert OTHER not in await shelf(sam)


async def sent(browser: Browser, data: bytes, status: int = 201) -> Json:
    headers = {"content-type": "application/octet-stream"}
    answer = await browser.post(f"{ADDRESS}/parcels", params={"id": OTHER}, content=data, headers=headers)
    assert answer.status_code == status, answer.text
    return cast(Json, answer.json())


async def test_a_file_with_problems_comes_in_with_them_and_what_is_no_exercise_does_not(teresa: Browser) -> None:
    source = unpacked(await _parcel(teresa))
    changed = msgspec.structs.replace(source, words=source.words.replace("## notice", "## notise"))

    came = await sent(teresa, packed("x", changed))
    await teresa.delete(f"{ADDRESS}/{OTHER}/draft", params={"base": 1})
    refused = await sent(teresa, b"no zip", 422)
    large = await sent(teresa, b"x" * 600_000, 413)

    assert came["problems"]
    assert str(refused["detail"]).endswith("Choose another one. Nothing was added.")
    assert "larger than any exercise" in str(large["detail"])
    assert (await teresa.get(f"{ADDRESS}/{OTHER}")).status_code == 404


async def _parcel(browser: Browser) -> bytes:
    await begun(browser)
    return (await browser.get(f"{THERE}/parcel")).content


async def test_two_files_make_a_draft_too(teresa: Browser) -> None:
    files = {"structure": "\ufeffid = 3\r\n", "words": "# A title\r\n\r\nAnd no more."}

    shown = await begun(teresa, files=files)

    assert shown["title"] == "A title"
    assert cast(Json, shown["files"])["structure"] == f'version = 1\nid = "{ID}"\n'
    assert (shown["form"], bool(shown["problems"])) == (None, True)


async def test_files_that_can_not_be_read_at_all_are_refused_where_and_why(teresa: Browser) -> None:
    source = unpacked(await _parcel(teresa))
    broken = msgspec.structs.replace(source, structure=source.structure.replace("seconds = ", "seconds == ", 1))
    files = {"structure": broken.structure, "words": broken.words}

    zipped = await sent(teresa, packed("x", broken), 422)
    brought = await teresa.post(ADDRESS, json={"id": OTHER, "files": files, "brought": True})
    kept = await teresa.post(ADDRESS, json={"id": OTHER, "files": files})

    assert str(zipped["detail"]).startswith("exercise.toml: the file can't be read: line 15: ")
    assert (brought.status_code, brought.json()["detail"]) == (422, zipped["detail"])
    assert str(zipped["detail"]).endswith("Nothing was added.")
    assert kept.status_code == 201  # what was written here is never lost


async def test_a_file_of_one_that_is_there_writes_nothing_over(teresa: Browser) -> None:
    parcel = await _parcel(teresa)
    before = (await teresa.get(THERE)).json()

    came = await sent(teresa, parcel)

    assert (came["id"], came["title"]) == (OTHER, before["title"])
    assert (await teresa.get(THERE)).json() == before


async def test_a_kind_of_step_that_is_not_known_comes_in_and_is_told_at_it(teresa: Browser) -> None:
    source = unpacked(await _parcel(teresa))
    other = msgspec.structs.replace(source, structure=source.structure.replace('type = "text"', 'type = "hypnosis"'))

    came = await sent(teresa, packed("x", other))

    problems = cast("list[Json]", came["problems"])
    assert [problem["step"] for problem in problems] == ["notice"]
    assert "the type `hypnosis`, which is not known" in str(problems[0]["says"])
    assert cast(Json, came["form"])["steps"]


async def test_a_fork_is_played_before_it_is_published_and_travels_as_it_was_written(teresa: Browser) -> None:
    form = cast(Json, (await begun(teresa))["form"])
    steps = cast("list[Json]", form["steps"])
    steps.insert(2, {"id": "fork", "type": "branch", "seconds": 0, "on": "clarity_before", "otherwise": "next"})
    steps[2]["cases"] = [{"at_least": 8, "go": "clarity_after"}]

    saved = (await teresa.put(THERE, json={"base": 1, "form": form})).json()
    played = (await teresa.get(f"{THERE}/preview")).json()
    came = await sent(teresa, (await teresa.get(f"{THERE}/parcel")).content)

    assert (saved["problems"], played["problems"]) == ([], [])
    assert played["exercise"]["steps"][2]["cases"][0]["go"] == "clarity_after"
    assert cast(Json, came["form"])["steps"] == saved["form"]["steps"]
