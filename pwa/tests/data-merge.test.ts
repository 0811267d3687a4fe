import assert from "node:assert/strict";
import { test } from "node:test";
import { batch, MAX_BYTES } from "../src/data/batch.ts";
import { newId } from "../src/data/ids.ts";
import { sync } from "./support/exchange.ts";
import { FakeServer } from "./support/fake-server.ts";
import { Phone } from "./support/phone.ts";

const start = () => ({ server: new FakeServer(), anna: new Phone(), tablet: new Phone(), id: newId() });

test("a saved note waits, and is sent once its result arrived", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  assert.equal(anna.row(id).state, "waiting");

  await sync(anna, server);

  assert.equal(anna.row(id).state, "sent");
  assert.equal(anna.ops.length, 0);
});

test("a private note never enters the outbox", () => {
  const { anna, id } = start();
  anna.save(id, "mine", { audience: "me" });
  assert.deepEqual([anna.row(id).state, anna.ops.length], ["only-here", 0]);
});

test("saving the same thing twice is one record and one op", () => {
  const { anna, id } = start();
  anna.save(id, "one");
  anna.save(id, "one");
  assert.deepEqual([anna.rows.size, anna.ops.length], [1, 1]);
});

test("an edit of a note that never left takes its place in the outbox", () => {
  const { anna, id } = start();
  anna.save(id, "one");
  anna.save(id, "two");
  assert.deepEqual(anna.ops.map(({ op }) => op.action === "put" && op.body["text"]), ["two"]);
});

test("an edit while the first is under way follows it, with the revision of its answer", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  const ops = anna.leave();
  anna.save(id, "two", { base: anna.row(id).shown.rev });

  await anna.receive(ops, await server.exchange({ cursor: null, limit: 9, ops }));

  assert.equal(anna.row(id).state, "waiting");
  assert.equal(anna.ops[0]?.op.base, "e1.1");
  await sync(anna, server);
  assert.deepEqual(anna.texts(), ["two"]);
  assert.equal(server.state.records.size, 1);
});

test("at most one op of a record is under way", () => {
  const { anna, id } = start();
  anna.save(id, "one");
  anna.leave();
  anna.save(id, "two");
  assert.equal(anna.leave().length, 1);
});

test("an editor that began before the answer came makes no copy", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  const base = anna.row(id).shown.rev;
  await sync(anna, server);

  anna.save(id, "two", { base });
  await sync(anna, server);

  assert.deepEqual(anna.texts(), ["two"]);
});

test("a reply that got lost is asked for again and counts once", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await server.exchange({ cursor: null, limit: 9, ops: anna.leave() });

  await sync(anna, server);

  assert.equal(server.state.records.size, 1);
  assert.equal(anna.row(id).state, "sent");
});

test("an answer never overwrites a newer version that was pulled", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  const ops = anna.leave();
  const late = await server.exchange({ cursor: null, limit: 9, ops });
  await sync(tablet, server);
  tablet.save(id, "newer", { base: tablet.row(id).shown.rev });
  await sync(tablet, server);
  await anna.receive([], await server.exchange({ cursor: null, limit: 9, ops: [] }));

  await anna.receive(ops, { ...late, records: [] });

  assert.deepEqual(anna.texts(), ["newer"]);
  assert.equal(anna.row(id).state, "sent");
});

test("two devices editing the same note keep both texts, on both", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "first");
  await sync(anna, server);
  await sync(tablet, server);
  anna.save(id, "anna's", { base: anna.row(id).shown.rev });
  tablet.save(id, "tablet's", { base: tablet.row(id).shown.rev });

  await sync(anna, server);
  await sync(tablet, server);
  await sync(anna, server);

  assert.deepEqual(anna.texts(), ["anna's", "tablet's"]);
  assert.deepEqual(tablet.texts(), anna.texts());
  assert.equal(tablet.row(id).shown.body?.["text"], "anna's");
});

