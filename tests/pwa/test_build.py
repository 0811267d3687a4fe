"""What a phone has to load first, and the pure parts of the app under its own test runner."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final

import msgspec

from tests.cast import library
from tools.node import node

PWA: Final = Path(__file__).parents[2] / "pwa"
DIST: Final = PWA / "dist"


class Payload(msgspec.Struct):
    """What `/api/exercises` answers, its parts unread."""

    locale: str
    version: str
    exercises: list[msgspec.Raw]
    vocabulary: msgspec.Raw


def first_load() -> dict[str, int]:
    """The files the first page needs, with their sizes as they travel (brotli)."""
    page = (DIST / "index.html").read_text()
    names = re.findall(r'(?:src|href)="/(assets/[^"]+\.(?:js|css))"', page)
    return {name: (DIST / f"{name}.br").stat().st_size for name in ("index.html", *names)}


def test_the_first_load_of_the_clients_part_is_at_most_60_kb() -> None:
    sizes = first_load()

    assert len(sizes) > 2
    assert sum(sizes.values()) <= 60 * 1024
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) <= 45 * 1024


def test_the_worker_keeps_the_clients_part_and_leaves_the_therapists_online() -> None:
    kept = (DIST / "sw.js").read_text()

    assert "assets/index-" in kept
    assert "assets/check-in-" in kept
    assert "assets/therapist-" not in kept


def test_what_is_kept_for_offline_use_has_all_that_it_loads() -> None:
    kept = set(re.findall(r"assets/[\w.-]+\.(?:js|css)", (DIST / "sw.js").read_text()))
    scripts = [(DIST / name).read_text() for name in kept if name.endswith(".js")]
    loaded = {f"assets/{name}" for text in scripts for name in re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', text)}
    opened = [one for text in scripts for one in screens(text)]
    theirs = {name for name, _ in opened if name not in kept}

    assert len(loaded) > 20
    assert loaded - kept == set()
    assert {file for name, brings in opened if name in kept for file in brings} - kept == set()
    assert sum(len(brings) > 0 for name, brings in opened if name in kept) > 20
    assert sorted(re.sub(r"-.{8}\.js$", "", name) for name in theirs) == [
        "assets/own-brief",
        "assets/seen-page",
        "assets/therapist",
    ]


def screens(script: str) -> list[tuple[str, set[str]]]:
    """What a script loads when it is asked for: each with the files it brings, styles among them."""
    files = re.search(r"__vite__mapDeps=.*?\[(.*?)\]", script)
    names = re.findall(r'"([^"]+)"', files[1]) if files else []
    brought = r"(?:\.then\([^)]*\))?,__vite__mapDeps\(\[([\d,]+)\]\)"
    asked = re.findall(rf"import\(`\./([\w.-]+)`\)(?:{brought})?", script)
    return [(f"assets/{name}", {names[int(at)] for at in deps.split(",") if at}) for name, deps in asked]


class Step(msgspec.Struct):
    """What a person reads at one step."""

    type: str
    text: str | None


class Snapshot(msgspec.Struct):
    """An exercise as it travels inside its assignment."""

    steps: list[Step]


def test_no_word_of_a_therapist_only_exercise_is_in_the_app_or_in_the_public_list() -> None:
    guarded = [card.id for card in library().assignable("en") if card.access == "therapist"]
    snapshots = [msgspec.json.decode(library().snapshot(each, "en") or b"", type=Snapshot) for each in guarded]
    public = library().public("en").body.decode()
    everywhere = public + "".join(
        path.read_text() for path in DIST.rglob("*") if path.suffix in {".js", ".html", ".json"}
    )
    guiding = {"say", "imagine", "move", "dialogue", "recall"}  # a plain question may be asked elsewhere, too
    texts = {step.text for one in snapshots for step in one.steps if step.text and step.type in guiding}

    found = sorted(text for text in texts if msgspec.json.encode(text).decode()[1:-1] in everywhere)

    assert (len(guarded), len(texts) > 60, found) == (6, True, [])


def write_library() -> None:
    """Every exercise as phones get it, those inside assignments too: the app's own tests play them all."""
    payload = msgspec.json.decode(library().public("en").body, type=Payload)
    guarded = [card.id for card in library().assignable("en") if card.access == "therapist"]
    snapshots = [msgspec.Raw(library().snapshot(exercise, "en") or b"null") for exercise in guarded]
    whole = msgspec.structs.replace(payload, exercises=[*payload.exercises, *snapshots])
    (PWA / "src" / "generated" / "library.json").write_bytes(msgspec.json.encode(whole))


def test_the_pure_parts_of_the_app_pass_their_own_tests() -> None:
    write_library()
    files = sorted(str(path) for path in (PWA / "tests").glob("*.test.ts"))

    at_home = os.environ | {"LC_ALL": "en_US.UTF-8"}  # where the reader lives, for how dates are written
    done = subprocess.run(
        [node(), "--test", "--test-reporter=dot", *files],
        cwd=PWA,
        env=at_home,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
