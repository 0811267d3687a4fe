"""Serving HTTP until told to stop: Granian, or uvicorn where someone prefers it. One process, one event loop."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final, cast

from granian.constants import Interfaces
from granian.server.embed import Server
from granian.utils import proxies as granian_proxies
from litestar import Litestar
from litestar.types import ASGIApp

from server.settings import BadSetting, Settings

DRAIN: Final = 10
"""Seconds that requests which have begun may take to finish."""


async def serve(app: Litestar, settings: Settings, listening: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; requests that have begun are finished first. `listening` is called when
    the first request can come. The app's lifespan is the caller's: entered before, left after."""
    target = _behind(app, settings.proxies) if settings.proxies else app
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    _spare_the_collector()
    run = _uvicorn if settings.server == "uvicorn" else _granian
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
    wrap = cast(
        Callable[[ASGIApp, list[str]], ASGIApp],
        granian_proxies.wrap_asgi_with_proxy_headers,  # pyright: ignore[reportUnknownMemberType]  # it has no types
    )
    return wrap(app, list(proxies))


async def _granian(app: Litestar, target: ASGIApp, settings: Settings, stop: asyncio.Event) -> None:
    """Granian inside our own event loop, so that one process holds the database and is the one to signal."""
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


async def _uvicorn(app: Litestar, target: ASGIApp, settings: Settings, stop: asyncio.Event) -> None:
    """uvicorn stops on the signals by itself, then raises them again, for our handlers."""
    try:
        import uvicorn  # noqa: PLC0415  # only where it was asked for: it is not among the locked packages
    except ImportError as missing:
        raise BadSetting(
            "MIDWEEK_SERVER is uvicorn, which is not installed. Install it (pip install uvicorn), or leave it out."
        ) from missing
    config = uvicorn.Config(
        target,
        host=settings.host,
        port=settings.port,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN,
    )
    await uvicorn.Server(config).serve()
    app.state.stopping = stop.is_set()
