"""A restore as everyone meets it: phones send again what was lost, and what was ended meanwhile stays ended."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from server.app import create_app
from server.restoring import back_up, restore
from server.store.high_water import expect_more
from server.store.known_ids import copy_id
from tests.cast import ANNA, TERESA, Browser, Stage, library, on_stage, settings_in, started
from tests.routes.test_assignments import approve, assigned, guarded
from tests.routes.test_briefs import entries, own
from tests.routes.test_export import export, listed
from tests.routes.test_sync import check_in, sync, uid


@asynccontextmanager
async def again(stage: Stage) -> AsyncGenerator[Stage, None]:
    """The same data, with another server."""
    app = create_app(stage.settings, stage.clock, library())
    async with started(app):
        reopened = Stage(app, stage.clock)
        reopened.practice, reopened.staff = stage.practice, stage.staff
        yield reopened


def put_in_place(backup: Path, stage: Stage) -> None:
    """Copy a file over the database, and tell nobody."""
    Path(stage.settings.database).write_bytes(backup.read_bytes())


def phone(stage: Stage, before: Browser) -> Browser:
    """The same phone, with the login it had."""
    browser = stage.browser()
    browser.cookies.update(before.cookies)
    return browser


async def test_after_a_restore_the_phones_are_told_to_begin_anew_and_nothing_acknowledged_is_in_the_way(
    tmp_path: Path,
) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna = await stage.signed_in(ANNA)
        await sync(anna, check_in("one"))
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        answer = await sync(anna, check_in("two"))

    mended, aside = await restore(stage.settings, backup)

    async with again(stage) as stage:
        after = await sync(phone(stage, anna), cursor=answer.cursor)
        assert (after.reset, [record.id for record in after.records]) == ("epoch", [uid("one")])
        assert after.epochs[1][1] == 1
    assert mended.journals == 2
    assert aside is not None
    assert aside.exists()


async def test_a_copy_that_a_restore_lost_is_one_again_for_everybody(tmp_path: Path) -> None:
    """Two phones changed one check-in: it counts once, also when both texts come back from one of them."""
    async with on_stage(settings_in(tmp_path)) as stage:
        anna, tablet = await stage.signed_in(ANNA), await stage.signed_in(ANNA, "tablet")
        first = (await sync(anna, check_in("one"))).results[0].rev
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        edit = check_in("one", id=uid("edit"), base=first, body={"distress": 2})
        late = check_in("one", id=uid("late"), base=first, body={"distress": 8})
        edited = (await sync(anna, edit)).results[0].rev
        answer = await sync(tablet, late)
    copy, rev = answer.results[0].copy, answer.cursor

    await restore(stage.settings, backup)

    resent = late | {"record": copy, "base": rev, "conflict_of": uid("one"), "id": copy_id(str(copy), rev)}
    async with again(stage) as stage:
        await sync(phone(stage, anna), edit | {"base": edited, "id": copy_id(uid("one"), str(edited))}, resent)
        there = {record.id: record for record in (await sync(phone(stage, tablet))).records}
        exported = listed(await export(phone(stage, anna)), "records")
        page = await own(phone(stage, anna))
    assert {id: (one.body, one.conflict_of) for id, one in there.items()} == {
        uid("one"): ({"distress": 2}, None),
        copy: ({"distress": 8}, uid("one")),
    }
    assert {one["id"]: one.get("conflict_of") for one in exported} == {uid("one"): None, copy: uid("one")}
    assert entries(page.brief) == 1


async def test_a_file_put_in_place_of_the_database_is_noticed(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna = await stage.signed_in(ANNA)
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        answer = await sync(anna, check_in("one"))
    put_in_place(backup, stage)

    async with again(stage) as stage:
        assert (await sync(phone(stage, anna), cursor=answer.cursor)).reset == "epoch"


async def test_a_server_that_was_only_stopped_goes_on_as_before(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna = await stage.signed_in(ANNA)
        answer = await sync(anna, check_in("one"))

    async with again(stage) as stage:
        after = await sync(phone(stage, anna), cursor=answer.cursor)
        assert (after.reset, after.epochs) == (None, answer.epochs)


async def test_a_phone_signed_out_since_stays_signed_out(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        anna, lost = await stage.signed_in(ANNA), await stage.signed_in(ANNA, "lost phone")
        backup, _ = back_up(stage.settings, tmp_path / "backups")
        login = (await lost.get("/api/logins/current")).json()["login"]
        await anna.delete(f"/api/logins/{login}")

    await restore(stage.settings, backup)

    async with again(stage) as stage:
        assert (await phone(stage, lost).post("/api/sync", json={})).status_code == 401
        assert (await phone(stage, anna).post("/api/sync", json={})).status_code == 200


async def test_a_therapist_signs_in_again(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path)) as stage:
        teresa = await stage.signed_in(TERESA)
        backup, _ = back_up(stage.settings, tmp_path / "backups")

    await restore(stage.settings, backup)

    async with again(stage) as stage:
        assert (await phone(stage, teresa).get("/api/clients")).status_code == 401


async def test_a_therapist_only_assignment_waits_for_its_therapists_word(stage: Stage) -> None:
    record, suspended = await set_aside(stage)
    assert "snapshot" not in suspended
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    base = (await sync(anna)).records[-1].rev

    confirmed = await teresa.post(
        f"/api/clients/{ANNA.id}/assignments/{record}/confirmation", json={"op": uid("yes"), "base": base}
    )

    assert confirmed.status_code == 200
    body = (await sync(anna)).records[-1].body
    assert suspended["suspended"] == {"since": stage.clock(), "snapshot": body["snapshot"]}
    assert "suspended" not in body


async def test_one_that_waits_can_be_ended_and_its_text_goes(stage: Stage) -> None:
    record, _ = await set_aside(stage)
    teresa, anna = await stage.signed_in(TERESA), await stage.signed_in(ANNA)
    base = (await sync(anna)).records[-1].rev

    ended = await teresa.post(
        f"/api/clients/{ANNA.id}/assignments/{record}/ending", json={"op": uid("no"), "base": base}
    )

    assert ended.status_code == 200
    assert not {"snapshot", "suspended"} & set((await sync(anna)).records[-1].body)


async def test_a_wish_about_one_that_changed_meanwhile_changes_nothing(stage: Stage) -> None:
    record, _ = await set_aside(stage)
    teresa = await stage.signed_in(TERESA)
    epoch = (await sync(await stage.signed_in(ANNA))).epochs[0][0]

    answer = await teresa.post(
        f"/api/clients/{ANNA.id}/assignments/{record}/confirmation", json={"op": uid("yes"), "base": f"{epoch}.0"}
    )

    assert answer.status_code == 409


async def set_aside(stage: Stage) -> tuple[str, dict[str, object]]:
    """A therapist-only assignment after a restore: its id, and what it says now."""
    await approve(stage, "new-ending-recent")
    record = await assigned(await stage.signed_in(TERESA), guarded())
    await expect_more(stage.stores.keys.database)
    mended = await stage.stores.restored.look(stage.clock())
    assert mended is not None
    assert mended.suspended == 1
    return record.id, (await sync(await stage.signed_in(ANNA))).records[-1].body
