"""From a plan on the phone to a neutral line on its screen: at the right time, once, or not at all."""

import asyncio

import pytest

from server.reminders.lines import LINES, TITLE
from server.store.keys import Keys
from tests.push.push_service import GOOGLE, Answer
from tests.push.world import ANNA, BRUNO, HOUR, MINUTE, ORIGIN, World, instant, rid


async def test_a_plan_leads_to_one_neutral_notification_at_its_local_time(world: World) -> None:
    device = await world.device()
    await world.plan("09:00")

    early = await world.at("2026-09-22T08:59")
    sent = await world.at("2026-09-22T09:00")
    again = await world.at("2026-09-22T09:01")

    (text,) = device.texts()
    assert (early, sent, again) == (0, 1, 0)
    assert text in LINES


async def test_what_arrives_says_nothing_but_a_line_and_leads_to_today(world: World) -> None:
    device = await world.device()
    await world.plan("09:00")
    await world.at("2026-09-22T09:00")

    (push,) = device.arrived
    said = device.read(push)

    assert said["title"] == TITLE
    assert str(said["navigate"]).partition("?reminder=")[0] == f"{ORIGIN}/"
    assert said["timestamp"] == instant("2026-09-22T09:00")
    assert said["tag"] == push.headers["topic"]
    assert push.headers["ttl"] == "7200"


async def test_every_device_gets_it(world: World) -> None:
    phone, tablet = await world.device(), await world.device(host=GOOGLE)
    await world.plan("09:00")

    assert await world.at("2026-09-22T09:00") == 2
    assert (len(phone.arrived), len(tablet.arrived)) == (1, 1)


async def test_nobody_else_gets_it(world: World) -> None:
    bruno = await world.device(BRUNO)
    await world.plan("09:00", of=ANNA)

    assert await world.at("2026-09-22T09:00") == 0
    assert bruno.arrived == []


async def test_done_before_its_time_means_not_sent(world: World) -> None:
    device = await world.device()
    plan = await world.plan("09:00")
    await world.step()
    await world.done(plan, "2026-09-22")

    await world.at("2026-09-22T09:00")

    assert device.arrived == []
    assert ("2026-09-22", "skipped", "done") in await world.states()


async def test_done_before_it_was_even_planned_means_not_sent(world: World) -> None:
    device = await world.device()
    plan = await world.plan("09:00")
    await world.done(plan, "2026-09-22")

    await world.at("2026-09-22T09:00")

    assert device.arrived == []
    assert ("2026-09-22", "skipped", "done") in await world.states()


async def test_done_for_one_day_leaves_the_next(world: World) -> None:
    device = await world.device()
    plan = await world.plan("09:00")
    await world.done(plan, "2026-09-22")

    await world.at("2026-09-23T09:00")

    assert len(device.arrived) == 1


async def test_a_run_is_done_for_each_slot_it_names_and_for_every_plan_about_its_assignment(world: World) -> None:
    device = await world.device()
    await world.put("task", "assignment", ASSIGNMENT)
    morning = await world.plan("09:00", name="morning", about=rid("task"), more=["13:00", "18:00"])
    noon = await world.plan("12:00", name="noon", about=rid("task"))
    await world.step()
    for plan, slot in ((morning, 0), (morning, 1), (noon, 0)):
        await world.done(plan, "2026-09-22", slot=slot)

    sent = [await world.at(f"2026-09-22T{at}") for at in ("09:00", "12:00", "13:00", "18:00")]

    assert sent == [0, 0, 0, 1]
    assert len(device.arrived) == 1


async def test_done_on_two_phones_is_done_once(world: World) -> None:
    device = await world.device()
    plan = await world.plan("09:00")
    for phone in ("phone", "tablet"):
        await world.put(f"done on the {phone}", "mark", {"what": "done", "plan": plan, "day": "2026-09-22", "slot": 0})

    assert await world.at("2026-09-22T09:00") == 0
    assert await world.at("2026-09-23T09:00") == 1
    assert len(device.arrived) == 1


async def test_done_before_flying_holds_for_that_local_date_wherever_the_phone_is(world: World) -> None:
    await world.device()
    plan = await world.plan("18:00", zone="Europe/Rome")
    await world.done(plan, "2026-09-22")
    await world.travel("America/New_York")

    assert await world.at("2026-09-22T18:00", "America/New_York") == 0
    assert await world.at("2026-09-23T18:00", "America/New_York") == 1


