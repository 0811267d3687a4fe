"""What axe objects to on a screen: on anything, or on what another scheme can change, which are colours."""

from pathlib import Path
from typing import Final

from playwright.async_api import Frame, Page

AXE: Final = (Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js").read_text()
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS: Final = ["color-contrast", "link-in-text-block"]
"""The rules of `TAGS` that look at colours. In the dark nothing else is another: see `tests/pwa/test_dark.py`."""
STILL: Final = """() => Promise.all(document.getAnimations()
    .filter(one => Number.isFinite(one.effect.getComputedTiming().endTime))
    .map(one => one.finished.catch(() => null)))"""
RUN: Final = """([runOnly, iframes]) => axe.run(document, {runOnly, iframes, resultTypes: ["violations"]})
    .then(({violations}) => violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(" | ")}`))"""


async def objections(place: Page | Frame, colours_only: bool = False, iframes: bool = True) -> list[str]:
    """What axe objects to once this page or frame stands still: half faded in, any text is too faint."""
    await place.evaluate(STILL)
    if not await place.evaluate("'axe' in window"):
        await place.evaluate(AXE)
    found: list[str] = await place.evaluate(RUN, [COLOURS if colours_only else TAGS, iframes])
    return found
