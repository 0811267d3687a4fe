"""What travels to the phone: a declarative push message that browsers can show without running any of our code.

Every reminder has one size, so that its length says nothing.
"""

from typing import Final

import msgspec

from server.models import Millis
from server.reminders import lines

SIZE: Final = 1024
"""Bytes of the message before it is encrypted. Constant; spaces after the JSON fill it."""
DECLARATIVE: Final = 8030


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One reminder, ready to be encrypted. `minimal` is what a push service that finds `full` too large is given."""

    full: bytes
    minimal: bytes
    topic: str
    """A later message with the same topic replaces this one while it waits."""
    end_at: Millis


class _Action(msgspec.Struct):
    action: str
    title: str
    navigate: str


class _Data(msgspec.Struct, omit_defaults=True):
    id: str
    expires: Millis
    nth: int = 0


class _Notification(msgspec.Struct, omit_defaults=True, kw_only=True):
    title: str
    navigate: str
    body: str = ""
    tag: str = ""
    lang: str = ""
    timestamp: Millis = 0
    data: _Data | None = None
    actions: list[_Action] = []


class _Declarative(msgspec.Struct):
    web_push: int
    notification: _Notification


def message(
    origin: str, *, id: str, line: int, topic: str, due_at: Millis, end_at: Millis, nth: int = 0, later: bool = True
) -> Message:
    """The message of one occasion. `id` means nothing to anyone but the server; `topic` is also the tag, so that a
    repeat replaces what is shown and never stacks. `nth` is how often it was put off before: its own "later" works
    once. The addresses carry the id, for browsers that show a message without running any of our code."""
    today = f"{origin}/?reminder={id}"
    actions = [_Action("open", lines.OPEN, today)]
    if later:
        actions.append(_Action("later", lines.LATER, f"{origin}/?later={id}.{nth}"))
    notification = _Notification(
        title=lines.TITLE,
        body=lines.LINES[line],
        navigate=today,
        tag=topic,
        lang=lines.LANGUAGE,
        timestamp=due_at,
        data=_Data(id, end_at, nth),
        actions=actions,
    )
    minimal = _Notification(title=lines.TITLE, navigate=today, tag=topic)
    return Message(full=_padded(_json(notification)), minimal=_json(minimal), topic=topic, end_at=end_at)


def _json(notification: _Notification) -> bytes:
    return msgspec.json.encode(_Declarative(DECLARATIVE, notification))


def _padded(text: bytes) -> bytes:
    """A multiple of `SIZE`: one, but for an origin of hundreds of characters."""
    return text.ljust(-(-len(text) // SIZE) * SIZE)
