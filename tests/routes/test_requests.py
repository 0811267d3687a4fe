"""What every request meets: where it comes from, what it may hold, and what every answer carries."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar, get

from server.errors import problem_handlers
from server.security import CLIENT_LIFE
from tests.cast import ANNA, NOBODY_ID, Browser, Stage, on_stage, settings_in, transport

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types midweek; media-src 'self' blob:; font-src 'self'"
)
JSON = {"content-type": "application/json"}
NEW_CLIENT = f"/api/clients/{NOBODY_ID}"

CROSS_SITE = {
    "another origin": {"origin": "https://evil.example"},
    "no origin": {"origin": None},
    "a null origin": {"origin": "null"},
    "our origin with another port": {"origin": "http://localhost:8001"},
    "our origin as a prefix": {"origin": "http://localhost:8000.evil.example"},
    "said to be cross-site": {"sec-fetch-site": "cross-site"},
    "said to be another host of the site": {"sec-fetch-site": "same-site"},
    "typed into the address bar": {"origin": None, "sec-fetch-site": "none"},
    "without the header": {"x-midweek": None},
    "as plain text": {"content-type": "text/plain"},
    "as a form": {"content-type": "application/x-www-form-urlencoded"},
    "as an upload": {"content-type": "multipart/form-data; boundary=x"},
    "without a type": {"content-type": None},
    "as JSON in the wrong place": {"content-type": "text/plain; application/json"},
}


@pytest.mark.parametrize("changed", CROSS_SITE.values(), ids=CROSS_SITE.keys())
async def test_a_write_from_elsewhere_changes_nothing(teresa: Browser, changed: dict[str, str | None]) -> None:
    answer = await _send(teresa, "POST", "/api/clients", _new(), changed)

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/refused")
    assert len((await teresa.get("/api/clients")).json()["clients"]) == 1


@pytest.mark.parametrize("changed", [{}, {"origin": None, "sec-fetch-site": "same-origin"}])
async def test_a_write_from_our_own_page_goes_through(teresa: Browser, changed: dict[str, str | None]) -> None:
    assert (await _send(teresa, "POST", "/api/clients", _new(), changed)).status_code == 201


@pytest.mark.parametrize("path", ["/api/logins", "/api/sync", "/", "/api/nothing"])
async def test_signing_in_and_everything_else_is_guarded_alike(stage: Stage, path: str) -> None:
    answer = await _send(stage.browser(), "POST", path, b"{}", {"origin": "https://evil.example"})

    assert answer.status_code in {403, 404, 405}
    assert "set-cookie" not in answer.headers


async def test_a_sign_out_from_elsewhere_does_not_sign_out(anna: Browser) -> None:
    await _send(anna, "DELETE", "/api/logins/current", b"", {"origin": "https://evil.example"})

    assert (await anna.get("/api/logins/current")).status_code == 200


BAD_BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 400),
    "half a string": (b'{"id": "x', 400),
    "not UTF-8": (b'{"id": "\xff\xfe", "name": "x"}', 400),
    "half a surrogate": (b'{"id": "\\ud800", "name": "x"}', 400),
    "a list": (b"[]", 422),
    "null": (b"null", 422),
    "a number": (b"1e999", 422),
    "a missing field": (b'{"name": "x"}', 422),
    "a field too many": (json.dumps({"id": NOBODY_ID, "name": "x", "role": "admin"}).encode(), 422),
    "a wrong type": (json.dumps({"id": NOBODY_ID, "name": 7}).encode(), 422),
    "no id": (json.dumps({"id": "x", "name": "x"}).encode(), 422),
    "an id in capitals": (json.dumps({"id": NOBODY_ID.upper(), "name": "x"}).encode(), 422),
    "an empty name": (json.dumps({"id": NOBODY_ID, "name": "   "}).encode(), 422),
    "a NUL": (json.dumps({"id": NOBODY_ID, "name": "a\0b"}).encode(), 422),
    "a name of two lines": (json.dumps({"id": NOBODY_ID, "name": "a\nb"}).encode(), 422),
    "a long name": (json.dumps({"id": NOBODY_ID, "name": "x" * 81}).encode(), 422),
    "nested too deep": (b"[" * 100_000, 422),
    "nested too deep inside": (b'{"id": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}", 422),
}


@pytest.mark.parametrize(("body", "status"), BAD_BODIES.values(), ids=BAD_BODIES.keys())
async def test_a_bad_body_is_refused_with_a_sentence(teresa: Browser, body: bytes, status: int) -> None:
    answer = await _send(teresa, "POST", "/api/clients", body)

    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"].endswith(".")
    assert len((await teresa.get("/api/clients")).json()["clients"]) == 1


async def test_a_wrong_field_is_named(teresa: Browser) -> None:
    answer = await teresa.post("/api/clients", json={"id": NOBODY_ID, "name": 7})

    problem = answer.json()
    assert problem["type"] == "/problems/invalid"
    assert problem["errors"] == [{"field": "name", "message": "Expected `str`, got `int`"}]
    assert "`name`" in problem["detail"]


@pytest.mark.parametrize(
    "said", [{"with": "magic"}, {}, {"with": "password", "name": "a\0b", "password": "x"}, {"with": "code", "code": 7}]
)
async def test_an_unknown_way_to_sign_in_is_refused(stage: Stage, said: dict[str, str]) -> None:
    assert (await stage.browser().post("/api/logins", json=said)).status_code == 422


async def test_ten_megabytes_are_refused(teresa: Browser) -> None:
    answer = await _send(teresa, "POST", "/api/clients", b" " * 10_000_000)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


async def test_ten_megabytes_in_pieces_are_refused_too(teresa: Browser) -> None:
    answer = await teresa.post("/api/clients", content=_pieces(), headers=JSON)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/clients/x", 404),
        ("GET", "/api/clients/%00", 404),
        ("GET", "/api/invites?client=x", 422),
        ("GET", "/api/invites", 422),
        ("GET", "/api/invites?client=%00", 422),
        ("PATCH", "/api/clients", 405),
        ("DELETE", "/api/sync", 405),
        ("GET", "/api/openapi.json/x", 404),
        ("DELETE", "/api/logins/x", 404),
    ],
)
async def test_a_request_that_leads_nowhere_is_a_problem(teresa: Browser, method: str, path: str, status: int) -> None:
    answer = await teresa.request(method, path)

    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_wrong_method_says_which_are_right(teresa: Browser) -> None:
    assert "POST" in (await teresa.put("/api/sync", json={})).headers["allow"]


@pytest.mark.parametrize("path", ["/", "/join", "/nothing.js", "/healthz"])
async def test_every_page_and_file_carries_the_headers(stage: Stage, path: str) -> None:
    headers = (await stage.browser().get(path)).headers

    assert headers["content-security-policy"] == CSP
    assert "camera=()" in headers["permissions-policy"]
    assert "screen-wake-lock=(self)" in headers["permissions-policy"]
    carries_what_all_do(headers)


@pytest.mark.parametrize(
    "path", ["/api/logins/current", "/api/nothing", "/api/exercises", "/api/openapi.json", "/api/clients"]
)
async def test_every_answer_of_the_api_may_do_nothing_as_a_page_and_says_it_in_few_words(
    teresa: Browser, path: str
) -> None:
    headers = (await teresa.get(path)).headers

    policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    assert headers["content-security-policy"] == policy
    carries_what_all_do(headers)
    assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 500


def carries_what_all_do(headers: httpx.Headers) -> None:
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("no-referrer", "nosniff")
    assert "strict-transport-security" not in headers


async def test_answers_about_people_are_kept_by_nobody(anna: Browser) -> None:
    for path in ("/api/logins/current", "/api/nothing", "/api/clients"):
        assert (await anna.get(path)).headers["cache-control"] == "no-store"


async def test_with_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    async with on_stage(settings_in(tmp_path, origin="https://midweek.example")) as stage:
        phone = await stage.signed_in(ANNA)
        stage.clock.forward(3_600_000)

        answer = await phone.get("/api/logins/current")

        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-midweek=")
        assert cookie.split("; ")[1:] == [
            "Path=/",
            f"Max-Age={CLIENT_LIFE // 1000}",
            "HttpOnly",
            "SameSite=Lax",
            "Secure",
        ]
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_an_error_nobody_foresaw_tells_nothing_and_has_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    @get("/", sync_to_thread=False)
    def broken() -> None:
        raise LookupError("what Anna wrote")

    app = Litestar([broken], exception_handlers=problem_handlers, logging_config=None)
    async with httpx.AsyncClient(transport=transport(app), base_url="http://localhost") as browser:
        answer = await browser.get("/")

    problem, logged = answer.json(), capsys.readouterr().out
    assert (answer.status_code, problem["type"]) == (500, "/problems/internal")
    assert "Anna" not in answer.text + logged
    assert problem["incident"] in logged


async def test_the_document_of_the_api_needs_no_login_and_lists_the_routes(stage: Stage) -> None:
    document = (await stage.browser().get("/api/openapi.json")).json()

    assert {"/api/logins", "/api/clients", "/api/invites", "/api/sync"} <= document["paths"].keys()


async def _pieces() -> AsyncGenerator[bytes, None]:
    for _ in range(100):
        yield b" " * 100_000


async def _send(
    browser: Browser, method: str, path: str, body: bytes, changed: dict[str, str | None] | None = None
) -> httpx.Response:
    """A request as our page sends it, with some headers changed or left out."""
    request = browser.build_request(method, path, content=body, headers=JSON)
    for name, value in (changed or {}).items():
        request.headers.pop(name, None)
        if value is not None:
            request.headers[name] = value
    return await browser.send(request)


def _new() -> bytes:
    return json.dumps({"id": NOBODY_ID, "name": "Clara"}).encode()
