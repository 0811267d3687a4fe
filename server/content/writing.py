"""The writing rules: short sentences, one idea a screen, plain words, none of the banned ones, honest times.

Grade is Flesch-Kincaid (Kincaid et al. 1975): 0.39 * words/sentence + 11.8 * syllables/word - 15.59, a US school
grade. Syllables are counted by groups of vowels, less a silent final e, ed or es; on short texts the grade is off
by about one. It is worked out for each exercise as a whole, and for each screen of 20 words or more. The lengths
hold in every language; grade, banned words and times are those of the English words.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from server.content.breath import Breathe
from server.content.checks import named
from server.content.shapes import LENGTHS, Exercise, Page
from server.content.step import Step
from server.content.steps import Branch

LONGEST_SENTENCE = 24
LONGEST_SCREEN = 45
HIGHEST_GRADE = 6.0
WORDS_A_MINUTE = 110
TOLERANCE = 0.25
LEAST_TOLERANCE = 5
"""Seconds a single step may be off, however short it is."""
SCREEN_GRADED_FROM = 20
WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
SENTENCE = re.compile(r"[.!?]+[\"\u201d\u2019')]*(?:\s|$)|\n")
BANNED = (
    r"should(?:n't)?|must(?:n't)?|just|simply|eas(?:y|ier|iest|ily)|try(?:ing)? harder|fail(?:s|ed|ing|ure|ures)?",
    r"relax(?:es|ed|ing)?|calm down|let(?:ting)? (?:it )?go of|heal(?:s|ed|ing)?|cur(?:e|es|ed|ing)|toxic",
    r"good job|well done|streaks?|missed|overdue|we noticed you|your traumas?|why do you feel",
    r"depress(?:ion|ed|ive)|anxiety disorder|panic disorder|ptsd|bipolar|borderline|personality disorder",
    r"schizophreni\w*|psychosis|psychotic|adhd|autis\w+|ocd|narcissis\w+|alexithymi\w+|anorexi\w+|bulimi\w+",
    r"suicid\w*|self[- ]harm\w*|clinically proven|evidence[- ]based|treat(?:s|ment)|prevents?",
)
"""Banned words, in groups: pressure, promises, praise and blame, diagnoses, what is never asked or claimed."""
ALLOWED = (
    r"easy to be in",
    r"might feel easy",
    r"to be treated fairly",
    r"don't need to fix or relax anything",
    r"or just lift your eyes",
    r"someone missed what matters",
)
"""Where a banned word is right: these phrases are passed over. A scale may end in "Easy"."""
_BANNED = re.compile(rf"\b(?:{'|'.join(BANNED)})\b", re.IGNORECASE)
_ALLOWED = re.compile("|".join(ALLOWED), re.IGNORECASE)


def writing(exercise: Exercise, page: Page, locale: str) -> Iterator[str]:
    """Everything in one exercise's words that breaks a rule."""
    screens = list(_screens(exercise, page))
    for place, text in screens:
        yield from _plain_rules(place, text)
        if locale == "en":
            yield from banned(place, text)
            yield from _hard(place, text, SCREEN_GRADED_FROM)
    whole = "\n".join(text for _, text in screens)
    if locale == "en":
        yield from _hard("it as a whole", whole, 1)
        yield from _dizzy(exercise, page)


def timing(exercise: Exercise, page: Page) -> Iterator[str]:
    """Planned seconds that can't be right, by the words, the silence and the time an answer takes."""
    for step in exercise.steps:
        about = estimate(step, page)
        off = abs(step.seconds - about)
        if off > max(LEAST_TOLERANCE, TOLERANCE * about) and step.id in page.sections and not isinstance(step, Branch):
            yield f"{named(step)} has `seconds = {step.seconds}` and takes about {round(about)}. Change one of the two."
    for cut in exercise.cuts():
        total, minutes = sum(step.seconds for step in cut.steps), cut.head.minutes
        if abs(total - 60 * minutes) > TOLERANCE * 60 * minutes:
            says = "one of its `lengths`" if cut.head.lengths else "`minutes`"
            yield f"its steps take {total} seconds in all ({total / 60:.1f} minutes), and {says} says {minutes}."


