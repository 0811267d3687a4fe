"""A practice keeps lists of exercises; its therapists share them, nobody else sees them, no change is lost unseen."""

import pytest

from server.store.templates import MOST
from tests.cast import ADA, ANNA, CARLO, TERESA, Browser, Person, Stage
from tests.routes.test_sync import Json, uid

PATH = "/api/practice/templates"
ITEMS: list[Json] = [
    {"exercise": "feet-on-floor", "reason": "To come back.", "times_a_week": 3, "session": 1},
    {"exercise": "name-it-gently", "reason": "", "times_a_week": None, "session": None},
]


async def put(browser: Browser, name: str = "Tuesday group", **more: object) -> Json:
    answer = await browser.put(f"{PATH}/{uid('t')}", json={"name": name, "items": ITEMS, "rev": 0} | more)
    found: Json = answer.json()
    return found | {"status": answer.status_code}


async def names(browser: Browser) -> list[str]:
    return [one["name"] for one in (await browser.get(PATH)).json()["templates"]]


async def test_a_list_is_kept_for_the_whole_practice(stage: Stage) -> None:
    teresa, carlo = await stage.signed_in(TERESA), await stage.signed_in(CARLO)

    first, again = await put(teresa), await put(teresa)

    assert first == again
    assert (await carlo.get(PATH)).json()["templates"] == [
        {"id": uid("t"), "name": "Tuesday group", "items": ITEMS, "rev": 1}
    ]


async def test_a_change_on_a_list_that_changed_meanwhile_is_not_saved(stage: Stage) -> None:
    teresa, carlo = await stage.signed_in(TERESA), await stage.signed_in(CARLO)
    await put(teresa)

    second, late = await put(carlo, "Carlo's", rev=1), await put(teresa, "Teresa's", rev=1)

    assert (second["rev"], late["status"]) == (2, 409)
    assert await names(teresa) == ["Carlo's"]


async def test_a_list_is_removed_twice_without_harm(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    await put(teresa)

    answers = [await teresa.delete(f"{PATH}/{uid('t')}") for _ in range(2)]

    assert ([answer.status_code for answer in answers], await names(teresa)) == ([204, 204], [])


async def test_another_practices_lists_are_not_there(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    await put(teresa)
    other = await stage.stores.people.create_practice("By the sea", stage.clock())
    await stage.stores.db.write(lambda tx: tx.run("UPDATE template SET practice_id = :other", other=other))

    listed, changed = await names(teresa), await put(teresa, "Mine", rev=1)
    await teresa.delete(f"{PATH}/{uid('t')}")

    held = await stage.stores.db.read(lambda tx: tx.all("SELECT name FROM template"))
    assert (listed, changed["status"], held) == ([], 404, [("Tuesday group",)])


@pytest.mark.parametrize("who", [ADA, ANNA])
async def test_clients_and_admins_have_no_lists(stage: Stage, who: Person) -> None:
    browser = await stage.signed_in(who)

    assert (await browser.get(PATH)).status_code == 403
    assert (await put(browser))["status"] == 403


@pytest.mark.parametrize(
    "more",
    [
        {"name": "  "},
        {"items": [{"exercise": "../x"}]},
        {"items": [{"exercise": "x", "reason": "x" * 501}]},
        {"items": [{"exercise": "x", "client": "Anna"}]},
        {"items": [{"exercise": "x", "reason": "\u0000"}]},
        {"rev": -1},
    ],
)
async def test_what_makes_no_sense_is_refused(stage: Stage, more: Json) -> None:
    teresa = await stage.signed_in(TERESA)

    answer = await teresa.put(f"{PATH}/{uid('t')}", json={"name": "x", "items": ITEMS, "rev": 0} | more)

    assert answer.status_code in {400, 422}
    assert await names(teresa) == []


async def test_a_practice_has_only_so_many_lists(stage: Stage) -> None:
    teresa = await stage.signed_in(TERESA)
    for n in range(MOST):
        await teresa.put(f"{PATH}/{uid(str(n))}", json={"name": f"List {n}", "items": [], "rev": 0})

    assert (await put(teresa))["status"] == 422
