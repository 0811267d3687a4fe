"""A new VAPID key: what was subscribed before goes on, devices move, and the old key goes when nobody needs it."""

from server.reminders.vapid import rotated
from server.store.ledger import Ledger
from server.store.lifetimes import Lifetimes
from server.store.reminder_log import ReminderLogs
from server.store.subscriptions import Address
from server.store.vapid_keys import KEPT, VapidKeys
from tests.push.push_service import Device
from tests.push.world import ANNA, HOUR, World, viewer

DAY = 24 * HOUR


async def rotate(world: World) -> tuple[str, str]:
    """A new key on the running server; the old one's id and the new one's."""
    before = await world.nodes[0].key()
    return before.kid, (await rotated(world.nodes[0].vapid, world.clock())).kid


async def housekeeping(world: World) -> None:
    keys = VapidKeys(world.keys)
    await Lifetimes(world.db, Ledger(world.keys.database), keys).forget(world.clock())


async def there(world: World, kid: str) -> bool:
    return await VapidKeys(world.keys).find(kid) is not None


async def move(world: World, device: Device) -> None:
    """The phone subscribes with the present key, as at its next start."""
    address = Address(endpoint=device.endpoint, p256dh=device.p256dh, auth=device.auth)
    await world.nodes[0].subscriptions.put(viewer(ANNA), address, (await world.nodes[0].key()).kid, world.clock())


async def test_what_was_subscribed_with_the_old_key_is_still_reached(world: World) -> None:
    old, reached = await world.nodes[0].key(), await world.device()
    await world.plan("09:00")
    _, new = await rotate(world)

    assert await world.at("2026-09-22T09:00") == 1
    assert old.public in reached.arrived[0].headers["authorization"]
    assert (await world.nodes[0].key()).kid == new != old.kid


async def test_the_old_key_stays_while_a_subscription_needs_it_and_goes_a_day_after_the_last(world: World) -> None:
    device = await world.device()
    old, new = await rotate(world)
    world.clock.forward(30 * DAY)
    await housekeeping(world)
    needed = await there(world, old)
    await move(world, device)
    await housekeeping(world)

    assert (needed, await there(world, old), await there(world, new)) == (True, False, True)


async def test_a_key_retired_just_now_stays_for_phones_that_are_about_to_subscribe(world: World) -> None:
    old, _ = await rotate(world)
    world.clock.forward(DAY - 1)
    await housekeeping(world)

    assert await there(world, old)


async def test_after_ninety_days_a_phone_that_never_came_back_is_told_as_lost(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    old, _ = await rotate(world)
    world.clock.forward(KEPT)
    await housekeeping(world)
    fresh = await world.node()
    world.nodes.insert(0, fresh)

    await world.at("2026-12-25T09:00")

    (device,) = (await ReminderLogs(world.db, world.keys).of(viewer(ANNA), world.clock())).devices
    assert (await there(world, old), device.reached, device.why) == (False, False, "key-removed")
