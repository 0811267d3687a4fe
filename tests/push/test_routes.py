"""Subscribing over HTTP: only one's own device, only an address that is safe to call."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest

from server.database import Database, Row
from server.reminders.door import open_reminders
from server.reminders.lines import LINES, TEST_LINE
from server.reminders.vapid import rotated
from server.routes.push_subscriptions import TESTS
from server.store.subscriptions import MOST
from server.store.vapid_keys import VapidKeys
from tests.cast import ANNA, BRUNO, TERESA, Browser, Clock, Stage, on_stage, settings_in
from tests.push.push_service import Device, PushService, base64url
from tests.push.test_endpoint import HOSTILE
from tests.push.world import MINUTE


@pytest.fixture
async def stage(tmp_path: Path, service: PushService, clock: Clock) -> AsyncIterator[Stage]:
    """A running app whose reminders reach the push service of the tests."""
    async with on_stage(settings_in(tmp_path, reminders=False), clock) as stage:
        state = stage.app.state
        here = await open_reminders(
            stage.settings, state.db, state["keys"], clock, resolver=service.resolver(), tls=service.tls()
        )
        state.reminders, own = here, state.reminders
        yield stage
        state.reminders = own
        await here.close()


@pytest.fixture
async def anna(stage: Stage) -> Browser:
    return await stage.signed_in(ANNA)


async def subscribe(browser: Browser, device: Device, **changes: object) -> tuple[int, str]:
    """Subscribe as the page does; the status and the sentence of the answer."""
    key = (await browser.get("/api/push-key")).json()
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    said = {"endpoint": device.endpoint, "keys": keys, "kid": key["kid"]} | changes
    answer = await browser.put("/api/push-subscriptions", json=said)
    return answer.status_code, answer.json()["detail"] if answer.content else ""


async def try_out(browser: Browser, device: Device) -> tuple[int, str | None]:
    """Ask for a test; the status, and what the push service said."""
    answer = await browser.post("/api/push-subscriptions/test", json={"endpoint": device.endpoint})
    return answer.status_code, answer.json().get("state")


async def count(stage: Stage) -> int:
    """How many subscriptions there are."""
    return len(await stored(stage))


async def stored(stage: Stage) -> list[Row]:
    """Every subscription, as stored."""
    db: Database = stage.app.state.db
    return await db.read(lambda tx: tx.all("SELECT * FROM subscription"))


async def test_a_device_that_subscribed_gets_the_test(stage: Stage, anna: Browser, service: PushService) -> None:
    device = Device(service)
    await subscribe(anna, device)

    assert await try_out(anna, device) == (200, "accepted")
    assert device.texts() == [LINES[TEST_LINE]]


async def test_the_key_is_the_same_after_a_restart(stage: Stage, anna: Browser) -> None:
    state = stage.app.state
    again = await open_reminders(stage.settings, state.db, state["keys"], stage.clock)

    assert (await again.key()).public == (await anna.get("/api/push-key")).json()["key"]
    await again.close()


async def test_a_new_key_is_for_new_subscriptions_and_the_old_ones_keep_theirs(
    stage: Stage, anna: Browser, service: PushService
) -> None:
    state = stage.app.state
    old, fresh = Device(service), Device(service)
    await subscribe(anna, old)
    before = await state.reminders.key()

    await rotated(VapidKeys(state["keys"]), stage.clock())
    await subscribe(anna, fresh)
    for device in (old, fresh):
        assert await try_out(anna, device) == (200, "accepted")

    after = await state.reminders.key()
    assert before.kid != after.kid
    tokens = [device.arrived[0].headers["authorization"] for device in (old, fresh)]
    assert [token.partition("k=")[2] for token in tokens] == [before.public, after.public]


async def test_subscribing_twice_is_one_subscription(stage: Stage, anna: Browser, service: PushService) -> None:
    device = Device(service)

    assert [(await subscribe(anna, device))[0] for _ in range(2)] == [204, 204]
    assert await count(stage) == 1


async def test_a_shared_phone_reaches_only_who_is_signed_in(stage: Stage, anna: Browser, service: PushService) -> None:
    device, bruno = Device(service), await stage.signed_in(BRUNO)
    await subscribe(anna, device)
    await subscribe(bruno, device)

    assert await count(stage) == 1
    assert await try_out(anna, device) == (404, None)
    assert await try_out(bruno, device) == (200, "accepted")


async def test_signing_out_ends_the_subscription(stage: Stage, anna: Browser, service: PushService) -> None:
    await subscribe(anna, Device(service))

    await anna.delete("/api/logins/current")

    assert await count(stage) == 0


async def test_unsubscribing_twice_is_harmless(stage: Stage, anna: Browser, service: PushService) -> None:
    device = Device(service)
    await subscribe(anna, device)

    answers = [
        await anna.request("DELETE", "/api/push-subscriptions", json={"endpoint": device.endpoint}) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert await count(stage) == 0


async def test_nobody_can_end_the_subscription_of_another(stage: Stage, anna: Browser, service: PushService) -> None:
    device, bruno = Device(service), await stage.signed_in(BRUNO)
    await subscribe(anna, device)

    await bruno.request("DELETE", "/api/push-subscriptions", json={"endpoint": device.endpoint})

    assert await count(stage) == 1


async def test_an_eleventh_device_takes_the_place_of_the_one_longest_unused(
    stage: Stage, anna: Browser, service: PushService, clock: Clock
) -> None:
    devices = [Device(service) for _ in range(MOST + 1)]
    for device in devices:
        await subscribe(anna, device)
        clock.forward(1000)

    assert await count(stage) == MOST
    assert (await try_out(anna, devices[0]))[0] == 404
    assert await try_out(anna, devices[1]) == (200, "accepted")


async def test_hostile_endpoints_are_refused_in_a_sentence_and_nothing_is_stored(
    stage: Stage, anna: Browser, service: PushService
) -> None:
    answers: dict[str, tuple[int, str]] = {}
    for endpoint in HOSTILE:
        stage.clock.forward(MINUTE)
        answers[endpoint] = await subscribe(anna, Device(service), endpoint=endpoint)

    assert [answer for answer in answers.items() if not refused(*answer[1])] == []
    assert await count(stage) == 0


def refused(status: int, sentence: str) -> bool:
    return status in (400, 422) and "Nothing was saved." in sentence


def damaged(change: Callable[[bytes], bytes], what: str = "p256dh") -> Callable[[Device], dict[str, str | None]]:
    """A device's keys with one of them changed."""

    def keys(device: Device) -> dict[str, str | None]:
        plain = {"p256dh": device.point, "auth": device.secret}
        return {name: base64url(change(value) if name == what else value) for name, value in plain.items()}

    return keys


