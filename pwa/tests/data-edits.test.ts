// Texts that the server can't keep for the phone: private ones, refused ones, and what others did to their records meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../src/data/ids.ts";
import type { Op } from "../src/data/types.ts";
import { named } from "../src/data/versions.ts";
import { sync } from "./support/exchange.ts";
import { FakeServer } from "./support/fake-server.ts";
import { Phone } from "./support/phone.ts";

const start = () => ({ server: new FakeServer(), anna: new Phone(), tablet: new Phone(), id: newId() });
const onScreen = (phone: Phone, id: string): string | null => named(phone.row(id).shown);
const says = (text: string) => (op: Op): string | null => (op.action === "put" && op.body["text"] === text ? "Too long." : null);
const onServer = ({ state }: FakeServer): unknown[] => [...state.records.values()].map(({ body, deleted }) => (deleted ? null : body?.["text"])).sort();

test("two windows that change the same private text keep both", () => {
  const { anna, id } = start();
  anna.save(id, "one", { audience: "me" });
  const base = onScreen(anna, id);
  anna.save(id, "window one", { audience: "me", base });
  anna.save(id, "window two", { audience: "me", base });

  assert.deepEqual(anna.texts(), ["window one", "window two"]);
  assert.deepEqual([...anna.rows.values()].map(({ state, shown }) => [state, shown.conflict_of]), [["only-here", null], ["only-here", id]]);
  anna.save(id, "window one, and more", { audience: "me", base: onScreen(anna, id) });
  assert.deepEqual(anna.texts(), ["window one, and more", "window two"]);
});

test("a private text that was begun before its record was shared and changed elsewhere stays beside it", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one", { audience: "me" });
  const base = onScreen(anna, id);
  anna.save(id, "one", { audience: "therapist" });
  await sync(anna, server);
  await sync(tablet, server);
  tablet.save(id, "the tablet's");
  await sync(tablet, server);
  await sync(anna, server);

  anna.save(id, "still private", { audience: "me", base });
  await sync(anna, server);

  assert.deepEqual([anna.texts(), onServer(server)], [["still private", "the tablet's"], ["the tablet's"]]);
});

test("one window shares what another has changed in private: the private text stays private", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one", { audience: "me" });
  const base = onScreen(anna, id);
  anna.save(id, "private", { audience: "me", base });
  anna.save(id, "shared", { audience: "therapist", base });
  await sync(anna, server);

  assert.deepEqual([anna.texts(), onServer(server)], [["private", "shared"], ["shared"]]);
  assert.deepEqual([...server.state.records.values()].map(({ conflict_of }) => conflict_of), [id]);
});

test("a text begun while it was being taken back goes on from there, before the answer and after it", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  anna.save(id, "private", { audience: "me" });
  const base = onScreen(anna, id);
  await sync(anna, server);
  assert.equal(onScreen(anna, id), base);

  anna.save(id, "more", { audience: "me", base });

  assert.deepEqual(anna.texts(), ["more"]);
});

test("two windows that each begin the same new note keep both", async () => {
  const { server, anna, id } = start();
  anna.save(id, "window one", { base: null });
  anna.save(id, "window two", { base: null });
  await sync(anna, server);
  await sync(anna, server);

  assert.deepEqual(anna.texts(), ["window one", "window two"]);
});

test("of two settings made before any was known the newest counts", async () => {
  const { server, anna, id } = start();
  const chosen = { kind: "preference", audience: "service", base: null } as const;
  anna.save(id, "first", chosen);
  await sync(anna, server);
  anna.save(id, "second", chosen);
  await sync(anna, server);

  assert.deepEqual([anna.texts(), onServer(server)], [["second"], ["second"]]);
});

