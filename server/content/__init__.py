"""Exercises as data: read, checked, compiled. It needs msgspec alone, so that a build can use it."""

from server.content.draft import Draft, draft, is_begun, stamp
from server.content.form import Form, Source
from server.content.library import Library
from server.content.load import ContentError, check, load, seal, summary, write_shell
from server.content.new import begin
from server.content.own import Problem
from server.content.shapes import Card, Payload, is_own

__all__ = [
    "Card",
    "ContentError",
    "Draft",
    "Form",
    "Library",
    "Payload",
    "Problem",
    "Source",
    "begin",
    "check",
    "draft",
    "is_begun",
    "is_own",
    "load",
    "seal",
    "stamp",
    "summary",
    "write_shell",
]
