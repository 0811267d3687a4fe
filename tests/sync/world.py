"""One example: two people with their devices, one server, and everything that may go wrong between them.

Each method is one step, and `story` says in plain words what happened.
"""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, Final, Literal, ParamSpec, TypeVar

import msgspec

from tests.sync import checks
from tests.sync.choosing import ids_of, own_on, pick, pick_or_none, texts_on
from tests.sync.model import Text
from tests.sync.people import Answer, Device, Person, Practice, Violation, new_id, word_sent
from tests.sync.phones import Driver
from tests.sync.storage import Backup, Storage

Fault = Literal["none", "lost", "unanswered", "twice", "cut", "kill-before", "kill-during", "kill-after"]
ROUNDS: Final = 12
TO_SET: Final = ("feet-on-floor", "name-it-gently", "calm-place", "five-stop-scan", "longer-out-breath", "two-at-once")
P = ParamSpec("P")
R = TypeVar("R")


def step(work: Callable[Concatenate["World", P], R]) -> Callable[Concatenate["World", P], R]:
    """A step of an example: when it fails, the failure comes with everything that happened before."""

    @wraps(work)
    def told(world: "World", /, *args: P.args, **more: P.kwargs) -> R:
        try:
            return work(world, *args, **more)
        except Exception as failure:
            if not hasattr(failure, "__notes__"):
                failure.add_note("\n  ".join(["What happened:", *world.story]))
            raise

    return told


class Made(msgspec.Struct, frozen=True):
    """A backup, the words that it has of each person, and the backups that the journals had gone on from by then, with
    this one."""

    backup: Backup
    held: dict[str, set[str]]
    behind: frozenset[int]


