"""What a client closed holds after a restore from before they did, also until their phone comes again: nothing is shown
in between that they had closed."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.restoring import back_up, restore
from server.store.known_ids import copy_id
from tests.cast import ANNA, CARLO, TERESA, Stage, on_stage, settings_in
from tests.routes.test_relationships import answer, entries, freeze_answer, hand_over, shown
from tests.routes.test_restoring import again
from tests.routes.test_sharing import agreement, reads
from tests.routes.test_supervisions import LOOK, OF_ANNA, ask, consent, state
from tests.routes.test_sync import Json, check_in, statuses, sync, uid


@asynccontextmanager
async def before_and_after(folder: Path, before: list[Json], after: list[Json]) -> AsyncGenerator[Stage, None]:
    """A server whose database was put back to where Anna had said `before`; she said `after` since. Teresa handed her
    over to Carlo, who may ask for a look of Teresa's by now."""
    async with on_stage(settings_in(folder)) as stage:
        anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
        await sync(anna, check_in("old", day="2026-09-20"), check_in("new", day="2026-09-21"))
        await hand_over(teresa, stage)
        await ask(await stage.signed_in(CARLO), stage, to=TERESA)
        await sync(anna, *before)
        backup, _ = back_up(stage.settings, folder / "backups")
        for said in after:
            await sync(anna, said)
    await restore(stage.settings, backup)
    async with again(stage) as stage:
        yield stage


CLOSED: dict[str, tuple[list[Json], Json]] = {
    "paused": ([answer("all"), agreement("first", paused=False)], agreement("later", paused=True)),
    "paused, said first since": ([answer("all")], agreement("later", paused=True)),
    "nothing": ([answer("all", name="first")], answer("nothing", name="later")),
    "at rest": ([answer("all"), freeze_answer("first", on=False)], freeze_answer("later", on=True)),
}


@pytest.mark.parametrize(("before", "after"), CLOSED.values(), ids=CLOSED)
async def test_what_was_closed_since_stays_closed_before_the_phone_comes(
    tmp_path: Path, before: list[Json], after: Json
) -> None:
    async with before_and_after(tmp_path, before, [after]) as stage:
        carlo = await stage.signed_in(CARLO)

        brief = (await carlo.get(f"/api/clients/{ANNA.id}/brief")).json()
        assert entries(await shown(carlo)) == []
        assert brief["how"]["entries"] == 0


async def test_from_today_on_stays_from_today_on(tmp_path: Path) -> None:
    later = answer("today", name="later", day="2026-09-21")
    async with before_and_after(tmp_path, [answer("all", name="first")], [later]) as stage:
        assert entries(await shown(await stage.signed_in(CARLO))) == [uid("new")]


async def test_a_look_of_a_supervisor_that_was_taken_back_stays_taken_back(tmp_path: Path) -> None:
    before, after = [answer("all"), consent(name="first")], consent(agreed=False, name="later")
    async with before_and_after(tmp_path, before, [after]) as stage:
        assert (await (await stage.signed_in(TERESA)).get(LOOK)).status_code == 404


@pytest.mark.parametrize("ended", [True, False], ids=["ended since", "running"])
async def test_a_supervision_is_over_whoever_may_have_ended_it_and_the_phone_says_so(
    tmp_path: Path, ended: bool
) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
        assert (await ask(teresa, stage)).status_code == 201
        await sync(anna, check_in(), consent())
        assert (await (await stage.signed_in(CARLO)).get(LOOK)).status_code == 200
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        if ended:
            assert (await teresa.delete(OF_ANNA)).status_code == 204
    await restore(stage.settings, backup)

    async with again(stage) as stage:
        anna, teresa, carlo = [await stage.signed_in(one) for one in (ANNA, TERESA, CARLO)]
        told = [one.body for one in (await sync(anna)).records if one.kind == "supervision"]

        assert (await carlo.get(LOOK)).status_code == 404
        assert await state(teresa) == "ended"
        assert [(isinstance(one, dict) and "ended_at" in one) for one in told] == [True]
        assert (await ask(teresa, stage, id=uid("another"))).status_code == 201


async def test_what_was_opened_since_is_open(tmp_path: Path) -> None:
    async with before_and_after(tmp_path, [answer("nothing", name="first")], [answer("all", name="later")]) as stage:
        assert entries(await shown(await stage.signed_in(CARLO))) == [uid("old"), uid("new")]


async def test_rest_that_the_therapist_began_holds(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
        await sync(anna, check_in())
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        assert (await teresa.post(f"/api/clients/{ANNA.id}/freeze", json={"id": uid("rest")})).status_code == 204
    await restore(stage.settings, backup)

    async with again(stage) as stage:
        page = await shown(await stage.signed_in(TERESA))
        assert (page.frozen, entries(page)) == (True, [])


OPEN = agreement("open", paused=False, fields={"note": True})
CLOSE = agreement("close", paused=True)


def sent_again(said: Json, rev: str) -> Json:
    """As a phone sends a version again that a restore lost."""
    return said | {"id": copy_id(str(said["record"]), rev), "base": rev}


@pytest.mark.parametrize("paused", [False, True], ids=["open", "closed, as at the end"])
async def test_a_phone_that_knows_less_does_not_open_it_again_and_one_that_knows_it_goes_on(
    tmp_path: Path, paused: bool
) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna = await stage.signed_in(ANNA)
        await sync(anna, check_in(), agreement("first", paused=paused))
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        opened, closed = [(await sync(anna, said)).results[0].rev or "" for said in (OPEN, CLOSE)]
    await restore(stage.settings, backup)

    async with again(stage) as stage:
        anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
        less = await sync(anna, sent_again(OPEN, opened))
        after_less = await reads(teresa)
        same = await sync(anna, sent_again(CLOSE, closed))
        after_same = await reads(teresa)
        on = await sync(anna, agreement("on", paused=False) | {"base": closed})
        after_on = await reads(teresa)

    assert [statuses(one) for one in (less, same, on)] == [["stale"], ["applied"], ["applied"]]
    assert [page.paused for page in (after_less, after_same, after_on)] == [True, True, False]


async def test_two_restores_of_one_backup_leave_it_closed(tmp_path: Path) -> None:
    async with before_and_after(tmp_path, [answer("all", name="first")], [answer("nothing", name="later")]) as stage:
        assert entries(await shown(await stage.signed_in(CARLO))) == []
    (backup,) = (tmp_path / "backups").glob("*.db")
    await restore(stage.settings, backup)

    async with again(stage) as stage:
        assert entries(await shown(await stage.signed_in(CARLO))) == []
