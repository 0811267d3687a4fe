"""What JSON may hold and still travel on: pure looks at its bytes, cheap where there is nothing to see."""

import re
from typing import Final

MOST_DEEP: Final = 64
"""Levels of a body. Deeper, some reader on the way (a phone, a browser, an export) may give up."""

_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPES: Final = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F]..)|.)", re.DOTALL)
_TEXT: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_ROUND: Final = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))


def too_deep(body: bytes, most: int = MOST_DEEP) -> bool:
    """Whether valid JSON has more than `most` levels of lists and objects."""
    if body.count(b"[") + body.count(b"{") <= most:
        return False
    brackets = _TEXT.sub(b"", body).translate(_ROUND, _NOT_BRACKETS)
    for _ in range(most):
        brackets = brackets.replace(b"[]", b"")  # the innermost level of every branch
    return brackets != b""


def mended(body: bytes) -> bytes:
    """JSON text in which half a character, as a text field cuts an emoji in two, has become the replacement character:
    no reader takes the half, and the rest of the text would be stuck with it."""
    if not _SURROGATE.search(body):
        return body
    return _ESCAPES.sub(lambda found: rb"\ufffd" if found["half"] else found[0], body)
