"""What the sender does with every answer a push service can give, and with those that never come."""

import asyncio
from collections.abc import AsyncIterator
from email.utils import formatdate

import aiohttp
import pytest
import structlog.testing
from aiohttp.abc import AbstractResolver
from msgspec.structs import replace

from server.reminders.endpoint import Hosts
from server.reminders.payload import Message, message
from server.reminders.push import TIMEOUT, Sender
from server.reminders.resolver import PublicResolver
from server.reminders.vapid import Tokens
from server.reminders.verdict import retry_after, verdict
from server.store.subscriptions import Target
from server.store.vapid_keys import VapidKeys
from tests.push.push_service import APPLE, GOOGLE, GOOGLE_TOO, MOZILLA, Answer, answer_of
from tests.push.test_resolver import Says
from tests.push.world import ANNA, MINUTE, World, instant


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
async def morning(world: World) -> World:
    """Anna's plan is due now."""
    await world.plan("09:00")
    await world.step()
    world.clock.now = instant("2026-09-22T09:00")
    return world


@pytest.mark.parametrize("status", [200, 201, 202])
async def test_an_accepted_push_is_noted_on_the_device(morning: World, status: int) -> None:
    await morning.device()
    morning.service.always(status)

    assert await morning.step() == 1
    assert ("2026-09-22", "sent", None) in await morning.states()
    assert await devices(morning) == [(morning.clock(), None, None)]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_is_gone_is_forgotten_at_once(morning: World, status: int) -> None:
    await morning.device()
    morning.service.always(status)

    await morning.step()

    assert await devices(morning) == []
    assert ("2026-09-22", "failed", "gone") in await morning.states()


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_key_alerts_once_and_forgets_nobody(morning: World, status: int) -> None:
    await morning.device()
    await morning.device()
    morning.service.always(status)

    with structlog.testing.capture_logs() as logs:
        await morning.step()

    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["push-service-refuses-our-key"]
    assert [device[2] for device in await devices(morning)] == ["key", "key"]


async def test_a_push_found_too_large_is_sent_once_more_as_little_as_can_be(morning: World) -> None:
    device = await morning.device()
    answers = iter([Answer(413), Answer(201)])
    morning.service.answer = lambda _: next(answers)

    assert await morning.step() == 1
    full, minimal = (device.plain(push) for push in device.arrived)
    assert (len(full), len(minimal) < 200) == (1024, True)
    assert set(device.read(device.arrived[1])) == {"title", "navigate", "tag"}


async def test_too_large_twice_is_the_end_of_it(morning: World) -> None:
    device = await morning.device()
    morning.service.always(413)

    assert await morning.step() == 0
    assert len(device.arrived) == 2
    assert ("2026-09-22", "failed", "too-large") in await morning.states()


@pytest.mark.parametrize("status", [429, 406])
async def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(morning: World, status: int) -> None:
    device = await morning.device()
    morning.service.always(status, retry_after="17")
    await morning.step()
    morning.service.always(201)

    morning.clock.forward(16_999)
    early = await morning.step()
    morning.clock.forward(1)
    late = await morning.step()

    assert (early, late, len(device.arrived)) == (0, 1, 2)


async def test_a_busy_service_holds_up_no_other(morning: World) -> None:
    await morning.device(host=MOZILLA)
    google = await morning.device(host=GOOGLE)
    morning.service.answer = lambda path: Answer(201 if path == google.path else 429)

    assert await morning.step() == 1


async def test_a_failing_service_is_tried_again_inside_the_window_and_the_time_to_live_shrinks(morning: World) -> None:
    device = await morning.device()
    answers = iter([Answer(500), Answer(503), Answer(201)])
    morning.service.answer = lambda _: next(answers)

    sent = 0
    for _ in range(4):
        sent += await morning.step()
        morning.clock.forward(MINUTE)

    assert sent == 1
    assert [push.headers["ttl"] for push in device.arrived] == ["7200", "7140", "7080"]
    assert ("2026-09-22", "sent", None) in await morning.states()


async def test_a_service_that_fails_to_the_end_means_expired_and_never_late(morning: World) -> None:
    device = await morning.device()
    morning.service.always(500)
    for _ in range(13):
        await morning.step()
        morning.clock.forward(10 * MINUTE)
    morning.service.always(201)

    assert await morning.step() == 0
    assert min(int(push.headers["ttl"]) for push in device.arrived) >= 60
    assert ("2026-09-22", "expired", "window") in await morning.states()


