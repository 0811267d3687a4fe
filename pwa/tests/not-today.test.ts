import assert from "node:assert/strict";
import { test } from "node:test";
import type { LocalRecord, NotToday } from "../src/data/types.ts";
import { bodyOf, formOf, goneOn, leftToday, restOf } from "../src/practise/not-today.ts";

const TODAY = "2026-11-19";

function record<B extends object>(id: string, kind: string, body: B, day = TODAY, felt_at = 0): LocalRecord<B> {
  return {
    id, kind, schema: 1, audience: "me", author: "client", rev: `${id}.1`, deleted: false, felt_at, zone: null, day, saved_at: 0, body,
    conflict_of: null, state: "sent", reason: null,
  };
}
const left = (id: string, exercise: string, day?: string, felt_at?: number) => record<NotToday>(id, "not-today", { exercise, reasons: ["tired"] }, day, felt_at);

test("what was left today is known by its exercise, the newest of several; yesterday's counts no more", () => {
  const found = leftToday([left("late", "a", TODAY, 2), left("early", "a", TODAY, 1), left("old", "b", "2026-11-18"), { ...left("gone", "c"), deleted: true }], TODAY);

  assert.deepEqual([...found].map(([exercise, { id }]) => [exercise, id]), [["a", "late"]]);
});

test("nothing said is nothing kept beside what it was", () => {
  const form = { ...formOf(undefined, "new"), text: "  " };

  assert.deepEqual(bodyOf(form, { exercise: "a", title: "A", assignment: "set" }), { exercise: "a", title: "A", assignment: "set" });
});

test("a change begins with what was said, and keeps what a newer version wrote", () => {
  const before = { ...left("one", "a"), body: { exercise: "a", reasons: ["tired"], text: "Long day.", mood: "x" } as NotToday };
  const form = formOf({ ...before, body: before.body }, "new");

  assert.deepEqual([form.of, form.reasons, form.text], [{ id: "one", rev: "one.1" }, ["tired"], "Long day."]);
  assert.deepEqual(bodyOf({ ...form, reasons: [], text: "" }, { exercise: "a", title: "A", assignment: "set" }, before.body),
    { exercise: "a", title: "A", assignment: "set", mood: "x" });
});

test("what was typed over an entry of another day becomes one of its own; over today's it goes on", () => {
  const yesterday = formOf({ ...left("old", "a"), body: { exercise: "a" } }, "first");
  const typed = { ...yesterday, text: "Not that." };

  assert.deepEqual(goneOn(typed, formOf(undefined, "new")), { id: "new", of: null, reasons: [], text: "Not that." });
  assert.deepEqual(goneOn(typed, formOf({ ...left("late", "a"), body: { exercise: "a" } }, "new")).of, null);
  assert.deepEqual(goneOn(typed, { ...yesterday, id: "new" }), typed);
});

test("its reminders rest by marks that name it and say nothing of it", () => {
  const marks = restOf([{ plan: "p", day: TODAY, slot: 0 }, { plan: "p", day: TODAY, slot: 1 }], "one");

  assert.deepEqual(marks.map(({ audience, body }) => [audience, body.what, body.slot, body.record]), [["service", "done", 0, "one"], ["service", "done", 1, "one"]]);
});
