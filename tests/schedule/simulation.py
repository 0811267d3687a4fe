"""Clients all over the world with plans, the real engine's planning and claiming on a real database, and a judge who
knows nothing of it but what was planned: no reminder may leave outside its window, in quiet hours, after its `done` has
arrived, twice for one local slot, or over the client's most a day.

Time runs in uneven steps; phones travel, plans and limits change, reminders are paused and put off, things are done
early and late, nodes die with a claim in hand or with a push they have not noted, push services are away, and the
server is down for hours.
"""

import random
import sqlite3
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from whenever import available_timezones

from server import bodies
from server.clocks import QUIET, Hours, known_zone
from server.database.sqlite_tx import SqliteTx
from server.models import Viewer
from server.schedule import MOST, Occasion, due, outlook, within
from server.store import following, limits, occasions, plans
from server.store.limits import as_limits
from server.store.occasions import Claim, Delivery
from server.store.plan_records import as_planned
from server.store.records import Stored
from server.store.replies import put_off
from tests.schedule.audit import Key, Push, audit
from tests.schedule.test_schedule_properties import first_valid

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
ZONES: Final = sorted(zone for zone in available_timezones() if known_zone(zone) and "/" in zone)
SECRET: Final = b"a secret of the server, 32 bytes"
CHANGES_OF_CLOCKS: Final = ("03-08", "03-27", "04-03", "09-25", "10-02", "10-24", "10-31", "11-02")


class Person(msgspec.Struct):
    """A client as the judge knows them."""

    id: str
    zone: str
    plans: dict[str, bodies.Plan]
    limits: bodies.Preference


