"""The master key: 32 bytes in a file of its own, made at the first start, never when keys wrapped by one exist."""

import os
import secrets
from pathlib import Path

from server.database import Database
from server.sealing import KEY_BYTES
from server.settings import BadSetting


async def master_key(keys_database: Database, path: Path) -> bytes:
    """The key in the file. Made, for the owner's eyes only, when there is neither a file nor a wrapped key.
    `BadSetting` says what is wrong otherwise; nothing is changed then."""
    if (key := _read(path)) is not None:
        return key
    wrapped = await keys_database.read(
        lambda tx: tx.one("SELECT name FROM secret UNION ALL SELECT client_id FROM client_key LIMIT 1")
    )
    if wrapped is not None:
        raise BadSetting(
            f"MIDWEEK_MASTER_KEY_FILE: there is no file '{path}', and this server's keys need it. Put the file "
            "back from where you keep its copy. Nothing was changed."
        )
    return _make(path)


def _read(path: Path) -> bytes | None:
    if not path.exists():
        return None
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES or len(set(key)) < 8:
        raise BadSetting(
            f"MIDWEEK_MASTER_KEY_FILE: '{path}' does not hold a key. It must be 64 random hexadecimal digits; put "
            "the right file back. Nothing was changed."
        )
    return key


def _make(path: Path) -> bytes:
    """Whole or not at all, and on disk before anything is wrapped with it."""
    key = secrets.token_bytes(KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return key
