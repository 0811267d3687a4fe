"""Who accompanies a client: handing over to a colleague, ending, coming back, and letting everything rest.

Each is a step under an id that the page made: the same step twice is one. What the client is told of it is a record of
their journal, so that it reaches their phones as everything else does, also those that are offline now.
"""

from typing import Final

import msgspec

from server.bodies import Accompanied, Body, Freeze
from server.database import Database, Tx
from server.errors import Invalid, NotFound
from server.models import Millis, Viewer
from server.store import agreed, counter, sharing, supervisions
from server.store.clients import name_of
from server.store.keys import Keys
from server.store.ledger import Ledger, Notes
from server.store.op import Op
from server.store.therapist_ops import Known, news, tell
from server.store.values import as_bytes, as_int

ACCOMPANIED: Final = Known("relationship", "relationship")
FREEZE: Final = Known("freeze", "freeze")
SAID: Final = 2
"""Numbers taken of the journal by a step: it says who accompanies the client now, and that a supervision ended."""


class Colleague(msgspec.Struct, frozen=True):
    """Another therapist of the practice."""

    id: str
    name: str


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """A client with whom the viewer has ended: the name alone, and from when to when."""

    id: str
    name: str
    since: Millis
    until: Millis


class Relationships:
    """The relationships of the viewer, or, for an admin, of their practice."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db, self._keys, self._ledger = db, keys, Ledger(keys.database)

    async def colleagues(self, viewer: Viewer) -> list[Colleague]:
        """The other therapists of the viewer's practice who can sign in, by name."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT id, display_name FROM account WHERE practice_id = :practice AND role = 'therapist' "
                "AND disabled = 0 AND id <> :viewer ORDER BY display_name, id",
                practice=viewer.practice,
                viewer=viewer.id,
            )
        )
        return [Colleague(str(id), str(name)) for id, name in rows]

    async def former(self, viewer: Viewer) -> list[Former]:
        """With whom the viewer has ended, the last one first."""
        rows = await self._db.read(
            lambda tx: tx.all(
                "SELECT client.id, client.name_sealed, relationship.since, relationship.until FROM relationship "
                "JOIN client ON client.id = relationship.client_id WHERE relationship.therapist_id = :viewer "
                "AND relationship.ended_how = 'ended' ORDER BY relationship.until DESC, client.id",
                viewer=viewer.id,
            )
        )
        return [
            Former(
                id=str(id),
                name=name_of(await self._keys.of(str(id)), str(id), as_bytes(sealed)),
                since=as_int(since),
                until=as_int(until),
            )
            for id, sealed, since, until in rows
        ]

    async def hand_over(self, viewer: Viewer, client_id: str, to: str, step: str, now: Millis) -> None:
        """Another therapist of the practice accompanies the client from now on; until the client has said what they may
        see, it is nothing. For the client's therapist and for an admin; `NotFound` for any other client and for anyone
        who can't take over."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> list[str]:
            if _done(tx, viewer, client_id, step):
                return _gone(tx, client_id, step)
            take = counter.take_for_practice if viewer.role == "admin" else counter.take_for_therapist
            head = take(tx, viewer.practice if viewer.role == "admin" else viewer.id, client_id, SAID)
            successor = _who_can(tx, viewer, client_id, to)
            before = _end(tx, client_id, "handed-over", step, now)
            _begin(tx, client_id, to, step, now)
            said = Accompanied(state="asked", id=step, at=now, therapist=successor, before=before)
            tell(tx, head, client_id, key, _ops(tx, client_id, step, said, now), now)
            return _gone(tx, client_id, step)

        await self._ledger.note_parted(client_id, await self._db.write(work), now)

    async def end(self, viewer: Viewer, client_id: str, step: str, now: Millis) -> None:
        """The viewer accompanies the client no longer, and reads nothing any more. `NotFound` for anyone else's."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> list[str]:
            if _done(tx, viewer, client_id, step):
                return _gone(tx, client_id, step)
            head = counter.take_for_therapist(tx, viewer.id, client_id, SAID)
            before = _end(tx, client_id, "ended", step, now)
            said = Accompanied(state="ended", id=step, at=now, before=before)
            tell(tx, head, client_id, key, _ops(tx, client_id, step, said, now), now)
            return _gone(tx, client_id, step)

        await self._ledger.note_parted(client_id, await self._db.write(work), now)

    async def come_back(self, viewer: Viewer, client_id: str, step: str, now: Millis) -> None:
        """The viewer accompanies again a client with whom they had ended; until the client has said what they may see,
        it is nothing. `NotFound` for any other, and when somebody else does by now."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> None:
            if _begun(tx, viewer, client_id, step):
                return
            head = counter.take_for_former(tx, viewer.id, client_id, 1)
            _begin(tx, client_id, viewer.id, step, now)
            said = Accompanied(state="asked", id=step, at=now, therapist=viewer.name)
            tell(tx, head, client_id, key, [news(tx, client_id, ACCOMPANIED, step, said, now)], now)

        await self._db.write(work)

    async def freeze(self, viewer: Viewer, client_id: str, step: str, now: Millis) -> None:
        """Let everything of one of the viewer's own clients rest until the client ends it; twice is harmless. It is in
        the ledger when this answers."""
        key = await self._keys.of(client_id)

        def work(tx: Tx) -> Notes:
            head = counter.take_for_therapist(tx, viewer.id, client_id)
            if sharing.scope(tx, key, viewer.id, client_id).frozen:
                return Notes(agreed=agreed.standing(tx, client_id, key))
            said = Freeze(on=True, id=step, at=now, by=viewer.name)
            return tell(tx, head, client_id, key, [news(tx, client_id, FREEZE, step, said, now)], now)

        await self._ledger.note(client_id, await self._db.write(work), now)


def _done(tx: Tx, viewer: Viewer, client_id: str, step: str) -> bool:
    """Whether this step of the viewer's was taken before."""
    row = tx.one(
        "SELECT 1 FROM relationship JOIN client ON client.id = relationship.client_id "
        "WHERE relationship.client_id = :client AND relationship.ended_as = :step AND client.practice_id = :practice "
        "AND (relationship.therapist_id = :viewer OR :admin = 1)",
        client=client_id,
        step=step,
        practice=viewer.practice,
        viewer=viewer.id,
        admin=int(viewer.role == "admin"),
    )
    return row is not None


