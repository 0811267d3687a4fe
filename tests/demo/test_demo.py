"""The demo's weeks are believable and say only what the exercises and the vocabulary know."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from server.app import create_app
from server.bodies import KINDS
from server.brief import Words
from server.demo.history import ANNA, BRUNO, Person, history
from server.demo.seed import seed
from server.demo.told import FROM_ANNA, WORD, told
from server.models import Viewer
from server.opening import Stores
from server.store.sync import Pull
from tests.cast import START, Clock, library, settings_in, started

TODAY = date(2026, 9, 21)


def known() -> dict[str, set[str]]:
    data = json.loads(library().public("en").body)
    vocabulary = data["vocabulary"]
    return {
        "words": {word["id"] for family in vocabulary["families"] for word in family["words"]}
        | {special["id"] for special in vocabulary["special"]},
        "regions": {region["id"] for region in vocabulary["regions"]},
        "sensations": {sensation["id"] for sensation in vocabulary["sensations"]},
        "contexts": {context["id"] for group in vocabulary["contexts"].values() for context in group},
        "ratings": {
            f"{exercise['id']} {step['key']}"
            for exercise in data["exercises"]
            for step in exercise["steps"]
            if step["type"] == "rate"
        },
    }


@pytest.mark.parametrize("person", [ANNA, BRUNO], ids=["Anna", "Bruno"])
def test_the_weeks_use_only_known_ids(person: Person) -> None:
    ids = known()

    assert set(person.words + person.better_words) <= ids["words"]
    assert set(person.regions) <= ids["regions"]
    assert set(person.sensations) <= ids["sensations"]
    assert set(person.contexts) <= ids["contexts"]
    assert {f"{exercise} {key}" for exercise, *keys in person.practice for key in keys} <= ids["ratings"]


@pytest.mark.parametrize("person", [ANNA, BRUNO], ids=["Anna", "Bruno"])
def test_the_weeks_are_the_same_every_time_and_end_yesterday(person: Person) -> None:
    entries = list(history(person, TODAY))

    assert entries == list(history(person, TODAY))
    assert 30 < len(entries) < 120
    assert max(entry.day for entry in entries) <= "2026-09-20"
    assert {entry.kind for entry in entries} <= set(KINDS)


async def test_a_second_start_finds_the_same_people_and_adds_nothing(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path), Clock(), library())
    async with started(app):
        said: Stores = app.state.stores
        first = await seed(said, library(), START)

        second = await seed(said, library(), START + 86_400_000)

        anna = Viewer(id=first.clients["Anna B."], role="client", practice=first.therapist.practice, login="x")
        pulled = await said.sync.exchange(anna, Pull(cursor=None, limit=500, zone=None), [], START)
    assert second == first
    set_and_met = 3 + 1  # exercises, and the record of when they meet
    in_common = 1 + 1  # a word, and the therapist's note
    shared = [*history(ANNA, TODAY), *told(TODAY, "word")]
    assert len(pulled.records) == len(shared) + set_and_met + in_common


async def test_the_page_before_the_session_has_a_note_scenes_and_the_word_of_the_two(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path), Clock(), library())
    async with started(app):
        stores: Stores = app.state.stores
        demo = await seed(stores, library(), START)

        words = Words.of(library().vocabulary)
        page = await stores.briefs.of(demo.therapist, demo.clients["Anna B."], None, words, START)

    assert page.bring is not None
    assert page.scenes is not None
    assert FROM_ANNA.encode() in msgspec.json.encode(page.bring.items[0])
    assert [scene.scene.title for scene in page.scenes.told] == ["Half a sentence", "The call"]
    assert list(page.shared_words.values()) == [WORD]


async def test_after_midnight_in_rome_the_demo_begins_with_the_day_it_is_there(tmp_path: Path) -> None:
    after_midnight = int(datetime(2026, 9, 21, 22, 30, tzinfo=UTC).timestamp() * 1000)
    app = create_app(settings_in(tmp_path), Clock(), library())
    async with started(app):
        stores: Stores = app.state.stores
        demo = await seed(stores, library(), after_midnight)

        weeks = await stores.weeks.of(demo.therapist, after_midnight)
        anna = Viewer(id=demo.clients["Anna B."], role="client", practice=demo.therapist.practice, login="x")
        pulled = await stores.sync.exchange(anna, Pull(cursor=None, limit=500, zone=None), [], after_midnight)
    assert {week.next and week.next.day for week in weeks} == {"2026-09-24"}
    assert max(record.day for record in pulled.records if record.day is not None) == "2026-09-21"


async def test_the_demo_starts_again_without_whoever_deleted_everything(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path), Clock(), library())
    async with started(app):
        stores: Stores = app.state.stores
        first = await seed(stores, library(), START)
        bruno = Viewer(id=first.clients["Bruno C."], role="client", practice=first.therapist.practice, login="x")
        await stores.erasures.erase(bruno, START)

        second = await seed(stores, library(), START + 1)

    assert list(second.clients) == ["Anna B."]
