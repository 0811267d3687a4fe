"""Who may do what, as one table: every route of the app, everyone there is, ids of their own and of others.

A route without a row fails. Signed out is 401, the wrong kind of person 403, and what is not yours is exactly what is
not there: the same status, the same bytes, and nothing has changed.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, cast

import httpx
import msgspec
import pytest
from litestar.routes import HTTPRoute

from server.app import create_app
from server.security import cookie_name
from server.store.known_ids import known_id
from server.store.logins import Entry
from tests.cast import ADA, ANNA, BICE, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Person, Stage, library, on_stage
from tests.cast import settings_in as settings
from tests.routes.test_assignments import wish
from tests.routes.test_recordings import wav
from tests.routes.test_sync import Json, check_in, sync, uid

Who = Literal["public", "anyone", "client", "therapist", "staff", "admin"]
Ids = Mapping[str, str]
DAY: Final = 86_400_000
CLARA: Final = Person("Clara", "client", uid("clara"))
GUARDED: Final = 403
GONE: Final = frozenset({404})
DONE: Final = frozenset({200, 201, 204})
QUIETLY: Final = frozenset({200, 204})
"""Where a request about what is another's does nothing and says nothing."""


class Row(msgspec.Struct, frozen=True):
    """One route. `of` says whose the id in it is; `denied` is the answer to what is not yours, `ok` to what is, `wrong`
    to the wrong kind of person. `makes`: an id that is nobody's is for something new. `by` is who shows that it works.
    """

    who: Who
    route: str
    of: str = ""
    body: Json | None = None
    query: str = ""
    denied: frozenset[int] = GONE
    ok: frozenset[int] = DONE
    wrong: int = GUARDED
    file: bool = False
    makes: bool = False
    by: str = ""

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.route.partition(" ")[2]


