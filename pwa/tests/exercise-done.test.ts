// Which reminders are done with a run, and what the phone then says is due and will come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plannedToday } from "../src/data/due.ts";
import { coming } from "../src/data/plans.ts";
import type { Mark, Plan } from "../src/data/types.ts";
import { doneByRun } from "../src/exercise/done.ts";
import type { Ended } from "../src/exercise/state.ts";
import { countedAt } from "../src/reminders/done.ts";
import { exercise, Run } from "./exercise-kit.ts";

const ROME = "Europe/Rome";
const TASK = "assignment-1";
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
process.env["TZ"] = ROME;

const plan = (id: string, body: Partial<Plan> = {}) => ({ id, deleted: false, body: { at: "09:00", days: EVERY_DAY, about: TASK, on: true, ...body } });
const mark = (plan: string, day: string, slot: number, id = "m") => ({ id, deleted: false, body: { what: "done", plan, day, slot } satisfies Mark });
const rome = (at: string) => Date.parse(`${at}+01:00`);

/** A run from one moment to another, and how it ended. */
function run(from: string, to: string, how: Ended["how"] = "finished") {
  const begun = new Run(exercise("feet-on-floor"), { now: rome(from) }).state;
  return { ...begun, ended: { how, at: rome(to), then: "end" as const, step: begun.path[0] ?? "" } };
}
const at = (time: string, how?: Ended["how"]) => run(`2026-11-23T${time}`, `2026-11-23T${time}`, how);
const slots = (...given: Parameters<typeof doneByRun>) => doneByRun(...given).map(({ plan, day, slot }) => `${plan} ${day} ${slot}`);

test("a finished run is done for every plan about its assignment, and for no other", () => {
  const plans = [plan("p"), plan("q", { at: "18:00" }), plan("other", { about: "assignment-2" }), plan("checkin", { about: "checkin" })];

  assert.deepEqual(slots(at("10:00"), TASK, plans, [], ROME), ["p 2026-11-23 0", "q 2026-11-23 0"]);
});

test("so is one that was stopped: nobody who pressed Stop is asked again that day", () => {
  assert.deepEqual(slots(at("10:00", "stopped"), TASK, [plan("p")], [], ROME), ["p 2026-11-23 0"]);
});

test("one that was left is not", () => {
  assert.deepEqual(slots(at("10:00", "left"), TASK, [plan("p")], [], ROME), []);
});

test("one that goes on still is not", () => {
  assert.deepEqual(slots({ ...at("10:00"), ended: null }, TASK, [plan("p")], [], ROME), []);
});

test("nor is it for a plan that is off, rests that day, is paused or was taken away", () => {
  const plans = [
    plan("off", { on: false }), plan("rests", { days: [2] }), plan("paused", { paused_until: "2026-11-24" }), { ...plan("gone"), deleted: true },
  ];

  assert.deepEqual(slots(at("10:00"), TASK, plans, [], ROME), []);
});

test("of several times a day it counts for the nearest and those before, and the next run for the rest", () => {
  const plans = [plan("p", { more: ["13:00", "18:00"] })];

  assert.deepEqual(slots(at("12:30"), TASK, plans, [], ROME), ["p 2026-11-23 0", "p 2026-11-23 1"]);
  assert.deepEqual(slots(at("18:10"), TASK, plans, [mark("p", "2026-11-23", 0), mark("p", "2026-11-23", 1)], ROME), ["p 2026-11-23 2"]);
});

test("what another phone did before is not said again", () => {
  assert.deepEqual(slots(at("10:00"), TASK, [plan("p")], [mark("p", "2026-11-23", 0)], ROME), []);
  assert.deepEqual(slots(at("10:00"), TASK, [plan("p")], [mark("p", "2026-11-22", 0)], ROME), ["p 2026-11-23 0"]);
});

test("one that goes over midnight counts for its evening, and leaves the next day's reminders", () => {
  const plans = [plan("p", { at: "22:00" })];

  assert.deepEqual(slots(run("2026-11-23T23:50", "2026-11-24T00:10"), TASK, plans, [], ROME), ["p 2026-11-23 0"]);
  assert.deepEqual(slots(run("2026-11-24T00:05", "2026-11-24T00:10"), TASK, plans, [], ROME), ["p 2026-11-24 0"]);
});

test("one that was gone on with the day after counts for that day", () => {
  assert.deepEqual(slots(run("2026-11-23T21:00", "2026-11-24T19:00"), TASK, [plan("p")], [], ROME), ["p 2026-11-24 0"]);
});

test("a clock that was set back in between says nothing of midnight", () => {
  assert.deepEqual(countedAt(rome("2026-11-24T00:30"), rome("2026-11-23T23:30"), ROME), { day: "2026-11-23", at: "23:30" });
});

test("the day is that of where the phone is", () => {
  const late = at("22:30"); // half past six in the morning of the next day in Tokyo

  assert.deepEqual(slots(late, TASK, [plan("p")], [], "Asia/Tokyo"), ["p 2026-11-24 0"]);
  assert.deepEqual(slots(late, TASK, [plan("p")], [], "America/New_York"), ["p 2026-11-23 0"]);
});

test("on the day clocks go back a run of the second half past two counts for that day", () => {
  const second = { ...at("10:00"), started_at: Date.parse("2026-10-25T02:20:00+01:00"), ended: { ...run("2026-11-23T10:00", "2026-11-23T10:00").ended, at: Date.parse("2026-10-25T02:30:00+01:00") } };

  assert.deepEqual(slots(second, TASK, [plan("p", { at: "02:30" })], [], ROME), ["p 2026-10-25 0"]);
});

test("what is done is due no more on Today, and what will come leaves it out", () => {
  const plans = [plan("p", { more: ["18:00"] }), plan("q", { at: "10:00" })];
  const marks = doneByRun(at("10:30"), TASK, plans, [], ROME).map(({ plan, day, slot }, n) => mark(plan, day, slot, `m${n}`));
  const now = rome("2026-11-23T10:40");

  assert.deepEqual(plannedToday(plans, marks, now, ROME).map(({ plan, at, due }) => [plan, at, due]), [["p", "18:00", false]]);
  assert.deepEqual(coming(plans, marks, now, 2, ROME).map(({ plan, day, slot }) => `${plan} ${day} ${slot}`), [
    "p 2026-11-23 1", "p 2026-11-24 0", "q 2026-11-24 0", "p 2026-11-24 1",
  ]);
});
