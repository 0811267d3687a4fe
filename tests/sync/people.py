"""The people of an example: new clients of Teresa's, each with devices of their own."""

import json
import uuid
from collections.abc import Mapping
from typing import Final, cast

import msgspec

from tests.e2e.machines import PASSWORD
from tests.sync.model import Deeds
from tests.sync.network import Line
from tests.sync.phones import Driver, Phone
from tests.sync.process import Quick

YEARS: Final = 10 * 365 * 86_400_000
CLOCKS: Final = (0, YEARS, -YEARS)
"""How far off the devices' clocks are: of the first not at all, of the second ten years ahead, of the third behind."""
NOON: Final = 1_790_000_000_000


class Kept(msgspec.Struct, kw_only=True):
    """A record as the server tells it."""

    id: str
    kind: str
    schema: int
    rev: str
    audience: str
    author: str
    deleted: bool = False
    felt_at: int | None = None
    body: dict[str, object] | None = None
    conflict_of: str | None = None

    @property
    def word(self) -> str | None:
        """The word by which its text is known, None where there is no text."""
        return None if self.deleted or self.body is None else word_of(self.kind, self.body)

    @property
    def live(self) -> bool:
        """Whether the server has its text."""
        return not self.deleted and self.body is not None and self.audience != "me"


class Outcome(msgspec.Struct, kw_only=True):
    """What became of an op."""

    op: str | None
    status: str
    rev: str | None = None
    copy: str | None = None
    reason: str | None = None


class Answer(msgspec.Struct, kw_only=True):
    """What `/api/sync` answers."""

    epochs: list[tuple[str, int]]
    reset: str | None
    results: list[Outcome]
    records: list[Kept]
    cursor: str
    more: bool


class Violation(AssertionError):
    """An invariant does not hold. `name` says which."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name


class Device:
    """A phone with its login, its clock, and the requests that are still under way to the server."""

    def __init__(self, name: str, driver: Driver, line: Line, clock: int) -> None:
        self.name, self.line, self.clock = name, line, clock
        self.phone = Phone(driver, f"{name}-{uuid.uuid4()}")
        self.late: list[bytes] = []
        self.editing: tuple[str, str, str | None] | None = None

    def felt_at(self, step: int) -> int:
        """Now, by the device's clock."""
        return NOON + self.clock + step


class Person:
    """A client: what they did, their devices, and how a device that only reads sees their journal."""

    def __init__(self, name: str, client: str, devices: list[Device], spare: list[Line], reader: Line) -> None:
        self.name, self.client, self.devices, self.spare, self.reader = name, client, devices, spare, reader
        self.deeds = Deeds()
        self.acked: dict[str, str] = {}
        """The last revision that was answered for each record, since the last restore."""
        self.answers: dict[str, Outcome] = {}
        """What was answered for each op, since the last restore."""
        self.asked: dict[str, dict[str, object]] = {}
        """Every op that ever left a phone."""
        self.borrowed: set[object] = set()
        """Ids of records that another person's phone made first."""
        self.deleting: dict[str, set[str]] = {}
        """The words that a delete on its way means."""
        self.assigned: dict[str, str] = {}
        """What the therapist set: each record and the word in its reason."""

    def all_records(self, limit: int = 500) -> list[Kept]:
        """The journal, read from the start in pages of `limit`, latest version of each."""
        found: dict[str, Kept] = {}
        for page in self.pages(limit):
            found.update({record.id: record for record in page.records})
        return list(found.values())

    def pages(self, limit: int) -> list[Answer]:
        """The pages of a reading from the start."""
        pages: list[Answer] = []
        cursor: str | None = None
        while not pages or pages[-1].more:
            status, said = self.reader.call("POST", "/api/sync", {"cursor": cursor, "limit": limit, "ops": []})
            if status != 200:
                raise RuntimeError(f"{self.name} can't read: {status} {said}")
            pages.append(msgspec.convert(said, Answer))
            cursor = pages[-1].cursor
            if len(pages) > 5_000:
                raise Violation("liveness", "reading never comes to an end")
        return pages

    def noted(self, records: list[Kept]) -> None:
        """Remember what the server was seen to have."""
        for record in records:
            if record.conflict_of is not None:
                self.deeds.copied(record.id, record.conflict_of)
            if record.word is not None:
                self.deeds.held.add(record.word)


class Practice:
    """Teresa at her desk, who lets clients in and reads what they share, and Carlo, who has no access to them."""

    def __init__(self, server: Quick) -> None:
        self.server = server
        self.teresa = self.carlo = Line(server, "")

    def open(self) -> "Practice":
        """Make the practice, start the server and sign both in."""
        self.server.command("create-practice", "The practice")
        for name in ("teresa", "carlo"):
            staff = ("--practice", "The practice", "--name", name, "--display-name", f"{name.title()} Rossi")
            self.server.command("create-therapist", *staff)
        self.server.start()
        self.sign_in()
        return self

    def sign_in(self) -> None:
        """Sign Teresa and Carlo in, also again after a restore."""
        self.teresa, self.carlo = (Line(self.server, self._signed_in(name)) for name in ("teresa", "carlo"))

    def _signed_in(self, name: str) -> str:
        said = {"with": "password", "name": name, "password": PASSWORD, "device": "desk"}
        return Line(self.server, "").sign_in(said)

    def client(self, name: str, driver: Driver, devices: int) -> Person:
        """A client nobody has met before, with so many devices, one login to spare and one that only reads."""
        client = new_id()
        self._ask("/api/clients", {"id": client, "name": name})
        logins = [self._login(client) for _ in range(devices + 2)]
        phones = [
            Device(f"{name}'s {('phone', 'tablet', 'laptop')[i]}", driver, logins[i], CLOCKS[i]) for i in range(devices)
        ]
        return Person(name, client, phones, [logins[-2]], logins[-1])

    def _login(self, client: str) -> Line:
        offer = self._ask("/api/invites", {"id": new_id(), "client": client})
        secret = str(offer["link"]).partition("#")[2]
        cookie = Line(self.server, "").sign_in({"with": "invite", "secret": secret, "device": "phone"})
        return Line(self.server, cookie)

    def _ask(self, path: str, said: object) -> dict[str, object]:
        status, answer = self.teresa.call("POST", path, said)
        if status >= 300:
            raise RuntimeError(f"{path}: {status} {json.dumps(answer)}")
        return answer


def new_id() -> str:
    """A random id of the form the server takes."""
    text = str(uuid.uuid4())
    return f"{text[:14]}7{text[15:]}"


def word_of(kind: str, body: dict[str, object]) -> str:
    """The word by which a text is known: assignments have it in their reason."""
    return str(body.get("reason" if kind == "assignment" else "text"))


def word_sent(op: Mapping[str, object]) -> str | None:
    """The word of the text that an op carries; None where it carries none."""
    body = cast(dict[str, object] | None, op.get("body"))
    return None if body is None else str(body["text"])
