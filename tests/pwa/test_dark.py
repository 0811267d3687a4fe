"""In the dark only colours are others: that is why axe looks at nothing else there (`tests/e2e/axe.py`)."""

import re
from pathlib import Path

STYLES = Path(__file__).parents[2] / "pwa" / "src" / "styles"
DARK = re.compile(r"@media[^{]*prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}|(\[data-theme=[^{]*\{[^{}]*\})")
COLOUR = re.compile(r"--[\w-]+: #[0-9a-f]{3,8}|color-scheme: dark")


def test_dark_and_night_change_nothing_but_colours() -> None:
    sheets = {sheet.name: sheet.read_text() for sheet in STYLES.glob("*.css")}
    blocks = {name: [one for both in DARK.findall(text) for one in both if one] for name, text in sheets.items()}
    told = [
        each.strip()
        for one in blocks["tokens.css"]
        for rule in re.findall(r"\{([^{}]*)\}", one)
        for each in rule.split(";")
    ]

    assert [name for name, found in blocks.items() if found] == ["tokens.css"]
    assert [name for name, text in sheets.items() if "prefers-color-scheme" in text or "data-theme=" in text] == [
        "tokens.css"
    ]
    assert len(told) > 40
    assert [each for each in told if each and not COLOUR.fullmatch(each)] == []
