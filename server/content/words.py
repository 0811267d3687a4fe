"""Reads a file of words: a title, a summary, maybe a caution, and a section for each step.

The format is a small part of Markdown, on purpose. Whatever else is written in it is refused in a sentence,
because a phone shows the words as they are.
"""

import re

from server.content.shapes import Page, Section

SLOT = re.compile(r"- `?([A-Za-z0-9_-]+)`?:(.*)")
ESCAPED = re.compile(r"\\[#>*+\-\\]")
"""A sign at the beginning of a line that is meant as it is."""
MARKUP = re.compile(r"\*\*|\]\(|<[a-zA-Z/]|`")


def read_page(text: str) -> tuple[Page, list[str]]:
    """The page, and what can't be read of it as sentences that begin with the line."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line.rstrip())
    return reader.page(), reader.problems


def is_whole(text: str) -> bool:
    """Whether the page holds everything that stands in the text."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line.rstrip())
    return not reader.lost


class _Block:
    """What has been read of one section."""

    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = []
        self.slots: dict[str, list[str]] = {}

    def text(self) -> str:
        return "\n\n".join(" ".join(lines) for lines in self.paragraphs if lines)

    def section(self) -> Section:
        return Section(
            self.text(), {slot: " ".join(part for part in words if part) for slot, words in self.slots.items()}
        )


class _Reader:
    """Takes one line after another."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.lost = False
        self._title = ""
        self._caution = _Block()
        self._intro = _Block()
        self._sections: dict[str, _Block] = {}
        self._here = self._intro
        self._open: list[str] | None = None

    def page(self) -> Page:
        sections = {name: block.section() for name, block in self._sections.items()}
        return Page(self._title, self._intro.text(), self._caution.text(), sections)

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            self._open = None
        elif line.startswith("#"):
            self._heading(number, line)
        elif line.startswith(">"):
            self._quote(number, line)
        elif line.startswith("- "):
            self._slot(number, line)
        elif line.startswith(("* ", "+ ", "-")):
            self._say(number, "a line of a list is written `- name: words`")
        else:
            self._words(number, line[1:] if ESCAPED.match(line) else line)

    def _heading(self, number: int, line: str) -> None:
        self._open = None
        level, _, rest = line.partition(" ")
        name = rest.strip().strip("`")
        if level == "#" and not self._title and not self._sections:
            self._title = name
        elif level == "#":
            self._say(number, "there is a second title. A file has one `# Title`, and a `## step` for each step")
        elif level == "##" and name:
            self._start(number, name)
        else:
            self._say(number, "a heading is written `# Title` or `## step`, with a space after the signs")

    def _start(self, number: int, name: str) -> None:
        if name in self._sections:
            self._say(number, f"there are two headings `## {name}`. Put all its words under one")
        self._here = self._sections.setdefault(name, _Block())

    def _quote(self, number: int, line: str) -> None:
        if self._sections:
            self._say(number, "a line with `>` is the caution, and stands above the first step")
        self._add(self._caution, number, line[1:].strip())

    def _slot(self, number: int, line: str) -> None:
        found = SLOT.fullmatch(line)
        if not found:
            self._say(number, "a line of a list is written `- name: words`")
            return
        name, words = found.group(1), found.group(2).strip()
        if name in self._here.slots:
            self._say(number, f"there are two lines `- {name}:` under one heading. Take one out")
        self._plain(number, words)
        self._open = self._here.slots[name] = [words]

    def _words(self, number: int, line: str) -> None:
        if self._open is None and self._here.slots:
            self._say(number, "words of a step stand above its list, not below it")
        self._add(self._here, number, line.strip())

    def _add(self, block: _Block, number: int, words: str) -> None:
        self._plain(number, words)
        if self._open is None:
            block.paragraphs.append([])
            self._open = block.paragraphs[-1]
        self._open.append(words)

    def _plain(self, number: int, words: str) -> None:
        if MARKUP.search(words):
            self.problems.append(f"line {number}: words are shown as they are, so leave out signs such as ** or links.")

    def _say(self, number: int, what: str) -> None:
        self.lost = True
        self.problems.append(f"line {number}: {what}.")
