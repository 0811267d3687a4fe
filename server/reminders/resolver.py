"""Names to addresses, public ones only: the check is made on the addresses the connection is then opened to."""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Final

from aiohttp import DefaultResolver
from aiohttp.abc import AbstractResolver, ResolveResult

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""Stands for an IPv4 address on networks that speak only IPv6."""
_ASSIGNED: Final = IPv6Network("2000::/3")
_NOT_PUBLIC_V6: Final = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_NOT_PUBLIC_V4: Final = tuple(IPv4Network(network) for network in ("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4"))
"""What `is_global` of some Python versions lets through, and tunnels that lead on to any IPv4 address."""


class NotPublic(OSError):
    """A name that leads, at least in part, to addresses that are not on the public internet."""


class PublicResolver(AbstractResolver):
    """Answers what `inner` answers (the system's resolver by default), or refuses the whole answer."""

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host`. `NotPublic` when one of them is private, local, reserved or multicast."""
        found = await self._inner.resolve(host, port, family)
        if not all(is_public(result["host"]) for result in found):
            raise NotPublic(f"{host} leads to an address that is not public")
        return found

    async def close(self) -> None:
        """Close the inner resolver."""
        await self._inner.close()


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to a host on the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _public(ip)
    if ip in _TRANSLATED:
        return _public(IPv4Address(ip.packed[-4:]))
    return ip in _ASSIGNED and ip.is_global and not any(ip in network for network in _NOT_PUBLIC_V6)


def _public(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NOT_PUBLIC_V4)
