"""What waits at a push service for a browser, by RFC 8030: kept for its TTL, replaced by a later one of its topic."""

import secrets
from collections.abc import Callable

import msgspec

from tests.push.push_service import Answer, Arrived


class Letter(msgspec.Struct, frozen=True):
    """One encrypted message on its way to a browser."""

    id: str
    path: str
    body: bytes
    until: int


class Post:
    """The subscriptions of a push service, each for the key it was made with (RFC 8292), and what waits for them.

    `came` is called with each message as it comes; what it does not hand over at once waits in `waiting`.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        self.came: Callable[[], None] = lambda: None
        self.keys: dict[str, str] = {}
        self._clock = clock
        self._kept: dict[tuple[str, str], Letter] = {}

    def subscribe(self, key: str, under: str = "/wpush/v2/") -> str:
        """A new subscription that only the holder of this key may send to; its path."""
        path = f"{under}{secrets.token_urlsafe(24)}"
        self.keys[path] = key.rstrip("=")
        return path

    def end(self, path: str) -> None:
        """The browser gave this one up."""
        self.keys.pop(path, None)
        self._kept = {at: letter for at, letter in self._kept.items() if letter.path != path}

    def take(self, push: Arrived) -> Answer:
        """Keep a message that a sender brought, and say so."""
        if push.path not in self.keys:
            return Answer(410)
        if self.keys[push.path] != push.headers["authorization"].partition("k=")[2].rstrip("="):
            return Answer(403)
        id, ttl = secrets.token_hex(8), push.headers["ttl"]
        letter = Letter(id, push.path, push.body, self._clock() + int(ttl) * 1000)
        self._kept[push.path, push.headers["topic"]] = letter
        self.came()
        return Answer(201, {"ttl": ttl, "location": f"https://{push.headers['host']}/m/{id}"})

    def waiting(self) -> list[Letter]:
        """What is to be handed over, in the order it came."""
        self._kept = {at: letter for at, letter in self._kept.items() if letter.until > self._clock()}
        return list(self._kept.values())

    def has(self, id: str) -> None:
        """The browser has this one."""
        self._kept = {at: letter for at, letter in self._kept.items() if letter.id != id}
