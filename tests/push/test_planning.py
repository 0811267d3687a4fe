"""Plans with several times or a stretch, and what the client wants of all of them, kept by the engine."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from server.store import plans
from server.store.records import Stored, opened
from tests.push.world import ANNA, HOUR, MINUTE, World, instant, rid

ASSIGNED = rid("an exercise")
"""What a plan is about that does not slow down unanswered."""


async def hours(world: World, start: str, count: int, zone: str = "Europe/Rome", every: int = 15) -> list[int]:
    """The engine at work for so many hours; when it sent."""
    begin, found = instant(start, zone), list[int]()
    for minute in range(0, count * 60, every):
        world.clock.now = begin + minute * MINUTE
        found += [world.clock.now] * await world.step()
    return found


async def test_each_of_several_times_comes(world: World) -> None:
    await world.device()
    await world.plan("09:00", more=["13:00", "18:00"], about=ASSIGNED)

    sent = await hours(world, "2026-09-22T07:00", 16)

    assert sent == [instant(f"2026-09-22T{at}") for at in ("09:00", "13:00", "18:00")]


async def test_a_stretch_brings_its_reminders_inside_it_apart_and_the_same_after_a_restart(world: World) -> None:
    device = await world.device()
    await world.plan("10:00", kind="window", to="16:00", times=3, about=ASSIGNED)
    await world.step()
    before = await due_times(world)
    await world.plan("10:00", kind="window", to="16:00", times=3, about=ASSIGNED, days=(1, 2, 3, 4, 5))
    await world.node()
    world.clock.now += MINUTE
    await world.nodes[1].engine.step(world.clock())

    sent = await hours(world, "2026-09-22T09:00", 8)

    assert await due_times(world) == before
    assert [(when - due) < 15 * MINUTE for when, due in zip(sent, before, strict=False)] == [True] * 3
    assert instant("2026-09-22T10:00") <= before[0]
    assert before[2] < instant("2026-09-22T16:00")
    assert all(later - sooner >= 45 * MINUTE for sooner, later in pairwise(before))
    assert len(device.arrived) == 3


async def due_times(world: World) -> list[int]:
    rows = await world.db.read(lambda tx: tx.all("SELECT due_at FROM occasion WHERE day = '2026-09-22' ORDER BY slot"))
    return [int(str(row[0])) for row in rows]


@pytest.mark.parametrize(
    ("fields", "quiet", "reason"),
    [
        ({"at": "22:00", "kind": "window", "to": "23:00"}, None, "quiet"),
        ({"at": "10:00", "kind": "window", "to": "11:00", "times": 3}, None, "room"),
        ({"at": "12:00"}, {"from": "11:00", "to": "14:00"}, "quiet"),
        ({"at": "10:50"}, {"from": "11:00", "to": "14:00"}, "quiet"),
        ({"at": "12:00", "paused_until": "2026-12-01"}, None, "paused"),
    ],
)
async def test_what_cannot_be_sent_is_in_the_ledger_with_why(
    world: World, fields: dict[str, object], quiet: dict[str, str] | None, reason: str
) -> None:
    await world.device()
    if quiet is not None:
        await world.limit(quiet=quiet)
    await world.put("plan", "plan", {"days": [2], "about": ASSIGNED, "on": True} | fields)

    assert await hours(world, "2026-09-22T07:00", 17, every=60) == []
    assert {(state, why) for day, state, why in await world.states() if day == "2026-09-22"} == {("skipped", reason)}


async def test_a_time_the_client_wants_in_their_own_quiet_hours_comes(world: World) -> None:
    await world.device()
    await world.limit(quiet={"from": "11:00", "to": "14:00"})
    await world.plan("12:00", in_quiet=["12:00"])

    assert await world.at("2026-09-22T12:00") == 1


async def test_a_plan_of_an_older_phone_comes_in_the_usual_quiet_hours_which_it_asked_about(world: World) -> None:
    await world.device()
    await world.plan("22:00")

    assert await world.at("2026-09-22T22:00") == 1


async def test_the_most_a_day_holds_over_all_plans_the_earliest_first(world: World) -> None:
    device = await world.device()
    await world.limit(most=2)
    for at in ("15:00", "09:00", "12:00"):
        await world.plan(at, name=at)

    sent = await hours(world, "2026-09-22T08:00", 10, every=60)

    assert sent == [instant("2026-09-22T09:00"), instant("2026-09-22T12:00")]
    assert len(device.arrived) == 2
    assert ("2026-09-22", "skipped", "most") in await world.states()


async def test_what_was_sent_counts_although_its_plan_is_gone(world: World) -> None:
    await world.device()
    await world.limit(most=1)
    await world.plan("09:00", name="first")
    assert await world.at("2026-09-22T09:00") == 1
    await world.delete("first")
    await world.plan("12:00", name="second")

    assert await world.at("2026-09-22T12:00") == 0
    assert await world.at("2026-09-23T12:00") == 1


async def test_one_that_is_done_leaves_its_place_to_the_next(world: World) -> None:
    await world.device()
    await world.limit(most=1)
    first = await world.plan("09:00", name="first")
    await world.plan("12:00", name="second", about=ASSIGNED)
    await world.step()
    await world.done(first, "2026-09-22")

    assert await world.at("2026-09-22T09:00") == 0
    assert await world.at("2026-09-22T12:00") == 1


async def test_a_change_of_the_limits_holds_for_what_was_planned_before(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    await world.step()
    await world.limit(paused_until="2026-09-23")

    assert await world.at("2026-09-22T09:00") == 0
    assert ("2026-09-22", "skipped", "paused") in await world.states()
    await world.limit()
    assert await world.at("2026-09-23T09:00") == 1


async def test_where_limits_cannot_be_read_the_usual_ones_hold(world: World) -> None:
    await world.device()
    await world.limit(most="many")
    await world.plan("09:00")

    assert await world.at("2026-09-22T09:00") == 1


async def test_first_and_last_day_hold(world: World) -> None:
    await world.device()
    await world.put(
        "p", "plan", {"at": "09:00", "days": [1, 2, 3, 4, 5, 6, 7], "from": "2026-09-23", "until": "2026-09-24"}
    )

    sent = [await world.at(f"2026-09-{day}T09:00") for day in (22, 23, 24, 25)]

    assert sent == [0, 1, 1, 0]


async def test_flying_while_a_stretch_is_on_sends_each_of_its_reminders_once_for_the_local_date(world: World) -> None:
    device = await world.device()
    await world.plan("10:00", kind="window", to="14:00", times=2, about=ASSIGNED)
    for hour in range(36):
        if hour in (6, 11, 16):
            await world.travel({6: "Asia/Tokyo", 11: "America/New_York", 16: "Europe/Rome"}[hour])
        world.clock.now = instant("2026-09-22T00:00") + hour * HOUR
        await world.step()

    rows = await world.db.read(lambda tx: tx.all("SELECT day, slot FROM occasion WHERE state = 'sent'"))
    assert len(device.arrived) == len(rows) == len({(row[0], row[1]) for row in rows})


async def test_unanswered_nudges_grow_rare_and_then_go_quiet(world: World) -> None:
    await world.device()
    plan = await world.plan("09:00")

    sent = [await world.at(f"{day(n)}T09:00") for n in range(60)]

    assert [n for n, one in enumerate(sent) if one] == [0, 1, 2, 5, 8, 11, 18, 25, 32]
    assert await quiet(world) == {plan: "off"}


async def test_an_answer_brings_them_back(world: World) -> None:
    await world.device()
    plan = await world.plan("09:00")
    for n in range(4):
        await world.at(f"{day(n)}T09:00")
    assert await quiet(world) == {plan: "every 3 days"}
    await world.done(plan, day(3))

    assert await world.at(f"{day(4)}T09:00") == 1
    assert await quiet(world) == {}


async def test_opening_the_app_from_one_is_an_answer(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    for n in range(3):
        await world.at(f"{day(n)}T09:00")
    await world.db.write(lambda tx: tx.run("UPDATE occasion SET opened_at = 1 WHERE day = :day", day=day(1)))

    assert await world.at(f"{day(3)}T09:00") == 1


async def test_saving_the_plan_anew_brings_them_back(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    for n in range(4):
        await world.at(f"{day(n)}T09:00")
    await world.plan("09:00", renewed_at=world.clock())

    assert await world.at(f"{day(4)}T09:00") == 1


async def test_nudges_about_an_exercise_keep_coming(world: World) -> None:
    await world.device()
    await world.plan("09:00", about=ASSIGNED)

    assert [await world.at(f"{day(n)}T09:00") for n in range(12)] == [1] * 12


async def test_one_that_was_put_off_keeps_its_new_time_when_all_is_planned_anew(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    assert await world.at("2026-09-22T09:00") == 1
    until = instant("2026-09-22T10:00")
    await world.db.write(
        lambda tx: tx.run(
            "UPDATE occasion SET state = 'planned', snoozed = 1, due_at = :u WHERE state = 'sent'", u=until
        )
    )
    await world.plan("12:00", name="another")

    await world.at("2026-09-22T09:30")

    assert until in await due_times(world)


def day(number: int) -> str:
    return (date(2026, 9, 22) + timedelta(days=number)).isoformat()


async def quiet(world: World) -> dict[str, str]:
    """What the client can be told of how often reminders come."""
    key = await world.keys.of(ANNA)

    def open_(client: str, record: Stored) -> bytes | None:
        return opened(key, client, record)

    at = world.clock() + 3 * HOUR
    return {**await world.db.read(lambda tx: plans.resting(tx, ANNA, open_, at))}
