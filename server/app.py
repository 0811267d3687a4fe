"""The application: its handlers, what they are given, and how it starts and stops."""

import sqlite3
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from typing import Final

import msgspec
import structlog
from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp, ControllerRouterHandler, Receive, Scope, Send

from server import __version__, content
from server.content import Library
from server.errors import NotFound, problem_handlers
from server.housekeeping import Housekeeping
from server.models import Millis
from server.opening import NAMES, open_stores
from server.rates import Rates
from server.reminders.door import open_reminders
from server.routes import (
    assignments,
    briefs,
    calendars,
    client_settings,
    clients,
    crisis_lines,
    erasure,
    exercises,
    export,
    health,
    invites,
    logins,
    menus,
    messages,
    own_exercises,
    practice,
    previews,
    push_subscriptions,
    recordings,
    relationships,
    reminders,
    safety_part,
    sessions,
    shared_journal,
    shared_words,
    supervisions,
    sync,
    templates,
    versions,
)
from server.routes.dependencies import (
    PUBLIC,
    Authentication,
    Connection,
    SameOrigin,
    common_headers,
    provide_library,
    provide_today,
    provide_viewer,
)
from server.routes.pwa import pwa_handler
from server.security import SAFE_METHODS
from server.settings import Settings
from server.store.crisis_lines import OVERDUE_AFTER
from server.store.readiness import Room
from server.tide import Tide

BODY_LIMIT: Final = 1_000_000
FEED_READS: Final = 60
"""Reads of calendar feeds a minute from one network."""
HANDLERS: Final[tuple[ControllerRouterHandler, ...]] = (
    *assignments.routes,
    *briefs.routes,
    *client_settings.routes,
    *menus.routes,
    *messages.routes,
    *safety_part.routes,
    *sessions.routes,
    *shared_words.routes,
    *shared_journal.routes,
    sync.exchange,
    versions.earlier_versions,
    erasure.erase_journal,
    export.export,
    *clients.routes,
    *crisis_lines.routes,
    *exercises.routes,
    *health.routes,
    *own_exercises.routes,
    *practice.routes,
    *previews.routes,
    *templates.routes,
    *invites.routes,
    *logins.routes,
    *push_subscriptions.routes,
    *recordings.routes,
    *relationships.routes,
    *supervisions.routes,
    *reminders.routes,
    *calendars.routes,
)
GIVEN: Final = ("settings", "reminders", *NAMES)
"""What a handler may ask for by name, besides `viewer`, `now`, `today` (the date where the viewer is), `library` (the
exercises of the viewer's practice) and `public_library` (those for all)."""
SMALL: Final = frozenset(
    {
        "/api/sync",
        "/api/logins",
        "/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}/ending",
        "/api/clients/{client_id:uuid}/assignments/{assignment_id:uuid}/withdrawal",
    }
)
"""Writes that go on when the disk is almost full: they take next to nothing or give back, or (sync) look themselves.
Deleting always goes on."""
Clock = Callable[[], Millis]


def wall_clock() -> Millis:
    """Now, in UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


def create_app(settings: Settings, clock: Clock = wall_clock, library: Library | None = None) -> Litestar:
    """The application, not yet started: entering its lifespan opens everything, or raises what stops the start.
    A `library` saves reading the exercises again."""
    rates = Rates(settings.syncs_a_minute, burst=settings.syncs_a_minute * 5 // 2)
    state = State({"settings": settings, "clock": clock, "stopping": False, "library": library, "rates": rates})
    state.feed_rates = Rates(FEED_READS, burst=FEED_READS)
    return Litestar(
        route_handlers=[*HANDLERS, pwa_handler(settings.pwa)],
        lifespan=[_running],
        state=state,
        dependencies={
            "viewer": Provide(provide_viewer),
            "now": Provide(_now, sync_to_thread=False),
            "today": Provide(provide_today),
            "library": Provide(provide_library),
            "public_library": Provide(_given("library"), sync_to_thread=False),
            **{name: Provide(_given(name), sync_to_thread=False) for name in GIVEN},
        },
        middleware=[SameOrigin, Authentication, RoomToWrite],
        request_class=_StrictRequest,
        exception_handlers=problem_handlers,
        before_send=[common_headers(settings)],
        request_max_body_size=BODY_LIMIT,
        openapi_config=_openapi(),
        logging_config=None,
    )


@asynccontextmanager
async def _running(app: Litestar) -> AsyncGenerator[None, None]:
    """Everything open while the server runs, closed in the opposite order."""
    settings: Settings = app.state.settings
    async with AsyncExitStack() as stack:
        app.state.library = app.state.library or content.load(settings.exercises)
        stores = await open_stores(settings, stack, app.state.clock())
        reminding = await open_reminders(settings, stores.db, stores.keys, app.state.clock)
        stack.push_async_callback(reminding.close)
        app.state.update(msgspec.structs.asdict(stores) | {"stores": stores, "reminders": reminding})
        tide = Tide(stores.high_water, stores.db)
        stack.push_async_callback(tide.close)
        tide.start()
        housekeeping = Housekeeping(stores.lifetimes, settings.files, app.state.clock)
        stack.push_async_callback(housekeeping.close)
        housekeeping.start()
        if settings.reminders:
            reminding.start()
        log = structlog.get_logger("midweek")
        if (overdue := await stores.crisis_lines.overdue(_today_here(app.state.clock()))) > 0:
            log.warning("crisis-lines-unchecked", lines=overdue, days=OVERDUE_AFTER)
        log.info("ready", version=__version__, engine=stores.db.engine, sqlite=sqlite3.sqlite_version)
        try:
            yield
        finally:
            app.state.stopping = True


def _today_here(now: Millis) -> date:
    """The date by the clock of this machine: a log is read where the server stands, not by anyone signed in."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone().date()


class _StrictRequest(Request[object, object, State]):
    """A request whose JSON is read once, straight into what the handler asks for: "5" is no number."""

    async def json(self) -> object:
        """The body as the handler's type; msgspec's error says what does not fit."""
        data = self.route_handler.parsed_data_field
        wanted: type[object] = data.annotation if data else object
        return msgspec.json.decode(await self.body(), type=wanted)


class RoomToWrite:
    """Takes nothing new when the disk is almost full."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and self._takes_room(scope["method"], scope["route_handler"]):
            state = scope["litestar_app"].state
            room: Room = state.room
            room.needed(state.clock())
        await self._app(scope, receive, send)

    def _takes_room(self, method: str, handler: BaseRouteHandler) -> bool:
        return method not in SAFE_METHODS and method != "DELETE" and handler.paths.isdisjoint(SMALL)


def _now(state: State) -> Millis:
    clock: Clock = state.clock
    return clock()


def _given(name: str) -> Callable[[State], object]:
    def given(state: State) -> object:
        return state[name]

    return given


def _openapi() -> OpenAPIConfig:
    """One address, the document itself: no page that loads scripts from elsewhere."""
    router = Router(
        "/api/openapi.json", route_handlers=[], include_in_schema=False, opt=PUBLIC, guards=[_the_document_only]
    )
    return OpenAPIConfig(
        title="Midweek",
        version=__version__,
        openapi_router=router,
        render_plugins=[JsonRenderPlugin(path="/")],
        use_handler_docstrings=True,
    )


async def _the_document_only(connection: Connection, _: BaseRouteHandler) -> None:
    if connection.url.path.rstrip("/") != "/api/openapi.json":
        raise NotFound()
