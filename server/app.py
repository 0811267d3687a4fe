"""The application: its handlers, what they are given, and how it starts and stops."""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import msgspec
import structlog
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler

from server import __version__, content
from server.content import Library
from server.errors import NotFound, problem_handlers
from server.models import Millis
from server.opening import NAMES, open_stores
from server.reminders.door import open_reminders
from server.routes import (
    assignments,
    clients,
    exercises,
    health,
    invites,
    logins,
    push_subscriptions,
    shared_journal,
    sync,
)
from server.routes.dependencies import (
    PUBLIC,
    Authentication,
    Connection,
    SameOrigin,
    common_headers,
    provide_viewer,
)
from server.routes.pwa import pwa_handler
from server.settings import Settings

BODY_LIMIT: Final = 1_000_000
HANDLERS: Final[tuple[ControllerRouterHandler, ...]] = (
    assignments.assign,
    assignments.assignable_exercises,
    assignments.end,
    shared_journal.shared_journal,
    sync.exchange,
    *clients.routes,
    *exercises.routes,
    *health.routes,
    *invites.routes,
    *logins.routes,
    *push_subscriptions.routes,
)
GIVEN: Final = ("settings", "library", "reminders", *NAMES)
"""What a handler may ask for by name, besides `viewer` and `now`."""
Clock = Callable[[], Millis]


def wall_clock() -> Millis:
    """Now, in UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000


def create_app(settings: Settings, clock: Clock = wall_clock, library: Library | None = None) -> Litestar:
    """The application, not yet started: entering its lifespan opens everything, or raises what stops the start.
    A `library` saves reading the exercises again."""
    state = State({"settings": settings, "clock": clock, "stopping": False, "library": library})
    return Litestar(
        route_handlers=[*HANDLERS, pwa_handler(settings.pwa)],
        lifespan=[_running],
        state=state,
        dependencies={
            "viewer": Provide(provide_viewer),
            "now": Provide(_now, sync_to_thread=False),
            **{name: Provide(_given(name), sync_to_thread=False) for name in GIVEN},
        },
        middleware=[SameOrigin, Authentication],
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
        stores = await open_stores(settings, stack)
        reminders = await open_reminders(settings, stores.db, stores.keys, app.state.clock)
        stack.push_async_callback(reminders.close)
        app.state.update(msgspec.structs.asdict(stores) | {"stores": stores, "reminders": reminders})
        if settings.reminders:
            reminders.start()
        structlog.get_logger("midweek").info("ready", version=__version__, engine=stores.db.engine)
        try:
            yield
        finally:
            app.state.stopping = True


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
