"""The shapes that travel: structs of the journal, of sync and of the people. They import nothing of ours."""

from typing import Literal

import msgspec

Role = Literal["client", "therapist", "admin"]
Audience = Literal["me", "service", "therapist"]
Status = Literal["applied", "conflict", "stale", "refused"]
Millis = int
"""UTC epoch milliseconds."""


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asking: one person, signed in on one device.

    `id` is the person's id; for a client it is also the id of the journal.
    """

    id: str
    role: Role
    practice: str
    login: str
    name: str = ""


class Strict(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A request body: a field we don't know is refused."""


class Record(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """One record of a journal, as it travels. `body` is absent on a tombstone, after a withdrawal, and where the server
    can't read what it holds (`unreadable`): then a device keeps what it has."""

    id: str
    kind: str
    schema: int
    audience: Audience
    author: Role
    rev: str
    saved_at: Millis
    deleted: bool = False
    felt_at: Millis | None = None
    zone: str | None = None
    day: str | None = None
    body: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    conflict_of: str | None = None
    unreadable: bool = False


class Result(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """What became of one op. `results[i]` answers `ops[i]`; `op` is null when the op's id could not be read."""

    op: str | None
    status: Status
    rev: str | None = None
    copy: str | None = None
    reason: str | None = None
