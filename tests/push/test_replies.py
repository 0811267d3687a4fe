"""What a phone says of a reminder is kept; what it puts off comes again inside the window, and not more often."""

import msgspec
import pytest

from server.snooze import MOST
from server.store.reminder_log import Entry, ReminderLog, ReminderLogs
from server.store.replies import PutOff, Replies
from tests.push.push_service import GOOGLE, Answer, Device
from tests.push.world import ANNA, BRUNO, HOUR, MINUTE, World, instant, viewer

NINE = "2026-09-22T09:00"
DAY = "2026-09-22"


@pytest.fixture
async def device(world: World) -> Device:
    """Anna's phone, which got the reminder of nine o'clock."""
    device = await world.device()
    await world.plan("09:00", days=(2,))
    assert await world.at(NINE) == 1
    return device


def replies(world: World) -> Replies:
    return Replies(world.db)


async def later(world: World, nth: int = 0, of: str = ANNA) -> PutOff:
    return await replies(world).later(viewer(of), await world.name(), nth, world.clock())


async def log(world: World, of: str = ANNA) -> ReminderLog:
    return await ReminderLogs(world.db, world.keys).of(viewer(of), world.clock())


async def entry(world: World) -> Entry:
    (found,) = (await log(world)).entries
    return found


async def test_what_the_phone_showed_and_opened_is_kept_with_its_time(world: World, device: Device) -> None:
    name = await world.name()
    await replies(world).shown(viewer(ANNA), name, world.clock() + 1)
    await replies(world).shown(viewer(ANNA), name, world.clock() + 5_000)
    plan = await replies(world).opened(viewer(ANNA), name, world.clock() + MINUTE)

    said = await entry(world)
    assert plan == said.plan
    assert (said.accepted, said.shown_at, said.opened_at) == (1, world.clock() + 1, world.clock() + MINUTE)
    assert (await log(world)).devices[0].shown_at == world.clock() + MINUTE


async def test_one_that_was_opened_was_shown(world: World, device: Device) -> None:
    await replies(world).opened(viewer(ANNA), await world.name(), world.clock())

    assert (await entry(world)).shown_at == world.clock()


async def test_a_phone_that_says_shown_before_the_push_service_answers_is_believed(world: World) -> None:
    await world.device()
    await world.plan("09:00", days=(2,))
    await world.step()
    world.clock.now = instant(NINE)
    (claim,) = await world.nodes[0].engine.begin(world.clock())
    await replies(world).shown(viewer(ANNA), claim.id, world.clock())

    await world.nodes[0].engine.deliver(claim)

    assert ((await entry(world)).accepted, (await entry(world)).shown_at) == (1, world.clock())


async def test_of_somebody_elses_reminder_nothing_is_told_and_nothing_changes(world: World, device: Device) -> None:
    name = await world.name()
    before = await entry(world)
    await replies(world).shown(viewer(BRUNO), name, world.clock())

    assert await replies(world).opened(viewer(BRUNO), name, world.clock()) is None
    with pytest.raises(Exception, match="nothing here for you"):
        await replies(world).later(viewer(BRUNO), name, 0, world.clock())
    assert await entry(world) == before


async def test_put_off_it_comes_again_in_the_middle_of_what_is_left(world: World, device: Device) -> None:
    world.clock.forward(20 * MINUTE)
    said = await later(world)
    early = await world.at("2026-09-22T10:09")
    sent = await world.at("2026-09-22T10:10")

    assert said == PutOff(instant("2026-09-22T10:10"))
    assert (early, sent) == (0, 1)
    first, second = (device.read(push) for push in device.arrived)
    assert first["tag"] == second["tag"]
    assert second["data"] == {"id": await world.name(), "expires": instant("2026-09-22T11:00"), "nth": 1}
    assert device.arrived[1].headers["ttl"] == str(50 * 60)


async def test_said_twice_or_on_two_devices_it_is_put_off_once(world: World, device: Device) -> None:
    tablet = await world.device(host=GOOGLE)
    first = await later(world)
    world.clock.forward(MINUTE)

    assert await later(world) == first
    await world.at("2026-09-22T10:00")
    assert await later(world, 0) == PutOff(None, "used")
    assert (len(device.arrived), len(tablet.arrived)) == (2, 1)


async def test_it_can_be_put_off_three_times_and_no_more(world: World) -> None:
    await world.device()
    await world.plan("09:00", days=(2,))
    await world.at(NINE)
    name = await world.name()
    for nth, again in enumerate(("10:00", "10:30", "10:45")):
        assert (await later(world, nth)).at == instant(f"{DAY}T{again}")
        assert await world.at(f"{DAY}T{again}") == 1

    assert await replies(world).later(viewer(ANNA), name, MOST, world.clock()) == PutOff(None, "often")
    assert (await entry(world)).put_off == MOST


