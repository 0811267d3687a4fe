import assert from "node:assert/strict";
import { test } from "node:test";
import { markDoneFor } from "../src/checkin/done.ts";
import type { Plan } from "../src/data/types.ts";

const SUNDAY = "2026-11-22";
const plan = (body: Partial<Plan> = {}, deleted = false) => ({
  id: "plan-1", deleted, body: { at: "19:00", days: [1, 2, 3, 4, 5, 6, 7], about: "checkin", on: true, ...body },
});
const marked = (plans: Parameters<typeof markDoneFor>[0], marks: Parameters<typeof markDoneFor>[1] = [], at = "12:00") =>
  markDoneFor(plans, marks, SUNDAY, at, () => "mark-1");

test("a plan about check-ins is marked done for today, without an answer in it", () => {
  assert.deepEqual(marked([plan()]), [{
    id: "mark-1", kind: "mark", audience: "service", body: { what: "done", plan: "plan-1", day: SUNDAY, slot: 0 },
  }]);
});

test("a second check-in of the day makes no second mark", () => {
  const mark = { id: "m", deleted: false, body: { what: "done", plan: "plan-1", day: SUNDAY, slot: 0 } };

  assert.deepEqual(marked([plan()], [mark]), []);
});

for (const [name, other] of Object.entries({
  "a plan about an exercise": plan({ about: "assignment-1" }),
  "a plan that is off": plan({ on: false }),
  "a plan for other days": plan({ days: [1, 2, 3] }),
  "a plan paused until tomorrow": plan({ paused_until: "2026-11-23" }),
  "a plan that has not begun": plan({ from: "2026-11-23" }),
  "a plan that is over": plan({ until: "2026-11-21" }),
  "a plan taken away": plan({}, true),
})) {
  test(`${name} is not marked`, () => assert.deepEqual(marked([other]), []));
}

test("a plan paused until today counts again", () => {
  assert.equal(marked([plan({ paused_until: SUNDAY })]).length, 1);
});

test("of several times a day those that have come are marked, and the one that is near", () => {
  const slots = (at: string, marks: Parameters<typeof markDoneFor>[1] = []) =>
    marked([plan({ at: "09:00", more: ["13:00", "18:00"] })], marks, at).map(({ body }) => (body as { slot: number }).slot);
  const first = { id: "m", deleted: false, body: { what: "done", plan: "plan-1", day: SUNDAY } };

  assert.deepEqual([slots("08:00"), slots("12:30"), slots("12:30", [first]), slots("20:00")], [[0], [0, 1], [1], [0, 1, 2]]);
});
