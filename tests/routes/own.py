"""A practice's own exercises in tests: how one is begun, saved and published, and the ids they have."""

from typing import Final, cast

import httpx

from tests.cast import Browser, Person, Stage

Json = dict[str, object]
ADDRESS: Final = "/api/practice/own-exercises"
ID: Final = "own-01a0c000-0000-7000-8000-0000000000e1"
OTHER: Final = "own-01a0c000-0000-7000-8000-0000000000e2"
THERE: Final = f"{ADDRESS}/{ID}"
SAM: Final = Person("Sam", "therapist")
"""A therapist of another practice on the same server."""


async def begun(browser: Browser, **said: object) -> Json:
    answer = await browser.post(ADDRESS, json={"id": ID, "title": "Two steps back"} | said)
    assert answer.status_code == 201, answer.text
    return cast(Json, answer.json())


async def saved(browser: Browser, base: int, old: str, new: str, where: str = "words") -> httpx.Response:
    """What is there with `old` as `new`, sent as the files."""
    files = (await browser.get(THERE)).json()["files"]
    changed = files | {where: files[where].replace(old, new)}
    return await browser.put(THERE, json={"base": base, "files": changed})


async def published(browser: Browser, base: int = 1) -> httpx.Response:
    return await browser.post(f"{THERE}/editions", json={"base": base})


async def shelf(browser: Browser) -> dict[str, Json]:
    return {one["id"]: one for one in (await browser.get("/api/practice/exercises")).json()["exercises"]}


async def sam_of(stage: Stage) -> Browser:
    """Sam, signed in."""
    practice = await stage.stores.people.create_practice("By the sea", stage.clock())
    stage.staff["Sam"] = await stage.stores.people.create_staff(
        practice, "therapist", "sam", "Sam Blu", None, stage.clock()
    )
    return await stage.signed_in(SAM)