DAMAGED: list[Callable[[Device], dict[str, str | None]]] = [
    damaged(lambda point: point[:-1]),
    damaged(lambda point: point + b"\0"),
    damaged(lambda _: bytes([4]) + bytes(64)),
    damaged(lambda point: point[:-1] + bytes([point[-1] ^ 1])),
    damaged(lambda point: bytes([2]) + point[1:33]),
    damaged(lambda point: bytes([5]) + point[1:]),
    damaged(lambda _: b""),
    damaged(lambda secret: secret[:-1], "auth"),
    damaged(lambda secret: secret + b"\0", "auth"),
    damaged(lambda _: b"", "auth"),
    lambda device: {"p256dh": device.p256dh + "!", "auth": device.auth},
    lambda device: {"p256dh": "é" + device.p256dh[1:], "auth": device.auth},
    lambda device: {"p256dh": device.p256dh.replace("B", "+", 1), "auth": device.auth},
    lambda device: {"p256dh": device.p256dh, "auth": "not base64 at all"},
    lambda device: {"p256dh": device.p256dh},
    lambda device: {"p256dh": device.p256dh, "auth": None},
    lambda device: {"p256dh": device.p256dh, "auth": device.auth, "more": "x"},
]


async def test_keys_that_cannot_be_encrypted_to_are_refused_and_nothing_is_stored(
    stage: Stage, anna: Browser, service: PushService
) -> None:
    device = Device(service)

    answers = [await subscribe(anna, device, keys=keys(device)) for keys in DAMAGED]

    assert [number for number, answer in enumerate(answers) if not refused(*answer)] == []
    assert await count(stage) == 0


async def test_padding_does_not_matter(stage: Stage, anna: Browser, service: PushService) -> None:
    device = Device(service)
    padded = {"p256dh": device.p256dh + "=", "auth": device.auth + "=="}

    assert (await subscribe(anna, device, keys=padded))[0] == 204
    assert await try_out(anna, device) == (200, "accepted")


async def test_a_key_this_server_never_had_is_refused(stage: Stage, anna: Browser, service: PushService) -> None:
    assert (await subscribe(anna, Device(service), kid="0badc0de"))[0] == 422
    assert await count(stage) == 0


async def test_tests_are_limited(stage: Stage, anna: Browser, service: PushService) -> None:
    device = Device(service)
    await subscribe(anna, device)

    statuses = [(await try_out(anna, device))[0] for _ in range(TESTS + 1)]

    assert statuses == [200] * TESTS + [429]


@pytest.mark.parametrize(("status", "state"), [(410, "gone"), (403, "refused"), (500, "later")])
async def test_the_test_tells_the_truth(
    stage: Stage, anna: Browser, service: PushService, status: int, state: str
) -> None:
    device = Device(service)
    await subscribe(anna, device)
    service.always(status)

    assert await try_out(anna, device) == (200, state)


@pytest.mark.parametrize(
    "method", ["GET /api/push-key", "PUT /api/push-subscriptions", "POST /api/push-subscriptions/test"]
)
async def test_only_clients_have_reminders(stage: Stage, method: str) -> None:
    teresa, verb, path = await stage.signed_in(TERESA), *method.split(" ")

    assert (await teresa.request(verb, path, json={})).status_code == 403
    assert (await stage.browser().request(verb, path, json={})).status_code == 401


async def test_what_is_stored_does_not_show_where_it_leads(stage: Stage, anna: Browser, service: PushService) -> None:
    device = Device(service)
    await subscribe(anna, device)

    found = msgspec.msgpack.encode(await stored(stage))

    assert device.path.encode() not in found
    assert device.auth.encode() not in found
