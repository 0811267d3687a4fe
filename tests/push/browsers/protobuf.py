"""As much of the protocol buffers' wire format as Google's push service needs: https://protobuf.dev/programming-guides/encoding

A message is written as pairs of a field's number and its value: whole numbers as varints, `bytes` with their length in
front, and `Fixed64`. What is read has every value of a field, in order.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
CONTINUES: Final = 0x80


class Fixed64(int):
    """A number that is written in eight bytes."""


Value = int | bytes | str
Fields = dict[int, list[int | bytes]]


def written(fields: Iterable[tuple[int, Value]]) -> bytes:
    """A message of these fields."""
    return b"".join(_field(number, value) for number, value in fields)


def read(message: bytes) -> Fields:
    """The fields of a message, by number."""
    found: Fields = defaultdict(list)
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        value: int | bytes
        match key & 7:
            case 0:
                value, at = _varint(message, at)
            case 1:
                value, at = struct.unpack_from("<Q", message, at)[0], at + 8
            case 2:
                size, at = _varint(message, at)
                value, at = message[at : at + size], at + size
            case 5:
                value, at = struct.unpack_from("<I", message, at)[0], at + 4
            case kind:
                raise ValueError(f"wire type {kind}")
        found[key >> 3].append(value)
    return found


def varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    low, rest = value & 0x7F, value >> 7
    return bytes([low | CONTINUES]) + varint(rest) if rest else bytes([low])


def _field(number: int, value: Value) -> bytes:
    if isinstance(value, Fixed64):
        return varint(number << 3 | FIXED64) + struct.pack("<Q", value)
    if isinstance(value, int):
        return varint(number << 3 | VARINT) + varint(value)
    plain = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(plain)) + plain


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (message[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if message[at - 1] < CONTINUES:
            return value, at
