// After a restore of the server, or too long away: everything is pulled from the start.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../src/data/ids.ts";
import { sync } from "./support/exchange.ts";
import { FakeServer } from "./support/fake-server.ts";
import { Phone } from "./support/phone.ts";

const start = () => ({ server: new FakeServer(), anna: new Phone(), tablet: new Phone(), id: newId() });

test("after a restore everything a device holds comes back, once", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "kept");
  await sync(anna, server);
  const backup = server.backup();
  const late = newId();
  anna.save(late, "after the backup");
  anna.save(id, "kept, edited", { base: anna.row(id).shown.rev });
  await sync(anna, server);
  await sync(tablet, server);

  server.restore(backup);
  await sync(anna, server);
  await sync(tablet, server);
  await sync(anna, server);

  assert.deepEqual(anna.texts(), ["after the backup", "kept, edited"]);
  assert.deepEqual(tablet.texts(), anna.texts());
  assert.equal(server.state.records.size, 2);
});

test("after a restore a conflict copy comes back as one, also in another's words", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  const backup = server.backup();
  anna.save(id, "by phone", { base: anna.row(id).shown.rev });
  await sync(anna, server);
  tablet.save(id, "by tablet", { base: tablet.row(id).shown.rev });
  await sync(tablet, server);
  const copy = [...tablet.rows.keys()].find((other) => other !== id) ?? "";

  for (const text of ["by tablet", "by tablet, edited"]) {
    server.restore(backup);
    tablet.save(copy, text, { base: tablet.row(copy).shown.rev });
    await sync(tablet, server);
    await sync(anna, server);

    assert.equal(server.state.records.get(copy)?.conflict_of, id);
    assert.deepEqual([anna.row(copy).shown.body, anna.row(copy).shown.conflict_of], [{ text }, id]);
    assert.equal(server.state.records.get(id)?.conflict_of, null);
  }
});

test("after a restore a delete is sent again", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  const backup = server.backup();
  anna.remove(id);
  await sync(anna, server);
  server.restore(backup);

  await sync(anna, server);

  assert.deepEqual([anna.texts(), server.state.records.get(id)?.deleted], [[], true]);
});

test("after a restore a version younger than the fork is not overwritten", async () => {
  const { server, anna, tablet, id } = start();
  anna.save(id, "one");
  await sync(anna, server);
  await sync(tablet, server);
  const backup = server.backup();
  anna.save(id, "lost", { base: anna.row(id).shown.rev });
  await sync(anna, server);
  server.restore(backup);
  await sync(tablet, server);
  tablet.save(id, "younger", { base: tablet.row(id).shown.rev });
  await sync(tablet, server);

  await sync(anna, server);
  await sync(tablet, server);

  assert.deepEqual(anna.texts(), ["lost", "younger"]);
  assert.deepEqual(tablet.texts(), anna.texts());
});

test("after a reset by age nothing is sent again, and what the server dropped goes", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  anna.save(newId(), "two");
  await sync(anna, server);
  server.state.records.delete(id);
  server.floor = 100;

  const ops = anna.leave();
  await anna.receive(ops, await server.exchange({ cursor: anna.cursor, limit: 9, ops }));

  assert.deepEqual([anna.texts(), anna.ops.length], [["two"], 0]);
});

test("a pull that would remove more than half is not believed", async () => {
  const { server, anna } = start();
  for (let i = 0; i < 10; i += 1) anna.save(newId(), `note ${i}`);
  await sync(anna, server);
  server.state.records.clear();
  server.floor = 100;

  await anna.receive([], await server.exchange({ cursor: anna.cursor, limit: 99, ops: [] }));

  assert.deepEqual([anna.texts().length, anna.kept], [10, 10]);
});

test("private notes survive a pull from the start", async () => {
  const { server, anna, id } = start();
  anna.save(id, "mine", { audience: "me" });
  await sync(anna, server);
  server.restore(server.backup());
  await sync(anna, server);
  assert.deepEqual(anna.texts(), ["mine"]);
});

test("what was sent again during a pull from the start is not swept away at its end", async () => {
  const { server, anna } = start();
  const backup = server.backup();
  for (let i = 0; i < 4; i += 1) anna.save(newId(), `note ${i}`);
  await sync(anna, server);
  server.restore(backup);
  for (let i = 0; i < 9; i += 1) server.put({ id: newId(), kind: "note", body: { text: `x${i}` } });

  await sync(anna, server, 1);

  assert.equal(anna.texts().filter((text) => text.startsWith("note")).length, 4);
});
