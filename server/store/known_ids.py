"""Ids that phone and server work out alike: of records of which a client has one."""

from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("4f6d4a1e-6f0f-5d6b-9c53-6a1f0f2b7c11")
"""`pwa/src/sharing/agreement.ts` has the same."""


def known_id(what: str, client_id: str) -> str:
    """The id of the one record of a client that is called this. Two records must never share a name, whoever writes
    them and of whatever kind they are."""
    return str(uuid5(NAMESPACE, f"{what} {client_id}"))
