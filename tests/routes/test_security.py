"""Codes, passwords, and who may write: the decisions alone."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from server import security
from server.security import CODE_ALPHABET, Passwords, allowed, new_code, shown_code, typed_code

ORIGIN = "https://midweek.example"
OWN = {"origin": ORIGIN, "x-midweek": "1"}


@given(st.text(CODE_ALPHABET, min_size=8, max_size=8), st.booleans(), st.sampled_from(["-", " ", "", " - ", "\u2013"]))
def test_a_code_is_read_however_it_is_typed(code: str, small: bool, between: str) -> None:
    typed = f" {code[:4]}{between}{code[4:]} "

    assert typed_code(typed.lower() if small else typed) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    code = typed_code(typed)

    assert code is None or (len(code) == 8 and set(code) <= set(CODE_ALPHABET))


def test_look_alikes_are_read_as_digits() -> None:
    assert typed_code("oOiI-lL00") == "00111100"


def test_codes_and_tokens_are_never_the_same_twice() -> None:
    assert len({new_code() for _ in range(1_000)}) == 1_000
    assert len({security.new_token() for _ in range(1_000)}) == 1_000


def test_a_code_is_shown_in_two_halves() -> None:
    assert shown_code("ABCDEFGH") == "ABCD-EFGH"


def test_a_token_has_256_bits() -> None:
    assert len(security.new_token()) == 43


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_needs_no_proof(method: str) -> None:
    assert allowed(method, {}, ORIGIN)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "ANYTHING"])
def test_everything_else_needs_one(method: str) -> None:
    assert not allowed(method, {}, ORIGIN)
    assert allowed(method, OWN, ORIGIN)


def test_the_origin_is_compared_without_regard_to_case() -> None:
    assert allowed("POST", OWN | {"origin": "HTTPS://Midweek.Example"}, ORIGIN)


@pytest.mark.parametrize(
    "origin", ["http://midweek.example", "https://midweek.example:8443", "https://midweek.example.", "", "null"]
)
def test_another_origin_may_not_write(origin: str) -> None:
    assert not allowed("POST", OWN | {"origin": origin}, ORIGIN)


def test_a_body_whose_length_is_not_told_must_be_json_too() -> None:
    assert not allowed("POST", OWN | {"transfer-encoding": "chunked", "content-type": "text/plain"}, ORIGIN)
    assert allowed("POST", OWN | {"transfer-encoding": "chunked", "content-type": "Application/JSON; a=b"}, ORIGIN)


async def test_a_password_fits_its_own_hash_only() -> None:
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))

    stored = await passwords.hash("correct horse")

    assert [await passwords.fits(stored, said) for said in ("correct horse", "wrong", "")] == [True, False, False]
    assert not await passwords.fits("no hash at all", "correct horse")
    assert not await passwords.fits(None, "correct horse")
    passwords.close()


async def test_at_most_two_passwords_are_computed_at_once() -> None:
    hasher = _Counting()
    passwords = Passwords(hasher)

    await asyncio.gather(*(passwords.hash("x") for _ in range(8)))

    assert hasher.most == 2
    passwords.close()


class _Counting(PasswordHasher):
    """Hashes two at a time only: each waits until a second one runs beside it."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.running = self.most = 0
        self._pair = threading.Barrier(2)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.running += 1
        self.most = max(self.most, self.running)
        self._pair.wait(timeout=10)
        hashed = super().hash(password, salt=salt)
        self._pair.wait(timeout=10)
        self.running -= 1
        return hashed
