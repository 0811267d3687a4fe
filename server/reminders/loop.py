"""The engine: plans what is to come, claims what is due, sends it, and keeps what became of it.

Any number of nodes may run one on the same database: an occasion is claimed by one of them before it is sent.
"""

import asyncio
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Final

import structlog

from server.database import Database
from server.errors import NotFound
from server.models import Millis
from server.reminders.payload import Message, message
from server.reminders.push import CHANGED, Sender
from server.reminders.verdict import Verdict
from server.sealing import SealingKey, Unreadable
from server.store import occasions, plans, records
from server.store.keys import Keys
from server.store.occasions import Claim, Delivery
from server.store.plans import PlanKey
from server.store.subscriptions import SealedTarget

BATCH: Final = 200
PLANS_AT_ONCE: Final = 50
LONGEST_SLEEP: Final = 30_000
SHORTEST_SLEEP: Final = 50
SECOND: Final = 1_000
AFTER_TROUBLE: Final = 5_000
SPARE: Final = 15_000
"""A push starts only with this much of its claim's lease left, so that no other node has taken the claim over."""

_log = structlog.get_logger("midweek.reminders")


class Engine:
    """Sends reminders. `step` does once what `run` does until it is told to stop."""

    def __init__(self, db: Database, keys: Keys, sender: Sender, *, origin: str, clock: Callable[[], Millis]) -> None:
        self._db, self._keys, self._sender = db, keys, sender
        self._origin, self._clock = origin, clock
        self._node = secrets.token_hex(8)

    async def step(self, now: Millis) -> int:
        """Everything there is to do at `now`; how many pushes were accepted."""
        claims = await self.begin(now)
        return sum(await asyncio.gather(*(self.deliver(claim) for claim in claims)))

    async def begin(self, now: Millis) -> list[Claim]:
        """Plan ahead, close what is over, and take what is due for this node."""
        await self._expand(now)
        return await self._claim(now)

    async def deliver(self, claim: Claim) -> int:
        """Send one occasion to each of its devices; how many push services accepted it. Nothing is raised: what
        fails is kept and tried again inside the window."""
        try:
            said = await self._message(claim)
            verdicts = await asyncio.gather(*(self._send(claim, target, said) for target in claim.targets))
            await self._close(claim, verdicts)
        except Exception as problem:  # one occasion never stops the others
            _log.error("occasion-not-sent", occasion=claim.id, error=type(problem).__name__)
            return 0
        return sum(verdict.state == "accepted" for verdict in verdicts)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then finish what is being sent. A database that fails is asked again."""
        sending: set[asyncio.Task[int]] = set()
        while not stop.is_set():
            wait = AFTER_TROUBLE
            try:
                full = len(sending) >= BATCH
                claims = [] if full else await self.begin(self._clock())
                for claim in claims:
                    task = asyncio.create_task(self.deliver(claim))
                    sending.add(task)
                    task.add_done_callback(sending.discard)
                wait = await self._wait(more=full or len(claims) == BATCH)
            except Exception as problem:  # the loop outlives a database that is away
                _log.error("reminders-step-failed", error=type(problem).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait / 1000)
        await asyncio.gather(*sending)

    async def _expand(self, now: Millis) -> None:
        while waiting := await self._db.read(lambda tx: plans.waiting(tx, now, PLANS_AT_ONCE)):
            await self._plan(waiting, now)
            if len(waiting) < PLANS_AT_ONCE:
                return

    async def _plan(self, waiting: Sequence[PlanKey], now: Millis) -> None:
        secret = await self._keys.secret("reminder-lines")
        keys = await self._keys_of({key.client for key in waiting})

        def opened(client_id: str, record: records.Stored) -> bytes | None:
            key = keys.get(client_id)
            return None if key is None else records.opened(key, client_id, record)

        await self._db.write(lambda tx: plans.expand(tx, waiting, opened, secret, now))

    async def _keys_of(self, clients: set[str]) -> dict[str, SealingKey]:
        """The keys there are: an erased client has none."""
        found: dict[str, SealingKey] = {}
        for client in clients:
            with suppress(NotFound):
                found[client] = await self._keys.of(client)
        return found

    async def _claim(self, now: Millis) -> list[Claim]:
        due = await self._db.read(occasions.next_at)
        if due is None or due > now:
            return []
        return await self._db.write(lambda tx: occasions.claim(tx, self._node, now, BATCH))

    async def _message(self, claim: Claim) -> Message:
        secret = await self._keys.secret("push-topic")
        return message(
            self._origin,
            id=claim.id,
            line=claim.line,
            topic=topic(secret, claim.client, claim.plan),
            due_at=claim.due_at,
            end_at=claim.end_at,
            nth=claim.put_off,
        )

    async def _send(self, claim: Claim, target: SealedTarget, said: Message) -> Verdict:
        """Send to one device and keep the outcome at once."""
        try:
            opened = target.opened(await self._keys.of(claim.client))
        except (Unreadable, NotFound):
            verdict = Verdict(state="gone", reason="unreadable")
        else:
            give_up_at = claim.lease_until - SPARE
            verdict = await self._sender.send(opened, said, claim.attempt, give_up_at, lambda: self._stands(claim))
        if verdict.reason == CHANGED:
            return verdict
        kept = Delivery(state=verdict.state, status=verdict.status, reason=verdict.reason)
        now = self._clock()
        await self._db.write(lambda tx: occasions.record(tx, claim.id, target.id, kept, now))
        return verdict

    async def _stands(self, claim: Claim) -> bool:
        """A claim may wait for its turn: what was done or planned anew meanwhile is given back, and not sent."""
        return await self._db.glance(lambda tx: occasions.stands(tx, self._node, claim.id))

    async def _close(self, claim: Claim, verdicts: Sequence[Verdict]) -> None:
        """Sent when a device has it and none is waited for; given back when one may get it later."""
        again = [verdict.retry_at for verdict in verdicts if verdict.state == "later"]
        if again:
            until = max(min(again), self._clock())
            await self._db.write(lambda tx: occasions.postpone(tx, self._node, claim.id, until))
            return
        await self._db.write(lambda tx: occasions.close(tx, self._node, claim.id, _reason(verdicts)))

    async def _wait(self, more: bool) -> Millis:
        """How long until there is something to do; a second when it can't be done yet."""
        if more:
            return SHORTEST_SLEEP
        due = await self._db.read(occasions.next_at)
        wait = LONGEST_SLEEP if due is None else due - self._clock()
        return min(wait, LONGEST_SLEEP) if wait > 0 else SECOND


def topic(secret: bytes, client_id: str, plan_id: str) -> str:
    """A name for one plan's messages that means nothing to a push service: 24 characters of base64url."""
    digest = hmac.digest(secret, f"{client_id}\n{plan_id}".encode(), sha256)
    return urlsafe_b64encode(digest[:18]).decode()


def _reason(verdicts: Sequence[Verdict]) -> str | None:
    """Why no device got it, by the first that says so; None when one did, now or before."""
    if any(verdict.state == "accepted" for verdict in verdicts):
        return None
    return next((verdict.reason for verdict in verdicts if verdict.reason), None)
