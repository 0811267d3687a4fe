"""What a journal holds after restores: also when a copy that was too old came before the right one."""

import pytest

from server.merge import Epochs, Fork, Rev

ONE_BACKUP = Epochs({"a": Fork(None, 0), "b": Fork("a", 5)}, "b")
"""Written up to 9 in `a`, put back to 5."""
OLD_THEN_RIGHT = Epochs({"a": Fork(None, 0), "b": Fork("a", 2), "c": Fork("a", 5)}, "c")
"""Put back to 2, gone on in `b`, then put back to 5 of `a`."""
TWICE = Epochs({"a": Fork(None, 0), "b": Fork("a", 5), "c": Fork("b", 3)}, "c")
"""Put back to 5, and from `b` to what was there at 3."""


@pytest.mark.parametrize(
    ("epochs", "kept", "lost"),
    [
        (ONE_BACKUP, ["a.1", "a.5", "b.6", "b.99"], ["a.6", "a.9", "z.1"]),
        (OLD_THEN_RIGHT, ["a.1", "a.3", "a.5", "c.6"], ["a.6", "b.3", "b.4", "b.9"]),
        (TWICE, ["a.3", "c.4"], ["a.4", "a.5", "a.9", "b.6", "b.4"]),
    ],
)
def test_what_was_made_past_a_fork_or_on_another_branch_is_lost(
    epochs: Epochs, kept: list[str], lost: list[str]
) -> None:
    assert [rev for rev in kept if epochs.lost(_rev(rev))] == []
    assert [rev for rev in lost if not epochs.lost(_rev(rev))] == []


@pytest.mark.parametrize(
    ("epochs", "base", "current", "follows"),
    [
        (ONE_BACKUP, "a.9", "a.3", True),
        (ONE_BACKUP, "a.9", "b.7", False),
        (ONE_BACKUP, "a.4", "a.3", False),
        (OLD_THEN_RIGHT, "b.3", "a.1", True),
        (OLD_THEN_RIGHT, "b.3", "a.4", False),
        (OLD_THEN_RIGHT, "a.8", "a.4", True),
        (TWICE, "b.6", "a.3", True),
        (TWICE, "z.6", "a.3", False),
    ],
)
def test_what_was_said_on_a_lost_version_follows_on_what_that_version_followed(
    epochs: Epochs, base: str, current: str, follows: bool
) -> None:
    assert epochs.descends(_rev(base), _rev(current)) is follows


def test_the_way_to_now_leaves_out_what_was_between() -> None:
    assert list(ONE_BACKUP.forks.items()) == [("a", 0), ("b", 5)]
    assert list(OLD_THEN_RIGHT.forks.items()) == [("a", 0), ("c", 5)]
    assert list(TWICE.forks.items()) == [("a", 0), ("b", 5), ("c", 3)]


def _rev(text: str) -> Rev:
    epoch, _, seq = text.partition(".")
    return Rev(epoch, int(seq))
