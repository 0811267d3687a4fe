"""What becomes of an op on a record: pure, the rules of the journal in one place.

The server orders; device clocks never decide. `base` is the revision that was on screen when editing began.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, Literal

import msgspec

from server.bodies import LATEST_WINS
from server.models import Audience

Action = Literal["put", "delete", "withdraw"]
_NARROWEST_FIRST: Final[tuple[Audience, ...]] = ("me", "service", "therapist")


class Rev(msgspec.Struct, frozen=True, order=True, gc=False):
    """A revision: the epoch it was made in, and the journal's counter then."""

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"


def parse_rev(text: str) -> Rev | None:
    """`epoch.seq`, or None when it is not of that form."""
    epoch, dot, seq = text.partition(".")
    if not (epoch.isascii() and epoch.isalnum() and dot and seq.isascii() and seq.isdigit() and len(seq) < 19):
        return None
    return Rev(epoch, int(seq))


class Cursor(msgspec.Struct, frozen=True):
    """How far a phone has read. In the middle of reading everything, `floor` is what the journal's floor was when that
    began: what it has yet to read lies below, and none of it was missed."""

    rev: Rev
    floor: int = 0

    def __str__(self) -> str:
        return f"{self.rev}+{self.floor}" if self.floor else str(self.rev)


def parse_cursor(text: str) -> Cursor | None:
    """`epoch.seq` or `epoch.seq+floor`, or None when it is not of that form."""
    said, plus, floor = text.partition("+")
    rev = parse_rev(said)
    if rev is None or (plus and not (floor.isascii() and floor.isdigit() and len(floor) < 19)):
        return None
    return Cursor(rev, int(floor or 0))


class Current(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The record as the server holds it."""

    rev: Rev
    kind: str
    audience: Audience
    deleted: bool
    content: bytes
    """A keyed digest of what the record says."""
    op: str
    """The id of the op that made it so."""
    conflict_of: str | None = None
    """The record that it is a copy of."""
    over: Rev | None = None
    """Of what ended a lost version: the version that who ended it had seen. None: whatever was lost."""
    unseen: bool = False
    """It was taken back by who had not seen the text that was there, and that other devices keep."""


class Verdict(Enum):
    """What to do with an op."""

    APPLY = "apply"
    SAME = "same"
    COPY = "copy"
    STALE = "stale"


class Fork(msgspec.Struct, frozen=True):
    """Where an epoch began: the epoch it goes on from (None: it is the first), and the counter there."""

    parent: str | None
    seq: int


class Epochs(msgspec.Struct, frozen=True):
    """A journal's epochs in the order they began. Each goes on from an earlier one, which need not be the last: when a
    copy that was too old is followed by the right one, what was between them is a branch of its own."""

    known: Mapping[str, Fork]
    current: str

    @property
    def forks(self) -> dict[str, int]:
        """Where each of those began that led to the journal as it is; the current one is the last."""
        way: dict[str, int] = {}
        epoch: str | None = self.current
        while epoch is not None:
            way[epoch] = self.known[epoch].seq
            epoch = self.known[epoch].parent
        return dict(reversed(way.items()))

    def lost(self, base: Rev) -> bool:
        """Whether this journal never had `base`, or lost it by a restore."""
        return not self._holds(self.current, base.seq, base)

    def held(self, at: Rev, rev: Rev) -> bool:
        """Whether the journal held what was made at `rev` when `at` was made."""
        return self._holds(at.epoch, at.seq, rev)

    def descends(self, base: Rev, current: Rev) -> bool:
        """Whether `base` was lost by a restore, and was made when the journal held `current`: then what was said on
        `base` follows on `current`, which nobody has changed since."""
        return self.lost(base) and self._holds(base.epoch, base.seq, current)

    def _holds(self, epoch: str, seq: int, rev: Rev) -> bool:
        """Whether the journal held what was made at `rev` when its counter stood at `seq` in `epoch`."""
        while epoch != rev.epoch:
            fork = self.known.get(epoch)
            if fork is None or fork.parent is None:
                return False
            epoch, seq = fork.parent, min(seq, fork.seq)
        return rev.seq <= seq


class Lost(msgspec.Struct, frozen=True):
    """That a restore lost the base of an op."""

    again: str
    """The id of the op by which every device sends that version again."""
    over: bool
    """Whether what is there now was deleted or taken back by who had seen that version, or when it was still there."""


def decide(
    current: Current | None,
    op: str,
    action: Action,
    kind: str,
    base: Rev | None,
    content: bytes,
    epochs: Epochs,
    floor: int,
    lost: Lost | None,
) -> Verdict:
    """A current base applies, equal content is no conflict, a stale put is copied, a stale delete deletes nothing,
    taking back a share always works. Where that took back a text that was not seen, what is shared in its place becomes
    a copy: the record is the other text's, on the devices that keep it. `floor` is where tombstones were dropped up to:
    what was there at a base at or below it, and is not there now, was deleted. What was said on a version that was
    `lost` follows on the one that came when a device sent it again; and what was over before it was lost does not come
    back so."""
    if current is None and base is not None and base.seq <= floor and lost is None:
        return _on_dropped(action, kind)
    if current is None:
        return Verdict.APPLY
    if action == "withdraw":
        return Verdict.STALE if current.deleted else Verdict.APPLY
    again = None if lost is None else lost.again
    fits = _fits(current, base, epochs, lost)
    if action == "delete":
        return Verdict.SAME if current.deleted else Verdict.APPLY if fits else Verdict.STALE
    is_over = lost is not None and op == again and (lost.over or kind in LATEST_WINS)
    if is_over and not fits and content != current.content:
        return Verdict.STALE
    if current.deleted and kind in LATEST_WINS:
        return Verdict.STALE
    if current.deleted:
        return Verdict.COPY
    if content == current.content:
        return Verdict.SAME
    return Verdict.APPLY if kind in LATEST_WINS or (fits and not current.unseen) else Verdict.COPY


def takes_unseen(current: Current | None, base: Rev | None, epochs: Epochs, lost: Lost | None) -> bool:
    """Whether who takes this record back on `base` has not seen the text that is there, or was when it was taken back
    before."""
    if current is None or current.deleted:
        return False
    return current.unseen or (current.audience != "me" and not _fits(current, base, epochs, lost))


def _fits(current: Current, base: Rev | None, epochs: Epochs, lost: Lost | None) -> bool:
    """Whether what was said on `base` follows on what is there."""
    again = None if lost is None else lost.again
    return base == current.rev or (base is not None and epochs.descends(base, current.rev)) or current.op == again


def _on_dropped(action: Action, kind: str) -> Verdict:
    """As on a tombstone, except that a delete leaves a new one."""
    if action == "delete":
        return Verdict.APPLY
    return Verdict.STALE if action == "withdraw" or kind in LATEST_WINS else Verdict.COPY


def narrower(one: Audience, other: Audience) -> Audience:
    """The narrower of two audiences: what was meant for fewer stays with fewer."""
    return one if _NARROWEST_FIRST.index(one) <= _NARROWEST_FIRST.index(other) else other
