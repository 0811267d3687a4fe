import assert from "node:assert/strict";
import { test } from "node:test";
import { coming, instant, isWhole } from "../src/data/plans.ts";
import type { Mark, Plan } from "../src/data/types.ts";
import { USUAL } from "../src/reminders/limits.ts";
import { inQuiet } from "../src/reminders/outlook.ts";

process.env["TZ"] = "Europe/Rome";

const plan = (body: Partial<Plan> = {}, id = "p") => ({
  id, body: { at: "09:00", days: [1, 2, 3, 4, 5, 6, 7], about: "checkin", on: true, ...body },
});
const done = (day: string) => ({ id: `done ${day}`, body: { what: "done", plan: "p", day, slot: 0 } satisfies Mark });
const rome = (text: string) => Date.parse(text);
const days = (plans: Parameters<typeof coming>[0], marks: Parameters<typeof coming>[1], now: string, count = 7) =>
  coming(plans, marks, rome(now), count, "Europe/Rome").map(({ day }) => day);

test("the next reminders are those still to come, soonest first", () => {
  const found = coming([plan(), plan({ at: "08:30" }, "q")], [], rome("2026-11-23T08:45:00+01:00"), 2, "Europe/Rome");

  assert.deepEqual(found.map(({ plan, day }) => [plan, day]), [["p", "2026-11-23"], ["q", "2026-11-24"], ["p", "2026-11-24"]]);
  assert.equal(found[0]?.at, rome("2026-11-23T09:00:00+01:00"));
});

test("a day that is done is left out", () => {
  assert.deepEqual(days([plan()], [done("2026-11-23")], "2026-11-23T08:00:00+01:00", 2), ["2026-11-24"]);
});

test("only the chosen days are named", () => {
  assert.deepEqual(days([plan({ days: [1, 7] })], [], "2026-11-23T08:00:00+01:00"), ["2026-11-23", "2026-11-29"]);
});

test("a plan that is off, or has no day, has none", () => {
  assert.deepEqual(days([plan({ on: false }), plan({ days: [] })], [], "2026-11-23T08:00:00+01:00"), []);
});

test("a pause ends on the day it names", () => {
  assert.deepEqual(days([plan({ paused_until: "2026-11-25" })], [], "2026-11-23T08:00:00+01:00", 3), ["2026-11-25"]);
});

test("a time that the clocks skip comes right after the gap", () => {
  assert.equal(instant("2026-03-29", "02:30"), rome("2026-03-29T03:00:00+02:00"));
});

test("a time that the clocks repeat comes the first time", () => {
  assert.equal(instant("2026-10-25", "02:30"), rome("2026-10-25T02:30:00+02:00"));
});

for (const [at, asked] of [["09:00", false], ["20:45", false], ["20:46", true], ["21:00", true], ["23:59", true], ["00:00", true], ["07:59", true], ["08:00", false]] as const) {
  test(`${at} ${asked ? "is asked about" : "is not asked about"}`, () => {
    assert.equal(inQuiet({ at }, USUAL.quiet).length === 1, asked);
  });
}

test("a plan needs a time and a day", () => {
  assert.deepEqual([{ at: "09:00", days: [1] }, { at: "", days: [1] }, { at: "24:00", days: [1] }, { at: "09:00", days: [] }].map(isWhole), [
    true, false, false, false,
  ]);
});
