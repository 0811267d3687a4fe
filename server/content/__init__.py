"""Exercises as data: read, checked, compiled. It needs msgspec alone, so that a build can use it."""

from server.content.library import Library
from server.content.load import ContentError, check, load, summary, write_shell
from server.content.shapes import Card, Payload

__all__ = ["Card", "ContentError", "Library", "Payload", "check", "load", "summary", "write_shell"]
