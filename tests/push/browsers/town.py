"""Anna's plan on a real server, a push service, and what the two know of her phone."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import msgspec

from server.database import Row
from server.reminders.door import Reminders
from server.reminders.lines import LINES
from server.routes.invites import join_link
from server.store.op import Op
from server.store.subscriptions import live
from server.store.sync import Pull
from server.store.values import as_int
from tests.cast import ANNA, TERESA, Clock, Stage
from tests.e2e.devices import new_id
from tests.push.browsers.patience import until
from tests.push.browsers.post import Post
from tests.push.push_service import PushService

PLAN: Final = str(uuid5(UUID(int=0), "plan"))
TASK: Final = "01a0c000-0000-7000-8000-0000000000e1"
EXERCISE: Final = "feet-on-floor"
STEP: Final = "Feet on the floor"
"""What Teresa set and the plan is about: reminders of a check-in come more rarely when nobody answers."""
MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


class Town:
    """What is around the phone. `zone` is where it is around noon, so that no quiet hours come in between."""

    def __init__(self, stage: Stage, service: PushService, post: Post, zone: str) -> None:
        self.stage, self.service, self.post, self.zone = stage, service, post, zone
        self.clock: Clock = stage.clock
        service.keep = post.take

    @property
    def reminders(self) -> Reminders:
        found: Reminders = self.stage.app.state.reminders
        return found

    async def invite(self) -> str:
        """A link for one more of Anna's devices."""
        invites = self.stage.stores.invites
        offer = await invites.offer(self.stage.viewer(TERESA), str(uuid4()), ANNA.id, self.clock())
        return join_link(self.stage.settings, offer.secret)

    async def plan(self) -> None:
        """Teresa sets an exercise. Anna wants a reminder of it every day from the next minute on; she said so on
        another device."""
        async with await self.stage.signed_in(TERESA) as teresa:
            said = {"id": TASK, "op": new_id(), "exercise": EXERCISE}
            (await teresa.post(f"/api/clients/{ANNA.id}/assignments", json=said)).raise_for_status()
        self.clock.now += MINUTE - self.clock.now % MINUTE
        at = datetime.fromtimestamp(self.clock.now / 1000 + 60, ZoneInfo(self.zone)).strftime("%H:%M")
        body = {"at": at, "days": [1, 2, 3, 4, 5, 6, 7], "about": TASK, "on": True, "paused_until": None}
        op = Op(
            id=str(uuid4()),
            record=PLAN,
            kind="plan",
            action="put",
            base=None,
            audience="service",
            zone=self.zone,
            body=msgspec.json.encode(body),
        )
        pull = Pull(cursor=None, limit=1, zone=self.zone)
        answer = await self.stage.stores.sync.exchange(self.stage.viewer(ANNA), pull, [op], self.clock())
        assert answer.outcomes[0].status == "applied"
        await self.step()

    async def comes_due(self) -> tuple[str, str]:
        """It is the time of the next occasion, and the server does what is to be done; its id and the line it shows."""
        await self.step()
        while (row := await self._planned()) is None:
            self.clock.forward(6 * HOUR)
            await self.step()
        self.clock.now = as_int(row[0])
        await self.step()
        return str(row[2]), LINES[as_int(row[1])]

    async def asks_for_a_test(self) -> str:
        """Anna has one message sent to her phone now; its id."""
        name = uuid4().hex
        (row,) = await self.stage.stores.db.read(lambda tx: live(tx, [ANNA.id], self.clock()))
        target = row.opened(await self.stage.stores.keys.of(ANNA.id))
        verdict = await self.reminders.test(self.stage.viewer(ANNA), target, name)
        assert verdict.state == "accepted"
        return name

    async def misses_three_tests(self) -> tuple[str, str]:
        """While her phone is off, one reminder is over before it is on again; of three tests after that the last one
        waits. The id of the reminder, and of that test."""
        over, _ = await self.comes_due()
        self.clock.forward(3 * HOUR)
        tests = [await self.asks_for_a_test() for _ in range(3)]
        assert len(self.post.waiting()) == 1
        return over, tests[-1]

    async def is_opened(self, id: str) -> None:
        """Wait until the server was told that the app was opened from this reminder."""

        async def met() -> bool:
            ask = "SELECT 1 FROM occasion WHERE id = :id AND opened_at IS NOT NULL"
            return await self.stage.stores.db.read(lambda tx: tx.one(ask, id=id)) is not None

        await until(met)

    async def has(self, *kids: str) -> None:
        """Wait until the server's subscriptions are of these VAPID keys."""

        async def met() -> bool:
            return await self.subscriptions() == list(kids)

        await until(met)

    async def subscriptions(self) -> list[str]:
        """The VAPID key of each of Anna's subscriptions."""
        rows = await self.stage.stores.db.read(lambda tx: tx.all("SELECT vapid_kid FROM subscription"))
        return [str(row[0]) for row in rows]

    async def has_moved(self, before: set[str]) -> None:
        """Wait until the push service has another subscription than these, and the server one that is new."""

        async def met() -> bool:
            return bool(set(self.post.keys) - before) and await self._made_at() == [self.clock()]

        await until(met)

    async def has_no_post(self) -> None:
        """Wait until the push service has no subscription to the server's keys."""
        rows = await self.stage.stores.keys.database.read(lambda tx: tx.all("SELECT public FROM vapid_key"))
        own = {str(row[0]) for row in rows}

        async def met() -> bool:
            return not own & set(self.post.keys.values())

        await until(met)

    async def step(self) -> int:
        """Let the server do what there is to do now; how many pushes were accepted."""
        return await self.reminders.engine.step(self.clock())

    async def _made_at(self) -> list[int]:
        rows = await self.stage.stores.db.read(lambda tx: tx.all("SELECT created_at FROM subscription"))
        return [as_int(row[0]) for row in rows]

    async def _planned(self) -> Row | None:
        ask = "SELECT due_at, line, id FROM occasion WHERE state = 'planned' ORDER BY due_at LIMIT 1"
        return await self.stage.stores.db.read(lambda tx: tx.one(ask))


def noon_zone(now: float) -> str:
    """A time zone where it is around noon."""
    hour = datetime.fromtimestamp(now, UTC).hour
    return f"Etc/GMT{hour - 12:+d}" if hour != 12 else "Etc/GMT"
