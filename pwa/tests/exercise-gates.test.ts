import assert from "node:assert/strict";
import { test } from "node:test";
import { asksBefore, type Context, gateFor, isApproved, lockedUntil, mayStart, type PastRun } from "../src/exercise/gates.ts";
import type { Exercise } from "../src/exercise/types.ts";
import { exercise, made, NOW } from "./exercise-kit.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const high = exercise("new-ending-recent");
const medium = made([{ id: "in", type: "imagine" }], { id: "medium-one", intensity: "medium" });
const low = exercise("feet-on-floor");

const assignment = (more: object = {}) => ({
  id: "a1",
  body: { exercise: high.id, version: 1, title: high.title, by: "Teresa", snapshot: high, set_on: "2026-11-20", expires_on: "2026-12-04", ...more },
});
const run = (more: Partial<PastRun> = {}): PastRun => ({
  exercise: high.id, assignment: "a1", intensity: "high", ended: "finished", started_at: NOW - 2 * DAY, ended_at: NOW - 2 * DAY,
  locked_until: NOW - DAY, ...more,
});
/** Midday in UTC, all in order for the high exercise. */
const calm: Context = {
  now: NOW, serverNow: NOW - HOUR, lastSync: NOW - HOUR, offset: 0,
  approvals: [`${high.id}@1`, "medium-one@1"], assignment: assignment(), runs: [],
};
const why = (of: Exercise, more: Partial<Context> = {}): string => {
  const verdict = mayStart(of, { ...calm, ...more });
  return verdict.ok ? "ok" : verdict.why;
};
const until = (of: Exercise, more: Partial<Context> = {}): number | undefined => {
  const verdict = mayStart(of, { ...calm, ...more });
  return verdict.ok ? undefined : verdict.until;
};

test("a low exercise starts at once, approved or not, assigned or not", () => {
  assert.equal(why(low, { approvals: [], assignment: null, lastSync: null, serverNow: null, distress: 10 }), "ok");
});

test("grounding is always open, also after a high exercise", () => {
  assert.equal(why(exercise("back-in-the-room"), { approvals: [], runs: [run({ ended_at: NOW - HOUR })] }), "ok");
});

test("a medium or high exercise the practice has not approved does not start", () => {
  assert.equal(why(medium, { approvals: [] }), "draft");
  assert.equal(why(high, { approvals: ["new-ending-recent@2"] }), "draft");
  assert.equal(isApproved(low, []), false);
});

test("a medium exercise asks for distress, which may be left open", () => {
  assert.equal(why(medium), "ask-distress");
  assert.equal(why(medium, { distress: null }), "ok");
});

for (const [distress, then] of [[6, "ok"], [7, "ok"], [8, "ground-first"], [10, "ground-first"]] as const) {
  test(`a medium exercise at ${distress}: ${then}`, () => {
    assert.equal(why(medium, { distress }), then);
  });
}

test("after the offer of grounding the choice stays with the person", () => {
  assert.equal(why(medium, { distress: 9, groundingOffered: true }), "ok");
});

test("a high exercise with all in order starts", () => {
  assert.equal(why(high), "ok");
});

test("without a live assignment with its snapshot a therapist's exercise does not start", () => {
  assert.equal(why(high, { assignment: null }), "assignment");
  assert.equal(why(high, { assignment: assignment({ ended_at: NOW - HOUR }) }), "assignment");
  assert.equal(why(high, { assignment: assignment({ exercise: "another" }) }), "assignment");
  assert.equal(why(high, { assignment: assignment({ snapshot: undefined }) }), "assignment");
});

test("an assignment holds through its last day, in the person's own time", () => {
  const last = assignment({ expires_on: "2026-11-22" });
  const evening = Date.UTC(2026, 10, 22, 19);
  assert.equal(why(high, { assignment: last, now: evening, lastSync: evening }), "ok");

  const tomorrow = Date.UTC(2026, 10, 23, 10);
  assert.equal(why(high, { assignment: last, now: tomorrow, lastSync: tomorrow }), "expired");
  assert.equal(why(high, { assignment: last, now: Date.UTC(2026, 10, 22, 23), offset: 120 }), "expired");
});

test("without a last day of its own an assignment of a high exercise ends after 14 days", () => {
  const set = assignment({ expires_on: undefined, set_on: "2026-11-08" });

  assert.equal(why(high, { assignment: set }), "ok");
  assert.equal(why(high, { assignment: assignment({ expires_on: undefined, set_on: "2026-11-07" }) }), "expired");
});

test("a clock set back does not open an assignment that is over", () => {
  const last = assignment({ expires_on: "2026-11-22" });
  const server = Date.UTC(2026, 10, 23, 10);

  assert.equal(why(high, { assignment: last, now: NOW, serverNow: server, lastSync: server }), "expired");
});

test("after 72 hours without the server it asks to connect once", () => {
  assert.equal(why(high, { lastSync: NOW - 72 * HOUR }), "ok");
  assert.equal(why(high, { lastSync: NOW - 72 * HOUR - 1 }), "connect");
  assert.equal(why(high, { lastSync: null }), "connect");
});

