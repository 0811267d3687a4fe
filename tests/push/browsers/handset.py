"""What Anna does on her phone, whichever browser it has: by the words on its screens, through scripts in the page."""

from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import msgspec

from tests.push.browsers.patience import until

UNTIL: Final = """const until = async (look) => {
  for (let tries = 0; tries < 2400; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`it never came to this: ${look}; ${location.pathname}: ${document.body.innerText.slice(0, 400)}`);
};
const reads = (element) => (element.ariaLabel ?? element.innerText).trim().replaceAll("\\n", " ");
const buttons = () => [...document.querySelectorAll("button, a")].filter((one) => !one.disabled);
const button = (name) => buttons().find((one) => reads(one) === name);
const worker = () => navigator.serviceWorker.ready;
"""
TAP: Final = "(await until(() => button(args[0]))).click();"
READ: Final = "await until(() => document.body.innerText.includes(args[0]));"
GREETED: Final = 'await until(() => document.querySelector("h1")?.innerText.includes("Anna"));'
SHOWN: Final = """return await until(async () => {
  const all = await (await worker()).getNotifications();
  const said = all.map(({ title, body, tag, silent, data, actions }) =>
    ({ id: data?.id, title, body, tag, silent: silent === true, actions: actions.map((one) => one.title) }));
  return said.some(({ id }) => id === args[0]) ? said : null;
});"""
CLEAR: Final = """for (const one of await (await worker()).getNotifications()) one.close();
await until(async () => (await (await worker()).getNotifications()).length === 0);"""
GIVE_UP: Final = "await (await (await worker()).pushManager.getSubscription()).unsubscribe();"


class Browser(Protocol):
    """A running browser with one page of the app."""

    async def run(self, script: str, *given: object) -> Any:
        """What the body of an async function gives in the page, with `given` as its `args`."""

    async def go(self, path: str) -> None:
        """Load this path, or the whole address."""

    async def where(self) -> str:
        """The address of the page."""
        ...

    async def tap_notification(self) -> None:
        """Tap what is on the lock screen."""

    async def close_app(self) -> None:
        """No window of the app is open any more."""

    async def see_opened(self) -> None:
        """Wait for the window that a tap opened: it is the page from now on."""

    async def go_offline(self) -> None:
        """No push reaches it any more."""

    async def come_back(self) -> None:
        """Pushes reach it again, and what waited comes."""

    async def is_forgotten(self) -> None:
        """Its push service takes it for another browser, so every subscription is lost."""


class Shown(msgspec.Struct):
    """A notification on the lock screen; `id` is that of its occasion."""

    id: str
    title: str
    body: str
    tag: str
    silent: bool
    actions: list[str]


class Handset:
    """A page of the app in a real browser, and what can be done to the browser around it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.go = browser.go

    async def join(self, link: str) -> None:
        """Anna follows her invite and reads the notice."""
        await self.go(link)
        for word in ("Join", "I understand", "That is right for me"):
            await self.tap(word)
        await self.run(GREETED)

    async def turn_on(self) -> None:
        """In her settings, Anna turns reminders on for this phone."""
        await self.go("/settings")
        await self.tap("Turn on for this phone")
        await self.reads("Reminders reach this phone.")

    async def tap(self, name: str) -> None:
        """The button with these words, as soon as it is there."""
        await self.run(TAP, name)

    async def reads(self, words: str) -> None:
        """Wait until these words are on the screen."""
        await self.run(READ, words)

    async def shows(self, id: str) -> list[Shown]:
        """Every notification on the lock screen, once the one of this occasion is among them."""
        return msgspec.convert(await self.run(SHOWN, id), list[Shown])

    async def clear(self) -> None:
        """Anna wipes the lock screen."""
        await self.run(CLEAR)

    async def give_up_push(self) -> None:
        """The browser ends its subscription, and the server is not told."""
        await self.run(GIVE_UP)

    async def is_at(self, path: str) -> None:
        """Wait until the page shows this path, and nothing after it."""

        async def met() -> bool:
            at = urlsplit(await self.browser.where())
            return (at.path, at.query) == (path, "")

        await until(met)

    async def run(self, script: str, *given: object) -> Any:
        """Run a script of this module in the page."""
        return await self.browser.run(UNTIL + script, *given)
