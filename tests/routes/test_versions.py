"""Earlier versions and conflict copies: the author sees both texts, nobody else sees the earlier one."""

import pytest

from server.models import Result
from tests.cast import ANNA, NOBODY_ID, Browser, Stage
from tests.routes.test_sync import check_in, sync, uid


def path(name: str = "one") -> str:
    return f"/api/records/{uid(name)}/versions"


async def edited(browser: Browser, *distress: int) -> list[Result]:
    """A check-in, edited again and again; what became of each."""
    results: list[Result] = []
    base: str | None = None
    for level in distress:
        said = check_in(id=uid(f"edit {level}"), base=base, body={"distress": level})
        results += (await sync(browser, said)).results
        base = results[-1].rev
    return results


async def test_the_author_sees_earlier_versions_the_newest_first_and_nobody_keeps_them(anna: Browser) -> None:
    revs = [result.rev for result in await edited(anna, 1, 2, 3)]

    answer = await anna.get(path())

    said = answer.json()
    assert [version["body"] for version in said["versions"]] == [{"distress": 2}, {"distress": 1}]
    assert [version["rev"] for version in said["versions"]] == [revs[1], revs[0]]
    assert said["versions"][0] | {"rev": "", "saved_at": 0, "body": {}} == {
        "rev": "",
        "kind": "checkin",
        "schema": 1,
        "audience": "therapist",
        "saved_at": 0,
        "felt_at": 1_790_000_000_000,
        "zone": "Europe/Rome",
        "day": "2026-09-21",
        "body": {},
    }
    assert said["older"] is None
    assert answer.headers["cache-control"] == "no-store"


async def test_many_versions_come_in_pages(anna: Browser) -> None:
    await edited(anna, *range(8))

    found: list[int] = []
    older: str | None = ""
    while older is not None and len(found) < 20:
        said = (await anna.get(path(), params={"limit": 3} | ({"before": older} if older else {}))).json()
        found += [version["body"]["distress"] for version in said["versions"]]
        older = said["older"]

    assert found == [6, 5, 4, 3, 2, 1, 0]


async def test_a_record_never_edited_has_none(anna: Browser) -> None:
    await sync(anna, check_in())

    assert (await anna.get(path())).json() == {"versions": [], "older": None}


@pytest.mark.parametrize("action", ["delete", "withdraw"])
async def test_what_was_deleted_or_taken_back_has_no_versions_left(anna: Browser, action: str) -> None:
    base = (await edited(anna, 1, 2))[-1].rev
    await sync(anna, {"action": action, "id": uid("gone"), "record": uid("one"), "kind": "checkin", "base": base})

    assert (await anna.get(path())).json()["versions"] == []


async def test_for_a_therapist_and_for_another_client_there_is_nothing(
    stage: Stage, anna: Browser, teresa: Browser, carlo: Browser, ada: Browser, bruno: Browser
) -> None:
    await edited(anna, 1, 2)
    nowhere = await anna.get(f"/api/records/{NOBODY_ID}/versions")

    answers = [await browser.get(path()) for browser in (teresa, carlo, ada, bruno)]

    assert {(answer.status_code, answer.content) for answer in answers} == {(404, nowhere.content)}
    assert (await stage.browser().get(path())).status_code == 401


async def test_the_same_id_in_another_journal_shows_that_journals_versions(anna: Browser, bruno: Browser) -> None:
    await edited(anna, 1, 2)
    await edited(bruno, 7, 8)

    assert [version["body"] for version in (await bruno.get(path())).json()["versions"]] == [{"distress": 7}]


async def test_what_a_therapist_wrote_has_no_versions_for_the_client(stage: Stage, anna: Browser) -> None:
    await edited(anna, 1, 2)
    await stage.stores.db.write(lambda tx: tx.run("UPDATE record SET author = 'therapist'"))

    assert (await anna.get(path())).status_code == 404


@pytest.mark.parametrize("asked", [{"before": "x"}, {"limit": "0"}, {"limit": "51"}, {"limit": "many"}])
async def test_a_page_that_cannot_be_is_refused_with_a_sentence(anna: Browser, asked: dict[str, str]) -> None:
    answer = await anna.get(path(), params=asked)

    assert answer.status_code in (400, 422)
    assert len(answer.json()["detail"]) > 20


async def test_of_a_conflict_both_devices_see_both_texts_and_which_belongs_to_which(stage: Stage) -> None:
    phone, tablet = await stage.signed_in(ANNA), await stage.signed_in(ANNA)
    base = (await sync(phone, check_in(body={"distress": 1}))).results[0].rev
    await sync(phone, check_in(id=uid("phone"), base=base, body={"distress": 2}))

    copy = (await sync(tablet, check_in(id=uid("tablet"), base=base, body={"distress": 3}))).results[0].copy

    for device in (phone, tablet):
        answer = await device.post("/api/sync", json={})
        records = {record["id"]: record for record in answer.json()["records"]}
        assert records[uid("one")]["body"] == {"distress": 2}
        assert (records[copy]["body"], records[copy]["conflict_of"]) == ({"distress": 3}, uid("one"))
        assert [version["body"] for version in (await device.get(path())).json()["versions"]] == [{"distress": 1}]
