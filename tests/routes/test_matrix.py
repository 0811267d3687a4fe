"""Who may do what, as one table: every route of the app, everyone there is, ids of their own and of others.

A route without a row fails. Signed out is 401, the wrong kind of person 403, and what is not yours is exactly what is
not there: the same status, the same bytes, and nothing has changed.
"""

from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Final, Literal, cast

import httpx
import msgspec
import pytest
from litestar.routes import HTTPRoute

from server.app import create_app
from tests.cast import Stage, library, on_stage
from tests.cast import settings_in as settings
from tests.routes.everyone import LINE, TEMPLATE, Actor, Ids, World, everything, populated
from tests.routes.test_assignments import wish
from tests.routes.test_recordings import wav
from tests.routes.test_sync import Json, uid

Who = Literal["public", "anyone", "client", "therapist", "staff", "admin"]
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
ADDRESS: Final[Json] = {"endpoint": "https://push.example/{new}"}
KEYS: Final[Json] = ADDRESS | {"keys": {"p256dh": "p", "auth": "a"}, "kid": "0"}
MENU: Final[Json] = {"op": "{new}", "base": None, "order": []}
NOTE: Final[Json] = {"op": "{new}", "base": None, "text": "Until Monday."}
PART: Final[Json] = {"op": "{new}", "base": None, "around": "The kitchen.", "written_together": True}
WORD: Final[Json] = {"id": "{word}", "op": "{new}", "word": "foggy", "meaning": "Far away, and slow."}
CHANGED_WORD: Final[Json] = {"op": "{new}", "base": "{rev}", "meaning": "Slow.", "ended": True}
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
    Row(
        "therapist",
        f"POST {CLIENT}/messages/{{note_id:uuid}}/withdrawal",
        of="client",
        body=OP | {"base": "{rev}"},
        ok=LATE,
    ),
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
