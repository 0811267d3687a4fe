"""`/api/calendar`, `/api/calendar-feed`, `/calendar/...ics`: reminders at fixed times for other calendars, in neutral
words."""

from typing import Final

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.errors import NotFound, TooOften
from server.models import Millis, Viewer
from server.rates import Rates
from server.routes.dependencies import PUBLIC, client_only, network
from server.routes.exercises import unchanged
from server.settings import Settings
from server.store.attempts import Attempts, Limit
from server.store.calendars import Calendars

TYPE: Final = "text/calendar; charset=utf-8"
SUFFIX: Final = ".ics"
FEEDS: Final = 10
"""Feeds a client may make in a quarter of an hour."""


class NewFeed(msgspec.Struct):
    """The address of a feed, told this once, and when it ends by itself."""

    link: str
    expires_at: Millis


@get("/api/calendar", guards=[client_only], media_type=TYPE)
async def download(viewer: NamedDependency[Viewer], calendars: NamedDependency[Calendars]) -> Response[bytes]:
    """The viewer's reminders at fixed times, as a file with alarms. 404 when there is none."""
    content = await calendars.of(viewer)
    headers = {"content-disposition": 'attachment; filename="midweek.ics"'}
    return Response(content, headers=headers, media_type=TYPE)


@post("/api/calendar-feed", guards=[client_only])
async def make_feed(
    viewer: NamedDependency[Viewer],
    calendars: NamedDependency[Calendars],
    settings: NamedDependency[Settings],
    attempts: NamedDependency[Attempts],
    now: NamedDependency[Millis],
) -> NewFeed:
    """A feed with a new address; the one from before stops."""
    await attempts.count([Limit(f"calendar-feed:{viewer.id}", FEEDS)], now)
    made = await calendars.make_feed(viewer, now)
    return NewFeed(f"{settings.origin}/calendar/{made.token}{SUFFIX}", made.expires_at)


@delete("/api/calendar-feed", guards=[client_only], status_code=204)
async def end_feed(viewer: NamedDependency[Viewer], calendars: NamedDependency[Calendars]) -> None:
    """End the feed: its address leads nowhere from now on. Twice is harmless."""
    await calendars.end_feed(viewer)


@get("/calendar/{file:str}", opt=PUBLIC, include_in_schema=False, media_type=TYPE)
async def feed(
    file: FromPath[str],
    request: Request[object, object, State],
    calendars: NamedDependency[Calendars],
    now: NamedDependency[Millis],
) -> Response[bytes]:
    """A client's feed, for whoever knows its address. What is unknown, ended and over is the same 404."""
    rates: Rates = request.app.state.feed_rates
    if wait := rates.wait(network(request.client), now):
        raise TooOften(-(-wait // 1000))
    if not file.endswith(SUFFIX):
        raise NotFound()
    found = await calendars.feed(file.removesuffix(SUFFIX), now)
    headers = {"etag": found.etag, "cache-control": "private, no-cache", "x-robots-tag": "noindex, nofollow"}
    if unchanged(request.headers.get("if-none-match", ""), found.etag):
        return Response(b"", status_code=304, headers=headers, media_type=TYPE)
    return Response(found.content, headers=headers, media_type=TYPE)


routes = [download, make_feed, end_feed, feed]