def _gone(tx: Tx, client_id: str, step: str) -> list[str]:
    """Who went by this step."""
    rows = tx.all(
        "SELECT therapist_id FROM relationship WHERE client_id = :client AND ended_as = :step",
        client=client_id,
        step=step,
    )
    return [str(id) for (id,) in rows]


def _begun(tx: Tx, viewer: Viewer, client_id: str, step: str) -> bool:
    row = tx.one(
        "SELECT 1 FROM relationship WHERE client_id = :client AND therapist_id = :viewer AND asked = :step "
        "AND until IS NULL",
        client=client_id,
        viewer=viewer.id,
        step=step,
    )
    return row is not None


def _who_can(tx: Tx, viewer: Viewer, client_id: str, to: str) -> str:
    """The name of who takes over: a therapist of the practice who can sign in."""
    row = tx.one(
        "SELECT account.display_name, (SELECT count(*) FROM relationship WHERE relationship.client_id = :client "
        "AND relationship.therapist_id = account.id AND relationship.until IS NULL) FROM account "
        "WHERE account.id = :to AND account.practice_id = :practice AND account.role = 'therapist' "
        "AND account.disabled = 0",
        client=client_id,
        to=to,
        practice=viewer.practice,
    )
    if row is None:
        raise NotFound()
    if as_int(row[1]) > 0:
        raise Invalid("They accompany this client already. Nothing was changed. Choose somebody else.")
    return str(row[0])


def _end(tx: Tx, client_id: str, how: str, step: str, now: Millis) -> str:
    """End what is live, with the ways in that were made and not used; the names of who goes."""
    names = tx.all(
        "SELECT account.display_name FROM relationship JOIN account ON account.id = relationship.therapist_id "
        "WHERE relationship.client_id = :client AND relationship.until IS NULL ORDER BY relationship.since, account.id",
        client=client_id,
    )
    tx.run(
        "UPDATE relationship SET until = :now, ended_how = :how, ended_as = :step "
        "WHERE client_id = :client AND until IS NULL",
        now=now,
        how=how,
        step=step,
        client=client_id,
    )
    tx.run(
        "UPDATE invite SET revoked_at = :now WHERE client_id = :client AND used_at IS NULL AND revoked_at IS NULL",
        now=now,
        client=client_id,
    )
    return ", ".join(str(name) for (name,) in names)


def _begin(tx: Tx, client_id: str, therapist_id: str, step: str, now: Millis) -> None:
    tx.run(
        "INSERT INTO relationship (client_id, therapist_id, since, asked) VALUES (:client, :therapist, :now, :step) "
        "ON CONFLICT (client_id, therapist_id) DO UPDATE SET since = excluded.since, asked = excluded.asked, "
        "until = NULL, ended_how = NULL, ended_as = NULL",
        client=client_id,
        therapist=therapist_id,
        now=now,
        step=step,
    )


def _ops(tx: Tx, client_id: str, step: str, said: Body, now: Millis) -> list[Op]:
    own = news(tx, client_id, ACCOMPANIED, step, said, now)
    return [own, *supervisions.ending(tx, client_id, now)]