OP: Final[Json] = {"op": "{new}"}
NEW: Final = wish("five-senses", id="{new}", op="{other}")
STEP: Final[Json] = {"id": "{new}"}
CLIENT: Final = "/api/clients/{client_id:uuid}"
SET: Final = CLIENT + "/assignments/{assignment_id:uuid}"
SETTING: Final[Json] = {"op": "{new}", "base": None, "blocks": [], "open_only": True}
DATES: Final[Json] = {"op": "{new}", "base": None, "weekly": None, "single": []}
HAND_OVER: Final[Json] = {"id": "{new}", "to": "{to}"}
LINE: Final[Json] = {
    "name": "A line",
    "number": "112",
    "hours": "Always",
    "checked_on": "2026-09-21",
    "checked_by": "Ada",
}
ADDRESS: Final[Json] = {"endpoint": "https://push.example/{new}"}
KEYS: Final[Json] = ADDRESS | {"keys": {"p256dh": "p", "auth": "a"}, "kid": "0"}
MENU: Final[Json] = {"op": "{new}", "base": None, "order": []}
NOTE: Final[Json] = {"op": "{new}", "base": None, "text": "Until Monday."}
PART: Final[Json] = {"op": "{new}", "base": None, "around": "The kitchen.", "written_together": True}
WORD: Final[Json] = {"id": "{word}", "op": "{new}", "word": "foggy", "meaning": "Far away, and slow."}
CHANGED_WORD: Final[Json] = {"op": "{new}", "base": "{rev}", "meaning": "Slow.", "ended": True}
TEMPLATE: Final[Json] = {"name": "Sixteen weeks", "items": [], "rev": 0}
SAVED: Final[Json] = {"base": 1, "files": {"structure": "x = 1", "words": "# A title"}}
OWN: Final = "/api/practice/own-exercises/{exercise:str}"
LATE: Final = frozenset({409, 422})
"""It is theirs; it changed since, or ended, by a row before this one."""
PAGE: Final = frozenset({200, 404, 503})
"""The app itself, which is not built here."""
ROWS: Final = (
    Row("public", "GET /healthz"),
    Row("public", "GET /readyz"),
    Row("public", "GET /api/exercises"),
    Row("public", "POST /api/logins", body={"with": "invite", "secret": "unknown"}, ok=frozenset({410})),
    Row("public", "GET /calendar/{file:str}", ok=GONE),
    Row("public", "GET /", ok=PAGE),
    Row("public", "GET /{path:path}", ok=PAGE),
    Row("public", "GET /api/openapi.json"),
    Row("public", "GET /api/openapi.json/{path:str}", ok=GONE),
    Row("public", "GET /api/openapi.json/openapi.json", ok=DONE | GONE),
    Row("anyone", "GET /api/logins/current"),
    Row("anyone", "GET /api/logins"),
    Row("anyone", "GET /api/crisis-lines"),
    Row("anyone", "GET /api/recordings"),
    Row("anyone", "GET /api/recordings/{recording_id:uuid}", of="heard"),
    Row("client", "POST /api/sync", body={"cursor": None, "ops": []}),
    Row("client", "GET /api/journal/brief"),
    Row("client", "GET /api/journal/shared"),
    Row("client", "GET /api/journal/readings"),
    Row("client", "GET /api/records/{record_id:uuid}/versions", of="record", wrong=404),
    Row("client", "GET /api/export"),
    Row("client", "GET /api/push-key"),
    Row("client", "PUT /api/push-subscriptions", body=KEYS, ok=frozenset({422})),
    Row("client", "DELETE /api/push-subscriptions", body=ADDRESS, ok=DONE | GONE),
    Row("client", "POST /api/push-subscriptions/test", body=ADDRESS, ok=GONE),
    Row("client", "GET /api/push-subscriptions/test/{name:uuid}", ok=DONE | GONE),
    Row("client", "GET /api/reminders"),
    Row("client", "PUT /api/reminders/device", body={"state": "ready"}, ok=DONE | frozenset({422})),
    Row("client", "POST /api/reminders/{name:uuid}/shown"),
    Row("client", "POST /api/reminders/{name:uuid}/opened"),
    Row("client", "POST /api/reminders/{name:uuid}/later", body={"nth": 0}, ok=DONE | GONE),
    Row("client", "GET /api/calendar", ok=GONE),
    Row("client", "POST /api/calendar-feed"),
    Row("client", "DELETE /api/calendar-feed"),
    Row("therapist", "GET /api/assignable-exercises"),
    Row("therapist", "GET /api/clients"),
    Row("therapist", "GET /api/weeks"),
    Row("therapist", "GET /api/colleagues"),
    Row("therapist", "GET /api/former-clients"),
    Row("therapist", "GET /api/supervisions"),
    Row("therapist", "GET /api/supervisions/{supervision_id:uuid}", of="supervision"),
    Row("therapist", "POST /api/clients", of="client", body={"id": "{client}", "name": "X"}, makes=True),
    Row("therapist", f"GET {CLIENT}", of="client"),
    Row("therapist", f"GET {CLIENT}/journal", of="client"),
    Row("therapist", f"GET {CLIENT}/brief", of="client"),
    Row("therapist", f"GET {CLIENT}/reminders", of="client"),
    Row("therapist", f"GET {CLIENT}/settings", of="client"),
    Row("therapist", f"PUT {CLIENT}/settings", of="client", body=SETTING),
    Row("therapist", f"GET {CLIENT}/sessions", of="client"),
    Row("therapist", f"PUT {CLIENT}/sessions", of="client", body=DATES),
    Row("therapist", f"PUT {CLIENT}/discussed/{{record_id:uuid}}", of="client", body=OP),
    Row("therapist", f"DELETE {CLIENT}/discussed/{{record_id:uuid}}", of="client", body=OP),
    Row("therapist", f"POST {CLIENT}/assignments", of="client", body=NEW),
    Row("therapist", f"POST {SET}/confirmation", of="client", body=OP | {"base": "{rev}"}),
    Row("therapist", f"POST {SET}/ending", of="client", body=OP | {"base": "{rev}"}),
    Row("therapist", f"GET {CLIENT}/assignments", of="client"),
    Row("therapist", f"PUT {SET}", of="client", body=OP | {"base": "{rev}"}, ok=LATE),
    Row("therapist", f"POST {SET}/reopening", of="client", body=OP | {"base": "{rev}"}, ok=LATE),
    Row("therapist", f"POST {SET}/withdrawal", of="client", body=OP | {"base": "{rev}"}, ok=LATE),
    Row("therapist", f"PUT {CLIENT}/menu", of="client", body=MENU),
    Row("therapist", f"PUT {CLIENT}/message", of="client", body=NOTE),
    Row("therapist", f"PUT {CLIENT}/safety-part", of="client", body=PART),
    Row("therapist", f"POST {CLIENT}/words", of="client", body=WORD),
    Row("therapist", f"PUT {CLIENT}/words/{{word_id:uuid}}", of="client", body=CHANGED_WORD, ok=LATE),
    Row("therapist", "GET /api/practice/templates"),
    Row("therapist", "PUT /api/practice/templates/{template_id:uuid}", of="practice", body=TEMPLATE, makes=True),
    Row("therapist", "DELETE /api/practice/templates/{template_id:uuid}", of="practice", denied=QUIETLY),
    Row("therapist", f"GET {CLIENT}/supervision", of="client"),
    Row("therapist", f"POST {CLIENT}/supervision", of="client", body={"id": "{new}", "to": "{to}", "weeks": 1}),
    Row("therapist", f"DELETE {CLIENT}/supervision", of="client"),
    Row("therapist", "POST /api/invites", of="client", body={"id": "{new}", "client": "{client}"}),
    Row("therapist", "GET /api/invites", of="client", query="?client={client}", denied=QUIETLY),
    Row("therapist", "DELETE /api/invites/{invite_id:uuid}", of="client"),
    Row("therapist", f"POST {CLIENT}/freeze", of="client", body=STEP),
    Row("therapist", f"POST {CLIENT}/relationship-ending", of="client", body=STEP),
    Row("therapist", "POST /api/former-clients/{client_id:uuid}/return", of="client", body=STEP),
    Row("therapist", f"POST {CLIENT}/hand-over", of="client", body=HAND_OVER),
    Row("staff", "GET /api/practice/exercises"),
    Row("staff", "GET /api/practice/exercises/{exercise:str}"),
    Row("staff", "GET /api/practice/exercises/{exercise:str}/preview"),
    Row("staff", "POST /api/recordings", query="?exercise=calm-place&version=1", file=True),
    Row("staff", "DELETE /api/recordings/{recording_id:uuid}", of="practice", denied=QUIETLY),
    Row("staff", "GET /api/practice/own-exercises"),
    Row("staff", "POST /api/practice/own-exercises", of="practice", body={"id": "{own}"}, makes=True),
    Row("staff", "POST /api/practice/own-exercises/parcels", query="?id={own}", file=True, ok=LATE),
    Row("staff", f"GET {OWN}", of="practice"),
    Row("staff", f"PUT {OWN}", of="practice", body=SAVED, ok=DONE | LATE),
    Row("staff", f"GET {OWN}/preview", of="practice", ok=DONE | LATE),
    Row("staff", f"GET {OWN}/parcel", of="practice"),
    Row("staff", f"POST {OWN}/editions", of="practice", body={"base": 9}, ok=LATE),
    Row("staff", f"GET {OWN}/editions/{{version:int}}", of="practice", ok=DONE | GONE),
    Row("staff", f"POST {OWN}/retirement", of="practice", ok=DONE | LATE),
    Row("staff", f"DELETE {OWN}/retirement", of="practice", ok=DONE | LATE),
    Row("staff", f"DELETE {OWN}/draft", of="practice", query="?base=1", ok=DONE | LATE),
    Row("admin", "POST /api/practice/approvals", body={"exercise": "calm-place", "version": 1, "by": "Dr. Test"}),
    Row("admin", "DELETE /api/practice/approvals/{exercise:str}/{version:int}"),
    Row("admin", "PUT /api/crisis-lines/{line_id:uuid}", of="practice", body=LINE, makes=True),
    Row("admin", "POST /api/crisis-lines/{line_id:uuid}/checks", of="practice", body={"on": "2026-09-21"}),
    Row("admin", "DELETE /api/crisis-lines/{line_id:uuid}", of="practice", denied=QUIETLY),
    Row("admin", "PUT /api/practice/contact", body={"words": "Call."}),
    Row("admin", "DELETE /api/practice/contact"),
    Row("admin", "GET /api/practice/staff"),
    Row("admin", "GET /api/practice/staff/{account_id:uuid}/clients", of="practice"),
    Row("admin", "POST /api/practice/staff/{account_id:uuid}/disabling", of="practice"),
    Row("admin", "DELETE /api/practice/staff/{account_id:uuid}/disabling", of="practice"),
    Row("admin", "POST /api/practice/clients/{client_id:uuid}/hand-over", of="practice", body=STEP | {"to": "{heir}"}),
    Row("anyone", "DELETE /api/logins/{login_id:uuid}", of="login"),
    Row("client", "DELETE /api/journal", by="bruno"),
    Row("anyone", "DELETE /api/logins/current", by="teresa"),
)
"""In this order each is also done by somebody who may: what ends something comes last."""
ROLES: Final[Mapping[Who, frozenset[str]]] = {
    "public": frozenset({"client", "therapist", "admin", "nobody"}),
    "anyone": frozenset({"client", "therapist", "admin"}),
    "client": frozenset({"client"}),
    "therapist": frozenset({"therapist"}),
    "staff": frozenset({"therapist", "admin"}),
    "admin": frozenset({"admin"}),
}
HERE: Final = frozenset({"anna", "bruno", "clara"})
OWNS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "client": {"teresa": frozenset({"anna", "clara"}), "bice": frozenset({"bruno"})},
    "supervision": {"looks": frozenset({"anna"})},
    "record": {"anna": frozenset({"anna"}), "bruno": frozenset({"bruno"})},
    "login": {"anna": frozenset({"anna"}), "bruno": frozenset({"bruno"})},
    "practice": {
        **dict.fromkeys(("teresa", "carlo", "bice", "waits", "looks", "over", "ada"), HERE),
        **dict.fromkeys(("eva", "edo"), frozenset({"elsewhere"})),
    },
    "heard": dict.fromkeys(("anna", "bruno", "teresa", "carlo", "bice", "waits", "looks", "over", "ada"), HERE),
}
"""Whose ids somebody may name, by what the id is of. Carlo accompanied Anna before Teresa; Waits, Looks and Over were
named for supervision, and one of them has the client's word and time left; Eva and Edo work elsewhere."""