test("an edit queued behind a conflict follows the copy", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "first");
  await sync(anna, server);
  await sync(tablet, server);
  tablet.save(id, "tablet's", { base: tablet.row(id).shown.rev });
  await sync(tablet, server);
  anna.save(id, "mine", { base: anna.row(id).shown.rev });
  const ops = anna.leave();
  anna.save(id, "mine, longer", { base: anna.row(id).shown.rev });

  await anna.receive(ops, await server.exchange({ cursor: anna.cursor, limit: 9, ops }));
  await sync(anna, server);
  await sync(tablet, server);

  assert.deepEqual(anna.texts(), ["mine, longer", "tablet's"]);
  assert.deepEqual(tablet.texts(), anna.texts());
});

test("a plan is never copied: the later one wins", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "8:00", { kind: "plan", audience: "service" });
  await sync(anna, server);
  await sync(tablet, server);
  anna.save(id, "9:00", { kind: "plan", audience: "service", base: anna.row(id).shown.rev });
  tablet.save(id, "10:00", { kind: "plan", audience: "service", base: tablet.row(id).shown.rev });

  await sync(anna, server);
  await sync(tablet, server);
  await sync(anna, server);

  assert.deepEqual([anna.texts(), tablet.texts()], [["10:00"], ["10:00"]]);
});

test("a refused entry stays, says why, and blocks nobody", async () => {
  const { server, anna, id } = start();
  const other = newId();
  server.refuses = (op) => (op.record === id ? "Too long." : null);
  anna.save(id, "bad");
  anna.save(other, "good");

  await sync(anna, server);

  assert.deepEqual([anna.row(id).state, anna.row(id).reason], ["refused", "Too long."]);
  assert.equal(anna.row(other).state, "sent");
  assert.deepEqual(anna.texts(), ["bad", "good"]);
});

test("editing a refused entry sends it as a new op", async () => {
  const { server, anna, id } = start();
  server.refuses = () => "No.";
  anna.save(id, "bad");
  await sync(anna, server);
  server.refuses = () => null;

  anna.save(id, "better");
  await sync(anna, server);

  assert.equal(anna.row(id).state, "sent");
});

test("discarding a refused edit brings back what was sent before", async () => {
  const { server, anna, id } = start();
  anna.save(id, "good");
  await sync(anna, server);
  server.refuses = () => "No.";
  anna.save(id, "bad", { base: anna.row(id).shown.rev });
  await sync(anna, server);

  await anna.discard(id);

  assert.deepEqual([anna.texts(), anna.row(id).state, anna.ops.length], [["good"], "sent", 0]);
});

test("deleting what never left removes it here only", () => {
  const { anna, id } = start();
  anna.save(id, "one");
  anna.remove(id);
  assert.deepEqual([anna.rows.size, anna.ops.length], [0, 0]);
});

/** The note as sent, then two texts in its place: "two", and "three" from an editor that had been open before. */
async function editedInTwoTabs() {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  const { rev } = anna.row(id).shown;
  anna.save(id, "two", { base: rev });
  anna.save(id, "three", { base: rev });
  return { server, anna, id };
}

test("two tabs that edit the same note keep both texts", async () => {
  const { server, anna } = await editedInTwoTabs();
  await sync(anna, server);
  await sync(anna, server);
  assert.deepEqual(anna.texts(), ["three", "two"]);
});

test("deleting the text on screen leaves what another tab saved", async () => {
  const { server, anna, id } = await editedInTwoTabs();
  anna.remove(id);
  assert.deepEqual([anna.row(id).state, anna.texts()], ["waiting", ["two"]]);
  await sync(anna, server);
  assert.deepEqual([anna.row(id).state, anna.texts(), anna.ops.length], ["sent", ["two"], 0]);

  anna.remove(id);
  await sync(anna, server);
  assert.deepEqual(anna.texts(), []);
});

