"""Who is asking and from where: authentication, cross-site protection, guards, and what every answer carries."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Address, State
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from server import security
from server.clocks import day_where
from server.content import Library, Source
from server.content.own import settled
from server.errors import NotSignedIn, Refused
from server.models import Millis, Role, Viewer
from server.settings import Settings
from server.store.logins import Logins
from server.store.own_exercises import OwnExercises

PUBLIC: Final = {"public": True}
"""`opt=PUBLIC` on a handler: it answers without a login."""
BYTES: Final = {"bytes": True}
"""`opt=BYTES` on a handler: its body is a file (`application/octet-stream`) instead of JSON."""

ZONE: Final = "x-midweek-zone"
"""The header in which a browser of the practice says in which zone it is."""

Connection = ASGIConnection[BaseRouteHandler, object, object, State]


class Authentication(AbstractAuthenticationMiddleware):
    """Every handler needs a login unless it says `opt=PUBLIC`; the viewer is `connection.user`."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, exclude_from_auth_key="public")

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        """The viewer of the login in the cookie. `NotSignedIn` without a live one."""
        state = connection.app.state
        token = login_token(connection.cookies, state.settings)
        if not token:
            raise NotSignedIn()
        logins: Logins = state.stores.logins
        seen = await logins.find(token, state.clock())
        if seen.slid:
            connection.scope["state"]["slid"] = token
        return AuthenticationResult(user=seen.viewer, auth=None)


class SameOrigin:
    """Refuses writes that don't come from Midweek's own page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] not in security.SAFE_METHODS:
            settings: Settings = scope["litestar_app"].state.settings
            headers = {
                name.decode("latin-1"): value.decode("latin-1")
                for name, value in scope["headers"]
                if name in security.LOOKED_AT
            }
            body = security.FILE if scope["route_handler"].opt.get("bytes") else security.JSON
            if not security.allowed(scope["method"], headers, settings.origin, body):
                raise Refused(
                    f"This did not come from Midweek's own page at {settings.origin}, so nothing was changed. "
                    "Open Midweek there and try again."
                )
        await self._app(scope, receive, send)


def common_headers(settings: Settings) -> Callable[[Message, Scope], Awaitable[None]]:
    """A before-send hook: security headers on every answer, no-store where it says nothing else, and the cookie of a
    login whose life was extended."""
    pages, api = security.page_headers(settings.origin), security.api_headers(settings.origin)
    seconds = security.CLIENT_LIFE // 1000

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = list(message["headers"])
        names = {name.lower() for name, _ in headers}
        always = api if scope["path"].startswith("/api/") else pages
        headers += [header for header in always if header[0] not in names]
        if b"cache-control" not in names:
            headers.append((b"cache-control", b"no-store"))
        if (token := scope["state"].get("slid")) and b"set-cookie" not in names:
            headers.append((b"set-cookie", security.cookie(settings.origin, token, seconds).encode()))
        message["headers"] = headers

    return add


def login_token(cookies: Mapping[str, str], settings: Settings) -> str:
    """The token in the login cookie, or an empty string."""
    return cookies.get(security.cookie_name(settings.origin), "")


def network(client: Address | None) -> str:
    """Where a request comes from: an IPv4 address, or the /64 of an IPv6 one."""
    host = client.host if client else "?"
    return ":".join(host.split(":")[:4]) if ":" in host else host


async def provide_viewer(request: Request[Viewer, object, State]) -> Viewer:
    """Who is asking."""
    return request.user


async def provide_today(request: Request[Viewer, object, State], now: NamedDependency[Millis]) -> date:
    """The date where the viewer is, as their browser says: "today" for what a therapist or an admin writes. What a
    client lives has its day by the zone of their journal."""
    return date.fromisoformat(day_where(now, request.headers.get(ZONE)))


async def provide_library(
    viewer: NamedDependency[Viewer],
    public_library: NamedDependency[Library],
    own_exercises: NamedDependency[OwnExercises],
) -> Library:
    """The exercises of the viewer's practice: those for all, and what it wrote and published itself."""
    published = await own_exercises.published(viewer)
    return await asyncio.to_thread(_with_own, public_library, published) if published else public_library


def _with_own(library: Library, published: Sequence[tuple[str, Source]]) -> Library:
    found = (settled(exercise, source, library.locales) for exercise, source in published)
    return library.beside(one for one in found if one is not None)


async def client_only(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard: only a client's own devices. (A guard that is not async runs in a thread of its own.)"""
    must_be_client(connection.user)


def must_be_client(user: object) -> None:
    """`Refused` for anyone but a client's own device."""
    _only("client", user, "Only a client's own device can do this. Nothing was changed.")


async def therapist_only(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard: only therapists."""
    _only("therapist", connection.user, "Only a therapist can do this. Nothing was changed.")


async def admin_only(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard: only the practice's admins."""
    _only("admin", connection.user, "Only an admin of the practice can do this. Nothing was changed.")


async def staff_only(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard: therapists and admins."""
    if not isinstance(connection.user, Viewer) or connection.user.role == "client":
        raise Refused("Only the practice's own people can do this. Nothing was changed.")


def _only(role: Role, user: object, sentence: str) -> None:
    if not isinstance(user, Viewer) or user.role != role:
        raise Refused(sentence)
