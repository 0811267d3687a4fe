"""`GET /api/exercises`: bytes that were made once, a tag for each coding, 304 when nothing changed."""

from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from server.content import Library, load
from server.routes.exercises import routes

URL = "/api/exercises"
Phone = AsyncTestClient[Litestar]


class Brotli(Protocol):
    """The one function used here."""

    def decompress(self, string: bytes) -> bytes: ...


@pytest.fixture(scope="module")
def library() -> Library:
    return load(Path(__file__).resolve().parents[2] / "exercises")


@pytest.fixture
async def phone(library: Library) -> AsyncIterator[Phone]:
    app = Litestar(routes, dependencies={"public_library": Provide(lambda: library, sync_to_thread=False)})
    async with AsyncTestClient(app) as client:
        yield client


async def test_the_list_is_plain_json_without_an_accepted_coding(phone: Phone, library: Library) -> None:
    answer = await phone.get(URL, headers={"accept-encoding": "identity"})

    assert (answer.status_code, answer.content) == (200, library.public("en").body)
    assert answer.headers["content-type"] == "application/json"
    assert "content-encoding" not in answer.headers


async def test_the_list_is_compressed_where_accepted(phone: Phone, library: Library) -> None:
    async with phone.stream("GET", URL, headers={"accept-encoding": "gzip, br"}) as answer:
        sent = b"".join([part async for part in answer.aiter_raw()])

    assert answer.headers["content-encoding"] == "br"
    assert cast(Brotli, import_module("brotli")).decompress(sent) == library.public("en").body


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("br", "br"), ("gzip, deflate, br, zstd", "br"), ("BR;q=0.4", "br"), ("*", "br"), ("gzip", ""), ("br;q=0", ""),
     ("br; q=0.0, *", ""), ("", ""), ("br;q=nonsense", ""), ("brotli", "")],
)  # fmt: skip
async def test_weights_are_respected(phone: Phone, accepted: str, coding: str) -> None:
    async with phone.stream("GET", URL, headers={"accept-encoding": accepted}) as answer:
        assert answer.headers.get("content-encoding", "") == coding


async def test_each_coding_has_its_own_strong_tag(phone: Phone) -> None:
    plain = await phone.get(URL, headers={"accept-encoding": "identity"})
    async with phone.stream("GET", URL, headers={"accept-encoding": "br"}) as small:
        tags = {plain.headers["etag"], small.headers["etag"]}

    assert len(tags) == 2
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize("coding", ["identity", "br"])
async def test_an_unchanged_list_is_not_sent_again(phone: Phone, coding: str) -> None:
    async with phone.stream("GET", URL, headers={"accept-encoding": coding}) as first:
        tag = first.headers["etag"]

    answer = await phone.get(URL, headers={"accept-encoding": coding, "if-none-match": f'"other", W/{tag}'})

    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)


async def test_a_list_with_another_tag_is_sent(phone: Phone) -> None:
    answer = await phone.get(URL, headers={"if-none-match": '"another"'})

    assert answer.status_code == 200


async def test_it_is_asked_for_again_each_time_and_kept_by_coding(phone: Phone) -> None:
    answer = await phone.get(URL)

    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["vary"].lower() == "accept-encoding"


@pytest.mark.parametrize("locale", ["en", "en-GB", "xx", "", "../../etc/passwd"])
async def test_any_language_is_answered_in_one_we_have(phone: Phone, locale: str) -> None:
    answer = await phone.get(URL, params={"locale": locale})

    assert (answer.status_code, answer.headers["content-language"]) == (200, "en")