class World:
    """The people, the server and what happened so far."""

    def __init__(self, practice: Practice, storage: Storage, driver: Driver) -> None:
        self.practice, self.storage, self.driver = practice, storage, driver
        if not practice.server.runs:
            practice.server.start()  # the example before ended in a failure
        self.anna = practice.client("Anna", driver, devices=3)
        self.bruno = practice.client("Bruno", driver, devices=2)
        self.people = [self.anna, self.bruno]
        self.story: list[str] = []
        self.restored = False
        self.restarts = 0
        self.backups: list[Made] = []
        self._behind: frozenset[int] = frozenset()
        self._words = 0

    @property
    def devices(self) -> list[tuple[Person, Device]]:
        """Every device, and whose it is."""
        return [(person, device) for person in self.people for device in person.devices]

    # --- What people do

    @step
    def write(self, who: int, kind: str = "note", audience: str = "therapist", more: str | None = None) -> str:
        """Someone writes something new; `more` is a field that a newer build has."""
        person, device = pick(self.devices, who)
        return self._save(person, device, new_id(), None, kind, audience, more)

    @step
    def write_with_ids_of_another(self, who: int, which: int) -> None:
        """Someone's phone makes ids, of a record and of an op, that another person's phone has made already."""
        person, device = pick(self.devices, who)
        other = next(one for one in self.people if one is not person)
        own = person.borrowed.union(*map(ids_of, person.asked.values()))
        taken = [op for op in other.asked.values() if op["action"] == "put" and own.isdisjoint(ids_of(op))]
        if taken:
            op = pick(taken, which)
            person.borrowed |= ids_of(op)
            self.say(f"{device.name} makes ids that {other.name}'s phone made")
            self._save(person, device, str(op["record"]), None, str(op["kind"]), "therapist", None, str(op["id"]))

    @step
    def edit(self, who: int, which: int, audience: str = "therapist") -> None:
        """Someone changes the text that is on screen, and shares it if it was private."""
        person, device = pick(self.devices, who)
        if row := pick_or_none(own_on(device), which):
            self._save(person, device, row.id, (row.word, row.base), row.kind, audience, None)

    @step
    def begin(self, who: int, which: int) -> None:
        """Someone opens a text to change it, and goes on with something else."""
        _, device = pick(self.devices, who)
        if row := pick_or_none(own_on(device), which):
            self.say(f"{device.name} opens '{row.word}'")
            assert row.word is not None
            device.editing = (row.id, row.word, row.base)

    @step
    def finish(self, who: int) -> None:
        """Someone saves what they began with an older text on screen."""
        person, device = pick(self.devices, who)
        if device.editing is None:
            return
        record, word, base = device.editing
        device.editing = None
        row = device.phone.rows.get(record)
        if row is None:
            return
        if base is not None and base.startswith("~") and row.base != base:
            person.deeds.free.add(word)  # it may have become a copy of its own meanwhile
        self._save(person, device, record, (word, base), row.kind, row.audience, None)

    @step
    def remove(self, who: int, which: int) -> None:
        """Someone deletes a record."""
        person, device = pick(self.devices, who)
        if row := pick_or_none(own_on(device), which):
            self.say(f"{device.name} deletes '{row.word}'")
            assert row.word is not None
            person.deeds.deleted.add(row.word)
            person.deeds.mine.pop(row.word, None)
            if row.audience == "me":
                person.deeds.forgot_private(row.id)
            device.phone.remove(row.id)
            for waiting in device.phone.ops:
                if waiting.record == row.id and waiting.op["action"] == "delete":
                    person.deleting[waiting.id] = {row.word}

    @step
    def withdraw(self, who: int, which: int) -> None:
        """Someone takes back a share."""
        person, device = pick(self.devices, who)
        if row := pick_or_none(texts_on(device), which):
            self.say(f"{device.name} takes back '{row.word}'")
            assert row.word is not None
            person.deeds.took_back(row.word, row.id)
            device.phone.withdraw(row.id)

    @step
    def write_privately(self, who: int, which: int) -> None:
        """Someone writes what is only for them, new or in place of a text that is."""
        person, device = pick(self.devices, who)
        private = [row for row in own_on(device) if row.audience == "me"]
        if which % 2 and (row := pick_or_none(private, which // 2)):
            self._save(person, device, row.id, (row.word, row.base), row.kind, "me", None)
        else:
            self._save(person, device, new_id(), None, "note", "me", None)

    def _save(
        self,
        person: Person,
        device: Device,
        record: str,
        seen: tuple[str | None, str | None] | None,
        kind: str,
        audience: str,
        more: str | None,
        op: str | None = None,
    ) -> str:
        self._words += 1
        word = f"{person.name[0].lower()}{self._words}"
        before, base = seen or (None, None)
        instead = f" instead of '{before}'" if before else ""
        self.say(f"{device.name} writes '{word}'{instead} ({kind}, for {audience})")
        body: dict[str, object] = {"text": word}
        if kind == "plan":
            body |= {"at": "20:15", "days": [1, 2]}
        if more is not None:
            body[more] = {"deep": [1, None, {"er": "é\u2028"}]}
        felt_at = device.felt_at(self._words)
        text = Text(
            word=word, record=record, device=device.name, kind=kind, felt_at=felt_at, body=body, alone=kind == "plan"
        )
        person.deeds.wrote(text, before, only_mine=audience == "me")
        said = {"body": body, "kind": kind, "audience": audience, "base": base, "felt_at": felt_at}
        device.phone.save(record, said, op)
        return word

    # --- What the network does

    @step
    def sync(self, who: int, fault: Fault = "none", limit: int = 200, most: int = 100, old: bool = False) -> None:
        """A device sends and fetches once, and `fault` happens to that. An `old` build says less."""
        person, device = pick(self.devices, who)
        ops = device.phone.leave(most)
        sent = [{name: said for name, said in op.items() if not (old and name == "schema")} for op in ops]
        said = {"cursor": device.phone.cursor, "limit": limit, "zone": None, "ops": sent}
        body = json.dumps(said).encode()
        self.say(f"{device.name} sends {len(ops)}, asks for {limit}{'' if fault == 'none' else f': {fault}'}")
        self._left(person, ops)
        if ops:
            device.late.append(body)
        expected = checks.current_bases(person, device, ops)
        answer = self._carry(person, device, body, fault)
        if answer is not None:
            checks.answer_to(person, self.people, device, ops, answer, limit, expected)
            device.phone.receive(ops, msgspec.to_builtins(answer))
        if not self.practice.server.runs:
            self._start_again()

    def _carry(self, person: Person, device: Device, body: bytes, fault: Fault) -> Answer | None:
        """The answer that reaches the device, or None."""
        server, line = self.practice.server, device.line
        match fault:
            case "lost":
                return None
            case "cut":
                line.cut("/api/sync", body)
                return None
            case "kill-before":
                line.cut("/api/sync", body)
                server.kill()
            case "kill-during":
                with line.whole("/api/sync", body):
                    server.kill()
            case _:
                answer = self._exchange(person, device, body)
                if fault == "twice":
                    again = self._exchange(person, device, body)
                    checks.same_outcomes(answer.results, again.results)
                    return again
                if fault == "kill-after":
                    server.kill()
                    server.gone()
                return None if fault == "unanswered" else answer
        server.gone()
        return None

    def _exchange(self, person: Person, device: Device, body: bytes) -> Answer:
        status, said = device.line.post("/api/sync", body)
        if status != 200:
            raise Violation("liveness", f"{device.name} was answered {status}: {said}")
        answer = msgspec.convert(said, Answer)
        person.noted(answer.records)
        return answer

    def _left(self, person: Person, ops: Sequence[dict[str, object]]) -> None:
        for op in ops:
            person.asked[str(op["id"])] = op
            if word := word_sent(op):
                person.deeds.left.add(word)

    @step
    def late(self, who: int, which: int) -> None:
        """A request that a device sent long ago, and gave up, arrives (again); nobody hears the answer."""
        person, device = pick(self.devices, who)
        if body := pick_or_none(device.late, which):
            ops = json.loads(body)["ops"]
            words = [op.get("body", {}).get("text", op["action"]) for op in ops]
            self.say(f"an old request of {device.name} arrives late: {words}")
            answer = self._exchange(person, device, body)
            known = {id: outcome for id, outcome in person.answers.items() if id in {op["id"] for op in ops}}
            checks.same_outcomes(list(known.values()), [one for one in answer.results if one.op in known])

    # --- What the server and its keepers do

    @step
    def restart(self, politely: bool) -> None:
        """The server is ended and started again."""
        self.say("the server is stopped" if politely else "the server is killed")
        if politely:
            self.practice.server.stop()
        else:
            self.practice.server.kill()
            self.practice.server.gone()
        self._start_again()

    def _start_again(self) -> None:
        self.say("the server starts")
        self.restarts += 1
        self.practice.server.start()
        for person in self.people:
            checks.acknowledged(person)

    @step
    def backup(self) -> None:
        """Someone makes a backup while the server runs."""
        for person in self.people:
            person.noted(person.all_records())
        self.say(f"backup {len(self.backups) + 1} is made")
        held = {person.name: set(person.deeds.held) for person in self.people}
        self._behind |= {len(self.backups)}
        self.backups.append(Made(self.storage.backup(), held, self._behind))

    @step
    def restore(self, which: int, announced: bool = True) -> None:
        """The server goes back to a backup: by the restore command, or by a file put in place, of which nobody tells
        the server."""
        if not self.backups:
            return
        number = pick(range(len(self.backups)), which)
        made = self.backups[number]
        self.say(f"backup {number + 1} is {'restored' if announced else 'put in place'}")
        self.practice.server.stop()
        self.storage.restore(made.backup, announced)
        self.restored = True
        for person in self.people:
            on_devices = {row.word for device in person.devices for row in device.phone.shown() if row.word}
            person.deeds.restored(made.held[person.name], on_devices, aside=number not in self._behind)
            person.acked.clear()
            person.answers.clear()
            for device in person.devices:
                device.late.clear()  # the connections are gone with the server
        self._behind = made.behind
        self.practice.server.start()
        self.restarts += 1
        self.practice.sign_in()

    @step
    def replace_device(self, who: int) -> None:
        """A phone falls into the lake, and a new one takes its place."""
        person, device = pick(self.devices, who)
        if not person.spare:
            return
        self.say(f"{device.name} falls into the lake; the new one knows nothing")
        self._words += 1
        fresh = Device(f"{person.name}'s new {device.name.rpartition(' ')[2]}", self.driver, person.spare.pop(), 0)
        person.deeds.lost_with(device.name, {waiting.record for waiting in device.phone.ops})
        device.phone.forget()
        person.devices[person.devices.index(device)] = fresh

    # --- What the therapist does

    @step
    def assign(self, which: int) -> None:
        """Teresa sets an exercise for a client."""
        person = pick(self.people, which)
        self._words += 1
        word, record = f"t{self._words}", new_id()
        exercise = TO_SET[len(person.assigned) % len(TO_SET)]
        said = {"id": record, "op": new_id(), "exercise": exercise, "reason": word}
        status, answer = self.practice.teresa.call("POST", f"/api/clients/{person.client}/assignments", said)
        self.say(f"Teresa sets '{word}' for {person.name}")
        if "set for this client already" in str(answer):
            return  # the same exercise is set once at a time
        if status >= 300:
            raise Violation("liveness", f"Teresa was answered {status}: {answer}")
        person.assigned[record] = word

    @step
    def read(self, which: int, limit: int) -> None:
        """Teresa reads what a client shares; Carlo tries to."""
        checks.therapists_view(self.practice, pick(self.people, which), limit)

    # --- Rest

    @step
    def rest(self, limit: int = 200, page: int = 3) -> None:
        """Nothing goes wrong any more: everyone sends and fetches until nothing moves. Then everything must hold."""
        self.say("all comes to rest")
        noise = len(self.story)
        for _ in range(ROUNDS):
            before = self._standing()
            for who in range(len(self.devices)):
                self._drain(who, limit)
            if self._standing() == before:
                break
        self.story[noise:] = [said for said in self.story[noise:] if " sends 0, " not in said]
        for person in self.people:
            checks.at_rest(self, person, page)

    def _drain(self, who: int, limit: int) -> None:
        _, device = self.devices[who]
        for _ in range(200):
            before = (device.phone.cursor, [op.id for op in device.phone.ops])
            self.sync(who, limit=limit)
            if (device.phone.cursor, [op.id for op in device.phone.ops]) == before:
                return

    def _standing(self) -> list[object]:
        return [(device.phone.cursor, device.phone.rows) for _, device in self.devices]

    def close(self) -> None:
        """Switch the phones off."""
        for _, device in self.devices:
            device.phone.forget()

    def say(self, what: str) -> None:
        """Note what happens."""
        self.story.append(what)
