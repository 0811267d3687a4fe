"""Tokens by RFC 8292: who sends, to which push service, until when."""

import re
from base64 import urlsafe_b64encode
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from py_vapid import Vapid02

from server.models import Millis
from server.settings import BadSetting
from server.store.vapid_keys import VapidKey, VapidKeys

LIFE: Final = 12 * 3_600_000
RENEWED_AFTER: Final = 6 * 3_600_000
_SUBJECT: Final = re.compile(r"mailto:[^@\s<>,;]+@[A-Za-z0-9.-]+|https://[^/@\s]+(/[^\s]*)?")


class Tokens:
    """Signs for push services. A token is kept for its origin and key, and made anew after six of its twelve hours."""

    def __init__(self, subject: str) -> None:
        self._subject = checked_subject(subject)
        self._signers: dict[str, Vapid02] = {}
        self._kept: dict[tuple[str, str], tuple[Millis, str]] = {}

    def authorization(self, key: VapidKey, origin: str, now: Millis) -> str:
        """The Authorization header for one push service. Also right after the clock was set back."""
        made_at, token = self._kept.get((origin, key.kid), (0, ""))
        if not made_at <= now < made_at + RENEWED_AFTER:
            claims: dict[str, str | int] = {"aud": origin, "exp": (now + LIFE) // 1000, "sub": self._subject}
            token = self._signer(key).sign(claims)["Authorization"]
            self._kept[origin, key.kid] = (now, token)
        return token

    def _signer(self, key: VapidKey) -> Vapid02:
        """py_vapid's own check of the subject refuses good https addresses; ours was made at the start."""
        if key.kid not in self._signers:
            private = load_der_private_key(key.private, password=None)
            assert isinstance(private, ec.EllipticCurvePrivateKey)
            self._signers[key.kid] = Vapid02(private_key=private, conf={"no-strict": True})
        return self._signers[key.kid]


async def first_key(keys: VapidKeys, now: Millis) -> VapidKey:
    """The key new subscriptions are made with; made now if this is the first start."""
    found = await keys.current()
    if found is None:
        await keys.add_first(*_pair(), now)
        found = await keys.current()
    assert found is not None
    return found


async def rotated(keys: VapidKeys, now: Millis) -> VapidKey:
    """A new key, which new subscriptions are made with from now on."""
    await keys.rotate(*_pair(), now)
    return await first_key(keys, now)


def checked_subject(subject: str) -> str:
    """The subject, if push services can take it; `BadSetting` otherwise. Apple also refuses what `reachable` denies."""
    if not _SUBJECT.fullmatch(subject):
        raise BadSetting(
            f"MIDWEEK_VAPID_SUBJECT is '{subject}'. It must be an address push services can write to, such as "
            "mailto:you@example.org."
        )
    return subject


def reachable(subject: str) -> bool:
    """Whether the subject names a host others can reach; with one they can't, iPhones get no reminders."""
    host = re.split(r"[/:]", subject.rpartition("@")[2].removeprefix("https://"))[0].lower()
    return "." in host and not host.endswith((".localhost", ".invalid", ".local", ".test", ".example"))


def _pair() -> tuple[str, bytes]:
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return urlsafe_b64encode(point).decode().rstrip("="), der