async def test_two_servers_on_one_database_send_each_reminder_once(world: World) -> None:
    other = await world.node()
    devices = [await world.device(), await world.device(BRUNO)]
    for person in (ANNA, BRUNO):
        await world.limit(person, most=5)
    for number in range(10):
        await world.plan("09:00", of=ANNA if number % 2 else BRUNO, name=f"plan {number}")
    world.clock.now = instant("2026-09-22T09:00")

    sent = await asyncio.gather(*(node.engine.step(world.clock()) for node in (world.nodes[0], other)))

    assert sum(sent) == 10
    assert [len(device.arrived) for device in devices] == [5, 5]


async def test_after_six_hours_down_only_what_is_still_in_its_window_is_sent(world: World) -> None:
    device = await world.device()
    await world.limit(most=5)
    for hour in (10, 11, 12, 13, 14):
        await world.plan(f"{hour:02}:00", name=f"plan {hour}")
    await world.at("2026-09-22T08:59")

    sent = await world.at("2026-09-22T14:58")

    assert sent == 2
    assert {push.headers["ttl"] for push in device.arrived} == {"120", "3720"}


async def test_after_two_days_down_nothing_old_comes_and_the_rest_goes_on(world: World) -> None:
    device = await world.device()
    await world.plan("09:00")
    await world.at("2026-09-22T08:59")

    assert await world.at("2026-09-24T20:00") == 0
    assert await world.at("2026-09-25T09:00") == 1
    assert len(device.arrived) == 1


@pytest.mark.parametrize(
    ("at", "before", "due"),
    [
        ("02:30", ("2026-03-29T01:59", 0), ("2026-03-29T03:00", 0)),
        ("02:30", ("2026-10-25T02:29", 0), ("2026-10-25T02:30", 0)),
    ],
)
async def test_on_the_days_clocks_change_it_comes_once(
    world: World, at: str, before: tuple[str, int], due: tuple[str, int]
) -> None:
    world.clock.now = instant(before[0]) - 20 * HOUR
    device = await world.device()
    await world.plan(at)
    await world.step()
    world.clock.now = instant(before[0])
    early = await world.step() - len(device.arrived)

    world.clock.now = instant(due[0])
    seen = len(device.arrived)
    for _ in range(4 * 60):
        await world.step()
        world.clock.forward(MINUTE)

    assert early == 0
    assert len(device.arrived) == seen + 1
    assert device.read(device.arrived[-1])["timestamp"] == instant(due[0])


async def test_a_phone_that_travels_is_reminded_by_its_new_clocks(world: World) -> None:
    device = await world.device()
    await world.plan("09:00", zone="Europe/Rome")
    await world.step()
    await world.travel("America/New_York")

    in_rome = await world.at("2026-09-22T09:00", "Europe/Rome")
    in_new_york = await world.at("2026-09-22T09:00", "America/New_York")

    assert (in_rome, in_new_york) == (0, 1)
    assert len(device.arrived) == 1


async def test_flying_west_after_the_reminder_does_not_repeat_it_that_day(world: World) -> None:
    await world.device()
    await world.plan("09:00", zone="Europe/Rome")
    assert await world.at("2026-09-22T09:00", "Europe/Rome") == 1
    await world.travel("America/New_York")

    assert await world.at("2026-09-22T09:00", "America/New_York") == 0
    assert await world.at("2026-09-23T09:00", "America/New_York") == 1


async def test_an_unknown_zone_falls_back_to_the_one_the_plan_was_made_in(world: World) -> None:
    await world.device()
    await world.plan("09:00", zone="Europe/Rome")
    await world.travel("Mars/Olympus")

    assert await world.at("2026-09-22T09:00", "Europe/Rome") == 1


