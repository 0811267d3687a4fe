"""What a person did, in plain words: every text they wrote, what took its place, what they deleted or took back.

It knows nothing of revisions, copies or merging. Texts are unique words, so each can be found wherever it is.
"""

from collections.abc import Iterable

import msgspec


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One text, as it was saved. `alone` marks a kind of which the latest replaces the others."""

    word: str
    record: str
    device: str
    kind: str
    felt_at: int | None
    body: dict[str, object]
    alone: bool


class Deeds:
    """One person's deeds. Each word has one fate; words in `free` may be there or not, since a restore or a lost phone
    took what would be needed to know."""

    def __init__(self) -> None:
        self.texts: dict[str, Text] = {}
        self.replaced: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.taken_back: set[str] = set()
        self.mine: dict[str, str] = {}
        """Words for the person alone, and the device they are on."""
        self.free: set[str] = set()
        self.left: set[str] = set()
        """Words that a request has carried away from a phone."""
        self.held: set[str] = set()
        """Words the server is known to have had, in the journal as it is now."""
        self.roots: dict[str, str] = {}
        self.narrowed: set[str] = set()
        """Records of which a share was taken back."""

    def wrote(self, text: Text, instead_of: str | None, only_mine: bool = False) -> None:
        """A text was saved, on top of the one that was on screen."""
        self.texts[text.word] = text
        if instead_of is not None:
            self.replaced[instead_of] = text.word
            self.mine.pop(instead_of, None)
        if only_mine:
            self.mine[text.word] = text.device

    def copied(self, copy: str, original: str) -> None:
        """`copy` was seen to be a copy of `original`."""
        self.roots.setdefault(copy, original)

    def root(self, record: str) -> str:
        """The record it all began with."""
        while record in self.roots:
            record = self.roots[record]
        return record

    def took_back(self, word: str, record: str) -> None:
        """The share of a text was taken back: it stays on the phones that have it, and nowhere else."""
        self.taken_back.add(word)
        self.narrowed.add(self.root(record))

    def may_be_private(self, word: str) -> bool:
        """Whether the text may have stayed on a phone alone: of its record a share was taken back."""
        return word in self.taken_back or self.root(self.texts[word].record) in {
            self.root(one) for one in self.narrowed
        }

    def forgot_private(self, record: str) -> None:
        """A record that was taken back was deleted: what other devices kept of it goes with it, seen or not."""
        self.free |= {word for word, text in self.texts.items() if self.root(text.record) == self.root(record)}

    def lost_with(self, device: str, records: Iterable[str]) -> None:
        """A device is gone, with what was only on it, and with what it had to say of `records`."""
        roots = {self.root(record) for record in records}
        self.free |= {word for word, text in self.texts.items() if self.root(text.record) in roots}
        self.free |= {word for word, text in self.texts.items() if text.device == device and word not in self.held}
        self.free |= {word for word in self.texts if self.mine.get(word) == device or self.may_be_private(word)}

    def restored(self, held: Iterable[str], on_devices: Iterable[str], aside: bool) -> None:
        """The server has only `held` again. What was lost there and is on no device can't come back; a text that was
        replaced, when both are lost, may be sent again by a phone that never saw what replaced it. `aside`: the copy is
        not one that the journal went on from. Then nobody can know that what was replaced meanwhile is what the copy
        has, and what was deleted meanwhile is gone however the copy has it."""
        self.held = set(held)
        lost = self.left - self.held
        shown = set(on_devices)
        self.free |= {word for word in lost if word in self.replaced or word not in shown}
        if aside:
            gone = {self.root(self.texts[word].record) for word in self.deleted}
            self.free |= {word for word in self.held if word in self.replaced}
            self.free |= {word for word in self.held & set(self.texts) if self.root(self.texts[word].record) in gone}

    def leaves(self) -> set[str]:
        """The texts that must be somewhere: nobody who saw them has replaced or deleted them."""
        return set(self.texts) - set(self.replaced) - self.deleted - self.free

    def over(self) -> set[str]:
        """The texts that must be on no server any more."""
        return (set(self.replaced) | self.deleted | self.taken_back | set(self.mine)) - self.free
