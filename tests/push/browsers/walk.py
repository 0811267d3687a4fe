"""What every browser must show, in one walk from the invite to turning reminders off again."""

from typing import Final

from server.reminders.lines import LATER, LINES, OPEN, TEST_LINE, TITLE
from server.reminders.vapid import rotated
from tests.push.browsers.handset import Handset, Shown
from tests.push.browsers.town import EXERCISE, STEP, Town

TAG: Final = 24


async def turned_on(town: Town, phone: Handset) -> None:
    """Anna joins and turns reminders on: the push service has one subscription, and so has the server."""
    await town.plan()
    await phone.join(await town.invite())
    await phone.turn_on()
    await town.has(await _kid(town))


async def shown_and_replaced(town: Town, phone: Handset) -> None:
    """What is due is on the lock screen; the plan's next one takes its place."""
    id, line = await town.comes_due()
    (first,) = await phone.shows(id)
    assert first == Shown(id=id, title=TITLE, body=line, tag=first.tag, silent=False, actions=[OPEN, LATER])
    assert len(first.tag) == TAG
    id, _ = await town.comes_due()
    (second,) = await phone.shows(id)
    assert second.tag == first.tag


async def leads_to_today(_: Town, phone: Handset) -> None:
    """A tap brings the page that is open to Today."""
    await phone.go("/settings")
    await phone.browser.tap_notification()
    await phone.is_at("/")


async def opens_at_today(town: Town, phone: Handset) -> None:
    """With no window open a tap opens one at Today, the step one tap away; the server knows."""
    id, _ = await town.comes_due()
    await phone.shows(id)
    await phone.browser.close_app()
    await phone.browser.tap_notification()
    await phone.browser.see_opened()
    await phone.is_at("/")
    await town.is_opened(id)
    await phone.tap(f"Start {STEP}")
    await phone.is_at(f"/practise/{EXERCISE}")


async def waits_while_it_is_off(town: Town, phone: Handset) -> None:
    """Of what came meanwhile, only the last of its topic is shown, and nothing that is over."""
    await phone.clear()
    await phone.browser.go_offline()
    over, last = await town.misses_three_tests()
    await phone.browser.come_back()
    (shown,) = await phone.shows(last)
    assert shown.body == LINES[TEST_LINE]
    assert shown.id != over


async def is_missed_and_found_again(town: Town, phone: Handset) -> None:
    """A subscription that the browser gave up is gone at the next push; the next start of the app makes another."""
    await phone.give_up_push()
    await town.comes_due()
    await town.has()
    await phone.go("/settings")
    await phone.reads("Reminders reach this phone.")
    await is_reached(town, phone)


async def is_forgotten_by_its_service(town: Town, phone: Handset) -> None:
    """The push service takes the browser for a new one: its worker subscribes again by itself and tells the server."""
    before = set(town.post.keys)
    await phone.browser.is_forgotten()
    await town.has_moved(before)
    await is_reached(town, phone)


async def moves_to_a_new_key(town: Town, phone: Handset) -> None:
    """The server's new VAPID key is taken at the next start; until then the old one still reaches the phone."""
    old = await _kid(town)
    new = await rotated(town.reminders.vapid, town.clock())
    await is_reached(town, phone, old)
    await phone.go("/settings")
    await is_reached(town, phone, new.kid)


async def turned_off(town: Town, phone: Handset) -> None:
    """Anna turns reminders off: neither the server nor the push service has her phone any more."""
    await phone.go("/settings")
    await phone.tap("Turn off for this phone")
    await phone.reads("Reminders are off on this phone.")
    await town.has()
    await town.has_no_post()


async def is_reached(town: Town, phone: Handset, kid: str | None = None) -> None:
    """The server has one subscription, by this key or the current one, and what is due is shown."""
    await town.has(kid or await _kid(town))
    id, _ = await town.comes_due()
    assert id in [one.id for one in await phone.shows(id)]


async def _kid(town: Town) -> str:
    return (await town.reminders.key()).kid


CHROMIUM: Final = (
    turned_on,
    shown_and_replaced,
    leads_to_today,
    opens_at_today,
    waits_while_it_is_off,
    is_missed_and_found_again,
    moves_to_a_new_key,
    turned_off,
)
FIREFOX: Final = (*CHROMIUM[:-2], is_forgotten_by_its_service, *CHROMIUM[-2:])
"""Chromium never tells its worker that a subscription was lost."""
