"""The brief's formulas: against the vectors they share with the phone's, against counting it out, and their laws."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any, Final, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from server import formulas
from server.formulas import Change, DayToDay, Felt, NotEnough, Turn


class Vector(msgspec.Struct):
    """What a formula is given and what it gives."""

    why: str
    formula: str
    args: list[Any]
    gives: Any


VECTORS: Final = msgspec.json.decode((Path(__file__).parent / "vectors.json").read_bytes(), type=list[Vector])
SHAPED: Final[dict[str, type]] = {"seen_together": list[Felt], "turns": list[Turn], "picked_together": list[list[str]]}
RATINGS: Final = some.lists(some.integers(0, 10), max_size=60)
COUNTS: Final = some.lists(some.integers(1, 4), min_size=1, max_size=5)


@pytest.mark.parametrize("vector", VECTORS, ids=[f"{one.formula}: {one.why}" for one in VECTORS])
def test_a_formula_gives_what_the_vectors_say(vector: Vector) -> None:
    formula = cast(Callable[..., object], getattr(formulas, vector.formula))
    shape = SHAPED.get(vector.formula)
    args: list[object] = vector.args if shape is None else [msgspec.convert(vector.args[0], shape), *vector.args[1:]]

    assert nearly(msgspec.to_builtins(formula(*args)), vector.gives)


def nearly(one: object, other: object) -> bool:
    """The same, numbers to nine digits. `found` only names the shape, where JSON has to tell two apart."""
    if isinstance(one, dict) and isinstance(other, dict):
        here, there = dict(cast(dict[str, object], one)), cast(dict[str, object], other)
        here.pop("found", None)
        return here.keys() == there.keys() and all(nearly(here[key], there[key]) for key in here)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        these, those = cast(list[object], one), cast(list[object], other)
        return len(these) == len(those) and all(map(nearly, these, those))
    return one == other or (isinstance(one, float | int) and one == pytest.approx(other, rel=1e-9, abs=1e-9))


@given(counts=COUNTS, m=some.integers(1, 4))
def test_the_width_is_what_drawing_every_handful_would_find(counts: list[int], m: int) -> None:
    picks = [word for word, count in enumerate(counts) for _ in range(count)]
    hands = list(combinations(picks, m))

    found = formulas.width(counts, m)

    if len(picks) < m:
        assert found == NotEnough(len(picks), m)
    else:
        assert found == pytest.approx(float(Fraction(sum(len(set(hand)) for hand in hands), len(hands))))


@given(counts=some.lists(some.integers(0, 100_000), min_size=1, max_size=40))
def test_the_width_lies_between_one_and_the_number_of_words(counts: list[int]) -> None:
    found = formulas.width(counts)

    assert isinstance(found, NotEnough) or 1 - 1e-9 <= found <= min(10, sum(count > 0 for count in counts)) + 1e-9


@given(values=RATINGS, by=some.integers(-5, 5))
def test_ratings_moved_by_the_same_are_moved_and_as_far_apart(values: list[int], by: int) -> None:
    moved = [value + by for value in values]
    centre, spread = formulas.mean(values), formulas.deviation(values)

    assert formulas.deviation(moved) == (spread if isinstance(spread, NotEnough) else pytest.approx(spread))
    assert formulas.mean(moved) == (centre if isinstance(centre, NotEnough) else pytest.approx(centre + by))


@given(before=RATINGS, after=RATINGS)
def test_a_change_read_backwards_is_the_opposite(before: list[int], after: list[int]) -> None:
    there, back = formulas.change(before, after), formulas.change(after, before)

    if isinstance(there, Change) and isinstance(back, Change):
        assert there.difference == pytest.approx(-back.difference)
        assert there.before == back.after
        assert {there.says, back.says} in ({"same"}, {"higher", "lower"})
    else:
        assert there == back == NotEnough(min(len(before), len(after)), 7)


@given(ratings=some.lists(some.tuples(some.integers(0, 400), some.integers(0, 10)), max_size=80), later=some.integers())
def test_the_day_to_day_difference_depends_on_neither_the_calendar_nor_the_order(
    ratings: list[tuple[int, int]], later: int
) -> None:
    shifted = [(day + later, value) for day, value in reversed(ratings)]
    here, there = formulas.rmssd(ratings, 1), formulas.rmssd(shifted, 1)

    if isinstance(here, DayToDay) and isinstance(there, DayToDay):
        assert there.value == pytest.approx(here.value)
        assert there.pairs == here.pairs
    else:
        assert here == there


@given(values=RATINGS)
def test_the_middle_value_lies_within_the_spread(values: list[int]) -> None:
    middle, spread = formulas.median(values), formulas.spread(values)

    if not isinstance(middle, NotEnough) and not isinstance(spread, NotEnough):
        assert spread.low <= middle <= spread.high
