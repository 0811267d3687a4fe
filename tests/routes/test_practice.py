"""The practice reads its exercises and notes who approved which version."""

import httpx
import pytest

from tests.cast import ANNA, TERESA, Browser, Stage

CALM = "calm-place"


async def approved(ada: Browser, exercise: str = CALM, version: int = 1, by: str = "Dr. Verdi") -> httpx.Response:
    said = {"exercise": exercise, "version": version, "by": by}
    return await ada.post("/api/practice/approvals", json=said)


async def shown(browser: Browser, exercise: str = CALM) -> dict[str, object]:
    listed = (await browser.get("/api/practice/exercises")).json()["exercises"]
    return next(one for one in listed if one["id"] == exercise)


async def test_none_ships_approved(ada: Browser) -> None:
    listed = (await ada.get("/api/practice/exercises")).json()["exercises"]

    assert len(listed) > 8
    assert {one["approval"] for one in listed} == {None}


async def test_an_approval_carries_name_and_day_and_reaches_the_clients_phone(stage: Stage, ada: Browser) -> None:
    answer = await approved(ada)

    assert answer.status_code == 201
    assert (await shown(ada))["approval"] == {"exercise": CALM, "version": 1, "by": "Dr. Verdi", "day": "2026-09-21"}
    anna = await stage.signed_in(ANNA)
    assert (await anna.get("/api/logins/current")).json()["approvals"] == [f"{CALM}@1"]


async def test_approved_twice_the_first_name_stays(ada: Browser) -> None:
    await approved(ada)

    again = await approved(ada, by="Somebody else")

    assert (again.status_code, again.json()["by"]) == (201, "Dr. Verdi")


async def test_an_approval_can_be_taken_back(ada: Browser) -> None:
    await approved(ada)

    for _ in range(2):
        assert (await ada.delete(f"/api/practice/approvals/{CALM}/1")).status_code == 204

    assert (await shown(ada))["approval"] is None


async def test_another_version_than_the_one_there_is_is_not_approved(ada: Browser) -> None:
    answer = await approved(ada, version=7)

    assert answer.status_code == 409
    assert "Read the new version first." in answer.json()["detail"]


@pytest.mark.parametrize("said", [{"by": "  "}, {"by": ""}, {"version": 0}, {"exercise": "No Such"}])
async def test_an_approval_without_a_name_or_a_version_is_refused(ada: Browser, said: dict[str, object]) -> None:
    whole = {"exercise": CALM, "version": 1, "by": "Dr. Verdi"} | said

    assert (await ada.post("/api/practice/approvals", json=whole)).status_code == 422


async def test_staff_read_the_whole_text_of_a_therapist_only_exercise_and_clients_do_not(
    stage: Stage, ada: Browser, anna: Browser
) -> None:
    address = "/api/practice/exercises/new-ending-recent"
    teresa = await stage.signed_in(TERESA)

    assert len((await ada.get(address)).json()["steps"]) > 20
    assert (await teresa.get(address)).status_code == 200
    assert (await anna.get(address)).status_code == 403
    assert (await ada.get("/api/practice/exercises/nothing")).status_code == 404


async def test_only_an_admin_approves(teresa: Browser, anna: Browser) -> None:
    assert (await approved(teresa)).status_code == 403
    assert (await approved(anna)).status_code == 403
    assert (await teresa.delete(f"/api/practice/approvals/{CALM}/1")).status_code == 403


async def test_another_practice_has_approvals_of_its_own(stage: Stage, ada: Browser) -> None:
    other = await stage.stores.people.create_practice("By the sea", stage.clock())
    await stage.stores.approvals.add(other, CALM, 1, "Dr. Blu", "2026-09-20")

    assert (await shown(ada))["approval"] is None