test("deleting the text on screen leaves what another tab saved, also when nothing left the phone yet", () => {
  const { anna, id } = start();
  anna.save(id, "one");
  const { rev } = anna.row(id).shown;
  anna.save(id, "two", { base: rev });
  anna.save(id, "three", { base: rev });
  anna.remove(id);
  assert.deepEqual([anna.row(id).state, anna.texts()], ["waiting", ["two"]]);
});

test("taking back a note keeps what another tab saved as a private one", async () => {
  const { server, anna, id } = await editedInTwoTabs();
  anna.withdraw(id);
  assert.deepEqual(anna.texts(), ["three", "two"]);
  await sync(anna, server);
  assert.deepEqual(anna.texts(), ["three", "two"]);
  assert.equal([...anna.rows.values()].every(({ shown, state }) => shown.audience === "me" && state === "only-here"), true);
  assert.equal([...server.state.records.values()].every(({ body }) => body === undefined || body === null), true);
});

test("deleting what was edited elsewhere deletes nothing, and the edit shows", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  tablet.save(id, "edited", { base: tablet.row(id).shown.rev });
  await sync(tablet, server);

  anna.remove(id);
  await sync(anna, server);

  assert.deepEqual(anna.texts(), ["edited"]);
});

test("what is deleted stays deleted on every device", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  anna.remove(id);
  await sync(anna, server);
  await sync(tablet, server);
  assert.deepEqual([anna.texts(), tablet.texts()], [[], []]);
});

test("taking back a share empties the server and keeps the text here", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  anna.withdraw(id);
  await sync(anna, server);
  await sync(tablet, server);

  assert.equal(server.state.records.get(id)?.body, undefined);
  assert.deepEqual([anna.texts(), anna.row(id).state], [["one"], "only-here"]);
  assert.deepEqual([tablet.texts(), tablet.row(id).shown.audience], [["one"], "me"]);
});

test("keeping a shared note private takes it back from the server", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  anna.save(id, "one, mine", { audience: "me", base: anna.row(id).shown.rev });
  await sync(anna, server);
  assert.equal(server.state.records.get(id)?.audience, "me");
  assert.deepEqual([anna.texts(), anna.row(id).state], [["one, mine"], "only-here"]);
});

test("an edit of what another device took back stays on this phone", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  anna.withdraw(id);
  await sync(anna, server);
  tablet.save(id, "two", { base: tablet.row(id).shown.rev });

  await sync(tablet, server);

  assert.deepEqual(tablet.texts(), ["one", "two"]);
  assert.ok([...tablet.rows.values()].every(({ shown, state }) => shown.audience === "me" && state === "only-here"));
});

test("an ended assignment loses its snapshot", async () => {
  const { server, anna, id } = start();
  server.put({ id, kind: "assignment", body: { title: "x", snapshot: { steps: [] } } });
  await sync(anna, server);
  assert.ok(anna.row(id).shown.body?.["snapshot"]);
  server.put({ id, kind: "assignment", body: { title: "x", snapshot: { steps: [] }, ended_at: 5 } });

  await sync(anna, server);

  assert.equal(anna.row(id).shown.body?.["snapshot"], undefined);
});

test("pages of any size give the same set", async () => {
  const { server, anna } = start();
  for (let i = 0; i < 23; i += 1) anna.save(newId(), `note ${i}`);
  await sync(anna, server);
  for (const limit of [1, 2, 7, 1000]) {
    const phone = new Phone();
    await sync(phone, server, limit);
    assert.deepEqual(phone.texts(), anna.texts());
  }
});

test("a batch stays within its bytes, and one large op still goes", () => {
  const { anna } = start();
  anna.save(newId(), "x".repeat(MAX_BYTES + 1));
  anna.save(newId(), "small");
  assert.equal(batch(anna.ops, 0).length, 1);
});

test("an op that is held back lets others go first", () => {
  const { anna } = start();
  anna.save(newId(), "held");
  anna.save(newId(), "free");
  const held = anna.ops[0];
  if (held) held.next_at = 1_000;
  assert.deepEqual(batch(anna.ops, 0).map(({ op }) => op.action === "put" && op.body["text"]), ["free"]);
});
