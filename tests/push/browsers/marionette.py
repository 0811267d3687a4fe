"""Marionette, Firefox's remote control: a few commands over TCP, in this event loop, beside the server of the test.

Mozilla's own client blocks while it waits and brings fifteen packages; the protocol is a length, a colon and JSON.
"""

import asyncio
import json
from itertools import count
from types import TracebackType
from typing import Any, Final, Literal, Self

PATIENCE: Final = 60
SCRIPT_MS: Final = 40_000
Context = Literal["content", "chrome"]


class Refused(Exception):
    """Firefox could not do what it was told; the text is its own."""


class Marionette:
    """One session with a running Firefox. `chrome` scripts see the browser itself, `content` ones the page."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ids = count(1)

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        await self._heard()  # who it is
        await self.tell("WebDriver:NewSession", capabilities={})
        await self.tell("WebDriver:SetTimeouts", script=SCRIPT_MS, pageLoad=SCRIPT_MS)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    async def tell(self, command: str, **said: object) -> Any:
        """Give one command; its result once it is done."""
        id = next(self._ids)
        text = json.dumps([0, id, command, said]).encode()
        self._writer.write(b"%d:%s" % (len(text), text))
        kind, answered, problem, result = await asyncio.wait_for(self._heard(), PATIENCE)
        assert (kind, answered) == (1, id)
        if problem:
            raise Refused(f"{command}: {problem['error']}: {problem['message']}")
        return _inner(result)

    async def run(self, script: str, *given: object, context: Context = "content") -> Any:
        """What the body of an async function gives that is run there, with `given` as its arguments."""
        body = f"const [done, args] = [arguments[arguments.length - 1], arguments];\n{_BODY.replace('SCRIPT', script)}"
        await self.tell("Marionette:SetContext", value=context)
        try:
            said = await self.tell("WebDriver:ExecuteAsyncScript", script=body, args=list(given), newSandbox=False)
        finally:
            await self.tell("Marionette:SetContext", value="content")
        if "threw" in said:
            raise Refused(said["threw"])
        return said.get("gave")

    async def _heard(self) -> Any:
        length = await self._reader.readuntil(b":")
        return json.loads(await self._reader.readexactly(int(length[:-1])))


def _inner(result: Any) -> Any:
    """The value of a result that has nothing else."""
    try:
        return result["value"] if len(result) == 1 else result
    except (KeyError, TypeError):
        return result


_BODY: Final = """(async (...args) => { SCRIPT })(...args).then(
    (gave) => done({ gave }), (error) => done({ threw: `${error}` }));"""