NOBODYS: Final[Mapping[str, frozenset[str]]] = {
    "client": frozenset({"elsewhere", "unknown"}),
    "practice": frozenset({"unknown"}),
}
"""Where the id of a set is nobody's."""


class Actor(msgspec.Struct, frozen=True):
    """Somebody at a browser."""

    name: str
    role: str
    browser: Browser


class World(msgspec.Struct, frozen=True):
    """Everyone, and the ids of whatever is anybody's."""

    actors: Sequence[Actor]
    sets: Mapping[str, Ids]


def test_every_route_has_a_row(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path), library=library())
    there = {
        f"{method} {route.path}"
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method not in {"OPTIONS", "HEAD"}
    }

    assert {row.route for row in ROWS} == there
    assert len(ROWS) == len(there)


@pytest.fixture
async def stage(tmp_path: Path, address: str, keys_address: str) -> AsyncGenerator[Stage, None]:
    async with on_stage(settings(tmp_path, database=address, keys_database=keys_address)) as stage:
        yield stage


async def test_everyone_reaches_what_is_theirs_and_nothing_else(stage: Stage) -> None:
    world = await populated(stage)
    before = await everything(stage)

    wrong = [problem for row in ROWS async for problem in _refusals(world, row)]
    after = await everything(stage)
    wrong += [problem for row in ROWS if (problem := await _permission(world, row))]

    assert not wrong, "\n".join(wrong)
    assert after == before


