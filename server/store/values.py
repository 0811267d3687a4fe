"""Narrowing what a row holds to the type its column has."""

from server.database.door import Value


def as_int(value: Value) -> int:
    """An integer column's value."""
    assert isinstance(value, int)
    return value


def as_bytes(value: Value) -> bytes:
    """A binary column's value."""
    assert isinstance(value, bytes)
    return value