class World:
    """Some clients for some days; `broken` says what went wrong."""

    def __init__(self, conn: sqlite3.Connection, seed: int, people: int) -> None:
        self._random, self._ids = random.Random(seed), count()
        self._seed = seed
        conn.executescript("".join(f"DELETE FROM {table};" for table in TABLES))
        self._tx = SqliteTx(conn)
        self._clients: dict[str, Person] = {}
        day = self._random.choice(CHANGES_OF_CLOCKS) if self._random.random() < 0.7 else "06-10"
        start = date.fromisoformat(f"{self._random.randint(2024, 2030)}-{day}")
        self.now = round(datetime(start.year, start.month, start.day, tzinfo=ZoneInfo("UTC")).timestamp() * 1000)
        self.people = [self._person(f"c{n:04}") for n in range(people)]
        self._in_hand: list[Person] = []
        """Whose reminder waits, or is in nobody's hands: what happens to them now is hard."""
        self.pushes: list[Push] = []
        self.sent: set[Key] = set()
        self.again: set[Key] = set()
        self.done: dict[Key, int] = {}
        self.a_day: dict[tuple[str, str], int] = {}
        self.broken: list[str] = []

    def run(self, days: int) -> int:
        """Let so many days pass; how many occasions there were."""
        end = self.now + days * 24 * HOUR
        while self.now < end:
            self._away = self._random.random() < 0.05
            hard = [one for one in self._in_hand if self._random.random() < 0.4]
            self._in_hand = []
            for person in (*self._random.sample(self.people, max(1, len(self.people) // 48)), *hard):
                self._something_happens(person)
            self._works()
            self.now += self._random.choice((1, 11, 23, 37, 59)) * MINUTE + self._random.randrange(MINUTE)
            self.now += 5 * HOUR if self._random.random() < 0.01 else 0
        self._works()
        self.broken += [f"seed {self._seed}: {one}" for one in audit(self._tx, self.pushes, self.done, self.now)]
        row = self._tx.one("SELECT count(*) FROM occasion")
        return int(str(row[0])) if row else 0

    def _plan(self) -> None:
        while waiting := plans.waiting(self._tx, self.now, 500):
            plans.expand(self._tx, waiting, _open, SECRET, self.now)

    def _works(self) -> None:
        self._plan()
        while self._send():
            pass

    def _send(self) -> int:
        claims = occasions.claim(self._tx, "node", self.now, 200)
        for claim in claims:
            luck = self._random.random()
            self._in_hand += [self._clients[claim.client]] * (luck < 0.04 or self._away)
            if luck < 0.02:  # the node dies with it
                continue
            if self._away:
                retry_at = self.now + self._random.randrange(MINUTE, HOUR)
                self._note(claim, Delivery(state="later", status=503, reason="service"))
                occasions.postpone(self._tx, "node", claim.id, retry_at)
                continue
            self._judge(claim, noted=luck > 0.04)
            if luck > 0.04:  # else the node dies before it has noted that it was sent
                self._note(claim, Delivery(state="accepted", status=201, reason=None))
                occasions.close(self._tx, "node", claim.id, None)
        return len(claims)

    def _note(self, claim: Claim, delivery: Delivery) -> None:
        for target in claim.targets:
            occasions.record(self._tx, claim.id, target.id, delivery, self.now)

    def _judge(self, claim: Claim, noted: bool) -> None:
        row = self._tx.one("SELECT day, slot FROM occasion WHERE id = :id", id=claim.id)
        assert row is not None
        day, slot = str(row[0]), int(str(row[1]))
        person = self._clients[claim.client]
        key = (claim.client, claim.plan, day, slot)
        wrong = [] if claim.plan in person.plans else ["of a plan that is gone"]
        if not wrong:
            wrong = list(faults(person.plans[claim.plan], person, day, slot, self.now, claim.end_at))
        wrong += ["twice"] if key in self.sent and key not in self.again else []
        wrong += ["after it was done"] if key in self.done else []
        if noted and key not in self.sent:
            self.a_day[claim.client, day] = self.a_day.get((claim.client, day), 0) + 1
            wrong += ["over the most"] if self.a_day[claim.client, day] > (person.limits.most or MOST) else []
        if noted:
            self.sent.add(key)
            self.again.discard(key)
        self.pushes.append(Push(key, self.now, noted))
        self.broken += [f"seed {self._seed} at {self.now}: {key} {person.zone} {one}" for one in wrong]

    def _something_happens(self, person: Person) -> None:
        match self._random.choices(("done", "opened", "later", "travels", "plan", "limits"), (16, 4, 6, 1, 2, 1))[0]:
            case "done" if person.plans:
                self._does(person)
            case "opened":
                self._tx.run(
                    "UPDATE occasion SET opened_at = :now WHERE client_id = :c AND state = 'sent'",
                    now=self.now,
                    c=person.id,
                )
                plans.note_all(self._tx, person.id)
            case "later":
                self._puts_off(person)
            case "travels":
                person.zone = self._random.choice(ZONES)
                self._tx.run("UPDATE client SET zone = :z WHERE id = :c", z=person.zone, c=person.id)
            case "plan":
                self._changes_a_plan(person)
            case "limits":
                person.limits = some_limits(self._random, self._today(person))
                self._keep(person.id, limits.id_of(person.id), "preference", person.limits)
            case _:
                pass

    def _today(self, person: Person) -> date:
        return datetime.fromtimestamp(self.now / 1000, ZoneInfo(person.zone)).date()

    def _puts_off(self, person: Person) -> None:
        """What was sent last and may still come again, comes later."""
        row = self._tx.one(
            "SELECT id, plan_id, day, slot, snoozed FROM occasion WHERE client_id = :c AND state = 'sent' "
            "AND end_at > :now ORDER BY due_at DESC LIMIT 1",
            c=person.id,
            now=self.now,
        )
        if row is None:
            return
        viewer = Viewer(id=person.id, role="client", practice="p", login=person.id)
        if put_off(self._tx, viewer, str(row[0]), int(str(row[4])), self.now).at is not None:
            self.again.add((person.id, str(row[1]), str(row[2]), int(str(row[3]))))
            self._in_hand.append(person)

    def _does(self, person: Person) -> None:
        plan = self._random.choice(sorted(person.plans))
        day = self._today(person) + timedelta(days=self._random.choice((0, 0, 0, 0, 0, 1, -1)))
        slot = self._random.choice((0, 0, 1, 2))
        mark = bodies.Mark(what="done", plan=plan, day=day.isoformat(), slot=slot)
        self._follows(person.id, "mark", "mark", mark)
        self.done.setdefault((person.id, plan, day.isoformat(), slot), self.now)

    def _changes_a_plan(self, person: Person) -> None:
        if person.plans and self._random.random() < 0.8:
            plan = self._random.choice(sorted(person.plans))
        else:
            plan = self._new_id(person.id)
        if plan in person.plans and self._random.random() < 0.2:
            del person.plans[plan]
            self._tx.run("UPDATE record SET deleted = 1, body = NULL WHERE id = :id", id=plan)
            self._follows(person.id, plan, "plan")
        else:
            self._saves(person, plan)

    def _saves(self, person: Person, plan: str) -> None:
        person.plans[plan] = some_plan(self._random, self._today(person))
        self._keep(person.id, plan, "plan", person.plans[plan])

    def _new_id(self, client: str) -> str:
        """As long as a record's."""
        return f"{client}-p{next(self._ids):029}"

    def _person(self, id: str) -> Person:
        person = Person(id=id, zone=self._random.choice(ZONES), plans={}, limits=bodies.Preference())
        person.limits = some_limits(self._random, self._today(person))
        self._clients[id] = person
        self._tx.run(
            "INSERT INTO client (id, practice_id, name_sealed, epoch, zone, created_at) "
            "VALUES (:id, 'p', X'00', 'e', :zone, 0)",
            id=id,
            zone=person.zone,
        )
        self._tx.run(
            "INSERT INTO login (id, token_hash, role, person_id, practice_id, device, created_at, seen_at, expires_at) "
            "VALUES (:id, :hash, 'client', :id, 'p', 'd', 0, 0, 9000000000000)",
            id=id,
            hash=id.encode(),
        )
        self._tx.run(
            "INSERT INTO subscription (id, client_id, login_id, endpoint_hash, sealed, vapid_kid, created_at) "
            "VALUES (:id, :id, :id, :hash, X'00', 'k', 0)",
            id=id,
            hash=id.encode(),
        )
        self._keep(id, limits.id_of(id), "preference", person.limits)
        for _ in range(self._random.randint(2, 7)):
            self._saves(person, self._new_id(id))
        return person

    def _keep(self, client: str, id: str, kind: str, body: bodies.Body) -> None:
        self._tx.run(
            "INSERT INTO record (client_id, id, kind, schema, audience, author, epoch, seq, saved_at, op_id, body, "
            "mac) VALUES (:c, :id, :kind, 1, 'service', 'client', 'e', :seq, :now, 'o', :body, X'00') "
            "ON CONFLICT (client_id, id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at, deleted = 0",
            c=client,
            id=id,
            kind=kind,
            seq=next(self._ids),
            now=self.now,
            body=msgspec.json.encode(body),
        )
        self._follows(client, id, kind, body)

    def _follows(self, client: str, id: str, kind: str, body: bodies.Body | None = None) -> None:
        """What follows from a record that a phone has sent, as when it is saved."""
        kept = {} if body is None else {id: msgspec.json.encode(body)}
        following.follow(self._tx, client, [{"id": id, "kind": kind}], kept, self.now)


def some_plan(roll: random.Random, today: date) -> bodies.Plan:
    """A plan, often one that clocks or quiet hours make hard."""
    days = [1, 2, 3, 4, 5, 6, 7]
    times = sorted(some_time(roll) for _ in range(5))
    common = bodies.Plan(
        at=times[0],
        days=days if roll.random() < 0.7 else sorted(roll.sample(days, 3)),
        about=roll.choice(("checkin", "task")),
        on=roll.random() < 0.95,
        paused_until=some_day(roll, today, 1, 3),
        from_=some_day(roll, today, 1, 3),
        until=some_day(roll, today, 0, 4),
    )
    if roll.random() < 0.5:
        common.kind, common.to, common.times = "window", times[roll.randint(2, 4)], roll.randint(1, 3)
    else:
        common.more = times[1 : roll.randint(1, 5)]
        common.in_quiet = roll.sample(times, roll.randint(0, 2))
    return common


def some_time(roll: random.Random) -> str:
    early = roll.random() < 0.35  # where clocks change
    hour = roll.randint(0, 3 if early else 23)
    return f"{hour:02}:{roll.randint(0, 59):02}"


def some_day(roll: random.Random, today: date, first: int, last: int) -> str | None:
    """Seldom: a day so many days from today."""
    return (today + timedelta(days=roll.randint(first, last))).isoformat() if roll.random() < 0.05 else None


def some_limits(roll: random.Random, today: date) -> bodies.Preference:
    return bodies.Preference(
        paused_until=some_day(roll, today, 1, 2),
        quiet=roll.choice((None, *(bodies.QuietHours(from_=some_time(roll), to=some_time(roll)) for _ in range(3)))),
        most=roll.choice((None, 1, 2, 5)),
    )


TABLES: Final = ("client", "login", "subscription", "record", "plan", "occasion", "delivery", "done", "epoch")


def faults(plan: bodies.Plan, person: Person, day: str, slot: int, now: int, end_at: int) -> list[str]:
    """What speaks against a reminder that leaves at `now` and may be shown until `end_at`."""
    zone, found = ZoneInfo(person.zone), list[str]()
    quiet = Hours(person.limits.quiet.from_, person.limits.quiet.to) if person.limits.quiet else QUIET
    shown = [datetime.fromtimestamp(at / 1000, zone) for at in (now, (now + end_at) // 2, end_at - 1)]
    walls = [f"{one:%H:%M}" for one in shown]
    if not plan.on or date.fromisoformat(day).isoweekday() not in plan.days or rests(plan, person.limits, day):
        found.append("of a plan that rests")
    if plan.kind == "window":
        if any(
            str(one.date()) != day or not plan.at <= wall < (plan.to or "")
            for one, wall in zip(shown, walls, strict=True)
        ):
            found.append("outside its stretch")
        if any(quiet.hold(wall) for wall in walls):
            found.append("in quiet hours")
        return found
    if slot > len(plan.more):
        return [*found, "of a time that is gone"]
    at = [plan.at, *plan.more][slot]
    due = first_valid(f"{day}T{at}", zone)
    if not due <= now < end_at <= due + 2 * HOUR:
        found.append("outside its window")
    agreed = person.limits.quiet is None or at in plan.in_quiet
    if not agreed and any(quiet.hold(wall) for wall in walls):
        found.append("in quiet hours")
    return found


def rests(plan: bodies.Plan, limits: bodies.Preference, day: str) -> bool:
    """Whether it is paused that day, has not begun or is over."""
    paused = any(until is not None and day < until for until in (plan.paused_until, limits.paused_until))
    return paused or day < (plan.from_ or day) or day > (plan.until or day)


def walk(seed: int, days: int) -> tuple[int, int, list[str]]:
    """One client for some days by the pure functions alone, sent as late as an engine may be, done before, after or not
    at all, flying in the middle: how many occasions, how many of them sent, and what went wrong."""
    roll = random.Random(seed)
    start = date.fromisoformat(f"{roll.randint(2024, 2030)}-{roll.choice(CHANGES_OF_CLOCKS)}") - timedelta(
        days=days // 2
    )
    person = Person(
        id=f"c{seed}",
        zone=roll.choice(ZONES),
        plans={f"p{n}": some_plan(roll, start) for n in range(roll.randint(2, 6))},
        limits=some_limits(roll, start),
    )
    sent: set[tuple[str, str, int]] = set()
    used: dict[str, int] = {}
    seen, broken = 0, list[str]()
    for half in (start, start + timedelta(days=days // 2)):
        for plan, one in _planned(person, half, days // 2 + 1, used):
            seen += 1
            key, now = (plan, one.day, one.slot), one.due_at + int(roll.expovariate(1 / (15 * MINUTE)))
            done = roll.random() < 0.2 and roll.randint(one.due_at - 3 * HOUR, one.due_at + 3 * HOUR) <= now
            if one.skip is not None or done or key in sent or due(one, now) != "send":
                continue
            wrong = faults(person.plans[plan], person, one.day, one.slot, now, one.end_at)
            sent.add(key)
            used[one.day] = used.get(one.day, 0) + 1
            wrong += ["over the most"] if used[one.day] > (person.limits.most or MOST) else []
            broken += [f"seed {seed}: {key} {person.zone} {fault}" for fault in wrong]
        person.zone = roll.choice(ZONES) if roll.random() < 0.5 else person.zone
    return seen, len(sent), broken


def _planned(person: Person, start: date, days: int, used: dict[str, int]) -> list[tuple[str, Occasion]]:
    bounds = as_limits(person.limits)
    wanted = [
        (name, one)
        for name, body in person.plans.items()
        for one in outlook(as_planned(body, name, person.zone, bounds), start.isoformat(), days, SECRET)
    ]
    return within(wanted, bounds.most, dict(used))


def _open(client_id: str, record: Stored) -> bytes | None:
    return record.body
