"""The built app: kept well, sent small, and never a page where a file was asked for."""

import gzip
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.cast import Browser, Stage, on_stage, settings_in

PAGE = b"<!doctype html><title>Midweek</title>"
SCRIPT = b"console.log('midweek');" * 20
IN_BROTLI = (
    b"\x1b\xcb\x01\xf8\x8d\x93\\\xf5e\x98\x9e\xac\xc5_Q\x93\xcf\x0c\x13\xc5N\x15\xc2`\x99\xc0\x8b\xd77\x9fKb+^j\x18"
)


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncGenerator[Browser, None]:
    built = tmp_path / "pwa"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_bytes(PAGE)
    (built / "sw.js").write_bytes(SCRIPT)
    (built / "manifest.webmanifest").write_bytes(b"{}")
    (built / "assets" / "main-1a2b3c.js").write_bytes(SCRIPT)
    (built / "assets" / "main-1a2b3c.js.br").write_bytes(IN_BROTLI)
    (built / "assets" / "main-1a2b3c.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "secret.txt").write_text("not for the web")
    async with on_stage(settings_in(tmp_path)) as stage:
        yield stage.browser(**{"accept-encoding": "identity"})


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/join", "/history/abc", "/clients/1/assign", "/check-in?from=push"]
)
async def test_the_apps_own_paths_show_the_page(phone: Browser, path: str) -> None:
    answer = await phone.get(path)

    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_hashed_file_is_kept_for_good(phone: Browser) -> None:
    answer = await phone.get("/assets/main-1a2b3c.js")

    assert (answer.content, answer.headers["content-type"]) == (SCRIPT, "text/javascript; charset=utf-8")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/"])
async def test_what_names_the_files_is_asked_for_anew(phone: Browser, path: str) -> None:
    assert (await phone.get(path)).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br;q=0.0, gzip;q=0", None),
        ("BR", "br"),
        ("deflate", None),
        ("", None),
    ],
)
async def test_the_smallest_coding_the_browser_knows_is_sent(phone: Browser, accepts: str, coding: str | None) -> None:
    answer = await phone.get("/assets/main-1a2b3c.js", headers={"accept-encoding": accepts})

    assert answer.headers.get("content-encoding") == coding
    assert answer.content == SCRIPT
    assert answer.headers["vary"] == "accept-encoding"


async def test_a_coding_the_build_did_not_make_is_not_sent(phone: Browser) -> None:
    assert "content-encoding" not in (await phone.get("/sw.js", headers={"accept-encoding": "br"})).headers


@pytest.mark.parametrize("accepts", ["br", "gzip", "identity"])
async def test_what_the_browser_has_is_not_sent_again(phone: Browser, accepts: str) -> None:
    headers = {"accept-encoding": accepts}
    first = await phone.get("/assets/main-1a2b3c.js", headers=headers)

    again = await phone.get(
        "/assets/main-1a2b3c.js", headers=headers | {"if-none-match": f'W/"x", {first.headers["etag"]}'}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" in again.headers


async def test_each_coding_has_a_tag_of_its_own(phone: Browser) -> None:
    answers = [await phone.get("/assets/main-1a2b3c.js", headers={"accept-encoding": a}) for a in ("br", "gzip", "")]

    assert len({answer.headers["etag"] for answer in answers}) == 3


async def test_head_tells_the_length_and_sends_nothing(phone: Browser) -> None:
    answer = await phone.head("/sw.js")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(SCRIPT))


@pytest.mark.parametrize(
    "path",
    [
        "/assets/main-old.js",
        "/assets/nothing",
        "/favicon.ico",
        "/assets/main-1a2b3c.js.br",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/.env",
    ],
)
async def test_a_file_that_is_not_there_is_not_found(phone: Browser, path: str) -> None:
    answer = await phone.get(path)

    assert answer.status_code == 404
    assert b"not for the web" not in answer.content


async def test_the_page_can_not_be_posted_to(phone: Browser) -> None:
    answer = await phone.post("/check-in", json={})

    assert answer.status_code == 405
    assert sorted(answer.headers["allow"].split(", ")) == ["GET", "HEAD", "OPTIONS"]


async def test_an_app_that_is_not_built_says_what_to_do(stage: Stage) -> None:
    answer = await stage.browser().get("/")

    assert answer.status_code == 503
    assert "make pwa" in answer.text


async def test_the_page_asks_no_database(phone: Browser) -> None:
    phone.cookies.set("midweek", "anything")

    assert (await phone.get("/")).status_code == 200
