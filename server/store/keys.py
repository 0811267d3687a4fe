"""The keys: one data key per client and a few secrets of the server, in a database of their own.

Keys are written durably before first use. Destroying a client's key erases what it sealed, backups included.
"""

import secrets
from collections import OrderedDict
from typing import Final

from server.database import Database, Tx
from server.errors import NotFound
from server.sealing import KEY_BYTES, SealingKey, Unreadable, bind, master_key

CACHED_KEYS: Final = 10_000


class Keys:
    """The door to every key. `master` is the 32 bytes that wrap them."""

    def __init__(self, db: Database, master: bytes) -> None:
        self.database = db
        self._master = master_key(master)
        self._clients: OrderedDict[str, SealingKey] = OrderedDict()
        self._secrets: dict[str, bytes] = {}

    async def create(self, client_id: str, now: int) -> SealingKey:
        """Make the client's key, or give the one there is; it is on disk when this answers."""
        kid = secrets.token_hex(4)
        wrapped = self.wrap(f"client:{client_id}:{kid}", secrets.token_bytes(KEY_BYTES))

        def work(tx: Tx) -> None:
            tx.run(
                "INSERT INTO client_key (client_id, kid, wrapped, master_kid, created_at) "
                "VALUES (:client, :kid, :wrapped, :master, :now) ON CONFLICT (client_id) DO NOTHING",
                client=client_id,
                kid=kid,
                wrapped=wrapped,
                master=self._master.kid,
                now=now,
            )

        await self.database.write(work)
        return await self.of(client_id)

    async def of(self, client_id: str) -> SealingKey:
        """The client's key. `NotFound` when there is none (never made, or erased)."""
        known = self._clients.get(client_id)
        if known is not None:
            self._clients.move_to_end(client_id)
            return known
        row = await self.database.read(
            lambda tx: tx.one("SELECT kid, wrapped FROM client_key WHERE client_id = :client", client=client_id)
        )
        if row is None:
            raise NotFound()
        kid, wrapped = str(row[0]), row[1]
        assert isinstance(wrapped, bytes)
        key = SealingKey(kid, self.unwrap(f"client:{client_id}:{kid}", wrapped))
        self._clients[client_id] = key
        if len(self._clients) > CACHED_KEYS:
            self._clients.popitem(last=False)
        return key

    async def destroy(self, client_id: str) -> None:
        """Destroy the client's key: what it sealed can be read by nobody any more, wherever a copy is."""
        await self.database.write(
            lambda tx: tx.run("DELETE FROM client_key WHERE client_id = :client", client=client_id)
        )
        self._clients.pop(client_id, None)

    async def secret(self, name: str) -> bytes:
        """32 random bytes known by name, made at first use and the same ever after."""
        if name not in self._secrets:
            fresh = self.wrap(f"secret:{name}", secrets.token_bytes(KEY_BYTES))

            def work(tx: Tx) -> bytes:
                tx.run(
                    "INSERT INTO secret (name, wrapped) VALUES (:name, :wrapped) ON CONFLICT (name) DO NOTHING",
                    name=name,
                    wrapped=fresh,
                )
                row = tx.one("SELECT wrapped FROM secret WHERE name = :name", name=name)
                assert row is not None
                assert isinstance(row[0], bytes)
                return row[0]

            self._secrets[name] = self.unwrap(f"secret:{name}", await self.database.write(work))
        return self._secrets[name]

    async def known(self, name: str) -> bytes | None:
        """The secret of that name, or None where there is none (never made, or forgotten)."""
        if name not in self._secrets:
            row = await self.database.read(
                lambda tx: tx.one("SELECT wrapped FROM secret WHERE name = :name", name=name)
            )
            if row is None:
                return None
            assert isinstance(row[0], bytes)
            self._secrets[name] = self.unwrap(f"secret:{name}", row[0])
        return self._secrets[name]

    async def forget(self, name: str) -> None:
        """Destroy a secret: what it sealed can be read by nobody any more, wherever a copy is."""
        await self.database.write(lambda tx: tx.run("DELETE FROM secret WHERE name = :name", name=name))
        self._secrets.pop(name, None)

    def wrap(self, name: str, secret: bytes) -> bytes:
        """Seal a secret under the master key, bound to its name."""
        return self._master.seal(bind(name), secret)

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """The secret again. `Unreadable` says that the master key is another one."""
        try:
            return self._master.open(bind(name), wrapped)
        except Unreadable as problem:
            raise Unreadable(
                "The keys were wrapped by another master key. Nothing was changed. "
                "Put the master key file back that belongs to this data folder."
            ) from problem
