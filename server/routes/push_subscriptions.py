"""`/api/push-key`, `/api/push-subscriptions`: where a client's own devices are reached."""

from typing import Annotated, Final, Literal
from uuid import UUID, uuid4

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from server.errors import Invalid
from server.models import Millis, Strict, Viewer
from server.reminders.door import Reminders
from server.reminders.endpoint import Unacceptable
from server.reminders.verdict import Verdict
from server.routes.dependencies import client_only
from server.store.attempts import Attempts, Limit
from server.store.subscriptions import Address

TESTS: Final = 10
SAVES: Final = 60
"""How often a client may do so in a quarter of an hour."""

Endpoint = Annotated[str, Meta(min_length=1, max_length=4096)]
Key = Annotated[str, Meta(min_length=1, max_length=200)]
Kid = Annotated[str, Meta(pattern=r"^[0-9a-f]{1,32}\Z")]


class PushKeys(Strict, frozen=True):
    """The browser's half of the encryption, in base64url."""

    p256dh: Key
    auth: Key


class NewSubscription(Strict, frozen=True):
    """What the browser's push manager handed out, and the key it was asked with."""

    endpoint: Endpoint
    keys: PushKeys
    kid: Kid


class OldSubscription(Strict, frozen=True):
    """A subscription by its endpoint."""

    endpoint: Endpoint


class PushKey(msgspec.Struct):
    """The key to subscribe with: `kid` names it, `key` is its public point in base64url."""

    kid: str
    key: str


class Tested(msgspec.Struct):
    """What the push service said. `accepted` means that it has the message, not that the phone has shown it: ask for
    that by the test's `id`."""

    id: str
    sent_at: Millis
    state: Literal["accepted", "gone", "refused", "later"]
    detail: str


class TestShown(msgspec.Struct):
    """When the device said that it showed the test; null while it has not."""

    shown_at: Millis | None


@get("/api/push-key", guards=[client_only])
async def push_key(reminders: NamedDependency[Reminders]) -> PushKey:
    """The key a device subscribes with."""
    key = await reminders.key()
    return PushKey(kid=key.kid, key=key.public)


@put("/api/push-subscriptions", guards=[client_only], status_code=204)
async def subscribe(
    data: JSONBody[NewSubscription],
    viewer: NamedDependency[Viewer],
    reminders: NamedDependency[Reminders],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> None:
    """Reach the viewer on this device. Sending it again changes nothing; a device of someone else's moves."""
    await attempts.count([Limit(f"push-subscribe:{viewer.id}", SAVES)], now)
    address = Address(endpoint=data.endpoint, p256dh=data.keys.p256dh, auth=data.keys.auth)
    try:
        await reminders.check(address, data.kid)
    except Unacceptable as problem:
        raise Invalid(
            f"Reminders can't be sent to this browser's push address: {problem}. Nothing was saved. "
            "Turn reminders off and on again; if it stays, use another browser."
        ) from problem
    await reminders.subscriptions.put(viewer, address, data.kid, now)


@delete("/api/push-subscriptions", guards=[client_only], status_code=204)
async def unsubscribe(
    data: JSONBody[OldSubscription],
    viewer: NamedDependency[Viewer],
    reminders: NamedDependency[Reminders],
    now: NamedDependency[Millis],
) -> None:
    """Reach the viewer on this device no longer."""
    await reminders.subscriptions.remove(viewer, data.endpoint, now)


@post("/api/push-subscriptions/test", guards=[client_only], status_code=200)
async def test(
    data: JSONBody[OldSubscription],
    viewer: NamedDependency[Viewer],
    reminders: NamedDependency[Reminders],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> Tested:
    """Send one message to this device now."""
    await attempts.count([Limit(f"push-test:{viewer.id}", TESTS)], now)
    target = await reminders.subscriptions.find(viewer, data.endpoint, now)
    name = uuid4().hex
    state, detail = _told(await reminders.test(viewer, target, name))
    return Tested(name, now, state, detail)


@get("/api/push-subscriptions/test/{name:uuid}", guards=[client_only])
async def test_shown(
    name: FromPath[UUID], viewer: NamedDependency[Viewer], reminders: NamedDependency[Reminders]
) -> TestShown:
    """Whether this device said that it showed the test it asked for last."""
    return TestShown(await reminders.devices.test_shown_at(viewer, name.hex))


def _told(verdict: Verdict) -> tuple[Literal["accepted", "gone", "refused", "later"], str]:
    match verdict.state:
        case "accepted":
            return "accepted", "It is on its way. It can take a minute to show."
        case "gone":
            return "gone", "This browser gave up its push address. Turn reminders off and on again."
        case "refused" | "expired":
            return "refused", "The push service did not take it. Reminders don't reach this device for now."
        case "later":
            return "later", "The push service does not answer right now. Try again in a few minutes."


routes = [push_key, subscribe, unsubscribe, test, test_shown]
