"""Which push endpoints Midweek sends to. Pure.

An endpoint is an address that a phone hands us and that our server then calls: the rules here, the check of the
address at connect time (`resolver`) and never following a redirect keep it from calling anything else.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from server.settings import BadSetting

LONGEST: Final = 2048
WELL_KNOWN: Final = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "android.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
"""The push services of the browsers; `*.` stands for one or more labels."""

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME: Final = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_ENDPOINT: Final = re.compile(
    r"https://(?P<host>[a-z0-9.-]{1,253})(?::443)?(?P<path>/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*"
    r"(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?)"
)


class Unacceptable(Exception):
    """An endpoint, or a subscription's key, that Midweek will not use. Its text says which rule it breaks."""


class Endpoint(msgspec.Struct, frozen=True):
    """An address that passed. `origin` has no path, as the token's audience wants it."""

    url: str
    host: str
    origin: str


class Hosts:
    """The hosts that may be called: the well-known ones and those the operator added."""

    def __init__(self, extra: Iterable[str] = ()) -> None:
        names = [*WELL_KNOWN, *(name.lower() for name in extra)]
        for name in names:
            if not _NAME.fullmatch(name.removeprefix("*.")):
                raise BadSetting(
                    f"MIDWEEK_PUSH_HOSTS names '{name}'. It must be a host's name, such as push.example.org, or "
                    "*.push.example.org for every host below it."
                )
        self._exact = frozenset(name for name in names if not name.startswith("*."))
        self._below = tuple(name.removeprefix("*") for name in names if name.startswith("*."))

    def allow(self, host: str) -> bool:
        """Whether `host`, as parsed from an address, is one of them."""
        return bool(_NAME.fullmatch(host)) and (host in self._exact or host.endswith(self._below))


def checked(text: str, hosts: Hosts) -> Endpoint:
    """The endpoint, if it keeps every rule: https, port 443, nobody's name or password in it, no fragment, at most
    2 KB of plain characters, a host on the list. `Unacceptable` otherwise."""
    if len(text) > LONGEST:
        raise Unacceptable("it is longer than 2 KB")
    parts = _ENDPOINT.fullmatch(text)
    if parts is None:
        raise Unacceptable("it is not a plain https address on port 443")
    host = parts["host"]
    if not hosts.allow(host):
        raise Unacceptable("its host is not a push service Midweek knows")
    return Endpoint(url=f"https://{host}{parts['path']}", host=host, origin=f"https://{host}")
