// What the form that plans a reminder says before it saves, and what it saves; suggestions; and what the server says of rest.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../src/data/types.ts";
import type { Assigned } from "../src/practise/lists.ts";
import { answered, formOf, gapIn, oneMore, planOf, type PlanForm, silenced, toAsk } from "../src/reminders/form.ts";
import { limitsIn, USUAL } from "../src/reminders/limits.ts";
import { restingIn } from "../src/reminders/resting.ts";
import { suggestedIn } from "../src/reminders/suggested.ts";

const plan = (body: Partial<Plan> = {}): Plan => ({ at: "09:00", days: [1, 2], about: "checkin", on: true, ...body });
const form = (part: Partial<PlanForm> = {}): PlanForm => ({ ...formOf(null), ...part });
const own = { ...USUAL, own: true };

for (const [part, gap] of [
  [{}, null], [{ days: [] }, "days"], [{ at: ["09:00", ""] }, "time"], [{ at: ["09:44", "09:00"] }, "near"], [{ at: ["09:45", "09:00"] }, null],
  [{ kind: "window", from: "12:00", to: "10:00" }, "order"], [{ kind: "window", from: "10:00", to: "11:00", times: 2 }, "room"],
  [{ kind: "window", from: "21:00", to: "23:00" }, "quiet"], [{ kind: "window", from: "10:00", to: "" }, "time"],
  [{ first: "2026-12-02", last: "2026-12-01" }, "span"],
] as [Partial<PlanForm>, string | null][]) {
  test(`${JSON.stringify(part)}: ${gap ?? "can be saved"}`, () => assert.equal(gapIn(form(part), USUAL.quiet), gap));
}

test("a plan of an older app fills the form, and fields of a newer one stay", () => {
  const newer = { ...plan(), tone: "soft" } as Plan;

  assert.deepEqual(planOf(formOf(newer), newer, USUAL.quiet, 5), { ...newer, renewed_at: 5 });
});

test("a stretch that becomes a time loses what only a stretch has", () => {
  const stretch = plan({ kind: "window", to: "12:00", times: 2, from: "2026-12-01" });

  assert.deepEqual(planOf({ ...formOf(stretch), kind: "fixed", at: ["20:00", "08:30"] }, stretch, USUAL.quiet, 5), {
    ...plan({ at: "08:30", more: ["20:00"], from: "2026-12-01" }), renewed_at: 5,
  });
});

test("a time in quiet hours is asked about once, and the answer is in the plan", () => {
  const said = planOf(form({ at: ["22:00"] }), null, USUAL.quiet, 5);

  assert.deepEqual([toAsk(form({ at: ["22:00", "09:00"] }), null, USUAL), said.in_quiet, toAsk(formOf(said), said, own)], [["22:00"], ["22:00"], []]);
});

test("what an older app asked about in the usual hours is not asked again, in other hours it is", () => {
  const old = plan({ at: "22:00" });

  assert.deepEqual([toAsk(formOf(old), old, USUAL), toAsk(formOf(old), old, own)], [[], ["22:00"]]);
});

test("new quiet hours name the times they would silence, and keep the answer", () => {
  const plans = [plan({ at: "22:00", in_quiet: ["22:00"] }), plan({ at: "07:00", more: ["12:00"] }), plan({ at: "07:00", on: false }), plan({ kind: "window", to: "09:30" })];

  assert.deepEqual(silenced(plans, USUAL.quiet), ["07:00"]);
  assert.deepEqual([true, false].map((keep) => answered(plans[1] as Plan, USUAL.quiet, keep).in_quiet), [["07:00"], []]);
});

test("one more time is far from those there are", () => {
  assert.deepEqual([oneMore(["18:00"]), oneMore(["13:10", "18:00"])], ["13:00", "20:00"]);
});

test("limits of which something is missing are as usual there", () => {
  assert.deepEqual(limitsIn([{ kind: "preference", body: { name: "reminders", most: 1 } }]), { ...USUAL, most: 1 });
  assert.deepEqual(limitsIn([{ kind: "preference", body: { name: "sharing", most: 1 } }]), USUAL);
});

test("a suggestion is open until it was taken or turned down", () => {
  const given = (id: string, suggested?: object) => ({ id, body: { exercise: "x", version: 1, title: "X", by: "T", suggested } }) as unknown as Assigned;
  const all = [given("a", { at: "18:00", days: [1] }), given("b", { at: "18:00", days: [1] }), given("c"), given("d", { at: "19:00", days: [2] })];

  const found = suggestedIn(all, [{ body: plan({ about: "a" }) }], ["b"]);

  assert.deepEqual(found.map(({ assignment, plan: { at, about } }) => [assignment.id, at, about]), [["d", "19:00", "d"]]);
});

test("of what the server says of rest, only what is understood is told", () => {
  assert.deepEqual(restingIn({ a: "off", b: "weekly", c: "sometimes", d: 3 }), { a: "off", b: "weekly" });
  assert.deepEqual(restingIn(undefined), {});
});