async def test_one_device_that_has_it_is_not_sent_it_again_for_another_that_has_not(morning: World) -> None:
    phone, tablet = await morning.device(), await morning.device(host=GOOGLE)
    morning.service.answer = lambda path: Answer(201 if path == phone.path else 503)
    await morning.step()
    morning.service.always(201)
    morning.clock.forward(MINUTE)
    await morning.step()

    assert (len(phone.arrived), len(tablet.arrived)) == (1, 2)
    assert ("2026-09-22", "sent", None) in await morning.states()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(morning: World, status: int) -> None:
    device = await morning.device()
    morning.service.always(status, location=f"https://{MOZILLA}/elsewhere")

    assert await morning.step() == 0
    assert len(morning.service.arrived) == len(device.arrived) == 1
    assert ("2026-09-22", "failed", "redirect") in await morning.states()


async def test_done_while_waiting_for_a_busy_service_means_not_sent(morning: World) -> None:
    device = await morning.device()
    morning.service.always(429, retry_after="60")
    await morning.step()
    morning.service.always(201)
    await morning.done(await morning.plan("09:00"), "2026-09-22")
    morning.clock.forward(2 * MINUTE)

    assert await morning.step() == 0
    assert len(device.arrived) == 1


async def test_every_reminder_has_one_size(world: World) -> None:
    device = await world.device()
    for hour in range(8, 20):
        await world.plan(f"{hour:02}:30", name=f"plan {hour}")
        await world.step()
    for hour in range(8, 20):
        await world.at(f"2026-09-22T{hour:02}:30")

    assert {len(push.body) for push in device.arrived} == {1127}
    assert len(set(device.texts())) > 1


async def test_a_plan_keeps_its_topic_and_other_plans_have_others(world: World) -> None:
    device, bruno = await world.device(), await world.device("bruno")
    await world.plan("09:00")
    await world.plan("09:00", name="other")
    await world.plan("09:00", of="bruno")
    for day in (22, 23):
        await world.at(f"2026-09-{day}T09:00")

    topics = [push.headers["topic"] for push in device.arrived]
    assert {len(topic) for topic in topics} == {24}
    assert len(set(topics)) == 2
    assert bruno.arrived[0].headers["topic"] not in topics


async def test_a_token_is_kept_for_its_service_and_renewed_before_it_ends(world: World) -> None:
    phone, tablet = await world.device(host=MOZILLA), await world.device(host=GOOGLE)
    for hour in (9, 10, 18):
        await world.plan(f"{hour:02}:00", name=f"plan {hour}")
    for hour in (9, 10, 18):
        await world.at(f"2026-09-22T{hour:02}:00")

    tokens = [push.headers["authorization"] for push in phone.arrived]
    assert tokens[0] == tokens[1] != tokens[2]
    assert {push.claims["aud"] for push in tablet.arrived} == {f"https://{GOOGLE}"}


async def test_a_clock_set_back_does_not_leave_a_token_that_lives_too_long(world: World) -> None:
    await world.device()
    await world.plan("09:00")
    await world.plan("09:00", of="bruno")
    await world.at("2026-10-22T09:00")
    await world.device("bruno")

    assert await world.at("2026-09-22T09:00") >= 1


async def test_connections_are_reused(world: World) -> None:
    await world.device()
    await world.limit(most=5)
    for hour in range(9, 14):
        await world.plan(f"{hour:02}:00", name=f"plan {hour}")
    for hour in range(9, 14):
        await world.at(f"2026-09-22T{hour:02}:00")

    assert (len(world.service.arrived), world.service.connections) == (5, 1)


async def test_logs_never_name_an_endpoint_or_a_text(morning: World) -> None:
    device = await morning.device()
    morning.service.always(400)

    with structlog.testing.capture_logs() as logs:
        await morning.step()

    assert len(logs) == 1
    assert device.path not in str(logs)
    assert device.p256dh not in str(logs)


@pytest.fixture
async def sender(world: World) -> AsyncIterator[Sender]:
    """A sender with little patience."""
    sender = impatient(world, world.service.resolver())
    yield sender
    await sender.close()


def impatient(world: World, resolver: AbstractResolver, seconds: float = 0.5) -> Sender:
    return Sender(
        keys=VapidKeys(world.keys),
        tokens=Tokens("mailto:ada@example.org"),
        hosts=Hosts(),
        clock=world.clock,
        resolver=resolver,
        tls=world.service.tls(),
        timeout=aiohttp.ClientTimeout(total=seconds),
    )


async def test_a_service_that_hangs_is_given_up_and_left_alone_for_a_while(world: World, sender: Sender) -> None:
    target, said = await something(world)
    world.service.answer = lambda _: Answer(hang=True)
    first = await sender.send(target, said)
    world.service.always(201)

    second = await sender.send(target, said)
    world.clock.forward(30_000)
    third = await sender.send(target, said)

    assert [(v.state, v.reason) for v in (first, second, third)] == [
        ("later", "timeout"),
        ("later", "parked"),
        ("accepted", None),
    ]


