// Lists for groups: an example that can be set, sessions in their order, and one task a client and exercise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askedFor, closedFor, example, inSessions, type Item, sessionsOf, tasksOf, whyAlone } from "../src/screens/therapist/template.ts";
import type { Assignable, Client } from "../src/screens/therapist/types.ts";
import therapist from "../src/words/en/therapist.json" with { type: "json" };
import { exercise } from "./exercise-kit.ts";

const card = (id: string, more: Partial<Assignable> = {}): Assignable => ({
  id, version: 1, title: id.toUpperCase(), summary: "", family: "imagery", functions: [], intensity: "low", access: "self", minutes: 5, contraindications: [],
  approved: true, assignable: true, why_not: null, ...more,
});
const item = (exercise: string, session: number | null = null): Item => ({ exercise, reason: " Why. ", times_a_week: 5, session });
const client = (id: string): Client => ({ id, name: id, created_at: 0, joined_at: null, active_at: null, push: "none" });
let made = 0;
const newId = () => `id-${(made += 1)}`;

test("the example has sixteen sessions of low exercises that anyone may be given, each once and each with a reason", () => {
  const { items } = example("t", "Sixteen", therapist["therapist.lists.example_reasons"].split("|"));

  assert.deepEqual(items.map(({ session }) => session), Array.from({ length: 16 }, (_, at) => at + 1));
  assert.equal(new Set(items.map((one) => one.exercise)).size, 16);
  assert.ok(items.every(({ reason }) => reason.length > 10));
  assert.ok(items.every((one) => exercise(one.exercise).intensity === "low" && exercise(one.exercise).access === "self"));
});

test("sessions come in their order, what belongs to none last", () => {
  const items = [item("a"), item("b", 10), item("c", 2), item("d", 10)];

  assert.deepEqual([sessionsOf(items), inSessions(items).map((one) => one.exercise)], [[2, 10, null], ["c", "b", "d", "a"]]);
});

test("what is done together first, not approved or gone is not set for many", () => {
  const cards = [card("a"), card("b", { access: "therapist" }), card("c", { assignable: false })];

  assert.deepEqual(["a", "b", "c", "d"].map((id) => whyAlone(item(id), cards)), [null, "therapist.lists.guarded", "therapist.lists.notYet", "therapist.lists.gone"]);
});

test("each client and exercise is a task of its own, under ids of its own, that names no other client", () => {
  const cards = [card("a"), card("b"), card("c", { access: "therapist" })];

  const tasks = tasksOf([client("anna"), client("bruno")], [item("a"), item("b"), item("c")], cards, newId);

  assert.deepEqual(tasks.map((one) => [one.client.id, one.title]), [["anna", "A"], ["anna", "B"], ["bruno", "A"], ["bruno", "B"]]);
  assert.equal(new Set(tasks.flatMap(({ id, op }) => [id, op])).size, 8);
  assert.ok(tasks.every((one) => !/anna|bruno/.test(JSON.stringify(askedFor(one, cards, "en")))));
});

test("a dose that an exercise may not have becomes once a week", () => {
  const [task] = tasksOf([client("anna")], [item("a")], [card("a")], newId);
  assert.ok(task);

  assert.deepEqual(askedFor(task, [card("a")], "en"), { id: task.id, op: task.op, locale: "en", exercise: "a", reason: "Why.", times_a_week: 5 });
  assert.deepEqual((askedFor(task, [card("a", { intensity: "high" })], "en") as { times_a_week: number }).times_a_week, 1);
});

test("what is kept closed for one client speaks against that client's task, and no other", () => {
  const cards = [card("a", { contraindications: ["BREATH", "GRIEF"] }), card("b")];
  const [breath, other] = tasksOf([client("bruno")], [item("a"), item("b")], cards, newId);
  assert.ok(breath && other);
  const limit = { blocks: ["BREATH", "BODY"], openOnly: false, allowed: [], ok: [], hours: null };

  assert.deepEqual([closedFor(breath, cards, limit), closedFor(other, cards, limit), closedFor(breath, cards, { ...limit, blocks: [] })], [["BREATH"], [], []]);
});