async def test_a_plan_moved_to_another_time_comes_then_and_not_before(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    await world.step()
    await world.plan("10:30")

    assert await world.at("2026-09-22T09:00") == 0
    assert await world.at("2026-09-22T10:30") == 1


async def test_a_plan_made_after_its_time_starts_tomorrow(world: World) -> None:
    await world.device()
    await world.plan("19:30")

    assert await world.step() == 0
    assert await world.at("2026-09-22T19:30") == 1


async def test_a_plan_touched_just_after_its_time_still_comes(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    await world.step()
    world.clock.now = instant("2026-09-22T09:00") + 5_000
    await world.plan("09:00", days=(1, 2))

    assert await world.step() == 1


@pytest.mark.parametrize("change", [(False, None, "plan"), (True, "2026-09-23", "paused")])
async def test_a_plan_turned_off_or_paused_does_not_come(world: World, change: tuple[bool, str | None, str]) -> None:
    await world.device()
    await world.plan("09:00")
    await world.step()
    await world.plan("09:00", on=change[0], paused_until=change[1])

    assert await world.at("2026-09-22T09:00") == 0
    assert ("2026-09-22", "skipped", change[2]) in await world.states()


async def test_a_plan_turned_on_again_before_its_time_comes(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    await world.step()
    await world.plan("09:00", on=False)
    await world.step()
    await world.plan("09:00")

    assert await world.at("2026-09-22T09:00") == 1


async def test_a_deleted_plan_does_not_come(world: World) -> None:
    await world.device()
    await world.plan("09:00", name="mine")
    await world.step()
    await world.delete("mine")

    assert await world.at("2026-09-22T09:00") == 0


async def test_a_plan_about_an_assignment_that_ended_does_not_come(world: World) -> None:
    await world.device()
    await world.put("task", "assignment", ASSIGNMENT | {"until": "2026-09-22"})
    await world.plan("09:00", about=rid("task"))

    assert await world.at("2026-09-22T09:00") == 1
    assert await world.at("2026-09-23T09:00") == 0


ASSIGNMENT: dict[str, object] = {"exercise": "calm-place", "version": 1, "title": "A calm place"}


async def test_one_plan_that_cannot_be_read_does_not_stop_the_others(world: World) -> None:
    await world.device()
    await world.put("broken", "plan", {"at": "25:99", "days": []})
    await world.plan("09:00")

    assert await world.at("2026-09-22T09:00") == 1


async def test_without_a_device_nothing_is_sent_and_the_ledger_says_why(world: World) -> None:
    await world.plan("09:00")

    assert await world.at("2026-09-22T09:00") == 0
    assert ("2026-09-22", "failed", "no-device") in await world.states()


async def test_a_time_moved_later_after_reaching_nobody_comes_that_day(world: World) -> None:
    await world.plan("09:00")
    await world.at("2026-09-22T09:00")
    await world.device()
    await world.plan("11:30")

    assert await world.at("2026-09-22T11:30") == 1


async def test_a_device_signed_out_is_not_reached(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    await world.db.write(lambda tx: tx.run("UPDATE login SET revoked_at = 1 WHERE person_id = 'anna'"))

    assert await world.at("2026-09-22T09:00") == 0


async def test_the_loop_sends_what_is_due_and_stops_when_told(world: World) -> None:
    stop, arrived = asyncio.Event(), asyncio.Event()

    def accept(_: str) -> Answer:
        arrived.set()
        return Answer()

    world.service.answer = accept
    await world.device()
    await world.plan("09:00")
    await world.step()
    world.clock.now = instant("2026-09-22T09:00")

    running = asyncio.create_task(world.nodes[0].engine.run(stop))
    await asyncio.wait_for(arrived.wait(), 10)
    stop.set()
    await asyncio.wait_for(running, 10)

    assert ("2026-09-22", "sent", None) in await world.states()


async def test_a_client_whose_key_was_destroyed_gets_nothing_and_stops_nobody(world: World) -> None:
    anna, bruno = await world.device(ANNA), await world.device(BRUNO)
    await world.plan("09:00", of=ANNA)
    await world.plan("09:00", of=BRUNO)
    await world.keys.database.write(lambda tx: tx.run("DELETE FROM client_key WHERE client_id = 'anna'"))
    world.keys = Keys(world.keys.database, bytes(32))
    fresh = await world.node()
    world.clock.now = instant("2026-09-22T08:00")
    await fresh.engine.step(world.clock())
    world.clock.now = instant("2026-09-22T09:00")

    assert await fresh.engine.step(world.clock()) == 1
    assert (len(anna.arrived), len(bruno.arrived)) == (0, 1)


async def test_a_reminder_on_some_days_for_two_weeks_comes_each_of_them_once(world: World) -> None:
    device = await world.device()
    await world.plan("09:00", days=(1, 3, 5), about=rid("an exercise"))
    for hour in range(24 * 14):
        world.clock.now = instant("2026-10-19T00:05") + hour * HOUR
        await world.step()

    days = [str(device.read(push)["timestamp"]) for push in device.arrived]
    assert len(days) == len(set(days)) == 6