test("a high exercise opens from 09:00 to 20:00 in the person's own time", () => {
  const at = (hour: number, minute: number, offset = 0): string => {
    const now = Date.UTC(2026, 10, 22, hour, minute);
    return why(high, { now, serverNow: null, lastSync: now, offset });
  };
  assert.deepEqual([at(8, 59), at(9, 0), at(19, 59), at(20, 0)], ["hours", "ok", "ok", "hours"]);
  assert.deepEqual([at(7, 59, 60), at(8, 0, 60), at(19, 0, 60)], ["hours", "ok", "hours"]);
});

test("outside the hours it says when it opens again", () => {
  const night = Date.UTC(2026, 10, 22, 22);
  const early = Date.UTC(2026, 10, 22, 5);

  assert.equal(until(high, { now: night, lastSync: night }), Date.UTC(2026, 10, 23, 9));
  assert.equal(until(high, { now: early, serverNow: null, lastSync: early }), Date.UTC(2026, 10, 22, 9));
});

test("it is locked for 24 hours after each use, to the millisecond", () => {
  const used = (ago: number): PastRun => run({ ended_at: NOW - ago, locked_until: lockedUntil(high, NOW - ago) });

  assert.equal(why(high, { runs: [used(DAY - 1)] }), "locked");
  assert.equal(until(high, { runs: [used(DAY - 1)] }), NOW + 1);
  assert.equal(why(high, { runs: [used(DAY)] }), "ok");
});

test("a clock set forward and back again does not end a lock", () => {
  const locked = run({ ended_at: NOW - HOUR, locked_until: NOW + 23 * HOUR });

  assert.equal(why(high, { runs: [locked], now: NOW - 5 * DAY }), "locked");
});

test("two uses in seven days are the most", () => {
  const at = (days: number): PastRun => run({ ended_at: NOW - days * DAY, locked_until: NOW - (days - 1) * DAY });

  assert.equal(why(high, { runs: [at(2)] }), "ok");
  assert.equal(why(high, { runs: [at(2), at(6)] }), "often");
  assert.equal(until(high, { runs: [at(2), at(6)] }), NOW + DAY);
  assert.equal(why(high, { runs: [at(2), at(7)] }), "ok");
  assert.equal(why(high, { runs: [at(2), run({ ended: "left", locked_until: undefined as never, ended_at: NOW - 3 * DAY })] }), "ok");
});

test("a run stopped after its gate counts as a use", () => {
  const stopped = run({ ended: "stopped", ended_at: NOW - 2 * DAY });

  assert.equal(why(high, { runs: [stopped, run({ ended_at: NOW - 5 * DAY })] }), "often");
});

test("after a hard rating it waits for a new assignment", () => {
  const hard = run({ reopen: true });

  assert.equal(why(high, { runs: [hard] }), "reopen");
  assert.equal(why(high, { runs: [hard], assignment: { ...assignment(), id: "a2" } }), "ok");
});

test("after a high exercise only low ones that day", () => {
  const other = run({ exercise: "two-chairs-solo", ended_at: NOW - 3 * HOUR, locked_until: NOW + 21 * HOUR });

  assert.equal(why(high, { runs: [other] }), "after-high");
  assert.equal(why(medium, { runs: [other], distress: 1 }), "after-high");
  assert.equal(until(medium, { runs: [other], distress: 1 }), Date.UTC(2026, 10, 23));
  assert.equal(why(low, { runs: [other] }), "ok");
  const yesterday = { ...other, ended_at: NOW - 13 * HOUR };
  assert.equal(why(high, { runs: [yesterday] }), "ok");
});

test("the therapist may lower the gate, and no one may raise it", () => {
  const limit = (distress_limit?: number): number => gateFor(high, assignment(distress_limit === undefined ? {} : { distress_limit }));
  assert.deepEqual([limit(), limit(3), limit(9)], [5, 3, 5]);

  const wide: Exercise = { ...high, limits: { ...high.limits!, gate: 9 } };
  assert.equal(gateFor(wide, null), 6);
});

test("a high exercise without a gate of its own asks first, and needs an answer at the limit or under it", () => {
  const bare: Exercise = { ...high, steps: high.steps.filter((step) => step.id !== "distress_before") };
  assert.equal(asksBefore(high), false);

  assert.equal(why(bare), "ask-distress");
  assert.equal(why(bare, { distress: null }), "ask-distress");
  assert.deepEqual([5, 6].map((distress) => why(bare, { distress })), ["ok", "distress"]);
  assert.equal(why(bare, { distress: 5, assignment: assignment({ distress_limit: 4 }) }), "distress");
});

test("an exercise that opens after a word from the therapist needs an assignment once", () => {
  const after = { ...medium, access: "after-ok" as const };

  assert.equal(why(after, { assignment: null, distress: 1 }), "needs-ok");
  assert.equal(why(after, { assignment: { id: "a3", body: { ...assignment().body, exercise: after.id } }, distress: 1 }), "ok");
});
