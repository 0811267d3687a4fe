"""The vectors of the standards: what leaves the sender is what RFC 8291 and RFC 8188 say it is, byte for byte."""

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from server.reminders.payload import Message
from tests.push.push_service import Device, base64url, unbase64url
from tests.push.test_sender import sender, something
from tests.push.world import World

__all__ = ["sender"]
PLAIN = b"When I grow up, I want to be a watermelon"
PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
    "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


@pytest.fixture
def engine() -> str:
    return "sqlite"


async def test_the_message_of_rfc_8291_appendix_a_leaves_byte_for_byte(
    world: World, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, said = await something(world)
    given = replace(target, p256dh=PUBLIC, auth=SECRET)
    own = ec.derive_private_key(int.from_bytes(unbase64url(SENDER), "big"), ec.SECP256R1())
    monkeypatch.setattr("pywebpush.ec.generate_private_key", lambda *_: own)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    monkeypatch.setattr("http_ece.os.urandom", lambda _: unbase64url(SALT))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]

    assert (await world.nodes[0].sender.send(given, replace(said, full=PLAIN))).state == "accepted"

    assert base64url(world.service.arrived[0].body) == BODY


def test_the_message_of_rfc_8188_section_3_1_is_read() -> None:
    body = unbase64url("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg")

    assert http_ece.decrypt(body, key=unbase64url("yqdlZ-tYemfogSmv7Ws5PQ"), version="aes128gcm") == b"I am the walrus"


async def test_every_message_has_a_key_and_a_salt_of_its_own(world: World) -> None:
    device = await world.device()
    target, said = await something(world)
    for _ in range(100):
        await world.nodes[0].sender.send(replace(target, endpoint=device.endpoint), said)

    heads = [(push.body[:16], push.body[21:86]) for push in device.arrived]
    assert len(heads) == 100
    assert len({salt for salt, _ in heads}) == len({key for _, key in heads}) == 100


@pytest.mark.parametrize(("size", "arrives"), [(3993, 4096), (3994, 86 + 17 + 13)])
async def test_a_message_that_does_not_fit_into_one_record_is_sent_as_little_as_can_be(
    world: World, size: int, arrives: int
) -> None:
    target, said = await something(world)
    long = Message(full=b" " * size, minimal=b"as little as.", topic=said.topic, end_at=said.end_at)

    assert (await world.nodes[0].sender.send(target, long)).state == "accepted"

    assert [len(push.body) for push in world.service.arrived] == [arrives]


async def test_what_is_sent_can_be_read_only_with_the_keys_of_the_device(world: World) -> None:
    device, other = await world.device(), Device(world.service)
    await world.plan("09:00")
    await world.at("2026-09-22T09:00")
    (push,) = device.arrived

    with pytest.raises(http_ece.ECEException):
        other.plain(push)