async def test_a_service_that_hangs_holds_up_no_other(world: World) -> None:
    sender = impatient(world, world.service.resolver(), seconds=3)
    slow, said = await something(world)
    quick, _ = await something(world, GOOGLE)
    world.service.answer = lambda path: Answer(hang=path in slow.endpoint)
    hanging = [asyncio.create_task(sender.send(slow, said)) for _ in range(40)]
    await asyncio.sleep(0)

    verdict = await asyncio.wait_for(sender.send(quick, said), 2)

    assert verdict.state == "accepted"
    assert {v.state for v in await asyncio.gather(*hanging)} == {"later"}
    await sender.close()


async def test_services_that_hang_hold_up_no_other_however_many(world: World) -> None:
    sender = impatient(world, world.service.resolver(), seconds=3)
    slow = [await something(world, host) for host in (MOZILLA, GOOGLE, GOOGLE_TOO)]
    quick, said = await something(world, APPLE)
    world.service.answer = lambda path: Answer(hang=path not in quick.endpoint)
    hanging = [asyncio.create_task(sender.send(target, said)) for target, said in slow for _ in range(20)]
    await asyncio.sleep(0)

    assert (await asyncio.wait_for(sender.send(quick, said), 2)).state == "accepted"
    assert {v.state for v in await asyncio.gather(*hanging)} == {"later"}
    await sender.close()


async def test_an_endless_answer_is_not_read(world: World, sender: Sender) -> None:
    target, said = await something(world)
    world.service.answer = lambda _: Answer(endless=True)

    assert (await sender.send(target, said)).state == "accepted"
    assert world.service.endless_bytes < 1_000_000


async def test_too_large_and_then_nothing_ends_as_soon_as_anything_else(world: World, sender: Sender) -> None:
    target, said = await something(world)
    answers = iter([Answer(413), Answer(hang=True)])
    world.service.answer = lambda _: next(answers)

    assert (await sender.send(target, said)).reason == "timeout"
    assert 2 * (TIMEOUT.total or 99) < 15


async def test_an_answer_of_endless_headers_is_dropped(world: World, sender: Sender) -> None:
    target, said = await something(world)
    world.service.answer = lambda _: Answer(headers={f"x-{n}": "y" * 1000 for n in range(500)})

    assert (await sender.send(target, said)).state == "later"


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1"])
async def test_a_known_name_that_leads_inside_is_not_called(world: World, address: str) -> None:
    target, said = await something(world)
    sender = impatient(world, PublicResolver(Says(answer_of(MOZILLA, address, world.service.port))))

    result = await sender.send(target, said)
    await sender.close()

    assert (result.state, result.reason) == ("refused", "address")
    assert world.service.connections == 0


async def test_a_certificate_for_another_name_is_not_accepted(world: World, sender: Sender) -> None:
    target, said = await something(world)

    result = await sender.send(replace(target, endpoint="https://android.googleapis.com/x"), said)

    assert (result.state, result.reason) == ("later", "connect")


@pytest.mark.parametrize(("said", "wait"), [("17", 17_000), ("0", 1_000), ("999999999", 21_600_000)])
def test_retry_after_in_seconds_is_kept_within_bounds(said: str, wait: int) -> None:
    assert retry_after(said, 1_000_000) == 1_000_000 + wait


def test_retry_after_as_a_date() -> None:
    now = 1_790_000_000_000

    assert retry_after(formatdate(now / 1000 + 90, usegmt=True), now) == now + 90_000


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e3", "٣", "9" * 40, "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_retry_after_that_cannot_be_read_says_nothing(said: str) -> None:
    assert retry_after(said, 0) is None


@pytest.mark.parametrize("status", [100, 204, 304, 400, 405, 418, 451])
def test_any_other_answer_is_a_refusal(status: int) -> None:
    assert verdict(status, {}, 0, 0).state == "refused"


async def something(world: World, host: str = MOZILLA) -> tuple[Target, Message]:
    """A device and a message for it."""
    device = await world.device(host=host)
    kid = (await world.nodes[0].key()).kid
    target = Target(id="s", label="s", vapid_kid=kid, endpoint=device.endpoint, p256dh=device.p256dh, auth=device.auth)
    now = world.clock()
    return target, message("https://m.example.org", id="x", line=0, topic="t" * 24, due_at=now, end_at=now + 120_000)


async def devices(world: World, of: str = ANNA) -> list[tuple[object, ...]]:
    """When each device last accepted, since when it fails, and why."""
    return [
        tuple(row)
        for row in await world.db.read(
            lambda tx: tx.all("SELECT accepted_at, failed_at, reason FROM subscription WHERE client_id = :c", c=of)
        )
    ]
