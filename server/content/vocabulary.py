"""Checks the emotion words and the lists against their words."""

from collections.abc import Iterator

from server.content.checks import repeated
from server.content.sentences import near
from server.content.shapes import Page, Vocabulary

UNKNOWN = "unknown"


def emotion_ids(content: Vocabulary) -> Iterator[str]:
    """Ids of emotions.toml that stand there twice, and the answer that may never be missing."""
    words = [word.id for family in content.emotions.families for word in family.words]
    for twice in repeated([*words, *content.emotions.special]):
        yield f"the id `{twice}` is there twice. Give one of them another id."
    for twice in repeated(family.id for family in content.emotions.families):
        yield f"the family `{twice}` is there twice. Make one of the two."
    if UNKNOWN not in content.emotions.special:
        yield f'its `special` answers lack "{UNKNOWN}": not knowing yet is always an answer.'


def list_ids(content: Vocabulary) -> Iterator[str]:
    """Ids of lists.toml that stand twice in one list."""
    for name, ids in lists_of(content).items():
        for twice in repeated(ids):
            yield f"the id `{twice}` is twice in `{name}`. Give one of them another id."


def emotion_words(content: Vocabulary, page: Page) -> Iterator[str]:
    """Emotion words without a label or a meaning, and labels of words that are gone."""
    expected = {family.id: [word.id for word in family.words] for family in content.emotions.families}
    yield from _matched({**expected, "special": content.emotions.special}, page)
    for family, ids in expected.items():
        section = page.sections.get(family)
        if section and not _has_meaning(section.text):
            yield f"the family `{family}` has no meaning. Write under `## {family}`: `Label | what it means`."
        for each in ids:
            words = section.slots.get(each) if section else None
            if words and not _has_meaning(words):
                yield f"the word `{each}` has no meaning. Write `- {each}: label | what it means`."


def list_words(content: Vocabulary, page: Page) -> Iterator[str]:
    """Entries of the lists without words, and words of entries that are gone."""
    yield from _matched(lists_of(content), page)


def lists_of(content: Vocabulary) -> dict[str, list[str]]:
    """The ids of each list, by its heading in the words."""
    lists, contexts = content.lists, content.lists.contexts
    return {
        "regions": lists.regions,
        "sensations": lists.sensations,
        "where": contexts.where,
        "with": contexts.with_,
        "people": contexts.people,
        "wishes": [wish.id for wish in lists.wishes],
    }


def _matched(expected: dict[str, list[str]], page: Page) -> Iterator[str]:
    for heading, ids in expected.items():
        section = page.sections.get(heading)
        if section is None:
            yield f"the words for `{heading}` are missing. Write them under a heading `## {heading}`."
            continue
        for each in ids:
            if not section.slots.get(each):
                yield f"`{each}` has no words. Write a line `- {each}: ...` under `## {heading}`."
        for each in section.slots:
            if each not in ids:
                yield f"there are words for `{each}` under `## {heading}`, and no such id.{near(each, ids)}"
    for heading in page.sections:
        if heading not in expected:
            yield f"there is a heading `## {heading}`, which is not known.{near(heading, expected)}"


def _has_meaning(words: str) -> bool:
    label, _, meaning = words.partition("|")
    return bool(label.strip() and meaning.strip())
