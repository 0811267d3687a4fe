"""The exercises as they are served: compiled once, at start, from structure and words."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import import_module
from typing import Protocol, cast

import msgspec

from server.content.checks import Known, plans_of
from server.content.shapes import LENGTHS, Card, Exercise, Head, Page, Payload, Section, Vocabulary, is_own
from server.content.step import Step
from server.content.steps import SCENE_HINT, Branch, Close, is_agreed_scene
from server.content.together import texts_of, with_texts

ENGLISH = "en"
Compiled = dict[str, object]


class Library:
    """Every exercise that was read and found whole. An unknown locale is answered in English."""

    def __init__(self, exercises: list[Exercise], vocabulary: Vocabulary, locales: tuple[str, ...]) -> None:
        self._exercises = {exercise.head.id: exercise for exercise in exercises}
        self.vocabulary = vocabulary
        self.locales = locales

    def public(self, locale: str) -> Payload:
        """The list every phone may have: exercises that no therapist has to set, and the words to pick from."""
        return self._payloads[self._known(locale)]

    def card(self, exercise_id: str, locale: str) -> Card | None:
        """What a list shows of one exercise; None when there is no such exercise."""
        found = self._exercises.get(exercise_id)
        return card(found, self._known(locale)) if found else None

    def assignable(self, locale: str) -> list[Card]:
        """The cards of all exercises, those that only a therapist can set among them."""
        return [card(exercise, self._known(locale)) for exercise in self._exercises.values()]

    def snapshot(self, exercise_id: str, locale: str, texts: Mapping[str, str] | None = None) -> bytes | None:
        """One whole exercise as JSON, as it travels inside an assignment; None when there is no such exercise. With the
        `texts` that client and therapist wrote, only the steps for those."""
        found = self._exercises.get(exercise_id)
        if found is None:
            return None
        if texts is None:
            return msgspec.json.encode(compiled(found, self._known(locale)))
        return msgspec.json.encode({**compiled(with_texts(found, texts), self._known(locale)), "texts": dict(texts)})

    def beside(self, own: Iterable[Exercise]) -> "Library":
        """These, and those a practice wrote itself, which are in no public list."""
        return Library([*self._exercises.values(), *own], self.vocabulary, self.locales)

    def known(self) -> Known:
        """What an exercise may speak of."""
        found = self.heads()
        return Known(found, frozenset(found), self.vocabulary.ids(), plans_of(self._exercises.values()))

    def heads(self) -> dict[str, Head]:
        """The tops of all exercises, by id."""
        return {each.head.id: each.head for each in self._exercises.values()}

    @cached_property
    def _payloads(self) -> dict[str, Payload]:
        return {locale: self._payload(locale) for locale in self.locales}

    def _payload(self, locale: str) -> Payload:
        exercises = self._exercises.values()
        shown = [each for each in exercises if each.head.access != "therapist" and not is_own(each.head.id)]
        content: Compiled = {
            "exercises": [compiled(exercise, locale) for exercise in shown],
            "vocabulary": vocabulary(self.vocabulary, locale),
        }
        version = hashlib.sha256(msgspec.json.encode([locale, content])).hexdigest()[:16]
        body = msgspec.json.encode({"locale": locale, "version": version, **content})
        return Payload(locale=locale, body=body, brotli=_compressed(body), etag=f'"{version}"')

    def _known(self, locale: str) -> str:
        """The locale itself, its language, or English."""
        language = locale.split("-", maxsplit=1)[0]
        return next((known for known in (locale, language) if known in self.locales), ENGLISH)


def compiled(exercise: Exercise, locale: str) -> Compiled:
    """One exercise with its words, as the player reads it."""
    page = exercise.pages[locale]
    head = _plain(exercise.head)
    words: Compiled = {"title": page.title, "summary": page.summary}
    if page.caution:
        words["caution"] = page.caution
    if exercise.head.lengths:
        labels = page.sections[LENGTHS].slots
        words["lengths"] = [{"minutes": each, "label": labels[str(each)]} for each in exercise.head.lengths]
    return {**head, **words, "steps": [_step(step, page.sections.get(step.id)) for step in exercise.steps]}


def card(exercise: Exercise, locale: str) -> Card:
    """What a list shows of an exercise."""
    head, page = exercise.head, exercise.pages[locale]
    scene = next((step.id for step in exercise.steps if is_agreed_scene(step)), None)
    return Card(
        id=head.id,
        version=head.version,
        title=page.title,
        summary=page.summary,
        family=head.family,
        functions=head.functions,
        intensity=head.intensity,
        access=head.access,
        minutes=head.minutes,
        contraindications=head.contraindications,
        caution=page.caution or None,
        limits=head.limits,
        needs_scene=scene is not None,
        scene_hint=page.sections[scene].slots[SCENE_HINT] if scene else None,
        texts=texts_of(exercise),
    )


def vocabulary(content: Vocabulary, locale: str) -> Compiled:
    """The words to pick from."""
    sections = content.list_pages[locale].sections
    lists, contexts = content.lists, content.lists.contexts
    wishes = [wish.id for wish in lists.wishes if not wish.off]
    return {
        **_emotions(content, content.emotion_pages[locale]),
        "regions": _labels(lists.regions, sections["regions"]),
        "sensations": _labels(lists.sensations, sections["sensations"]),
        "wishes": _labels(wishes, sections["wishes"]),
        "contexts": {
            "where": _labels(contexts.where, sections["where"]),
            "with": _labels(contexts.with_, sections["with"]),
            "people": _labels(contexts.people, sections["people"]),
        },
    }


def _emotions(content: Vocabulary, page: Page) -> Compiled:
    families: list[Compiled] = []
    for family in content.emotions.families:
        section = page.sections[family.id]
        words = [{**_plain(word), **meaning(section.slots[word.id])} for word in family.words]
        families.append({"id": family.id, **meaning(section.text), "words": words})
    return {"families": families, "special": _labels(content.emotions.special, page.sections["special"])}


def meaning(words: str) -> dict[str, str]:
    """ "sad | Low and heavy." as a label and its definition."""
    label, _, definition = words.partition("|")
    return {"label": label.strip(), "definition": definition.strip()}


def _labels(ids: list[str], section: Section) -> list[dict[str, str]]:
    return [{"id": each, "label": section.slots[each]} for each in ids]


def _step(step: Step, section: Section | None) -> Compiled:
    data = _plain(step)
    words: Compiled = {
        "text": section.text if section and step.has_text() else None,
        "words": _shown(step, section) if section else {},
    }
    share = step.share or step.kept()
    answer: Compiled = {"key": step.answer, **({"share": share} if step.kept() else {})}
    offers: Compiled = {"offers": step.led()} if isinstance(step, Branch | Close) and step.offer else {}
    return {"id": step.id, "type": step.type, **words, **data, **step.served(), **answer, **offers}


def _shown(step: Step, section: Section) -> dict[str, str]:
    """The words of its list that a client reads."""
    return {slot: words for slot, words in section.slots.items() if not (slot == SCENE_HINT and is_agreed_scene(step))}


def _plain(part: msgspec.Struct) -> Compiled:
    """A Struct as the JSON it becomes, without what isn't set."""
    return _without_none(msgspec.to_builtins(part))


def _without_none(data: Mapping[str, object]) -> Compiled:
    return {name: _clean(value) for name, value in data.items() if value is not None}


def _clean(value: object) -> object:
    if isinstance(value, dict):
        return _without_none(cast("dict[str, object]", value))
    return [_clean(each) for each in cast("list[object]", value)] if isinstance(value, list) else value


class _Brotli(Protocol):
    def compress(self, string: bytes, *, quality: int) -> bytes: ...


def _compressed(body: bytes) -> bytes:
    """Compressed as small as it goes. Imported here: a build reads exercises too, and has no brotli."""
    return cast(_Brotli, import_module("brotli")).compress(body, quality=11)