async def _refusals(world: World, row: Row) -> AsyncGenerator[str, None]:
    """What is not refused as it must be."""
    for actor in world.actors:
        if actor.role not in ROLES[row.who]:
            expected = frozenset({401 if actor.role == "nobody" else row.wrong})
            ids = [world.sets["anna"]]
        elif row.of:
            own = OWNS[row.of].get(actor.name, frozenset())
            tried = world.sets if own or actor.name == "carlo" else ("anna", "unknown")
            expected = row.denied
            ids = [world.sets[one] for one in tried if one not in own and not (row.makes and one in NOBODYS[row.of])]
        else:
            continue
        answers = [await _asked(actor, row, one, "matrix") for one in ids]
        if {one.status_code for one in answers} - expected or len({one.content for one in answers}) > 1:
            yield f"{row.route} by {actor.name}: {[(one.status_code, one.text[:80]) for one in answers]}"


async def _permission(world: World, row: Row) -> str | None:
    """What somebody who may can't do, if so: otherwise a row could be refused for another reason than it says."""
    for actor in world.actors:
        own = OWNS[row.of].get(actor.name, frozenset()) if row.of else frozenset({"anna"})
        if actor.role in ROLES[row.who] and own and row.by in {"", actor.name}:
            answer = await _asked(actor, row, world.sets[min(own)], f"{row.route} {actor.name}")
            return None if answer.status_code in row.ok else f"{row.route} by {actor.name}: {answer.text[:200]}"
    return f"{row.route}: nobody may"


