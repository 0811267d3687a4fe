import assert from "node:assert/strict";
import { test } from "node:test";
import type { LocalRecord } from "../src/data/types.ts";
import { type Entry, entriesOf } from "../src/history/entries.ts";
import { fieldsIn, isWords, rewritten, roomFor, saysSomething } from "../src/history/rewriting.ts";

function entry(kind: string, body: object | null, more: Partial<LocalRecord> = {}): Entry {
  const record: LocalRecord = {
    id: "one", kind, schema: 1, audience: "therapist", author: "client", rev: "e.7", deleted: false, felt_at: 1_795_000_000_000, zone: "Europe/Rome",
    day: "2026-11-29", saved_at: 1_795_000_000_000, body: body as Record<string, unknown>, conflict_of: null, state: "sent", reason: null, ...more,
  };
  const [found] = entriesOf([record]);
  assert.ok(found !== undefined);
  return found;
}
const SCENE = { title: "The call", they_did: "Sighed.", wish: "to be heard", from: "wish-and-answer", part_of: "run" };

test("words can be changed, and what was done in an exercise or said in a check-in's form can't be here", () => {
  const can = (kind: string) => isWords(entry(kind, { text: "x" }));

  assert.deepEqual(["note", "card", "scene", "run", "checkin"].map(can), [true, true, true, false, false]);
  assert.equal(isWords(entry("note", null, { unreadable: true })), false);
});

test("a scene shows the fields that were filled in, in the order they are read", () => {
  assert.deepEqual(Object.keys(fieldsIn(entry("scene", SCENE))), ["title", "they_did", "wish"]);
  assert.deepEqual(fieldsIn(entry("note", { text: "Slept badly." })), { text: "Slept badly." });
});

test("a changed scene keeps its day, who sees it and all that was not shown", () => {
  const item = rewritten(entry("scene", SCENE), { title: "The call", they_did: " Said no. ", wish: "" }, "e.7");

  assert.deepEqual(item.body, { title: "The call", they_did: "Said no.", from: "wish-and-answer", part_of: "run" });
  assert.deepEqual([item.id, item.day, item.zone, item.audience, item.base], ["one", "2026-11-29", "Europe/Rome", "therapist", "e.7"]);
});

test("it is put on top of what was there when the change was begun, not of what came meanwhile", () => {
  assert.equal(rewritten(entry("note", { text: "a" }, { rev: "e.9" }), { text: "b" }, "e.7").base, "e.7");
});

test("what stays on this phone stays there", () => {
  assert.equal(rewritten(entry("note", { text: "a" }, { audience: "me", rev: null }), { text: "b" }, null).audience, "me");
});

test("nothing but a name, or nothing at all, is no entry", () => {
  assert.deepEqual([{ text: "" }, { text: " \n" }, { title: "The call", wish: "" }, { text: "a" }].map(saysSomething), [false, false, false, true]);
});

test("there is room for what was written before, however long", () => {
  assert.deepEqual([roomFor("a"), roomFor("a".repeat(900))], [280, 900]);
});
