"""`GET /api/export`: a client gets everything the server holds about them, and nobody else gets any of it."""

import msgspec

from server.database import Value
from server.routes.export import MOST
from server.store.exports import PAGE
from server.store.subscriptions import Address, Subscriptions
from tests.cast import ANNA, BRUNO, TERESA, Browser, Stage
from tests.routes.test_sync import Json, check_in, sync, uid

Export = dict[str, object]


async def export(browser: Browser) -> Export:
    answer = await browser.get("/api/export")
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Export)


def listed(export: Export, name: str) -> list[Json]:
    return msgspec.convert(export[name], list[Json])


async def test_her_records_are_there_in_clear_with_what_they_said_before(anna: Browser) -> None:
    rev = (await sync(anna, check_in("one", body={"distress": 4}))).results[0].rev
    await sync(anna, check_in("one", id=uid("edit"), base=rev, body={"distress": 7, "from_a_newer_phone": True}))

    said = await export(anna)

    assert [record["body"] for record in listed(said, "records")] == [{"distress": 7, "from_a_newer_phone": True}]
    assert [(one["record"], one["body"]) for one in listed(said, "earlier_versions")] == [(uid("one"), {"distress": 4})]
    assert (said["format"], said["version"]) == ("midweek-server-export", 1)


async def test_it_says_who_she_is_who_accompanies_her_and_where_she_signed_in(stage: Stage, anna: Browser) -> None:
    await stage.signed_in(ANNA, "tablet")

    said = await export(anna)

    person = said["person"]
    assert isinstance(person, dict)
    assert (person["id"], person["name"], person["practice"]) == (ANNA.id, "Anna", "Practice by the lake")
    assert person["therapists"] == [{"name": "Teresa Rossi", "since": stage.clock(), "until": None, "ended_how": None}]
    assert sorted(str(device["device"]) for device in listed(said, "devices")) == ["tablet", "test"]
    assert len(listed(said, "invites")) == 2


async def test_it_says_who_read_what_and_when(stage: Stage, anna: Browser) -> None:
    await sync(anna, check_in())
    teresa = await stage.signed_in(TERESA)
    await teresa.get(f"/api/clients/{ANNA.id}/journal")
    await teresa.get(f"/api/clients/{ANNA.id}/journal")

    assert listed(await export(anna), "reading") == [
        {"at": stage.clock(), "who": "Teresa Rossi", "what": "journal", "since": None, "times": 2}
    ]


async def test_of_a_push_subscription_it_tells_the_host_and_no_secret(stage: Stage, anna: Browser) -> None:
    address = Address(endpoint="https://push.example.net/very-secret", p256dh="p" * 87, auth="a" * 22)
    await Subscriptions(stage.stores.db, stage.stores.keys).put(stage.viewer(ANNA), address, "kid", stage.clock())

    answer = await anna.get("/api/export")

    [subscription] = listed(msgspec.json.decode(answer.content, type=Export), "push_subscriptions")
    assert (subscription["host"], subscription["created_at"]) == ("push.example.net", stage.clock())
    for secret in ("very-secret", address.p256dh, address.auth):
        assert secret not in answer.text


async def test_reminders_are_there_with_what_became_of_each(stage: Stage, anna: Browser) -> None:
    await occasions(stage, ANNA.id, 1)

    [occasion] = listed(await export(anna), "occasions")

    assert (occasion["plan"], occasion["state"], occasion["deliveries"]) == (
        "plan",
        "sent",
        [{"state": "accepted", "status": 201, "reason": None, "sent_at": 5, "shown_at": None, "attempts": 1}],
    )


async def test_long_lists_come_whole_each_thing_once(stage: Stage, anna: Browser) -> None:
    many = 2 * PAGE + 1
    for start in range(0, many, 100):
        await sync(anna, *(check_in(f"r{n}") for n in range(start, min(start + 100, many))))
    await occasions(stage, ANNA.id, 2 * PAGE)

    said = await export(anna)

    assert len({str(record["id"]) for record in listed(said, "records")}) == many == len(listed(said, "records"))
    assert [occasion["slot"] for occasion in listed(said, "occasions")] == list(range(2 * PAGE))


async def test_what_she_deleted_or_took_back_is_there_without_its_words(anna: Browser) -> None:
    base = (await sync(anna, check_in())).results[0].rev
    await sync(anna, {"action": "delete", "id": uid("d"), "record": uid("one"), "kind": "checkin", "base": base})

    said = await export(anna)

    assert [(one["deleted"], "body" in one) for one in listed(said, "records")] == [(True, False)]
    assert listed(said, "earlier_versions") == []


async def test_nothing_of_anyone_else_is_in_it(anna: Browser, bruno: Browser) -> None:
    await sync(bruno, check_in("one", body={"distress": 9}))

    answer = await anna.get("/api/export")

    assert listed(msgspec.json.decode(answer.content, type=Export), "records") == []
    assert BRUNO.id not in answer.text
    assert "Bruno" not in answer.text


async def test_staff_and_strangers_get_nothing(
    stage: Stage, anna: Browser, teresa: Browser, carlo: Browser, ada: Browser
) -> None:
    await sync(anna, check_in())

    answers = [await browser.get("/api/export") for browser in (teresa, carlo, ada)]

    assert {answer.status_code for answer in answers} == {403}
    assert (await stage.browser().get("/api/export")).status_code == 401


async def test_no_cache_may_keep_it(anna: Browser) -> None:
    answer = await anna.get("/api/export")

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"].startswith("application/json")


async def test_asked_again_and_again_it_says_when_to_come_back(stage: Stage, anna: Browser) -> None:
    answers = [await anna.get("/api/export") for _ in range(MOST + 1)]

    assert [answer.status_code for answer in answers] == [200] * MOST + [429]
    stage.clock.forward(int(answers[-1].headers["retry-after"]) * 1000)
    assert (await anna.get("/api/export")).status_code == 200


async def test_one_damaged_record_keeps_nothing_else_back(stage: Stage, anna: Browser) -> None:
    await sync(anna, check_in("one"), check_in("two"))
    await stage.stores.db.write(lambda tx: tx.run("UPDATE record SET body = :x WHERE id = :id", x=b"?", id=uid("one")))

    said = {str(record["id"]): record for record in listed(await export(anna), "records")}

    assert said[uid("one")]["unreadable"] is True
    assert "body" in said[uid("two")]


async def occasions(stage: Stage, client: str, count: int) -> None:
    """So many occasions of one plan, each sent to one device."""
    rows: list[dict[str, Value]] = [{"id": f"o{n:04}", "client": client, "slot": n} for n in range(count)]
    await stage.stores.db.write(
        lambda tx: tx.many(
            "INSERT INTO occasion (id, client_id, plan_id, day, slot, due_at, end_at, line, state) "
            "VALUES (:id, :client, 'plan', '2026-09-21', :slot, 1, 2, 0, 'sent')",
            rows,
        )
    )
    await stage.stores.db.write(
        lambda tx: tx.many(
            "INSERT INTO delivery (occasion_id, subscription_id, state, status, sent_at, attempts) "
            "VALUES (:id, 's', 'accepted', 201, 5, 1)",
            [{"id": row["id"]} for row in rows],
        )
    )
