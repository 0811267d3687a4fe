"""Serving HTTP until told to stop: uvicorn, or Granian where someone prefers it. One process, one event loop."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

import uvicorn
from litestar import Litestar
from litestar.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.connections import Connection
from server.settings import BadSetting, Settings

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

DRAIN: Final = 10
"""Seconds that requests which have begun may take to finish."""
KEPT_OPEN: Final = 180
"""Seconds that an idle connection stays open: longer than a proxy keeps one, or it would send into a closed one."""


async def serve(app: Litestar, settings: Settings, listening: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; requests that have begun are finished first. `listening` is called when
    the first request can come. The app's lifespan is the caller's: entered before, left after."""
    target = _behind(app, settings.proxies) if settings.proxies else app
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    _spare_the_collector()
    run = _granian if settings.server == "granian" else _uvicorn
    telling = asyncio.create_task(_tell(settings, listening))
    await run(app, target, settings, stop)
    telling.cancel()


def _spare_the_collector() -> None:
    """What was made by now stays for good: looking through it again and again took a tenth of every push."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


async def _tell(settings: Settings, listening: Callable[[], None]) -> None:
    """Try until someone answers at the port: neither server says so itself."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(settings.host, settings.port)
            writer.close()
            return listening()
        await asyncio.sleep(0.02)


def free_port(settings: Settings) -> int:
    """The port to listen on: the one that was set, or any free one for 0. `BadSetting` when it is taken."""
    kind = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as taken:
            raise BadSetting(
                f"MIDWEEK_PORT is {settings.port}, and nothing can listen there on {settings.host}: {taken.strerror}. "
                "Stop what listens there, or set MIDWEEK_PORT to another number."
            ) from taken
        port: int = probe.getsockname()[1]
        return port


def _behind(app: ASGIApp, proxies: tuple[str, ...]) -> ASGIApp:
    """The app, believing what these proxies say of where a request comes from."""
    wrapped: object = ProxyHeadersMiddleware(cast("ASGI3Application", app), list(proxies))
    return cast("ASGIApp", wrapped)


async def _uvicorn(app: Litestar, target: ASGIApp, settings: Settings, stop: asyncio.Event) -> None:
    """uvicorn inside our own event loop. It stops on the signals by itself, then raises them for our handlers."""
    config = uvicorn.Config(
        cast("ASGI3Application", target),
        host=settings.host,
        port=settings.port,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEPT_OPEN,
        timeout_graceful_shutdown=DRAIN,
    )
    await uvicorn.Server(config).serve()
    app.state.stopping = stop.is_set()


async def _granian(app: Litestar, target: ASGIApp, settings: Settings, stop: asyncio.Event) -> None:
    """Granian inside our own event loop, so that one process holds the database and is the one to signal."""
    try:  # only where it was asked for: it is not among the packages that a server gets
        from granian.constants import Interfaces  # noqa: PLC0415
        from granian.server.embed import Server  # noqa: PLC0415
    except ImportError as missing:
        raise BadSetting(
            "MIDWEEK_SERVER is granian, which is not installed. Install it (pip install granian), or leave it out."
        ) from missing
    server = Server(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=1024,
        log_enabled=False,
    )
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    app.state.stopping = True
    stopping.cancel()
    server.stop()  # type: ignore[no-untyped-call]
    with suppress(TimeoutError):
        await asyncio.wait_for(serving, DRAIN)
