"""Ids that phone and server work out alike: of records of which a client has one, and of copies and endings."""

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE: Final = UUID("4f6d4a1e-6f0f-5d6b-9c53-6a1f0f2b7c11")
"""`pwa/src/sharing/agreement.ts` has the same."""


def known_id(what: str, client_id: str) -> str:
    """The id of the one record of a client that is called this. Two records must never share a name, whoever writes
    them and of whatever kind they are."""
    return str(uuid5(NAMESPACE, f"{what} {client_id}"))


def copy_id(record: str, op: str) -> str:
    """The id of the copy that a conflicting op makes: the same on every device and server."""
    return str(uuid5(_uuid(record), op))


def ending_id(record: str, epoch: str) -> str:
    """The id by which a tombstone, or what a withdrawal left, tells that it ends what a restore had lost: by the ledger
    or by someone who had still seen it."""
    return copy_id(record, f"ledger {epoch}")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid5(NAMESPACE_URL, text)
