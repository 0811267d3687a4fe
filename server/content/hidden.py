"""Characters that change what is read without being seen: control characters, and those that turn the direction of the
words around them. Marks that scripts need (joiners, and the two simple direction marks) are fine."""

import re
from collections.abc import Iterator

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def hidden(text: str) -> Iterator[str]:
    """A sentence for each line that holds such a character."""
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        if found := _HIDDEN.search(line):
            yield (
                f"line {number}: there is a character that can't be seen (U+{ord(found.group()):04X}). Write the line "
                "again, without it."
            )