def vocabulary_words(page: Page, locale: str) -> Iterator[str]:
    """Banned words in the emotion words and their meanings."""
    for name, section in page.sections.items() if locale == "en" else ():
        for slot, words in section.slots.items():
            yield from banned(f"the word `{slot}` in `{name}`", words)


def estimate(step: Step, page: Page) -> float:
    """Seconds: the words at 110 a minute, the silence, and the time an answer takes."""
    section = page.sections.get(step.id)
    spoken = len(WORD.findall(section.text)) if section else 0
    return 60 * spoken / WORDS_A_MINUTE + step.quiet() + step.answering()


def grade(text: str) -> float:
    """Flesch-Kincaid grade; 0 for a text without words."""
    words = WORD.findall(text)
    if not words:
        return 0
    sentences = max(1, len(sentences_of(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@lru_cache(maxsize=10_000)
def syllables(word: str) -> int:
    """Groups of vowels, less a silent ending; at least one, and one a digit."""
    small = word.lower().replace("\u2019", "'").split("'")[0]
    groups = len(re.findall(r"[aeiouy]+", small))
    silent = re.search(r"(?:[^aeiouylr]e|[^aeiouytd]ed|[^aeiouyscxzgh]es)$", small)
    return max(1, groups - (1 if silent and groups > 1 else 0))


def sentences_of(text: str) -> list[str]:
    """The sentences that have words."""
    return [part for part in SENTENCE.split(text) if part and WORD.search(part)]


def banned(place: str, text: str) -> Iterator[str]:
    """Banned words in a text, passing over the phrases where they are right."""
    left = "" if text.strip(". ").lower() == "easy" else _ALLOWED.sub(" ", text.replace("\u2019", "'"))
    for found in dict.fromkeys(match.lower() for match in _BANNED.findall(left)):
        yield f'{place} says "{found}", which is on the list of words we don\'t use. Say it another way.'


def _screens(exercise: Exercise, page: Page) -> Iterator[tuple[str, str]]:
    yield "the title", page.title
    yield "the summary", page.summary
    yield "the caution", page.caution
    if LENGTHS in page.sections:
        yield from ((f"the length of `{each}`", words) for each, words in page.sections[LENGTHS].slots.items())
    for step in exercise.steps:
        section = page.sections.get(step.id)
        if section:
            yield named(step), section.text
            yield from ((f"{named(step)} (`{slot}`)", words) for slot, words in section.slots.items())


def _dizzy(exercise: Exercise, page: Page) -> Iterator[str]:
    """A paced breath of more than a minute says on screen what to do when dizzy."""
    said = any("dizzy" in section.text.lower() for section in page.sections.values())
    for step in exercise.steps:
        if isinstance(step, Breathe) and step.quiet() > 60 and not said:
            yield f'{named(step)} is a long breath. Say on a screen: "If you feel dizzy, breathe as you like."'


def _plain_rules(place: str, text: str) -> Iterator[str]:
    for sentence in sentences_of(text):
        count = len(WORD.findall(sentence))
        if count > LONGEST_SENTENCE:
            yield f"{place} has a sentence of {count} words. {LONGEST_SENTENCE} is the most: make two of it."
    count = len(WORD.findall(text))
    if count > LONGEST_SCREEN:
        yield f"{place} has {count} words. {LONGEST_SCREEN} fit on a screen: make two steps of it."


def _hard(place: str, text: str, words: int) -> Iterator[str]:
    if len(WORD.findall(text)) >= words and grade(text) > HIGHEST_GRADE:
        yield (
            f"{place} reads at grade {grade(text):.1f}, and {HIGHEST_GRADE:.0f} is the most. "
            "Use shorter words and shorter sentences."
        )
