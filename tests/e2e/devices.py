"""People with their devices, quick to have: one practice and one browser serve all tests of a worker.

Every client is new, so no test sees another's. A handset is the app in a browser store of its own; a `Tablet` is a
device of the same client that speaks to `/api/sync` itself, as a build of any age would.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from typing import Final

import httpx
import msgspec
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.e2e.machines import PATIENCE, PHONE, Server
from tests.e2e.people import SYNC, at_rest, button, ready_offline

Fields = Mapping[str, object]

EDIT: Final = """async ([distress, change]) => {
    const {list, save} = await import("/assets/journal.js");
    const found = (await list({kinds: ["checkin"]})).find(({body}) => body.distress === distress);
    const {id, rev, kind, audience, day, felt_at, zone, body} = found;
    await save([{id, kind, audience, day, felt_at, zone, base: rev, body: {...body, ...change}}]);
}"""


class Kept(msgspec.Struct):
    """A record as the server holds it."""

    id: str
    kind: str
    rev: str
    audience: str
    deleted: bool = False
    felt_at: int | None = None
    day: str | None = None
    body: dict[str, object] | None = None
    conflict_of: str | None = None


class Outcome(msgspec.Struct):
    """What became of an op."""

    status: str
    op: str | None = None
    rev: str | None = None
    reason: str | None = None


class Answer(msgspec.Struct):
    """What `/api/sync` answered."""

    results: list[Outcome]
    records: list[Kept]
    cursor: str
    more: bool


_answer: Final = msgspec.json.Decoder(Answer)


class Tablet:
    """A signed-in device of a client, without the app."""

    def __init__(self, server: Server, link: str) -> None:
        self._http = httpx.AsyncClient(base_url=server.origin, headers=_headers(server), timeout=20)
        self._secret = link.partition("#")[2]

    async def join(self) -> "Tablet":
        """Sign in by the invite."""
        said = {"with": "invite", "secret": self._secret, "device": "Tablet"}
        (await self._http.post("/api/logins", json=said)).raise_for_status()
        return self

    async def sync(self, ops: Sequence[Fields] = (), cursor: str | None = None) -> Answer:
        """One round trip."""
        return await self.says({"cursor": cursor, "limit": 500, "ops": ops})

    async def says(self, body: Fields) -> Answer:
        """What the server answers to this very body."""
        answer = await self._http.post("/api/sync", json=body)
        answer.raise_for_status()
        return _answer.decode(answer.content)

    async def records(self, *kinds: str) -> list[Kept]:
        """Every record of these kinds (or of any) that is not deleted, in the order of the journal."""
        answer = await self.sync()
        found = answer.records
        while answer.more:
            answer = await self.sync(cursor=answer.cursor)
            found += answer.records
        return [one for one in found if not one.deleted and (not kinds or one.kind in kinds)]

    async def has_records(self, count: int) -> None:
        """Wait until the server holds so many."""
        async with asyncio.timeout(15):
            while len(await self.records()) != count:
                pass

    async def put(self, record: str, base: str | None, kind: str = "checkin", **body: object) -> Outcome:
        """Save a text on top of `base`."""
        said = {"action": "put", "schema": 1, "audience": "therapist", "kind": kind, "body": body}
        answer = await self.sync([{"id": new_id(), "record": record, "base": base, **said}])
        return answer.results[0]

    async def end_other_logins(self) -> None:
        """Sign every other device of the client out."""
        mine = (await self._http.get("/api/logins/current")).json()["login"]
        for login in (await self._http.get("/api/logins")).json()["logins"]:
            if login["id"] != mine:
                (await self._http.delete(f"/api/logins/{login['id']}")).raise_for_status()

    async def close(self) -> None:
        """End the connection."""
        await self._http.aclose()


class Client:
    """One client of Teresa's, with what was opened for them."""

    def __init__(self, server: Server, teresa: httpx.AsyncClient, browser: Browser) -> None:
        self._server, self._teresa, self._browser = server, teresa, browser
        self.id = new_id()
        self._contexts: list[BrowserContext] = []
        self._tablets: list[Tablet] = []

    async def add(self) -> "Client":
        """Make the client known to the server, as Anna."""
        answer = await self._teresa.post("/api/clients", json={"id": self.id, "name": "Anna"})
        answer.raise_for_status()
        return self

    async def handset(self) -> Page:
        """The app on a phone of its own, joined, its first screen shown and everything stored for offline use."""
        return await self.join(await (await self.empty_phone()).new_page())

    async def join(self, page: Page) -> Page:
        """The app in this page, joined."""
        async with page.expect_response(SYNC):
            await self.read_the_notice(page)
            await button(page, "That is right for me").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Anna")
        await ready_offline(page)
        await at_rest(page)
        return page

    async def read_the_notice(self, page: Page) -> None:
        """The app in this page, joined, as far as the question of what is shared."""
        await page.goto(await self.link())
        await button(page, "Join").click()
        await button(page, "I understand").click()

    async def laptop(self) -> Page:
        """The client's page as Teresa has it."""
        context = await self.empty_phone()
        url = self._server.origin
        await context.add_cookies(
            [{"name": name, "value": value, "url": url} for name, value in self._teresa.cookies.items()]
        )
        return await context.new_page()

    async def empty_phone(self, zone: str = "Europe/Rome") -> BrowserContext:
        """A browser store that nobody has joined with, in this time zone."""
        context = await self._browser.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            base_url=self._server.origin,
            locale="en-GB",
            timezone_id=zone,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        return context

    async def tablet(self) -> Tablet:
        """One more device of the client."""
        tablet = Tablet(self._server, await self.link())
        self._tablets.append(tablet)
        return await tablet.join()

    async def link(self) -> str:
        """The link of a new invite."""
        answer = await self._teresa.post("/api/invites", json={"id": new_id(), "client": self.id})
        answer.raise_for_status()
        return str(answer.json()["link"])

    async def is_given(self, exercise: str, **more: object) -> str:
        """Teresa sets an exercise for the client, with what a therapist-only one needs; its title."""
        day = datetime.now(UTC).date().isoformat()
        agreed = {"rehearsed_on": day, "scene": "In the kitchen."}
        said = {"id": new_id(), "op": new_id(), "exercise": exercise} | agreed | more
        answer = await self._teresa.post(f"/api/clients/{self.id}/assignments", json=said)
        answer.raise_for_status()
        return str(answer.json()["body"]["title"])

    async def close(self) -> None:
        """End all that was opened."""
        for context in self._contexts:
            await context.close()
        for tablet in self._tablets:
            await tablet.close()


async def edit(phone: Page, distress: int, to: int) -> None:
    """The check-in of this distress gets another, as an editor would do it: through the app's own data module."""
    await phone.evaluate(EDIT, [distress, {"distress": to}])


def sign_teresa_in(server: Server) -> dict[str, str]:
    """The cookies of Teresa's login."""
    with closing(server.signed_in("teresa")) as http:
        return dict(http.cookies)


@asynccontextmanager
async def client_of(server: Server, cookies: Mapping[str, str], browser: Browser) -> AsyncGenerator[Client]:
    """A new client of Teresa's; what they opened is closed at the end."""
    async with httpx.AsyncClient(base_url=server.origin, headers=_headers(server), cookies=dict(cookies)) as teresa:
        client = await Client(server, teresa, browser).add()
        try:
            yield client
        finally:
            await client.close()


def new_id() -> str:
    """A random id of the form the server takes."""
    text = str(uuid.uuid4())
    return f"{text[:14]}7{text[15:]}"


def _headers(server: Server) -> dict[str, str]:
    return {"origin": server.origin, "x-midweek": "1"}