async def _asked(actor: Actor, row: Row, ids: Ids, new: str) -> httpx.Response:
    known = {**ids, "new": uid(new), "other": uid(f"{new} other")}
    if row.path.startswith(OWN):
        known["exercise"] = ids["own"]
    path = "".join(_part(part, known) for part in row.path.split("/") if part) or "/"
    if row.file:
        headers = {"content-type": "application/octet-stream"}
        return await actor.browser.request(row.method, path + row.query, content=wav(1_000), headers=headers)
    body = None if row.body is None else msgspec.convert(_filled(row.body, known), dict[str, object])
    return await actor.browser.request(row.method, path + str(_filled(row.query, known)), json=body)


def _part(part: str, ids: Ids) -> str:
    name = part.strip("{}").partition(":")[0] if part.startswith("{") else None
    return f"/{part if name is None else ids[name.removesuffix('_id')]}"


def _filled(said: object, ids: Ids) -> object:
    if isinstance(said, dict):
        return {name: _filled(value, ids) for name, value in cast("dict[str, object]", said).items()}
    return said.format(**ids) if isinstance(said, str) and "{" in said else said


# --- The world


async def populated(stage: Stage) -> World:
    """Everyone, with what is theirs."""
    await _staff(stage)
    anna, bruno = await stage.signed_in(ANNA), await stage.signed_in(BRUNO)
    await stage.stores.clients.add(stage.viewer(TERESA), CLARA.id, "Clara", stage.clock())
    await _handed_there_and_back(stage)
    expired = await _supervised(stage, BICE, BRUNO, "Over", weeks=1)
    await sync(bruno, check_in("of Bruno"), _consent(BRUNO, expired))
    stage.clock.forward(8 * DAY)
    looking = await _supervised(stage, TERESA, ANNA, "Looks", weeks=2)
    waiting = await _supervised(stage, TERESA, CLARA, "Waits", weeks=2)
    await sync(anna, check_in("of Anna"), check_in("mine", audience="service"), _consent(ANNA, looking), _answer())
    ids = {
        "anna": await _ids(stage, anna, ANNA, TERESA, looking),
        "bruno": await _ids(stage, bruno, BRUNO, BICE, expired),
        "clara": await _ids(stage, None, CLARA, TERESA, waiting),
    }
    sets = {**ids, "elsewhere": await _elsewhere(stage, ids["anna"]), "unknown": _unknown(ids["anna"])}
    return World(await _actors(stage, anna, bruno), sets)


async def _staff(stage: Stage) -> None:
    people, now = stage.stores.people, stage.clock()
    elsewhere = await people.create_practice("Elsewhere", now)
    for name in ("Waits", "Looks", "Over", "Spare"):
        stage.staff[name] = await people.create_staff(stage.practice, "therapist", name.lower(), name, None, now)
    stage.staff["Eva"] = await people.create_staff(elsewhere, "therapist", "eva", "Eva", None, now)
    stage.staff["Edo"] = await people.create_staff(elsewhere, "admin", "edo", "Edo", None, now)


async def _handed_there_and_back(stage: Stage) -> None:
    """Anna was with Teresa, then with Carlo, and is with Teresa again."""
    relationships, now = stage.stores.relationships, stage.clock()
    await relationships.hand_over(stage.viewer(TERESA), ANNA.id, stage.staff["Carlo"].id, uid("there"), now)
    await relationships.hand_over(stage.viewer(CARLO), ANNA.id, stage.staff["Teresa"].id, uid("back"), now)


async def _supervised(stage: Stage, therapist: Person, client: Person, to: str, weeks: int) -> str:
    id = uid(f"supervised by {to}")
    supervisions = stage.stores.supervisions
    await supervisions.ask(stage.viewer(therapist), client.id, id, stage.staff[to].id, weeks, stage.clock())
    return id


def _said(client: Person, name: str, **body: object) -> Json:
    record = known_id(name, client.id)
    return check_in(f"{name} {client.name}", record=record, kind="preference", audience="service", body=body)


def _consent(client: Person, to: str) -> Json:
    return _said(client, "supervision-answer", to=to, agreed=True)


def _answer() -> Json:
    return _said(ANNA, "relationship-answer", to=uid("back"), choice="all")