test("the text of one window is refused, the other's is sent: each says what became of it", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  const base = onScreen(anna, id);
  server.refuses = says("bad");
  anna.save(id, "bad", { base });
  anna.save(id, "good", { base });
  await sync(anna, server);

  assert.deepEqual([anna.row(id).state, anna.row(id).shown.body], ["sent", { text: "good" }]);
  const [other] = [...anna.rows.values()].filter(({ state }) => state === "refused");
  assert.deepEqual([other?.reason, other?.shown.body, other?.shown.conflict_of], ["Too long.", { text: "bad" }, id]);

  server.refuses = () => null;
  anna.retry(other?.id ?? "");
  await sync(anna, server);
  assert.deepEqual([anna.texts(), onServer(server)], [["bad", "good"], ["bad", "good"]]);
  assert.equal(server.state.records.get(other?.id ?? "")?.conflict_of, id);
});

test("another window saves over a text that was refused, and had not seen it: both are there, each as it is", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  const base = onScreen(anna, id);
  server.refuses = says("bad");
  anna.save(id, "bad", { base });
  await sync(anna, server);
  anna.save(id, "good", { base });
  await sync(anna, server);

  assert.deepEqual([anna.row(id).state, anna.row(id).shown.body], ["sent", { text: "good" }]);
  const [other] = [...anna.rows.values()].filter(({ state }) => state === "refused");
  assert.deepEqual([other?.reason, other?.shown.body, other?.shown.conflict_of], ["Too long.", { text: "bad" }, id]);
  await anna.discard(other?.id ?? "");
  assert.deepEqual([anna.texts(), anna.ops], [["good"], []]);
});

test("what is under way again can't be given up any more", async () => {
  const { server, anna, id } = start();
  server.refuses = () => "No.";
  anna.save(id, "one");
  await sync(anna, server);
  server.refuses = () => null;
  anna.retry(id);
  const ops = anna.leave();
  await anna.discard(id);
  await anna.receive(ops, await server.exchange({ cursor: anna.cursor, limit: 9, ops }));

  assert.deepEqual([anna.texts(), anna.row(id).state, onServer(server)], [["one"], "sent", ["one"]]);
});

/** "before" was sent, an edit of it refused, and the server goes back to a `backup` without either. */
async function lostUnderRefused(server: FakeServer, anna: Phone, id: string, backup: ReturnType<FakeServer["backup"]>): Promise<void> {
  anna.save(id, "before");
  await sync(anna, server);
  server.refuses = says("bad");
  anna.save(id, "bad");
  await sync(anna, server);
  server.restore(backup);
  await sync(anna, server);
}

test("a refused edit is given up after a restore has lost the text before it: that text goes back", async () => {
  const { server, anna, id } = start();
  const empty = server.backup();
  await lostUnderRefused(server, anna, id, empty);

  await anna.discard(id);
  await sync(anna, server);

  assert.deepEqual([anna.texts(), anna.row(id).state, onServer(server)], [["before"], "sent", ["before"]]);
});

test("a refused edit is given up after a restore has put an older text in place of the one before it: that one is there again", async () => {
  const { server, anna, id } = start();
  anna.save(id, "older");
  await sync(anna, server);
  const old = server.backup();
  await lostUnderRefused(server, anna, id, old);

  await anna.discard(id);
  await sync(anna, server);

  assert.deepEqual([anna.texts(), onServer(server)], [["before"], ["before"]]);
});

/** Anna took back what the tablet has too; she wrote on in private, and the tablet has shared it again. */
async function sharedAgain() {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  anna.withdraw(id);
  await sync(anna, server);
  await sync(tablet, server);
  anna.save(id, "private", { audience: "me" });
  tablet.save(id, "shared again", { audience: "therapist" });
  await sync(tablet, server);
  return { server, anna, id };
}

test("who deletes a private text whose record another device shared again, unseen, sees that one", async () => {
  const { server, anna, id } = await sharedAgain();

  anna.remove(id);
  await sync(anna, server);

  assert.deepEqual([anna.texts(), anna.row(id).state], [["shared again"], "sent"]);
  anna.remove(id);
  await sync(anna, server);
  assert.deepEqual([anna.texts(), onServer(server)], [[], [null]]);
});

