"""Today is the day where the person is who writes, and of what a client lived where the client is: on both sides of
midnight, on both sides of UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.models import Viewer
from tests.cast import ADA, ANNA, CARLO, TERESA, Browser, Clock, Stage
from tests.routes.test_assignments import approve, assign, assigned, guarded, wish
from tests.routes.test_supervisions import ask, consent, seen
from tests.routes.test_sync import Json, check_in, uid

MOMENTS = {
    "Auckland, the 21st for one more minute": ("Pacific/Auckland", "2026-09-21T11:59:00", date(2026, 9, 21)),
    "Auckland, the 22nd since a minute": ("Pacific/Auckland", "2026-09-21T12:01:00", date(2026, 9, 22)),
    "Honolulu, the 20th for one more minute": ("Pacific/Honolulu", "2026-09-21T09:59:00", date(2026, 9, 20)),
    "Honolulu, the 21st since a minute": ("Pacific/Honolulu", "2026-09-21T10:01:00", date(2026, 9, 21)),
    "no zone": (None, "2026-09-21T23:59:00", date(2026, 9, 21)),
    "a zone that is none": ("../../etc/passwd", "2026-09-21T00:01:00", date(2026, 9, 21)),
    "a zone without end": ("x" * 4_000, "2026-09-21T00:01:00", date(2026, 9, 21)),
}
everywhere = pytest.mark.parametrize(("zone", "moment", "today"), MOMENTS.values(), ids=MOMENTS.keys())
PLACES = {name: moment for name, moment in MOMENTS.items() if "zone" not in name}
far_away = pytest.mark.parametrize(("zone", "moment", "today"), PLACES.values(), ids=PLACES.keys())
DAY = timedelta(days=1)


def turn(clock: Clock, moment: str) -> None:
    clock.now = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)


def within(browser: Browser, zone: str | None) -> Browser:
    """The browser, where its clock is in this zone."""
    if zone is not None:
        browser.headers["x-midweek-zone"] = zone
    return browser


@everywhere
async def test_until_today_is_the_therapists_today(stage: Stage, zone: str | None, moment: str, today: date) -> None:
    turn(stage.clock, moment)
    teresa = within(await stage.signed_in(TERESA), zone)

    late = await assign(teresa, wish(until=str(today - DAY)))
    record = await assigned(teresa, wish(until=str(today)))
    said = {"op": uid("change"), "base": record.rev, "until": str(today - DAY)}
    changed = await teresa.put(f"/api/clients/{ANNA.id}/assignments/{record.id}", json=said)

    assert (late.status_code, changed.status_code) == (422, 422)
    assert "already past" in late.json()["detail"]
    assert "already past" in changed.json()["detail"]
    assert (record.body["set_on"], record.body["until"]) == (str(today), str(today))


@far_away
async def test_rehearsed_today_is_the_therapists_today(stage: Stage, zone: str, moment: str, today: date) -> None:
    turn(stage.clock, moment)
    await approve(stage, "new-ending-recent")
    teresa = within(await stage.signed_in(TERESA), zone)

    ahead = await assign(teresa, guarded(rehearsed_on=str(today + DAY)))
    record = await assigned(teresa, guarded(rehearsed_on=str(today)))

    assert (ahead.status_code, "still to come" in ahead.json()["detail"]) == (422, True)
    assert record.body["expires_on"] == str(today + 14 * DAY)


@far_away
async def test_what_was_set_until_yesterday_can_be_set_anew_and_today_it_is_there(
    stage: Stage, zone: str, moment: str, today: date
) -> None:
    turn(stage.clock, moment)
    teresa = within(await stage.signed_in(TERESA), zone)
    await assigned(teresa, wish(until=str(today)))

    still = await assign(teresa, wish(id=uid("second"), op=uid("second op")))
    stage.clock.forward(86_400_000)
    teresa = within(await stage.signed_in(TERESA), zone)
    anew = await assign(teresa, wish(id=uid("second"), op=uid("second op")))

    assert (still.status_code, anew.status_code) == (422, 201)


@far_away
async def test_an_approval_and_a_call_are_of_the_admins_today(
    stage: Stage, zone: str, moment: str, today: date
) -> None:
    turn(stage.clock, moment)
    ada = within(await stage.signed_in(ADA), zone)
    line = {"name": "Night line", "number": "112", "hours": "at night", "checked_by": "Ada", "checked_on": str(today)}

    approval = await ada.post(
        "/api/practice/approvals", json={"exercise": "calm-place", "version": 1, "by": "Dr. Verdi"}
    )
    kept = await ada.put(f"/api/crisis-lines/{uid('line')}", json=line)
    ahead = await ada.put(f"/api/crisis-lines/{uid('line')}", json=line | {"checked_on": str(today + DAY)})
    called = await ada.post(f"/api/crisis-lines/{uid('line')}/checks", json={"on": str(today + DAY)})

    assert approval.json()["day"] == str(today)
    assert [answer.status_code for answer in (kept, ahead, called)] == [200, 422, 422]


async def lives_in(anna: Browser, zone: str, *ops: Json) -> None:
    """Anna's phone says where it is, as it does at every sync."""
    answer = await anna.post("/api/sync", json={"cursor": None, "limit": 100, "zone": zone, "ops": ops})
    assert answer.status_code == 200, answer.text


@far_away
async def test_what_a_supervisor_sees_counts_back_from_the_clients_today(
    stage: Stage, zone: str, moment: str, today: date
) -> None:
    turn(stage.clock, moment)
    anna, teresa = await stage.signed_in(ANNA), await stage.signed_in(TERESA)
    carlo = within(await stage.signed_in(CARLO), "Europe/Rome")
    await ask(teresa, stage)

    days = [check_in(day, day=day) for day in (str(today), str(today - DAY))]
    await lives_in(anna, zone, consent(), *days)

    assert [one["ago"] for one in await seen(carlo)] == [0, 1]


@far_away
async def test_a_therapist_only_exercise_is_heard_through_its_last_day_where_the_client_is(
    stage: Stage, zone: str, moment: str, today: date
) -> None:
    turn(stage.clock, moment)
    await approve(stage, "new-ending-recent")
    teresa = within(await stage.signed_in(TERESA), zone)
    await lives_in(await stage.signed_in(ANNA), zone)
    await assigned(teresa, guarded(rehearsed_on=str(today), until=str(today)))
    anna = Viewer(id=ANNA.id, role="client", practice=stage.practice, login="here")

    heard = await stage.stores.recordings.assigned(anna, stage.clock())
    stage.clock.forward(86_400_000)

    assert heard == {"new-ending-recent"}
    assert await stage.stores.recordings.assigned(anna, stage.clock()) == set()
