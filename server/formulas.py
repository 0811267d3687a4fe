"""The formulas of the brief: pure, over values, the same as the phone's (pwa/src/history/formulas).

Every formula answers with numbers only from its minimum n on; below it the answer is `NotEnough`. Nothing missing is
filled in or carried on. Source of every formula and minimum: the clinical specification, section 9.
`tests/formulas/vectors.json` holds both sides to the same numbers. Special answers ("I don't know yet", "a mix",
...) are counted apart and never passed in as words.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import Final, Literal

import msgspec


class NotEnough(msgspec.Struct, frozen=True, tag_field="found"):
    """Too little to say anything: `n` is what is there, `needs` what it takes. `found` names the shape in JSON."""

    n: int
    needs: int


# --- Ratings


class Spread(msgspec.Struct, frozen=True, tag_field="found"):
    """The lowest and the highest."""

    low: float
    high: float


class Change(msgspec.Struct, frozen=True, tag_field="found"):
    """The two n, the difference of the means, and which words say it."""

    before: int
    after: int
    difference: float
    says: Literal["same", "higher", "lower"]


class DayToDay(msgspec.Struct, frozen=True):
    """How much one day differs from the next, over so many pairs of days."""

    value: float
    pairs: int


_THRESHOLDS: Final = ((42, 1.0), (28, 1.5), (14, 2.0), (7, 2.5))
"""From this n in both periods on, a difference of so many points is called one (false alarms: 9, 4, 5, 7 in 100)."""
_TINY: Final = 1e-9


def median(values: Sequence[float], least: int = 5) -> float | NotEnough:
    """The middle value, in the units of the ratings. From 5."""
    if len(values) < max(least, 1):
        return NotEnough(len(values), least)
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def spread(values: Sequence[float], least: int = 3) -> Spread | NotEnough:
    """The lowest and the highest, in the units of the ratings. From 3."""
    if len(values) < max(least, 1):
        return NotEnough(len(values), least)
    return Spread(min(values), max(values))


def mean(values: Sequence[float], least: int = 3) -> float | NotEnough:
    """m = Σx/n, in the units of the ratings. From 3."""
    return NotEnough(len(values), least) if len(values) < max(least, 1) else fmean(values)


def deviation(values: Sequence[float], least: int = 14) -> float | NotEnough:
    """The standard deviation within one person, s = √(Σ(x-m)²/(n-1)), in the units of the ratings. From 14."""
    if len(values) < max(least, 2):
        return NotEnough(len(values), least)
    centre = fmean(values)
    return math.sqrt(sum((value - centre) ** 2 for value in values) / (len(values) - 1))


def change(before: Sequence[float], after: Sequence[float]) -> Change | NotEnough:
    """The change of centre between two periods: the difference of their means, after - before.

    In points of a 0-10 scale (other scales are brought to it first). "About the same" unless it reaches the
    threshold for the smaller n. From 7 in each period: below it no difference could be told from chance.
    """
    n = min(len(before), len(after))
    reached = next((points for least, points in _THRESHOLDS if n >= least), None)
    if reached is None:
        return NotEnough(n, 7)
    difference = fmean(after) - fmean(before)
    away: Literal["higher", "lower"] = "higher" if difference > 0 else "lower"
    return Change(len(before), len(after), difference, "same" if abs(difference) < reached - _TINY else away)


def rmssd(ratings: Iterable[tuple[int, float]], least: int = 20) -> DayToDay | NotEnough:
    """How much one day differs from the next: √(Σ(x_{t+1} - x_t)²/K) over daily means, in the units of the ratings.

    Each rating comes with the number of its calendar day, counted from any day. Only days that follow each other
    make one of the K pairs; a day without a rating makes none. From K = 20.
    """
    means = daily_means(ratings)
    steps = [(means[day + 1] - value) ** 2 for day, value in means.items() if day + 1 in means]
    return NotEnough(len(steps), least) if len(steps) < max(least, 1) else DayToDay(math.sqrt(fmean(steps)), len(steps))


def daily_means(ratings: Iterable[tuple[int, float]]) -> dict[int, float]:
    """The mean of each day that has a rating."""
    days = defaultdict[int, list[float]](list)
    for day, value in ratings:
        days[day].append(value)
    return {day: fmean(values) for day, values in days.items()}


# --- Words


class WidthChange(msgspec.Struct, frozen=True, tag_field="found"):
    """The widths of two periods with both N. `says` is None where there is nothing to say: without comment."""

    before: float
    after: float
    n_before: int
    n_after: int
    says: Literal["wider", "narrower"] | None


class Evenness(msgspec.Struct, frozen=True):
    """Entropy in nats, the effective number of words e^H, and H corrected for small N (Miller-Madow), in nats."""

    entropy: float
    effective: float
    corrected: float


class Together(msgspec.Struct, frozen=True):
    """Two words that were picked in one entry, so many times."""

    words: tuple[str, str]
    n: int


def distinct(picks: Collection[str]) -> int | NotEnough:
    """The number of different words. From 1 pick."""
    return len(set(picks)) if picks else NotEnough(0, 1)


def new_words(picks: Collection[str], ever_before: Iterable[str]) -> list[str] | NotEnough:
    """The words that this person never used before, in the order of first use. From 1 pick."""
    known = set(ever_before)
    return [word for word in dict.fromkeys(picks) if word not in known] if picks else NotEnough(0, 1)


def width(counts: Collection[int], m: int = 10) -> float | NotEnough:
    """Vocabulary width, rarefied: how many different words to expect among m picks.

    E[S_m] = Σ_j [1 - C(N-N_j, m)/C(N, m)], from how often each word was picked. Unlike a bare count it does not
    grow with N, so periods of different length can stand side by side. From N = m; m = 10 everywhere in Midweek.
    """
    total = sum(counts)
    if total < max(m, 1):
        return NotEnough(total, m)
    return math.fsum(1 - _missed(total, count, m) for count in counts)


def _missed(total: int, count: int, m: int) -> float:
    """C(N-N_j, m)/C(N, m) as a product of m fractions, each at most 1: no binomial overflows a float."""
    return math.prod(max(0, total - count - at) / (total - at) for at in range(m))


def width_change(before: Collection[int], after: Collection[int]) -> WidthChange | NotEnough:
    """Whether the width to 10 picks changed.

    Only by 3 words and more with N >= 15 in both periods, or by 2 with N >= 20 in both (false alarms: 2 and 7 in
    100). From N = 10 in each.
    """
    was, now, n = width(before), width(after), min(sum(before), sum(after))
    if isinstance(was, NotEnough) or isinstance(now, NotEnough):
        return NotEnough(n, 10)
    least = 2 if n >= 20 else 3 if n >= 15 else math.inf
    says: Literal["wider", "narrower"] = "wider" if now > was else "narrower"
    return WidthChange(was, now, sum(before), sum(after), None if abs(now - was) < least - _TINY else says)


def evenness(counts: Iterable[int], least: int = 50) -> Evenness | NotEnough:
    """How evenly words are used: H = -Σ p ln p; Miller-Madow H + (S-1)/(2N). From N = 50; never across unequal N."""
    used = [count for count in counts if count > 0]
    total = sum(used)
    if total < max(least, 1):
        return NotEnough(total, least)
    entropy = -math.fsum(count / total * math.log(count / total) for count in used) + 0.0
    return Evenness(entropy, math.exp(entropy), entropy + (len(used) - 1) / (2 * total))


def specificity(words: int, families: int) -> float | NotEnough:
    """The share of words among all picks of words and of whole families, 0 to 1. From 10 picks."""
    total = words + families
    return NotEnough(total, 10) if total < 10 else words / total


def not_known(unknown: int, asked: int) -> float | NotEnough:
    """The share of "I don't know yet" among entries that answered for words, 0 to 1. From 5. No deficit."""
    return NotEnough(asked, 5) if asked < 5 else unknown / asked


def picked_together(entries: Iterable[Iterable[str]], least: int = 3) -> list[Together]:
    """Pairs of words picked in one entry, from 3 times on, the most frequent first; ties by the alphabet."""
    pairs = Counter(pair for words in entries for pair in combinations(sorted(set(words)), 2))
    found = [Together(pair, n) for pair, n in pairs.items() if n >= least]
    return sorted(found, key=lambda one: (-one.n, one.words))


# --- Words and the body


class Felt(msgspec.Struct, frozen=True):
    """The words and the body answer of one entry."""

    words: Sequence[str]
    regions: Sequence[str]


class SeenTogether(msgspec.Struct, frozen=True):
    """Seen together in `a` of the `b` entries that have this word and any body answer."""

    word: str
    region: str
    a: int
    b: int


_NO_PLACE: Final = "unknown"
"""It counts as a body answer and is not paired."""


def seen_together(entries: Iterable[Felt]) -> list[SeenTogether] | NotEnough:
    """Word and region "seen together", never "linked".

    a >= 3, a/b >= 0.6, and lift (a/b)/(share of the region among all body answers) >= 1.5. By chance alone 5 in 100
    people with 8 body answers see at least one pair, 46 with 50. From 8 entries with a body answer. The most
    frequent first; ties by the alphabet.
    """
    felt = [(set(entry.words), set(entry.regions)) for entry in entries if entry.regions]
    if len(felt) < 8:
        return NotEnough(len(felt), 8)
    words = Counter(word for picked, _ in felt for word in picked)
    regions = Counter(region for _, places in felt for region in places)
    pairs = Counter((word, region) for picked, places in felt for word in picked for region in places - {_NO_PLACE})
    found = [
        SeenTogether(word, region, a, words[word])
        for (word, region), a in pairs.items()
        if a >= 3 and a >= 0.6 * words[word] - _TINY and a / words[word] >= 1.5 * regions[region] / len(felt) - _TINY
    ]
    return sorted(found, key=lambda one: (-one.a, one.word, one.region))


# --- Practice


class BeforeAfter(msgspec.Struct, frozen=True):
    """All differences after - before, oldest first, their middle, and how many were lower, the same and higher."""

    changes: list[float]
    median: float | NotEnough
    lower: int
    same: int
    higher: int


class StoppedEarly(msgspec.Struct, frozen=True):
    """How many of the runs that were started were stopped on the way."""

    stopped: int
    started: int


class NotVisited(msgspec.Struct, frozen=True):
    """Assigned and never opened; opened and never finished. Ids, in the order they came in."""

    not_opened: list[str]
    not_finished: list[str]


def before_after(pairs: Sequence[tuple[float, float]]) -> BeforeAfter | NotEnough:
    """d = after - before of each run with both ratings, in points of their scale. |d| <= 1 counts as the same.

    No claim of an effect: started at 6 and more, with no effect at all, the mean change would be -0.59. From 1; the
    middle from 6.
    """
    if not pairs:
        return NotEnough(0, 1)
    changes = [after - before for before, after in pairs]
    lower, higher = sum(each < -1 for each in changes), sum(each > 1 for each in changes)
    return BeforeAfter(changes, median(changes, 6), lower, len(changes) - lower - higher, higher)


def stopped_early(endings: Sequence[str]) -> StoppedEarly | NotEnough:
    """How many of the runs that were started were stopped on the way. Counts only. From 1."""
    return StoppedEarly(sum(each == "stopped" for each in endings), len(endings)) if endings else NotEnough(0, 1)


def not_visited(assigned: Iterable[str], opened: Iterable[str], finished: Iterable[str]) -> NotVisited:
    """What was set and not opened, and what was opened and not finished. Worth asking, not concluding. From 1."""
    were, ended = dict.fromkeys(opened), set(finished)
    not_opened = [each for each in dict.fromkeys(assigned) if each not in were]
    return NotVisited(not_opened, [each for each in were if each not in ended])


def always_skipped(fields: Iterable[tuple[str, int, int]]) -> list[str]:
    """Fields shown at least 5 times and skipped every time: (field, shown, answered) in, the fields out."""
    return [field for field, shown, answered in fields if shown >= 5 and answered == 0]


def never_used(offered: Iterable[str], used: Iterable[str], entries: int) -> list[str] | NotEnough:
    """Wishes or families that were never used. From 15 entries."""
    were = set(used)
    return NotEnough(entries, 15) if entries < 15 else [each for each in offered if each not in were]


# --- Scenes


class Turn(msgspec.Struct, frozen=True, order=True):
    """What was wished for, what answer was expected, and what the person did."""

    wish: str
    expected: str
    move: str


class Counted(Turn, frozen=True):
    """A turn that came so many times."""

    n: int


class Turns(msgspec.Struct, frozen=True, tag_field="found"):
    """How often each turn came; those that came more than once, from 3 scenes on."""

    table: list[Counted]
    repeats: list[Counted] | NotEnough


def turns(scenes: Sequence[Turn]) -> Turns | NotEnough:
    """Counts of wish x expected answer x move over scenes that name all three.

    The most frequent first; ties by the alphabet. The list from 1 scene; "repeats" from 3.
    """
    if not scenes:
        return NotEnough(0, 1)
    counts: Mapping[Turn, int] = Counter(scenes)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    table = [Counted(turn.wish, turn.expected, turn.move, n) for turn, n in ordered]
    repeats = [each for each in table if each.n > 1]
    return Turns(table, repeats if len(scenes) >= 3 else NotEnough(len(scenes), 3))
