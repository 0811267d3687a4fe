"""The fixed cast on a real database: Anna and Bruno are clients, Teresa is Anna's therapist, Carlo a therapist with
no access, Ada an admin. Bruno's therapist is Bice, who only exists so that Bruno is somebody's client.

    async with on_stage(settings_in(tmp_path)) as stage:
        anna = await stage.signed_in(ANNA)          # a browser with Anna's login cookie
        answer = await anna.get("/api/logins/current")

Every browser sends what Midweek's own page sends: the Origin and the `X-Midweek` header.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
from litestar import Litestar

from server import content
from server.app import create_app
from server.content import Library
from server.models import Millis, Viewer
from server.opening import Stores
from server.security import cookie_name
from server.settings import Settings
from server.store.logins import Entry
from server.store.people import Account, StaffRole

CHECKOUT = Path(__file__).resolve().parent.parent
ORIGIN = "http://localhost:8000"
START: Millis = 1_790_000_000_000
"""When every test begins: Monday 21 September 2026, 14:13 UTC."""
PASSWORD = "correct horse battery staple"
Browser = httpx.AsyncClient


class Person(msgspec.Struct, frozen=True):
    """Someone of the cast; staff's ids are given by the server."""

    name: str
    role: str
    id: str = ""


ANNA = Person("Anna", "client", "01a0c000-0000-7000-8000-00000000000a")
BRUNO = Person("Bruno", "client", "01a0c000-0000-7000-8000-00000000000b")
TERESA = Person("Teresa", "therapist")
CARLO = Person("Carlo", "therapist")
ADA = Person("Ada", "admin")
BICE = Person("Bice", "therapist")
NOBODY_ID = "01a0c000-0000-7000-8000-00000000ffff"
"""An id that nothing and nobody has."""


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now: Millis = START) -> None:
        self.now = now

    def __call__(self) -> Millis:
        return self.now

    def forward(self, by: Millis) -> None:
        """Go on by so many milliseconds."""
        self.now += by


class Stage:
    """A running app with the cast in it. `practice` is their practice's id, `staff` are their accounts by name."""

    def __init__(self, app: Litestar, clock: Clock) -> None:
        self.app, self.clock = app, clock
        self.settings: Settings = app.state.settings
        self.stores: Stores = app.state.stores
        self.practice = ""
        self.staff: dict[str, Account] = {}

    def browser(self, **headers: str) -> Browser:
        """Midweek's own page in a browser where nobody is signed in."""
        own = {"origin": self.settings.origin, "x-midweek": "1"} | headers
        return Browser(transport=transport(self.app), base_url=self.settings.origin, headers=own)

    async def signed_in(self, person: Person, device: str = "test") -> Browser:
        """A browser where the person is signed in, by a login of its own."""
        invites = self.stores.invites
        if person.role == "client":
            therapist = self.viewer(TERESA if person is ANNA else BICE)
            offer = await invites.offer(therapist, str(uuid4()), person.id, self.clock())
        else:
            offer = await invites.offer_staff(self.staff[person.name].id, self.clock())
        signed = await invites.accept(offer.secret, Entry(device=device), self.clock())
        browser = self.browser()
        browser.cookies.set(cookie_name(self.settings.origin), signed.token)
        return browser

    async def subscribe(self, person: Person, login: str, failed_at: Millis | None = None) -> None:
        """A push subscription of one of the person's devices, as a row only."""
        await self.stores.db.write(
            lambda tx: tx.run(
                "INSERT INTO subscription (id, client_id, login_id, endpoint_hash, sealed, vapid_kid, created_at, "
                "failed_at) VALUES (:id, :client, :login, :hash, :sealed, 'kid', :now, :failed)",
                id=str(uuid4()),
                client=person.id,
                login=login,
                hash=uuid4().bytes,
                sealed=b"",
                now=self.clock(),
                failed=failed_at,
            )
        )

    def viewer(self, person: Person) -> Viewer:
        """The person as stores see them, with a login that exists nowhere."""
        if person.role == "client":
            return Viewer(id=person.id, role="client", practice=self.practice, login="none")
        account = self.staff[person.name]
        return Viewer(id=account.id, role=account.role, practice=self.practice, login="none", name=account.display_name)

    async def introduce(self) -> None:
        """Write the cast into the database."""
        people, clients = self.stores.people, self.stores.clients
        self.practice = await people.create_practice("Practice by the lake", self.clock())
        roles: dict[str, StaffRole] = {"Teresa": "therapist", "Carlo": "therapist", "Bice": "therapist", "Ada": "admin"}
        for name, role in roles.items():
            self.staff[name] = await people.create_staff(
                self.practice, role, name.lower(), f"{name} Rossi", None, self.clock()
            )
        await clients.add(self.viewer(TERESA), ANNA.id, "Anna", self.clock())
        await clients.add(self.viewer(BICE), BRUNO.id, "Bruno", self.clock())


def settings_in(folder: Path, **changes: object) -> Settings:
    """Settings for a server whose data is in `folder`, with the checkout's exercises."""
    settings = Settings(
        origin=ORIGIN,
        data=folder,
        database=str(folder / "midweek.db"),
        keys_database=str(folder / "keys.db"),
        master_key_file=folder / "master.key",
        exercises=CHECKOUT / "exercises",
        pwa=folder / "pwa",
        reminders=False,
    )
    return msgspec.structs.replace(settings, **changes)


def transport(app: Litestar) -> httpx.ASGITransport:
    """What carries a browser's requests to the app, in this event loop."""
    return httpx.ASGITransport(app)  # type: ignore[arg-type]  # two spellings of the same protocol


@cache
def library() -> Library:
    """The checkout's exercises, read once."""
    return content.load(CHECKOUT / "exercises")


@asynccontextmanager
async def on_stage(settings: Settings, clock: Clock | None = None) -> AsyncGenerator[Stage, None]:
    """The app, running in this event loop, with the cast in it."""
    clock = clock or Clock()
    app = create_app(settings, clock, library())
    async with started(app):
        stage = Stage(app, clock)
        await stage.introduce()
        yield stage


@asynccontextmanager
async def started(app: Litestar) -> AsyncGenerator[None, None]:
    """The app's lifespan, in a task of its own: a fixture is not always closed by the task that opened it."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    stop = asyncio.Event()
    life = loop.create_task(_live(app, ready, stop))
    await asyncio.wait([life, ready], return_when=asyncio.FIRST_COMPLETED)
    try:
        if ready.done():
            yield
    finally:
        stop.set()
        await life


async def _live(app: Litestar, ready: "asyncio.Future[None]", stop: asyncio.Event) -> None:
    async with app.lifespan():
        ready.set_result(None)
        await stop.wait()
