"""A practice writes exercises of its own: drafts, versions, two people at once, the library, the phone, files."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import cast

import httpx
import pytest

from server.content.parcel import unpacked
from server.store.own_exercises import MOST
from tests.cast import ADA, ANNA, BRUNO, NOBODY_ID, Browser, Person, Stage, on_stage, settings_in
from tests.routes.own import ADDRESS, ID, OTHER, THERE, Json, begun, published, sam_of, saved, shelf


async def given(browser: Browser, **more: object) -> httpx.Response:
    ids = {"id": "01a0c000-0000-7000-8000-0000000000a1", "op": "01a0c000-0000-7000-8000-0000000000a2"}
    return await browser.post(f"/api/clients/{ANNA.id}/assignments", json=ids | {"exercise": ID} | more)


@pytest.fixture
async def sam(stage: Stage) -> Browser:
    return await sam_of(stage)


async def test_a_new_one_is_a_clean_draft_and_its_id_twice_is_one(teresa: Browser) -> None:
    first = await begun(teresa)
    again = await begun(teresa, title="Another title")

    assert (first["title"], first["version"], first["draft"], first["problems"]) == ("Two steps back", 1, True, [])
    assert again == first
    assert [one["id"] for one in (await teresa.get(ADDRESS)).json()["exercises"]] == [ID]


async def test_a_draft_with_problems_is_kept_says_so_and_is_not_published(teresa: Browser) -> None:
    await begun(teresa)

    kept = await saved(teresa, 1, "What a person reads first.", "You <b>must</b> relax.")
    refused = await published(teresa, 2)

    assert kept.status_code == 200
    assert kept.json()["rev"] == 2
    assert [(one["file"], one["step"]) for one in kept.json()["problems"]] == [("en.md", "welcome")] * 3
    assert (refused.status_code, "Nothing was published" in refused.json()["detail"]) == (409, True)
    assert ID not in await shelf(teresa)


async def test_the_form_saves_the_same_as_the_files(teresa: Browser) -> None:
    form = cast(Json, (await begun(teresa))["form"])
    steps = cast("list[Json]", form["steps"])
    parts = cast("dict[str, Json]", form["parts"])
    parts["welcome"] = {"text": "# Sit down.\n\n- Look round.", "slots": {}}
    steps[0]["seconds"] = 3

    shown = (await teresa.put(THERE, json={"base": 1, "form": form})).json()

    assert "\\# Sit down.\n\n\\- Look round." in shown["files"]["words"]
    assert shown["form"]["parts"]["welcome"] == parts["welcome"]
    assert (shown["form"]["steps"], shown["problems"], shown["seconds"]["welcome"]) == (steps, [], 2)


async def test_what_two_people_write_is_never_written_over(teresa: Browser, carlo: Browser) -> None:
    await begun(teresa)
    mine = await saved(teresa, 1, "A guess is fine", "A guess is welcome")

    theirs = await saved(carlo, 1, "Short words.", "Few words.")
    repeated = await teresa.put(THERE, json={"base": 1, "files": mine.json()["files"]})

    assert theirs.status_code == 409
    assert theirs.json()["detail"].startswith("Teresa Rossi changed this exercise meanwhile.")
    assert (repeated.status_code, repeated.json()["rev"]) == (200, 2)
    assert "A guess is welcome" in (await carlo.get(THERE)).json()["files"]["words"]


async def test_a_published_version_stays_as_it_is_and_another_word_is_another_version(
    stage: Stage, teresa: Browser, ada: Browser
) -> None:
    await begun(teresa)
    assert [(await published(teresa)).status_code for _ in range(2)] == [201, 201]
    await ada.post("/api/practice/approvals", json={"exercise": ID, "version": 1, "by": "Dr. Verdi"})

    draft = (await saved(teresa, 2, "A guess is fine", "A guess is welcome")).json()
    still = (await teresa.get(f"/api/practice/exercises/{ID}")).json()
    await published(teresa, draft["rev"])
    then = (await teresa.get(f"/api/practice/exercises/{ID}")).json()

    assert (draft["version"], draft["draft"], "version = 2" in draft["files"]["structure"]) == (2, True, True)
    assert (still["version"], "A guess is fine" in str(still)) == (1, True)
    assert (then["version"], "A guess is welcome" in str(then)) == (2, True)
    line = (await shelf(teresa))[ID]
    assert (line["approval"], [one["version"] for one in cast("list[Json]", line["earlier"])]) == (None, [1])
    assert [one["version"] for one in (await teresa.get(THERE)).json()["editions"]] == [1, 2]
    assert "A guess is fine" in (await teresa.get(f"{THERE}/editions/1")).text
    assert (await teresa.get(f"{THERE}/editions/3")).status_code == 404


async def test_a_draft_can_be_thrown_away_and_what_was_published_stays(teresa: Browser) -> None:
    await begun(teresa)
    await published(teresa)
    await saved(teresa, 2, "A guess is fine", "A guess is welcome")

    stale = await teresa.delete(f"{THERE}/draft", params={"base": 2})
    done = await teresa.delete(f"{THERE}/draft", params={"base": 3})

    shown = (await teresa.get(THERE)).json()
    assert (stale.status_code, done.status_code) == (409, 204)
    assert (shown["version"], shown["draft"], "A guess is fine" in shown["files"]["words"]) == (1, False, True)


async def test_one_that_was_never_published_goes_whole(teresa: Browser) -> None:
    await begun(teresa)

    assert (await teresa.delete(f"{THERE}/draft", params={"base": 7})).status_code == 409
    assert (await teresa.delete(f"{THERE}/draft", params={"base": 1})).status_code == 204
    assert (await teresa.get(THERE)).status_code == 404


async def test_it_is_set_like_any_other_and_travels_inside_its_assignment(teresa: Browser, anna: Browser) -> None:
    await begun(teresa)
    early = await given(teresa)
    await published(teresa)

    body = (await given(teresa, reason="As we said.")).json()["body"]

    assert early.status_code == 422
    assert (body["exercise"], body["version"], body["title"]) == (ID, 1, "Two steps back")
    assert [step["id"] for step in body["snapshot"]["steps"]][:2] == ["welcome", "clarity_before"]
    assert "expires_on" not in body  # it was not done together first, so it ends when it is ended
    assert ID not in (await anna.get("/api/exercises")).text
    assert [one["id"] for one in (await teresa.get("/api/assignable-exercises")).json()["exercises"]][-1] == ID


async def test_a_medium_one_waits_for_its_approval_and_then_reaches_the_phone(
    stage: Stage, teresa: Browser, ada: Browser
) -> None:
    await begun(teresa, like="next-step-preview")
    await published(teresa)

    refused = await given(teresa)
    await ada.post("/api/practice/approvals", json={"exercise": ID, "version": 1, "by": "Dr. Verdi"})
    done = await given(teresa)

    assert (refused.status_code, "not approved this version" in refused.json()["detail"]) == (422, True)
    assert done.status_code == 201
    assert (await (await stage.signed_in(ANNA)).get("/api/logins/current")).json()["approvals"] == [f"{ID}@1"]


async def test_a_high_one_is_set_only_after_it_was_done_together(stage: Stage, teresa: Browser) -> None:
    await begun(teresa, like="new-ending-recent")
    await published(teresa)
    await stage.stores.approvals.add(stage.practice, ID, 1, "Dr. Verdi", "2026-09-20")

    alone = await given(teresa)
    together = (await given(teresa, rehearsed_on="2026-09-20", scene="In the kitchen.")).json()["body"]

    assert (alone.status_code, "did it together once" in alone.json()["detail"]) == (422, True)
    assert (together["expires_on"], together["snapshot"]["access"]) == ("2026-10-05", "therapist")


async def test_nothing_of_it_is_anybody_elses(stage: Stage, teresa: Browser, sam: Browser) -> None:
    await begun(teresa)
    await published(teresa)
    await teresa.put(THERE, json={"base": 2, "files": (await teresa.get(THERE)).json()["files"]})
    writes = {"base": 2, "files": {"structure": "", "words": ""}}

    asked = [
        await sam.get(THERE),
        await sam.get(f"{THERE}/parcel"),
        await sam.get(f"{THERE}/preview"),
        await sam.get(f"{THERE}/editions/1"),
        await sam.get(f"/api/practice/exercises/{ID}"),
        await sam.get(f"/api/practice/exercises/{ID}/preview"),
        await sam.put(THERE, json=writes),
        await sam.post(f"{THERE}/editions", json={"base": 2}),
        await sam.delete(f"{THERE}/draft", params={"base": 2}),
        await sam.post(f"{THERE}/retirement"),
        await sam.delete(f"{THERE}/retirement"),
        await sam.post(ADDRESS, json={"id": ID}),
        await sam.post(ADDRESS, json={"id": OTHER, "like": ID}),
    ]
    nobodys = await teresa.get(f"{ADDRESS}/own-{NOBODY_ID}")

    assert {answer.status_code for answer in asked} == {404}
    assert {answer.text for answer in asked} == {nobodys.text}
    assert ID not in await shelf(sam)
    assert (await sam.get(ADDRESS)).json() == {"exercises": []}
    assert ID in await shelf(teresa)


async def test_clients_and_strangers_are_refused(stage: Stage, teresa: Browser) -> None:
    await begun(teresa)
    anna, nobody = await stage.signed_in(ANNA), stage.browser()

    for browser, status in ((anna, 403), (nobody, 401)):
        assert (await browser.get(ADDRESS)).status_code == status
        assert (await browser.get(THERE)).status_code == status
        assert (await browser.put(THERE, json={"base": 1})).status_code == status
        assert (await browser.post(ADDRESS, json={"id": OTHER})).status_code == status


async def test_admins_write_too(stage: Stage) -> None:
    ada = await stage.signed_in(ADA)
    await begun(ada)

    assert (await published(ada)).json()["editions"][0]["by"] == "Ada Rossi"


async def test_one_out_of_the_list_is_set_no_more_and_comes_back(teresa: Browser) -> None:
    await begun(teresa)
    await published(teresa)

    out = await teresa.post(f"{THERE}/retirement")
    refused = await given(teresa)
    back = await teresa.delete(f"{THERE}/retirement")

    assert (out.json()["retired"], refused.status_code, back.json()["retired"]) == (True, 422, False)
    assert (await given(teresa)).status_code == 201


async def test_the_draft_is_played_before_it_is_published(teresa: Browser) -> None:
    await begun(teresa)
    await published(teresa)
    whole = await saved(teresa, 2, "A guess is fine", "A guess is welcome")
    draft = (await teresa.get(f"{THERE}/preview")).json()
    settled = (await teresa.get(f"/api/practice/exercises/{ID}/preview")).json()
    await saved(teresa, 3, "## notice", "## notise")

    broken = (await teresa.get(f"{THERE}/preview")).json()

    assert whole.status_code == 200
    assert ("A guess is welcome" in str(draft["exercise"]), draft["problems"]) == (True, [])
    assert "A guess is fine" in str(settled["exercise"])
    assert broken["exercise"] is None
    assert broken["problems"][0].startswith("en.md: The step `notice` has no words.")


async def test_in_development_it_follows_no_files(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path, development=True)) as stage:
        teresa = await stage.signed_in(Person("Teresa", "therapist"))
        await begun(teresa)
        await published(teresa)

        shown = (await teresa.get(f"/api/practice/exercises/{ID}/preview")).json()

    assert (shown["live"], shown["problems"], shown["exercise"]["id"]) == (False, [], ID)


EMPTY: Json = {"head": {}, "steps": [], "title": "", "summary": "", "caution": "", "parts": {}}
BAD: dict[str, Json] = {
    "a nul": {"files": {"structure": "a\0", "words": ""}},
    "a nul in the form": {"form": EMPTY | {"title": "a\0b"}},
    "nothing": {},
    "both": {"files": {"structure": "", "words": ""}, "form": EMPTY},
    "too long": {"files": {"structure": "", "words": "a" * 40_001}},
    "a form too long": {"form": EMPTY | {"summary": "a" * 40_001}},
    "a heading in a name": {"form": EMPTY | {"parts": {"a\n## b": {}}}},
    "an unknown field": {"files": {"structure": "", "words": "", "more": ""}},
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD.keys())
async def test_what_no_file_holds_is_refused_and_nothing_is_lost(teresa: Browser, said: Json) -> None:
    before = await begun(teresa)

    answer = await teresa.put(THERE, json={"base": 1} | said)

    assert answer.status_code in (400, 422)
    assert (await teresa.get(THERE)).json() == before


@pytest.mark.parametrize("id", ["calm-place", "own-", "own-1", "own-../x", f"{ID}\n", ID.upper(), 3, None])
async def test_only_an_id_of_its_own_kind_is_taken(teresa: Browser, id: object) -> None:
    assert (await teresa.post(ADDRESS, json={"id": id})).status_code in (400, 422)


async def test_a_recording_of_it_is_heard_by_those_it_was_set_for_alone(stage: Stage, teresa: Browser) -> None:
    await begun(teresa)
    await published(teresa)
    sound = b"RIFF\x24\0\0\0WAVEfmt " + bytes(40)
    headers = {"content-type": "application/octet-stream"}
    asked = {"exercise": ID, "version": "1", "step": "welcome"}
    added = await teresa.post("/api/recordings", params=asked, content=sound, headers=headers)
    anna, bruno = await stage.signed_in(ANNA), await stage.signed_in(BRUNO)
    before = (await anna.get("/api/recordings")).json()["recordings"]

    await given(teresa)

    assert (added.status_code, before) == (201, [])
    assert [one["exercise"] for one in (await anna.get("/api/recordings")).json()["recordings"]] == [ID]
    assert (await bruno.get("/api/recordings")).json()["recordings"] == []


async def test_a_practice_can_have_many_and_not_without_end(stage: Stage, teresa: Browser) -> None:
    viewer = stage.viewer(Person("Teresa", "therapist"))
    first = await begun(teresa)
    source = unpacked((await teresa.get(f"{THERE}/parcel")).content)
    for n in range(MOST - 1):
        await stage.stores.own_exercises.add(viewer, f"own-{n}", source, stage.clock())

    answer = await teresa.post(ADDRESS, json={"id": OTHER})

    assert first["id"] == ID
    assert (answer.status_code, "the most there can be" in answer.json()["detail"]) == (422, True)


class TestOnBothEngines:
    """The whole way of one exercise, in each database."""

    @pytest.fixture
    async def stage(self, tmp_path: Path, address: str, keys_address: str) -> AsyncGenerator[Stage, None]:
        async with on_stage(settings_in(tmp_path, database=address, keys_database=keys_address)) as stage:
            yield stage

    async def test_from_the_first_word_to_the_clients_phone(self, teresa: Browser, carlo: Browser) -> None:
        await begun(teresa)
        await saved(teresa, 1, "A guess is fine", "A guess is welcome")
        stale = await saved(carlo, 1, "A guess", "No guess")
        await published(teresa, 2)
        await saved(carlo, 3, "A guess", "Any guess")
        dropped = await teresa.delete(f"{THERE}/draft", params={"base": 4})
        body = (await given(teresa)).json()["body"]
        retired = await teresa.post(f"{THERE}/retirement")

        assert (stale.status_code, dropped.status_code, retired.json()["retired"]) == (409, 204, True)
        assert re.findall("A guess is welcome|Any guess", str(body["snapshot"])) == ["A guess is welcome"]
