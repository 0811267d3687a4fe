"""The app on a real port, with reminders that reach the push service of the tests."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from litestar import Litestar

from server.reminders.door import open_reminders
from tests.cast import CHECKOUT, Clock, Stage, on_stage, settings_in
from tests.push.push_service import PushService


@asynccontextmanager
async def served(folder: Path, service: PushService, clock: Clock) -> AsyncGenerator[Stage, None]:
    """The cast's app. Nothing is sent by itself: `reminders.engine.step` does what is due."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        changes = {"origin": f"http://localhost:{port}", "pwa": CHECKOUT / "pwa/dist", "reminders": False}
        async with on_stage(settings_in(folder, **changes), clock) as stage:
            state = stage.app.state
            here = await open_reminders(
                stage.settings, state.db, state["keys"], clock, resolver=service.resolver(), tls=service.tls()
            )
            own, state.reminders = state.reminders, here
            try:
                async with answering(stage.app, listening):
                    yield stage
            finally:
                state.reminders = own
                await here.close()


@asynccontextmanager
async def answering(app: Litestar, listening: socket.socket) -> AsyncGenerator[None, None]:
    """A started app answers at this port, in this event loop."""
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
