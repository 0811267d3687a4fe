"""Crisis lines: an admin of the practice enters and checks them, its clients have them, and nobody else does."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from server.app import create_app
from server.store.crisis_lines import MOST
from tests.cast import (
    ADA,
    ANNA,
    PASSWORD,
    START,
    TERESA,
    Browser,
    Clock,
    Stage,
    library,
    on_stage,
    settings_in,
    started,
)

LINE = {
    "name": "Night line of the lake", "number": "+00 116 000", "hours": "every day, day and night",
    "checked_on": "2026-09-20", "checked_by": "Ada Rossi", "sms": "00 85258", "chat": "https://chat.example.org/now",
    "country": "IT",
}  # fmt: skip
CONTACT = {"words": "Call Mon to Fri, 9 to 17.", "number": "+00 555 0100", "mail": "lake@example.org"}


def uid(n: int) -> str:
    return f"01a0c000-0000-7000-8000-0000000002{n:02}"


async def entered(ada: Browser, n: int = 1, **changes: object) -> httpx.Response:
    return await ada.put(f"/api/crisis-lines/{uid(n)}", json=LINE | changes)


async def shown(browser: Browser) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = (await browser.get("/api/crisis-lines")).json()["lines"]
    return lines


async def test_s15_what_an_admin_entered_reaches_the_clients_with_the_day_it_was_checked(
    ada: Browser, teresa: Browser, anna: Browser
) -> None:
    answer = await entered(ada)

    assert answer.status_code == 200, answer.text
    whole = {"id": uid(1)} | LINE
    assert await shown(ada) == await shown(teresa) == [whole]
    assert await shown(anna) == [{name: whole[name] for name in whole if name != "checked_by"}]


async def test_entered_twice_it_is_one_and_a_change_takes_its_place(ada: Browser) -> None:
    await entered(ada)
    await entered(ada)

    await entered(ada, number="00 116 001", sms="", chat="", country="")

    (one,) = await shown(ada)
    assert (one["number"], "sms" in one, "chat" in one, "country" in one) == ("00 116 001", False, False, False)


BAD = {
    "no number": {"number": ""},
    "words for a number": {"number": "ask me"},
    "a number with a payload": {"number": "116;000"},
    "a code that phones act on": {"number": "*#06#"},
    "no name": {"name": " "},
    "no hours": {"hours": ""},
    "a chat that is not safe": {"chat": "http://chat.example.org"},
    "a chat that runs": {"chat": "javascript:alert(1)"},
    "a chat with a password": {"chat": "https://me:secret@example.org"},
    "a country that is none": {"country": "italy"},
    "nobody who checked": {"checked_by": ""},
    "never checked": {"checked_on": None},
    "checked in days to come": {"checked_on": "2026-09-24"},
    "a field we don't know": {"more": 1},
}


@pytest.mark.parametrize("changes", BAD.values(), ids=BAD.keys())
async def test_s15_a_line_without_a_number_or_a_check_is_never_kept(ada: Browser, changes: dict[str, object]) -> None:
    answer = await entered(ada, 1, **changes)

    assert answer.status_code == 422
    assert await shown(ada) == []


@pytest.mark.parametrize("number", ["112", "988", "116 123", "+39 02 2327 2327", "(02) 1234-5678", "0800/111 0 111"])
async def test_numbers_as_people_write_them_are_kept(ada: Browser, number: str) -> None:
    assert (await entered(ada, number=number)).status_code == 200


async def test_s15_one_tap_notes_that_it_was_called_today_and_by_whom(ada: Browser) -> None:
    await entered(ada, checked_on="2026-06-01", checked_by="Somebody before")

    answer = await ada.post(f"/api/crisis-lines/{uid(1)}/checks", json={"on": "2026-09-21"})

    assert answer.status_code == 204
    (one,) = await shown(ada)
    assert (one["checked_on"], one["checked_by"]) == ("2026-09-21", "Ada Rossi")


async def test_a_removed_line_is_gone_and_twice_is_harmless(ada: Browser, anna: Browser) -> None:
    await entered(ada)

    for _ in range(2):
        assert (await ada.delete(f"/api/crisis-lines/{uid(1)}")).status_code == 204

    assert await shown(anna) == []


async def test_there_are_only_so_many(ada: Browser) -> None:
    for n in range(MOST):
        await entered(ada, n)

    assert (await entered(ada, MOST)).status_code == 422
    assert (await entered(ada, 0, name="Changed")).status_code == 200


async def test_the_contact_is_shown_while_there_is_one(ada: Browser, anna: Browser) -> None:
    assert (await anna.get("/api/crisis-lines")).json()["contact"] is None

    answer = await ada.put("/api/practice/contact", json=CONTACT)

    assert answer.status_code == 200, answer.text
    assert (await anna.get("/api/crisis-lines")).json()["contact"] == CONTACT
    for _ in range(2):
        assert (await ada.delete("/api/practice/contact")).status_code == 204
    assert (await anna.get("/api/crisis-lines")).json()["contact"] is None


@pytest.mark.parametrize("changes", [{"words": " \n"}, {"number": "call me"}, {"mail": "a@b?subject=x"}, {"mail": "a"}])
async def test_a_contact_that_reaches_nobody_is_refused(ada: Browser, changes: dict[str, str]) -> None:
    assert (await ada.put("/api/practice/contact", json=CONTACT | changes)).status_code == 422


# --- Who may


async def test_only_an_admin_enters_checks_and_removes(stage: Stage, ada: Browser) -> None:
    await entered(ada)
    for person in (ANNA, TERESA):
        other = await stage.signed_in(person)
        check = await other.post(f"/api/crisis-lines/{uid(1)}/checks", json={"on": "2026-09-21"})
        answers = [
            await entered(other, 2),
            check,
            await other.delete(f"/api/crisis-lines/{uid(1)}"),
            await other.put("/api/practice/contact", json=CONTACT),
            await other.delete("/api/practice/contact"),
        ]
        assert [answer.status_code for answer in answers] == [403] * 5
    assert await shown(ada) == [{"id": uid(1)} | LINE]


async def test_nobody_reads_or_writes_signed_out(stage: Stage) -> None:
    nobody = stage.browser()

    assert (await nobody.get("/api/crisis-lines")).status_code == 401
    assert (await entered(nobody)).status_code == 401


@pytest.fixture
async def stranger(stage: Stage) -> Browser:
    """An admin of another practice."""
    people = stage.stores.people
    other = await people.create_practice("By the sea", stage.clock())
    await people.create_staff(other, "admin", "dora", "Dora Blu", PASSWORD, stage.clock())
    browser = stage.browser()
    said = {"with": "password", "name": "dora", "password": PASSWORD, "device": "test"}
    assert (await browser.post("/api/logins", json=said)).status_code == 201
    return browser


async def test_another_practice_neither_sees_nor_changes_them(ada: Browser, stranger: Browser) -> None:
    await entered(ada)
    await ada.put("/api/practice/contact", json=CONTACT)

    assert (await stranger.get("/api/crisis-lines")).json() == {"lines": [], "contact": None}
    assert (await entered(stranger, name="Mine now")).status_code == 404
    check = await stranger.post(f"/api/crisis-lines/{uid(1)}/checks", json={"on": "2026-09-21"})
    assert check.status_code == 404
    assert (await stranger.delete(f"/api/crisis-lines/{uid(1)}")).status_code == 204
    assert (await stranger.delete("/api/practice/contact")).status_code == 204
    assert (await ada.get("/api/crisis-lines")).json() == {"lines": [{"id": uid(1)} | LINE], "contact": CONTACT}


# --- What is old


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the machine that the server runs on somewhere, by its zone."""

    def put(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "days", "warned"), [("UTC", 90, []), ("UTC", 91, [1]), ("Etc/GMT-14", 90, [1]), ("Etc/GMT-14", 89, [])]
)
async def test_s15_a_start_warns_of_lines_nobody_checked_for_more_than_90_days(
    tmp_path: Path, machine: Callable[[str], None], zone: str, days: int, warned: list[int]
) -> None:
    machine(zone)
    checked = datetime.fromtimestamp(START / 1000, UTC).date() - timedelta(days=days)
    async with on_stage(settings_in(tmp_path)) as stage:
        ada = await stage.signed_in(ADA)
        assert (await entered(ada, checked_on=checked.isoformat())).status_code == 200

    with capture_logs() as logs:
        async with started(create_app(settings_in(tmp_path), Clock(), library())):
            pass

    found = [entry for entry in logs if entry["event"] == "crisis-lines-unchecked"]
    assert [entry["lines"] for entry in found] == warned
    assert all("lake" not in str(entry) for entry in found)
