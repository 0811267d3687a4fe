"""Only names that lead to the public internet are called."""

import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from server.reminders.resolver import NotPublic, PublicResolver, is_public
from tests.push.push_service import answer_of


class Says(AbstractResolver):
    """Answers what it was given, as a name server might."""

    def __init__(self, *answers: ResolveResult) -> None:
        self._answers = list(answers)

    async def resolve(
        self,
        host: str,  # noqa: ARG002
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        return self._answers

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::", "2001::1", "::a00:1"),
        *("", "localhost", "8.8.8", "0x7f000001", "2130706433"),
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "34.107.152.202", "2a00:1450:4001:82f::200a", "2600:1901:0:3084::"])
def test_a_public_address_passes(address: str) -> None:
    assert is_public(address)


async def test_public_answers_are_passed_on() -> None:
    answers = [answer_of("push.example.org", "8.8.8.8", 443), answer_of("push.example.org", "2600:1901::1", 443)]

    assert await PublicResolver(Says(*answers)).resolve("push.example.org", 443) == answers


async def test_one_inside_address_among_public_ones_is_enough_to_refuse() -> None:
    answers = [answer_of("push.example.org", "8.8.8.8", 443), answer_of("push.example.org", "10.0.0.1", 443)]

    with pytest.raises(NotPublic):
        await PublicResolver(Says(*answers)).resolve("push.example.org", 443)
