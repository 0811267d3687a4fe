import assert from "node:assert/strict";
import { test } from "node:test";
import type { Assignment, LocalRecord, Run } from "../src/data/types.ts";
import type { Exercise } from "../src/exercise/types.ts";
import { library } from "./exercise-kit.ts";
import { lastDone, liveAssignments, setAside } from "../src/practise/lists.ts";
import { shelves } from "../src/practise/shelves.ts";

const TODAY = "2026-11-22";
const exercise = (id: string, more: Partial<Exercise> = {}): Exercise => ({
  id, version: 1, family: "imagery", functions: [], intensity: "low", access: "self", minutes: 5, contraindications: [],
  stop_rules: [], measures: [], title: id, summary: "", steps: [], ...more,
});
const assignment = (body: Partial<Assignment> = {}, deleted = false) =>
  ({ id: "a", deleted, body: { exercise: "calm-place", version: 1, title: "", by: "Teresa", ...body } }) as LocalRecord<Assignment>;
const shelved = (all: Exercise[], approvals: string[] = []) =>
  shelves(all, approvals).flatMap((shelf) => shelf.exercises.map((one) => [one.exercise.id, one.approved]));

test("low exercises are there, marked as long as the practice has not approved them", () => {
  assert.deepEqual(shelved([exercise("x")]), [["x", false]]);
  assert.deepEqual(shelved([exercise("x")], ["x@1"]), [["x", true]]);
});

test("another version's approval does not count", () => {
  assert.deepEqual(shelved([exercise("x", { version: 2 })], ["x@1"]), [["x", false]]);
});

test("medium ones are there only when approved", () => {
  assert.deepEqual(shelved([exercise("x", { intensity: "medium" })]), []);
  assert.deepEqual(shelved([exercise("x", { intensity: "medium" })], ["x@1"]), [["x", true]]);
});

test("of the whole library only low ones that need no therapist are there until the practice approves more", () => {
  const open = shelves(library.exercises, []).flatMap((shelf) => shelf.exercises.map(({ exercise: one }) => one));

  assert.ok(open.length > 20);
  assert.deepEqual([...new Set(open.map(({ intensity }) => intensity))], ["low"]);
  assert.deepEqual(open.filter(({ access }) => access !== "self" && access !== "always"), []);
});

test("high, therapist-only and after-OK ones are never there", () => {
  const all = [exercise("h", { intensity: "high" }), exercise("t", { access: "therapist" }), exercise("o", { access: "after-ok" })];

  assert.deepEqual(shelved(all, ["h@1", "t@1", "o@1"]), []);
});

test("families keep their order, short exercises first, a family of a newer version last", () => {
  const all = [exercise("new", { family: "later" }), exercise("long", { minutes: 8 }), exercise("short"),
    exercise("ground", { family: "grounding-safety", access: "always" })];

  assert.deepEqual(shelved(all).map(([id]) => id), ["ground", "short", "long", "new"]);
});

test("an assignment holds through its last day and not after", () => {
  assert.equal(liveAssignments([assignment({ until: TODAY })], TODAY).length, 1);
  assert.equal(liveAssignments([assignment({ until: "2026-11-21" })], TODAY).length, 0);
  assert.equal(liveAssignments([assignment({ expires_on: "2026-11-21" })], TODAY).length, 0);
});

test("an ended, deleted or withdrawn assignment does not hold", () => {
  assert.deepEqual(liveAssignments([assignment({ ended_at: 1 }), assignment({}, true), { ...assignment(), body: null }], TODAY), []);
});

test("one that a restore set aside does not hold, and is named until its days are over", () => {
  const aside = assignment({ suspended: { since: 1 }, expires_on: TODAY });
  const over = { ...assignment({ suspended: { since: 1 }, ended_at: 2 }), id: "b" };

  assert.deepEqual(liveAssignments([aside], TODAY), []);
  assert.deepEqual(setAside([aside, over, { ...assignment(), id: "c" }], TODAY), [aside]);
  assert.deepEqual(setAside([aside], "2026-11-23"), []);
});

test("last done is the day of the last finished run, parts and stopped ones aside", () => {
  const run = (day: string, body: object) => ({ day, body: { exercise: "x", ended: "finished", ...body } }) as LocalRecord<Run>;
  const runs = [run("2026-11-18", {}), run("2026-11-20", { ended: "stopped" }), run("2026-11-21", { part_of: "r" }), run("2026-11-22", { exercise: "y" })];

  assert.equal(lastDone(runs, "x", (one) => one.day ?? ""), "2026-11-18");
  assert.equal(lastDone([], "x", () => ""), null);
});