async def _ids(stage: Stage, browser: Browser | None, client: Person, therapist: Person, supervision: str) -> Ids:
    viewer, now = stage.viewer(therapist), stage.clock()
    teller = await stage.signed_in(therapist)
    said = wish(id=uid(f"set for {client.name}"), op=uid(f"to set for {client.name}"))
    record = (await teller.post(f"/api/clients/{client.id}/assignments", json=said)).json()
    invite = await stage.stores.invites.offer(viewer, uid(f"invite of {client.name}"), client.id, now)
    login = NOBODY_ID if browser is None else (await browser.get("/api/logins/current")).json()["login"]
    return {
        **await _of_practice(await stage.signed_in(ADA), await stage.signed_in(BICE), "here"),
        **{
            "client": client.id,
            "word": uid(f"word of {client.name}"),
            "assignment": record["id"],
            "rev": record["rev"],
            "record": uid(f"of {client.name}"),
        },
        **{"invite": invite.id, "login": login, "supervision": supervision},
        **{"to": stage.staff["Spare"].id, "heir": stage.staff["Bice"].id, "account": stage.staff["Spare"].id},
    }


async def _of_practice(admin: Browser, therapist: Browser, name: str) -> Ids:
    """What is a whole practice's: a crisis line, a recording, an exercise of its own, a template."""
    line, own = uid(f"line {name}"), f"own-{uid(f'own {name}')}"
    assert (await admin.put(f"/api/crisis-lines/{line}", json=LINE)).status_code == 200
    assert (await admin.post("/api/practice/own-exercises", json={"id": own})).status_code == 201
    if uid(f"template {name}") not in (await therapist.get("/api/practice/templates")).text:
        await therapist.put(f"/api/practice/templates/{uid(f'template {name}')}", json=TEMPLATE)
    there = (await admin.get("/api/recordings")).json()["recordings"]
    if not there:
        where, headers = "/api/recordings?exercise=calm-place&version=1", {"content-type": "application/octet-stream"}
        there = [(await admin.post(where, content=wav(1_000), headers=headers)).json()]
    plain = {"exercise": "calm-place", "version": "1", "name": NOBODY_ID, "file": "x.ics", "path": "x"}
    return {"line": line, "recording": there[0]["id"], "own": own, "template": uid(f"template {name}"), **plain}


async def _elsewhere(stage: Stage, like: Ids) -> Ids:
    edo, eva = await stage.signed_in(Person("Edo", "admin")), await stage.signed_in(Person("Eva", "therapist"))
    account = stage.staff["Eva"].id
    return {**_unknown(like), **await _of_practice(edo, eva, "elsewhere"), "account": account, "heir": account}


def _unknown(like: Ids) -> Ids:
    """Ids of nothing; `to` and what is no id stay as they are."""
    named = (
        "client",
        "assignment",
        "record",
        "invite",
        "login",
        "supervision",
        "account",
        "line",
        "recording",
        "template",
        "word",
    )
    return {**like, **dict.fromkeys(named, NOBODY_ID), "own": f"own-{NOBODY_ID}"}


async def _actors(stage: Stage, anna: Browser, bruno: Browser) -> Sequence[Actor]:
    found = [Actor("nobody", "nobody", stage.browser()), Actor("anna", "client", anna), Actor("bruno", "client", bruno)]
    for account in stage.staff.values():
        name = account.display_name.split(" ", maxsplit=1)[0].lower()
        if name != "spare":
            found.append(Actor(name, account.role, await _at_work(stage, account.id)))
    return found


async def _at_work(stage: Stage, account: str) -> Browser:
    offer = await stage.stores.invites.offer_staff(account, stage.clock())
    signed = await stage.stores.invites.accept(offer.secret, Entry(device="desk"), stage.clock())
    browser = stage.browser()
    browser.cookies.set(cookie_name(stage.settings.origin), signed.token)
    return browser


KEPT: Final = (
    *("practice", "account", "client", "relationship", "invite", "login", "record", "version", "op", "read_log"),
    *("approval", "plan", "occasion", "subscription", "recording", "crisis_line", "practice_contact", "supervision"),
    *("device", "calendar_feed", "template", "own_exercise"),
)


async def everything(stage: Stage) -> dict[str, list[str]]:
    """Every row of every table that says something of somebody."""
    return await stage.stores.db.read(
        lambda tx: {table: sorted(map(repr, tx.all(f"SELECT * FROM {table}"))) for table in KEPT}
    )
