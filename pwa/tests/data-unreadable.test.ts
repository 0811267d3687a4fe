// Records the server can't read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../src/data/ids.ts";
import { pulled, resent } from "../src/data/merge.ts";
import type { WireRecord } from "../src/data/types.ts";
import { sync } from "./support/exchange.ts";
import { FakeServer } from "./support/fake-server.ts";
import { Phone } from "./support/phone.ts";

const start = () => ({ server: new FakeServer(), anna: new Phone(), id: newId() });

const unread = (id: string, rev: string, more: Partial<WireRecord> = {}): WireRecord => ({
  id, kind: "note", schema: 1, audience: "therapist", author: "client", rev, saved_at: 5, unreadable: true, ...more,
});
const standing = { epochs: [["e1", 0]] as const, pull: 0 };

test("a record the server can't read is kept in view, without a text", () => {
  const [row] = pulled(null, [], unread(newId(), "e1.7"), standing).rows;
  assert.deepEqual([row?.shown.unreadable, row?.shown.body, row?.state], [true, null, "sent"]);
});

test("a text this phone has of it stays, and it is known that the server can't read it", async () => {
  const { server, anna, id } = start();
  anna.save(id, "one");
  await sync(anna, server);

  const [row] = pulled(anna.row(id), [], unread(id, "e1.7"), standing).rows;

  assert.deepEqual([row?.shown.unreadable, row?.shown.body, row?.shown.rev], [true, { text: "one" }, "e1.7"]);
});

test("once the server can read it again, that is shown", () => {
  const id = newId();
  const [row] = pulled(null, [], unread(id, "e1.7"), standing).rows;

  const [again] = pulled(row ?? null, [], unread(id, "e1.7", { unreadable: false, body: { text: "back" } }), standing).rows;

  assert.deepEqual([again?.shown.unreadable, again?.shown.body], [undefined, { text: "back" }]);
});

test("nothing empty is sent again after a restore for a record whose text this phone never had", () => {
  const [row] = pulled(null, [], unread(newId(), "e1.7"), standing).rows;
  assert.deepEqual(row && resent(row, [], newId(), [["e1", 0], ["e2", 3]]).ops, []);
});
