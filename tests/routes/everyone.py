"""Everyone there is in two practices, each at a browser, with what is theirs: for the table of who may do what."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from server.security import cookie_name
from server.store.known_ids import known_id
from server.store.logins import Entry
from tests.cast import ADA, ANNA, BICE, BRUNO, CARLO, NOBODY_ID, TERESA, Browser, Person, Stage
from tests.routes.test_assignments import wish
from tests.routes.test_recordings import wav
from tests.routes.test_sync import Json, check_in, sync, uid

Ids = Mapping[str, str]
DAY: Final = 86_400_000
CLARA: Final = Person("Clara", "client", uid("clara"))
TEMPLATE: Final[Json] = {"name": "Sixteen weeks", "items": [], "rev": 0}
LINE: Final[Json] = {
    "name": "A line",
    "number": "112",
    "hours": "Always",
    "checked_on": "2026-09-21",
    "checked_by": "Ada",
}


class Actor(msgspec.Struct, frozen=True):
    """Somebody at a browser."""

    name: str
    role: str
    browser: Browser


class World(msgspec.Struct, frozen=True):
    """Everyone, and the ids of whatever is anybody's."""

    actors: Sequence[Actor]
    sets: Mapping[str, Ids]


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
            "note": known_id("message", client.id),
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
