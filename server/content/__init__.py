"""Exercises as data: read, checked, compiled. It needs msgspec alone, so that a build can use it."""

from server.content.library import Library
from server.content.load import ContentError, check, load, seal, summary, write_shell
from server.content.new import begin
from server.content.shapes import Card, Payload

__all__ = ["Card", "ContentError", "Library", "Payload", "begin", "check", "load", "seal", "summary", "write_shell"]
