"""What a lock screen shows: neutral lines that say nothing of therapy, mood or health, whoever reads them."""

from typing import Final

TITLE: Final = "Midweek"
LANGUAGE: Final = "en"
OPEN: Final = "Open"
LATER: Final = "Later today"

LINES: Final = (
    "A quiet minute, if you want one.",
    "Ready when you are. Later is fine.",
    "You asked for a nudge. Here it is.",
    "Two minutes for yourself?",
    "A small pause is waiting.",
    "No rush. A small hello.",
    "Here whenever it suits you.",
    "A drink of water, a stretch, or this?",
    "Your evening pause.",
    "Saved you a quiet spot.",
    "Something you planned is ready.",
    "Open me at a good time for you.",
    "Your morning pause.",
    "Your midday pause.",
)
"""By the numbers `server.schedule` gives them; the last two stand in for the ninth earlier in the day."""

TEST_LINE: Final = 2
"""The line of the test a client sends to their own device."""
