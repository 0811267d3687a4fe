"""What arrives while a reminder is claimed or waits for its push service still holds for it."""

import asyncio

import pytest

from tests.push.push_service import GOOGLE, Answer
from tests.push.world import World, instant, rid

CHANGES = [("09:00", False, None), ("09:00", True, "2026-09-23"), ("12:00", True, None)]


async def test_done_after_it_was_claimed_means_not_sent_if_its_turn_has_not_come(world: World) -> None:
    device = await world.device()
    plan = await world.plan("09:00", about=rid("task"))
    await world.step()
    world.clock.now = instant("2026-09-22T09:00")
    (claim,) = await world.nodes[0].engine.begin(world.clock())
    await world.done(plan, "2026-09-22")

    await world.nodes[0].engine.deliver(claim)
    await world.step()

    assert device.arrived == []
    assert ("2026-09-22", "skipped", "done") in await world.states()


@pytest.mark.parametrize(("at", "on", "paused"), CHANGES)
async def test_a_plan_that_changed_after_it_was_claimed_is_not_sent_as_it_was(
    world: World, at: str, on: bool, paused: str | None
) -> None:
    device = await world.device()
    await world.plan("09:00")
    await world.step()
    world.clock.now = instant("2026-09-22T09:00")
    (claim,) = await world.nodes[0].engine.begin(world.clock())
    await world.plan(at, on=on, paused_until=paused)

    await world.nodes[0].engine.deliver(claim)
    await world.step()

    assert device.arrived == []
    assert await world.at("2026-09-22T12:00") == int(at == "12:00")


async def test_what_was_done_of_another_plan_meanwhile_does_not_keep_it_from_being_sent(world: World) -> None:
    device = await world.device()
    await world.plan("09:00", name="first")
    other = await world.plan("18:00", name="second")
    await world.step()
    world.clock.now = instant("2026-09-22T09:00")
    (claim,) = await world.nodes[0].engine.begin(world.clock())
    await world.done(other, "2026-09-22")

    await world.nodes[0].engine.deliver(claim)
    await world.step()

    assert len(device.arrived) == 1


@pytest.mark.parametrize(("at", "on", "paused"), CHANGES)
async def test_one_that_waits_for_its_push_service_goes_with_a_change_of_its_plan(
    world: World, at: str, on: bool, paused: str | None
) -> None:
    await world.device()
    await world.plan("09:00")
    world.service.always(503)
    await world.at("2026-09-22T09:00")
    await world.plan(at, on=on, paused_until=paused)
    world.service.always(201)

    assert await world.at("2026-09-22T09:10") == 0
    assert await world.at("2026-09-22T12:00") == int(at == "12:00")


async def test_one_that_waits_for_its_push_service_goes_on_when_its_plan_is_saved_as_it_was(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    world.service.always(503)
    await world.at("2026-09-22T09:00")
    await world.plan("09:00", renewed_at=1)
    world.service.always(201)

    assert await world.at("2026-09-22T09:10") == 1


async def test_one_that_waits_for_its_push_service_gives_way_when_the_most_a_day_is_lowered(world: World) -> None:
    await world.device()
    for number, at in enumerate(("09:00", "09:10")):
        await world.plan(at, name=f"plan {number}")
    assert await world.at("2026-09-22T09:00") == 1
    world.service.always(503)
    await world.at("2026-09-22T09:10")
    await world.limit(most=1)
    world.service.always(201)

    assert [await world.at(f"2026-09-22T09:{minute}") for minute in (11, 20, 40)] == [0, 0, 0]
    assert await world.at("2026-09-23T09:00") == 1


async def test_done_while_one_device_gets_it_keeps_it_from_the_other(world: World) -> None:
    phone, tablet = await world.device(), await world.device(host=GOOGLE)
    world.service.answer = lambda path: Answer(500 if path == tablet.path else 201)
    plan = await world.plan("09:00")
    await world.at("2026-09-22T09:00")
    await world.done(plan, "2026-09-22")
    world.service.always(201)

    assert await world.at("2026-09-22T09:05") == 0
    assert (len(phone.arrived), len(tablet.arrived)) == (1, 1)
    assert ("2026-09-22", "sent", "done") in await world.states()


async def test_done_and_claimed_at_the_same_moment_it_is_sent_or_left_out_and_never_both(world: World) -> None:
    device, other = await world.device(), await world.node()
    await world.limit(most=5)
    names = [await world.plan("09:00", name=f"plan {n}", about=rid("task")) for n in range(5)]
    for day in range(22, 28):
        before, date = len(device.arrived), f"2026-09-{day}"
        world.clock.now = instant(f"{date}T08:59")
        await world.step()
        world.clock.now = instant(f"{date}T09:00")

        await asyncio.gather(
            world.step(), *(world.done(name, date) for name in names), other.engine.step(world.clock())
        )
        await world.step()

        states = [(state, why) for when, state, why in await world.states() if when == date]
        assert len(device.arrived) - before == states.count(("sent", None))
        assert states.count(("sent", None)) + states.count(("skipped", "done")) == len(names)


async def test_what_a_dead_server_had_claimed_another_sends_after_a_minute(world: World) -> None:
    device, other = await world.device(), await world.node()
    await world.plan("09:00")
    await world.step()
    claimed = await world.nodes[0].engine.begin(instant("2026-09-22T09:00"))

    early = await other.engine.step(instant("2026-09-22T09:00") + 59_000)
    world.clock.now = instant("2026-09-22T09:01")
    late = await other.engine.step(world.clock())

    assert (len(claimed), early, late) == (1, 0, 1)
    assert len(device.arrived) == 1


async def test_a_server_that_was_held_up_leaves_its_claim_to_the_others(world: World) -> None:
    device = await world.device()
    await world.plan("09:00")
    await world.step()
    (claim,) = await world.nodes[0].engine.begin(instant("2026-09-22T09:00"))
    world.clock.now = instant("2026-09-22T09:00") + 50_000

    await world.nodes[0].engine.deliver(claim)

    assert device.arrived == []
