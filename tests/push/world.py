"""Reminders on real databases, with a journal to plan in, a push service to reach, and a clock to move."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from server.database import Database, Tx
from server.merge import Rev
from server.models import Viewer
from server.reminders.door import Reminders, open_reminders
from server.settings import Settings
from server.store.keys import Keys
from server.store.limits import id_of
from server.store.op import Op, Outcome
from server.store.subscriptions import Address
from server.store.sync import Pull, Sync
from tests.cast import Clock
from tests.push.push_service import MOZILLA, Device, PushService

ANNA, BRUNO = "anna", "bruno"
ROME = "Europe/Rome"
ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SPACE = UUID("6a2f41a3-c54c-4a3b-9f4d-0c5c0d3a0002")
MINUTE = 60_000
HOUR = 60 * MINUTE
ORIGIN = "https://midweek.example.org"


class World:
    """Anna and Bruno with their journals; nobody has a device or a plan yet."""

    def __init__(self, db: Database, keys: Keys, service: PushService, clock: Clock) -> None:
        self.db, self.keys, self.service, self.clock = db, keys, service, clock
        self.sync = Sync(db, keys)
        self.nodes: list[Reminders] = []
        self._ops = 0

    async def begin(self, *others: str) -> None:
        """Write Anna and Bruno into the database, and whoever else is to be there."""
        people = (ANNA, BRUNO, *others)
        for person in people:
            await self.keys.create(person, 0)
        await self.db.write(lambda tx: _people(tx, people))

    async def node(self) -> Reminders:
        """One more server on the same database."""
        settings = Settings(origin=ORIGIN, vapid_subject="mailto:ada@example.org")
        service = self.service
        node = await open_reminders(
            settings, self.db, self.keys, self.clock, resolver=service.resolver(), tls=service.tls()
        )
        self.nodes.append(node)
        return node

    async def device(self, of: str = ANNA, host: str = MOZILLA) -> Device:
        """A device the person subscribes with."""
        device, node = Device(self.service, host), self.nodes[0]
        address = Address(endpoint=device.endpoint, p256dh=device.p256dh, auth=device.auth)
        kid = (await node.key()).kid
        await node.check(address, kid)
        await node.subscriptions.put(viewer(of), address, kid, self.clock())
        return device

    async def plan(
        self,
        at: str = "09:00",
        *,
        of: str = ANNA,
        name: str = "plan",
        zone: str | None = ROME,
        days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7),
        on: bool = True,
        about: str = "checkin",
        paused_until: str | None = None,
        **more: object,
    ) -> str:
        """Save a plan, or change it, as the person's phone does; its id. `more` are fields that came later."""
        body = {"at": at, "days": days, "about": about, "on": on, "paused_until": paused_until} | more
        await self.put(name, "plan", body, of=of, zone=zone)
        return rid(name)

    async def limit(self, of: str = ANNA, **said: object) -> None:
        """The person says what they want of all their reminders together."""
        await self.put(id_of(of), "preference", {"name": "reminders"} | said, of=of)

    async def done(self, plan: str, day: str, of: str = ANNA, slot: int = 0) -> None:
        """The person did what the plan reminds of."""
        mark = {"what": "done", "plan": plan, "day": day, "slot": slot}
        await self.put(f"done {plan} {day} {slot}", "mark", mark, of=of)

    async def put(
        self, name: str, kind: str, body: Mapping[str, object], *, of: str = ANNA, zone: str | None = ROME
    ) -> None:
        """Save a record as the person's phone does; `zone` is where it says it is."""
        self._ops += 1
        op = Op(
            id=rid(f"op {self._ops}"),
            record=rid(name),
            kind=kind,
            action="put",
            base=None,
            audience="service",
            zone=zone,
            body=msgspec.json.encode(body),
        )
        assert (await self._send(op, of, zone)).status == "applied"

    async def delete(self, name: str, kind: str = "plan", of: str = ANNA) -> None:
        """Delete a record as the person's phone does."""
        self._ops += 1
        current = await self.db.read(
            lambda tx: tx.one("SELECT epoch, seq FROM record WHERE client_id = :c AND id = :r", c=of, r=rid(name))
        )
        assert current is not None
        base = Rev(str(current[0]), int(str(current[1])))
        op = Op(id=rid(f"op {self._ops}"), record=rid(name), kind=kind, action="delete", base=base)
        assert (await self._send(op, of, None)).status == "applied"

    async def travel(self, zone: str, of: str = ANNA) -> None:
        """The person's phone syncs from somewhere else."""
        await self.put(f"hello from {zone} {self._ops}", "preference", {}, of=of, zone=zone)

    async def at(self, local: str, zone: str = ROME, fold: int = 0) -> int:
        """Set the clock to a wall time, then let the first node do what there is to do; pushes accepted."""
        self.clock.now = instant(local, zone, fold)
        return await self.step()

    async def step(self) -> int:
        """Let the first node do what there is to do now; how many pushes were accepted."""
        return await self.nodes[0].engine.step(self.clock())

    async def name(self, of: str = ANNA) -> str:
        """The id of the person's only reminder that was sent."""
        rows = await self.db.read(
            lambda tx: tx.all(
                "SELECT DISTINCT occasion.id FROM occasion JOIN delivery ON delivery.occasion_id = occasion.id "
                "WHERE client_id = :c",
                c=of,
            )
        )
        assert len(rows) == 1
        return str(rows[0][0])

    async def states(self, of: str = ANNA) -> list[tuple[str, str, str | None]]:
        """Every occasion: local date, state, reason."""
        rows = await self.db.read(
            lambda tx: tx.all("SELECT day, state, reason FROM occasion WHERE client_id = :c ORDER BY day", c=of)
        )
        return [(str(row[0]), str(row[1]), None if row[2] is None else str(row[2])) for row in rows]

    async def _send(self, op: Op, of: str, zone: str | None) -> Outcome:
        pull = Pull(cursor=None, limit=500, zone=zone)
        (outcome,) = (await self.sync.exchange(viewer(of), pull, [op], self.clock())).outcomes
        return outcome


def viewer(person: str) -> Viewer:
    """A client, as stores see them."""
    return Viewer(id=person, role="client", practice="p", login=f"login-{person}")


def rid(name: str) -> str:
    """A record's id, the same for the same name; an id is its own."""
    return name if ID.fullmatch(name) else str(uuid5(SPACE, name))


def instant(local: str, zone: str = ROME, fold: int = 0) -> int:
    """UTC milliseconds of a wall time."""
    return round(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp() * 1000)


def _people(tx: Tx, people: Sequence[str]) -> None:
    tx.run("INSERT INTO practice (id, name, created_at) VALUES ('p', 'Practice', 0)")
    for person in people:
        tx.run(
            "INSERT INTO client (id, practice_id, name_sealed, epoch, seq, floor, created_at) "
            "VALUES (:id, 'p', :name, 'e1', 0, 0, 0)",
            id=person,
            name=b"",
        )
        tx.run(
            "INSERT INTO epoch (client_id, epoch, fork, opened_at, ord) VALUES (:id, 'e1', 0, 0, 1)",
            id=person,
        )
        tx.run(
            "INSERT INTO login (id, token_hash, role, person_id, practice_id, device, created_at, seen_at, expires_at) "
            "VALUES (:login, :hash, 'client', :id, 'p', 'test', 0, 0, :expires)",
            login=f"login-{person}",
            hash=person.encode(),
            id=person,
            expires=4_000_000_000_000,
        )
