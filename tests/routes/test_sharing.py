"""What a client shares: seen as the therapist sees it, paused in one step, and every look at it is theirs to know."""

import msgspec

from server.store.sharing import id_of
from tests.cast import ANNA, BICE, BRUNO, CARLO, TERESA, Browser, Stage
from tests.routes.test_assignments import assign, wish
from tests.routes.test_sync import Json, Received, check_in, sync, uid

DAY = 86_400_000


class Page(msgspec.Struct):
    """A shared journal as a screen reads it."""

    records: list[Received]
    cursor: str
    more: bool
    paused: bool


class Look(msgspec.Struct):
    """A time someone looked."""

    by: str
    at: int
    through: str | None


class Looks(msgspec.Struct):
    """All of them."""

    readings: list[Look]
    epochs: list[tuple[str, int]]


def agreement(name: str = "agreed", **said: object) -> Json:
    return check_in(name, record=id_of(ANNA.id), kind="preference", audience="service", body={"name": "sharing"} | said)


async def reads(teresa: Browser, client: str = ANNA.id) -> Page:
    return msgspec.json.decode((await teresa.get(f"/api/clients/{client}/journal")).content, type=Page)


async def seen_by(anna: Browser) -> Page:
    return msgspec.json.decode((await anna.get("/api/journal/shared")).content, type=Page)


async def looks(anna: Browser) -> list[Look]:
    return msgspec.json.decode((await anna.get("/api/journal/readings")).content, type=Looks).readings


def said(page: Page) -> list[str]:
    return [record.id for record in page.records]


async def test_a_pause_hides_everything_shared_on_the_next_request_and_its_end_shows_it_again(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in())
    before = await reads(teresa)

    await sync(anna, agreement("pause", paused=True))
    during = await reads(teresa)
    await sync(anna, agreement("go on", paused=False))
    after = await reads(teresa)

    assert [(said(page), page.paused) for page in (before, during, after)] == [
        ([uid("one")], False),
        ([], True),
        ([uid("one")], False),
    ]


async def test_a_page_begun_before_the_pause_does_not_go_on_after_it(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in("one"), check_in("two"))
    first = (await teresa.get(f"/api/clients/{ANNA.id}/journal?limit=1")).json()

    await sync(anna, agreement(paused=True))
    rest = (await teresa.get(f"/api/clients/{ANNA.id}/journal?cursor={first['cursor']}")).json()

    assert (first["more"], rest["records"], rest["paused"]) == (True, [], True)


async def test_what_the_therapist_set_stays_theirs_to_see_while_sharing_is_paused(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await assign(teresa, wish())
    await sync(anna, check_in(), agreement(paused=True))

    assert said(await reads(teresa)) == [uid("assignment")]


async def test_an_agreement_that_can_not_be_read_shows_nothing(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in(), agreement(paused="who knows"))

    assert said(await reads(teresa)) == []


async def test_the_client_sees_exactly_what_the_therapist_sees(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await assign(teresa, wish())
    await sync(anna, check_in("one"), check_in("two"), check_in("hidden", audience="service"))

    seen, read = await seen_by(anna), await reads(teresa)

    assert seen == read
    assert len(read.records) == 3


async def test_looking_at_ones_own_shared_page_is_no_reading(stage: Stage) -> None:
    anna = await stage.signed_in(ANNA)
    await sync(anna, check_in())

    await seen_by(anna)

    assert await looks(anna) == []


async def test_s26_the_client_sees_who_opened_what_they_shared_and_when(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in("one"))
    first = await reads(teresa)
    stage.clock.forward(DAY)
    await sync(anna, check_in("two"))
    second = await reads(await stage.signed_in(TERESA))

    found = await looks(anna)

    assert [(look.by, look.at, look.through) for look in found] == [
        ("Teresa Rossi", stage.clock(), second.cursor),
        ("Teresa Rossi", stage.clock() - DAY, first.cursor),
    ]


async def test_many_looks_in_a_day_that_saw_nothing_new_are_told_once_by_the_first(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in())
    first = stage.clock()
    for _ in range(3):
        await reads(teresa)
        stage.clock.forward(60_000)

    assert [look.at for look in await looks(anna)] == [first]


async def test_a_look_during_a_pause_is_told_and_saw_nothing(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    await sync(anna, check_in(), agreement(paused=True))
    await reads(teresa)

    assert [(look.by, look.through) for look in await looks(anna)] == [("Teresa Rossi", None)]


async def test_a_refused_look_is_no_reading_and_nobody_else_asks_for_these(stage: Stage) -> None:
    anna, bruno = await stage.signed_in(ANNA), await stage.signed_in(BRUNO)
    carlo, teresa = await stage.signed_in(CARLO), await stage.signed_in(TERESA)
    await sync(anna, check_in())
    await reads(await stage.signed_in(BICE), BRUNO.id)

    foreign = await carlo.get(f"/api/clients/{ANNA.id}/journal")
    refused = [await teresa.get(path) for path in ("/api/journal/shared", "/api/journal/readings")]

    assert foreign.status_code == 404
    assert {answer.status_code for answer in refused} == {403}
    assert await looks(anna) == []
    assert [look.by for look in await looks(bruno)] == ["Bice Rossi"]


async def test_s29_what_was_deleted_or_taken_back_is_gone_from_the_therapists_next_page(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    revs = [result.rev for result in (await sync(anna, check_in("one"), check_in("two"), check_in("three"))).results]
    gone = {"kind": "checkin", "base": revs[0]}

    await sync(
        anna,
        {"action": "delete", "id": uid("d"), "record": uid("one")} | gone,
        {"action": "withdraw", "id": uid("w"), "record": uid("two")} | gone | {"base": revs[1]},
    )

    assert said(await reads(teresa)) == [uid("three")] == said(await seen_by(anna))


async def test_what_was_taken_back_can_be_shared_again_and_counts_as_not_opened(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    first = (await sync(anna, check_in())).results[0].rev
    await reads(teresa)
    back = {"action": "withdraw", "id": uid("w"), "record": uid("one"), "kind": "checkin", "base": first}
    taken = (await sync(anna, back)).results[0].rev

    again = (await sync(anna, check_in(id=uid("again"), base=taken))).results[0]

    assert (again.status, said(await reads(teresa))) == ("applied", [uid("one")])
    assert [look.through for look in await looks(anna)] == [again.rev, first]


async def test_a_therapist_can_not_take_the_place_of_the_agreement(stage: Stage) -> None:
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)

    taken = await assign(teresa, wish(id=id_of(ANNA.id)))
    await sync(anna, check_in(), agreement(paused=True))

    assert taken.status_code in {400, 422}
    assert (await reads(teresa)).paused