async def test_near_the_end_of_its_window_there_is_no_room(world: World, device: Device) -> None:
    world.clock.now = instant("2026-09-22T10:41")

    assert await later(world) == PutOff(None, "over")
    assert ("2026-09-22", "sent", None) in await world.states()


async def test_what_is_done_is_not_put_off_and_done_cancels_what_was(world: World, device: Device) -> None:
    assert (await later(world)).at is not None
    plan = (await entry(world)).plan
    await world.done(plan, DAY)

    assert await world.at("2026-09-22T10:30") == 0
    assert await later(world, 1) == PutOff(None, "done")
    assert ((await entry(world)).state, (await entry(world)).done, (await entry(world)).put_off) == ("skipped", True, 1)


async def test_planning_anew_leaves_what_was_put_off_where_it_is(world: World, device: Device) -> None:
    said = await later(world)
    await world.plan("09:00", days=(2, 3))
    await world.travel("Europe/Berlin")

    early = await world.at("2026-09-22T09:59")
    world.clock.now = said.at or 0
    assert (early, await world.step()) == (0, 1)


@pytest.mark.parametrize(
    "limits", [{"paused_until": "2026-09-23"}, {"quiet": {"from": "09:30", "to": "20:00"}}], ids=["paused", "quiet"]
)
async def test_a_pause_and_quiet_hours_that_come_meanwhile_hold_for_what_was_put_off(
    world: World, device: Device, limits: dict[str, object]
) -> None:
    assert (await later(world)).at == instant("2026-09-22T10:00")
    await world.limit(ANNA, **limits)

    assert await world.at("2026-09-22T10:00") == 0


async def test_put_off_it_never_comes_at_night_where_the_phone_is_by_then(world: World, device: Device) -> None:
    await later(world)
    await world.travel("America/New_York")

    assert await world.at("2026-09-22T10:00") == 0


async def test_a_plan_that_is_turned_off_takes_what_was_put_off_along(world: World, device: Device) -> None:
    await later(world)
    await world.plan("09:00", on=False)

    assert await world.at("2026-09-22T10:30") == 0


async def test_put_off_while_another_device_still_waits_it_comes_once_to_both(world: World) -> None:
    phone, tablet = await world.device(), await world.device(host=GOOGLE)
    await world.plan("09:00", days=(2,))
    await world.step()
    world.service.answer = lambda path: Answer(500 if path == tablet.path else 201)
    await world.at(NINE)
    said = await later(world)
    world.service.always(201)
    world.clock.now = said.at or 0
    await world.step()

    assert said.at == instant("2026-09-22T10:00")
    assert len(phone.arrived) == 2
    assert len([push for push in tablet.arrived if push.headers["ttl"] == "3600"]) == 1


async def test_what_came_and_was_put_off_stays_sent_when_its_push_service_is_away_until_the_end(
    world: World, device: Device
) -> None:
    await later(world)
    world.service.always(503)
    for minute in range(0, 75, 5):
        world.clock.now = instant("2026-09-22T10:00") + minute * MINUTE
        await world.step()

    said = await entry(world)
    assert (said.state, said.accepted, said.put_off) == ("sent", 1, 1)


async def test_a_time_that_was_drawn_is_never_told_before(world: World) -> None:
    await world.device()
    await world.plan("09:00", kind="window", to="12:00")
    await world.step()

    (first, *_) = (await log(world)).next

    assert first.at is None
    assert str(instant(NINE)).encode() not in msgspec.json.encode(await log(world))


async def test_the_next_ones_and_what_became_of_the_last_are_told(world: World, device: Device) -> None:
    await world.plan("18:00", name="evening")
    await world.step()

    said = await log(world)
    assert (said.next[0].day, said.next[0].at) == (DAY, instant("2026-09-22T18:00"))
    assert [(one.day, one.state, one.accepted) for one in said.entries] == [(DAY, "sent", 1)]


async def test_after_sixty_days_an_entry_is_told_no_more(world: World, device: Device) -> None:
    world.clock.forward(60 * 24 * HOUR)
    assert len((await log(world)).entries) == 1
    world.clock.forward(HOUR)
    assert (await log(world)).entries == []


async def test_a_device_given_up_by_its_push_service_is_told_with_since_when(world: World) -> None:
    await world.device()
    await world.plan("09:00", days=(2,))
    await world.step()
    world.service.always(410)
    await world.at(NINE)

    (said,) = (await log(world)).devices
    assert (said.reached, said.broken_at, said.why) == (False, world.clock(), "gone")


async def test_nobody_sees_the_log_of_another(world: World, device: Device) -> None:
    said = await log(world, BRUNO)

    assert (said.entries, said.next, [one.reached for one in said.devices]) == ([], [], [False])