test("what another device shared again in place of a private text is shown, and the private text stays beside it", async () => {
  const { server, anna, id } = await sharedAgain();

  await sync(anna, server);

  assert.deepEqual([anna.texts(), onServer(server)], [["private", "shared again"], ["shared again"]]);
  const own = privateOne(anna);
  assert.deepEqual([anna.row(id).state, own.state, own.shown.conflict_of], ["sent", "only-here", id]);
  anna.save(own.id, "private, and more", { audience: "me" });
  anna.remove(id);
  await sync(anna, server);
  assert.deepEqual([anna.texts(), onServer(server)], [["private, and more"], [null]]);
  anna.save(own.id, "for both", { audience: "therapist" });
  await sync(anna, server);
  assert.deepEqual(onServer(server), ["for both", null]);
});

test("so it is when the answer to taking it back was lost, and what was shared again came first", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  anna.withdraw(id);
  await server.exchange({ cursor: anna.cursor, limit: 200, ops: anna.leave() });
  anna.save(id, "private", { audience: "me" });
  await sync(tablet, server);
  tablet.save(id, "shared again", { audience: "therapist" });
  await sync(tablet, server);
  await anna.receive([], await server.exchange({ cursor: anna.cursor, limit: 200, ops: [] }));

  await sync(anna, server);

  assert.deepEqual([anna.texts(), onServer(server)], [["private", "shared again"], ["shared again"]]);
  assert.equal(privateOne(anna).shown.conflict_of, id);
});

test("a private text stays as it is when another device has deleted its record meanwhile", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  anna.withdraw(id);
  anna.save(id, "private", { audience: "me" });
  tablet.remove(id);
  await sync(tablet, server);

  await sync(anna, server);

  assert.deepEqual([anna.texts(), anna.row(id).state, onServer(server)], [["private"], "only-here", [null]]);
});

for (const heard of [false, true]) {
  test(`what is shared again by who took it back without having seen another's text there takes nothing from them${heard ? ", who had heard of it" : ""}`, async () => {
    const { server, anna, tablet, id } = start();
    anna.save(id, "one");
    await sync(anna, server);
    await sync(tablet, server);
    anna.save(id, "the phone's");
    await sync(anna, server);
    tablet.withdraw(id);
    await tablet.receive(tablet.ops.map(({ op }) => op), await server.exchange({ cursor: tablet.cursor, limit: 200, ops: tablet.leave() }));
    if (heard) await sync(anna, server);
    tablet.save(id, "the tablet's", { audience: "therapist" });
    await sync(tablet, server);
    await sync(anna, server);

    assert.deepEqual(onServer(server), ["the tablet's", undefined]);
    assert.deepEqual([anna.texts(), tablet.texts()], [["the phone's", "the tablet's"], ["the tablet's"]]);
    assert.deepEqual([privateOne(anna).id, privateOne(anna).shown.body], [id, { text: "the phone's" }]);
    anna.save(id, "the phone's, shared", { audience: "therapist" });
    await sync(anna, server);
    await sync(tablet, server);
    for (const device of [anna, tablet]) assert.deepEqual(device.texts(), ["the phone's, shared", "the tablet's"]);
  });
}

/** The one text that is only on this phone. */
function privateOne(phone: Phone) {
  const [own, ...others] = [...phone.rows.values()].filter(({ state }) => state === "only-here");
  assert.ok(own);
  assert.equal(others.length, 0);
  return own;
}

test("an entry brought in before the pull that lists it is the same entry, and is shared where it says so", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  tablet.save(id, "one", { audience: "me" });

  await sync(tablet, server);

  assert.deepEqual([tablet.row(id).state, tablet.row(id).shown.audience], ["sent", "therapist"]);
  tablet.remove(id);
  await sync(tablet, server);
  assert.deepEqual([tablet.texts(), onServer(server)], [[], [null]]);
});
