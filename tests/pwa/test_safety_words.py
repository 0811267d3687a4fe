"""What the code never computes, and the app never says."""

import re
from pathlib import Path
from typing import Final

import msgspec

ROOT: Final = Path(__file__).parents[2]
JUDGED: Final = re.compile(r"risk|relapse|severity|prognos|diagnos|(?<![a-z])score|predict", re.IGNORECASE)
COMMENT: Final = re.compile(r"^\s*(//|#|\*|/\*|--|\"\"\").*$", re.MULTILINE)
PROMISES: Final = re.compile(r"keeps you safe|proven|we will call|someone will|is alerted|monitors", re.IGNORECASE)

CLAIMS: Final = re.compile(
    r"clinically|evidence[- ]based|neuroscience|granularity|MIT app|\b(proven|cures?|treats|heals?|prevents?|reduces?"
    r"|detects?|monitors?)\b|\bimproves?\b|\d ?% (better|fewer|less|more)",
    re.IGNORECASE,
)


def code() -> list[Path]:
    """The app's and the server's own sources, without what a build wrote and the list of banned words itself."""
    sources = [
        *(ROOT / "pwa" / "src").rglob("*.ts*"),
        *(ROOT / "server").rglob("*.py"),
        *(ROOT / "server").rglob("*.sql"),
    ]
    return [path for path in sources if "generated" not in path.parts and path.name != "writing.py"]


def words() -> dict[str, str]:
    """Every file of words."""
    return {path.name: path.read_text() for path in (ROOT / "pwa" / "src" / "words" / "en").glob("*.json")}


def test_s22_no_risk_score_or_prediction_is_computed_anywhere() -> None:
    found = {
        str(path.relative_to(ROOT)): JUDGED.findall(COMMENT.sub("", path.read_text()))
        for path in code()
        if JUDGED.search(COMMENT.sub("", path.read_text()))
    }

    assert len(code()) > 200
    assert found == {}


def test_s22_no_word_of_the_app_judges_or_promises() -> None:
    found = {name: [*JUDGED.findall(text), *PROMISES.findall(text)] for name, text in words().items()}

    assert "safety.json" in found
    assert {name: each for name, each in found.items() if each} == {}


def test_s24_no_text_claims_to_treat_cure_prevent_or_be_proven() -> None:
    texts = words() | {str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "exercises").glob("*/*.md")}
    texts["README.md"] = (ROOT / "README.md").read_text()

    found = {name: [one.group() for one in CLAIMS.finditer(text)] for name, text in texts.items()}

    assert len(texts) > 60
    assert {name: each for name, each in found.items() if each} == {}


def test_the_plan_has_headings_of_its_own() -> None:
    """Those of the form that others hold the rights to are in none of them."""
    plan = msgspec.json.decode(words()["safety.json"], type=dict[str, str])
    theirs = re.compile(
        r"warning signs|internal coping|distraction|making the environment safe|stanley|brown", re.IGNORECASE
    )

    assert [text for text in plan.values() if theirs.search(text)] == []
