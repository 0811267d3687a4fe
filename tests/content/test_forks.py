"""Forks that a practice writes: what the checker says of each, and files that keep them as they were written.

The sentences are shared with the app's own tests, which say them again in the words of the form.
"""

from pathlib import Path
from typing import Final

import msgspec
import pytest

from server.content.form import Form, Part, form_of, source_of
from server.content.new import template
from server.content.own import checked
from server.content.parcel import packed, unpacked
from tests.cast import library

ID: Final = "own-01a0c000-0000-7000-8000-00000000000c"


class Vector(msgspec.Struct, frozen=True):
    """A fork, its words if it has any, and what the checker says of it."""

    why: str
    step: dict[str, object]
    says: list[str]
    part: Part | None = None


VECTORS: Final = msgspec.json.decode((Path(__file__).parents[1] / "forks.json").read_bytes(), type=list[Vector])


def with_fork(step: dict[str, object], part: Part | None) -> Form:
    """The first draft with one more question above, and a fork before the last two steps."""
    form = form_of(template(ID, "Two steps back"))
    assert form is not None
    asks: dict[str, object] = {"id": "notice_first", "type": "text", "max_chars": 140, "seconds": 22}
    steps = [form.steps[0], asks, *form.steps[1:-2], step, *form.steps[-2:]]
    parts = form.parts | {"notice_first": Part("What do you notice?")}
    if part is not None:
        parts = parts | {"fork": part}
    return msgspec.structs.replace(form, steps=steps, parts=parts, head=form.head | {"minutes": 2})


@pytest.mark.parametrize("vector", VECTORS, ids=[vector.why for vector in VECTORS])
def test_what_is_wrong_with_a_fork_is_said_at_it(vector: Vector) -> None:
    form = with_fork(vector.step, vector.part)

    problems = checked(ID, source_of(form), library().known()).problems

    assert [problem.says for problem in problems if problem.step == "fork"] == vector.says


@pytest.mark.parametrize("vector", VECTORS, ids=[vector.why for vector in VECTORS])
def test_a_fork_goes_out_as_a_file_and_comes_in_as_it_was(vector: Vector) -> None:
    form = with_fork(vector.step, vector.part)

    back = form_of(unpacked(packed("x", source_of(form))))

    assert back == form


def test_a_way_that_goes_on_with_the_next_step_reaches_it() -> None:
    """Each way of an unseen fork may be the next step: nothing then is out of reach."""
    ways: dict[str, object] = {
        "id": "fork",
        "type": "branch",
        "seconds": 0,
        "on": "clarity_before",
        "otherwise": "close",
    }

    on = checked(
        ID, source_of(with_fork(ways | {"cases": [{"at_least": 8, "go": "next"}]}, None)), library().known()
    ).problems
    off = checked(
        ID, source_of(with_fork(ways | {"cases": [{"at_least": 8, "go": "close"}]}, None)), library().known()
    ).problems

    assert on == []
    assert [problem.step for problem in off] == ["clarity_after"]
