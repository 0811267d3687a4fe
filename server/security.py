"""Security decisions and primitives. Pure values in and out: no storage, no framework, nothing of ours."""

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

Millis = int
MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
YEAR_SECONDS: Final = 365 * 24 * 60 * 60

# Tokens and codes


def new_token() -> str:
    """A secret of 256 random bits, safe in a cookie and in a URL fragment."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What is stored instead of a token. A plain hash is enough for 256 random bits."""
    return sha256(token.encode()).digest()


CODE_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, so that what is heard or read can be typed."""
CODE_LENGTH: Final = 8
SELECTOR_LENGTH: Final = 3
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" -\u2010\u2011\u2013"))


def new_code() -> str:
    """A short code of 40 random bits, as stored and compared: 8 characters without the dash."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """The code as people read it: XXXX-XXXX."""
    return f"{code[:4]}-{code[4:]}"


def typed_code(typed: str) -> str | None:
    """The code someone meant: lower case, spaces, dashes, look-alikes are forgiven. None when it can't be one."""
    code = typed.upper().translate(_READ_AS)
    return code if len(code) == CODE_LENGTH and all(letter in CODE_ALPHABET for letter in code) else None


def selector(code: str) -> str:
    """The part of a code that finds its row; the rest is only ever compared."""
    return code[:SELECTOR_LENGTH]


def keyed_hash(key: bytes, text: str) -> bytes:
    """A 32-byte HMAC: what is stored instead of something guessable."""
    return hmac.digest(key, text.encode(), sha256)


def same(one: bytes, other: bytes) -> bool:
    """Equality that takes the same time wherever the difference lies."""
    return hmac.compare_digest(one, other)


# Passwords


_NOBODYS: Final = "$argon2id$v=19$m=65536,t=3,p=4$WgozUhCHypbkbjAG5fRWnw$yNybhqk862zkhWcCoss9EJReYhddfJw2OGyY+joakdQ"
"""A hash of random bytes nobody knows, with the hasher's default cost."""


class Passwords:
    """argon2id, at most two at once: each takes 64 MiB and about 0.2 s, away from the event loop."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")

    async def hash(self, password: str) -> str:
        """The hash to store."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def fits(self, stored: str | None, password: str) -> bool:
        """Whether the password belongs to the hash. With None it takes as long and is False, so that an unknown
        name can't be told from a wrong password."""
        loop = asyncio.get_running_loop()
        fits = await loop.run_in_executor(self._threads, self._verify, stored or _NOBODYS, password)
        return fits and stored is not None

    def close(self) -> None:
        """Let the threads go; what waits is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


# Logins

Role = Literal["client", "therapist", "admin"]
CLIENT_LIFE: Final = 400 * DAY
STAFF_LIFE: Final = 12 * HOUR
CLIENT_SEEN_EVERY: Final = HOUR
STAFF_SEEN_EVERY: Final = MINUTE


def lifetime(role: Role) -> Millis:
    """How long a login lives: a client's slides from each use without an absolute end, staff's is counted from
    signing in."""
    return CLIENT_LIFE if role == "client" else STAFF_LIFE


def seen_every(role: Role) -> Millis:
    """How stale `seen_at` may be before it is written again, so that reading stays reading."""
    return CLIENT_SEEN_EVERY if role == "client" else STAFF_SEEN_EVERY


# Cookies


def cookie_name(origin: str) -> str:
    """`__Host-midweek` with https; without the prefix on http://localhost, where browsers refuse it."""
    return "__Host-midweek" if origin.startswith("https://") else "midweek"


def cookie(origin: str, token: str, max_age: int) -> str:
    """The Set-Cookie value of a login; with an empty token and 0 it takes the cookie away."""
    secure = "; Secure" if origin.startswith("https://") else ""
    return f"{cookie_name(origin)}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}"


# Who may write

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
JSON: Final = "application/json"
FILE: Final = "application/octet-stream"
"""The kinds of body there are. Neither is one that a form of another site can send."""


LOOKED_AT: Final = frozenset(
    {b"origin", b"sec-fetch-site", b"x-midweek", b"content-length", b"transfer-encoding", b"content-type"}
)
"""The headers that `allowed` looks at."""


def allowed(method: str, headers: Mapping[str, str], origin: str, body: str = JSON) -> bool:
    """Whether a request may change something: it comes from Midweek's own page (Origin, or Sec-Fetch-Site where a
    browser sends no Origin), carries `X-Midweek`, and its body, if any, is JSON, or a file where the handler takes one.
    Header names are lower case."""
    if method in SAFE_METHODS:
        return True
    return _own_page(headers, origin) and bool(headers.get("x-midweek")) and _no_form(headers, body)


def _own_page(headers: Mapping[str, str], origin: str) -> bool:
    said, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        return False
    return said.lower() == origin if said is not None else site == "same-origin"


def _no_form(headers: Mapping[str, str], body: str) -> bool:
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return True
    return headers.get("content-type", "").partition(";")[0].strip().lower() == body


# Headers of every answer

_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types midweek; media-src 'self' blob:; font-src 'self'"
)
_NO_PAGE: Final = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OFF: Final = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_ON: Final = (
    "autoplay",
    "clipboard-write",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
)
_PERMISSIONS: Final = ", ".join([f"{name}=()" for name in _OFF] + [f"{name}=(self)" for name in _ON])

Header = tuple[bytes, bytes]


def page_headers(origin: str) -> list[Header]:
    """What every page and file of the app carries, errors included."""
    policies = [(b"content-security-policy", _CSP.encode()), (b"permissions-policy", _PERMISSIONS.encode())]
    return [*policies, *_for_all(origin)]


def api_headers(origin: str) -> list[Header]:
    """What every answer of the API carries. It is no page: opened as one it may load and do nothing at all, and saying
    that takes a tenth of what a page's policies take, which would be most of a short answer."""
    return [(b"content-security-policy", _NO_PAGE), *_for_all(origin)]


def _for_all(origin: str) -> list[Header]:
    headers = [
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if origin.startswith("https://"):
        headers.append((b"strict-transport-security", f"max-age={YEAR_SECONDS}".encode()))
    return headers
