// What an exercise waits for before it starts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asksBefore, gateFor, isSetBack } from "../src/exercise/gates.ts";
import { isApproved } from "../src/exercise/approved.ts";
import type { Exercise } from "../src/exercise/types.ts";
import { exercise, NOW } from "./exercise-kit.ts";
import { assignment, contact, DAY, high, HOUR, low, medium, MINUTE, run, until, why } from "./gates-kit.ts";

test("a low exercise starts at once, approved or not, assigned or not", () => {
  assert.equal(why(low, { approvals: [], assignment: null, contact: null, distress: 10 }), "ok");
});

test("grounding is always open, also after a high exercise", () => {
  assert.equal(why(exercise("back-in-the-room"), { approvals: [], runs: [run({ ended_at: NOW - HOUR })] }), "ok");
});

test("a medium or high exercise the practice has not approved does not start", () => {
  assert.equal(why(medium, { approvals: [] }), "draft");
  assert.equal(why(high, { approvals: [`new-ending-recent@${high.version + 1}`] }), "draft");
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
  assert.equal(why(high, { assignment: last, now: evening, contact: contact(evening) }), "ok");

  const tomorrow = Date.UTC(2026, 10, 23, 10);
  assert.equal(why(high, { assignment: last, now: tomorrow, contact: contact(tomorrow) }), "expired");
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

  assert.equal(why(high, { assignment: last, now: NOW, contact: contact(server) }), "expired");
});

test("after 72 hours without the server it asks to connect once", () => {
  const since = (ago: number): string => why(high, { contact: contact(NOW - ago) });

  assert.deepEqual([since(72 * HOUR - 1), since(72 * HOUR), since(72 * HOUR + 1)], ["ok", "ok", "connect"]);
  assert.equal(why(high, { contact: null }), "connect");
});

test("the 72 hours are the phone's own, however wrong its clock is", () => {
  const wrong = 3_650 * DAY;
  const since = (ago: number): string => why(high, { now: NOW - wrong, contact: contact(NOW - ago, NOW - ago - wrong) });

  assert.deepEqual([since(72 * HOUR), since(72 * HOUR + 1)], ["ok", "connect"]);
});

test("a clock set back since the server last answered asks to connect, and one put right by minutes does not", () => {
  const back = (by: number): string => why(high, { now: NOW - by, contact: contact(NOW) });

  assert.deepEqual([back(0), back(5 * MINUTE), back(5 * MINUTE + 1), back(HOUR)], ["ok", "ok", "connect", "connect"]);
});

test("a clock counts as set back from five minutes on", () => {
  assert.deepEqual([NOW, NOW - 5 * MINUTE, NOW - 5 * MINUTE - 1].map((now) => isSetBack(now, contact(NOW))), [false, false, true]);
  assert.equal(isSetBack(0, null), false);
});

test("a clock set back to before a time it had shown asks to connect", () => {
  const shown = (latest: number): string => why(high, { latest });

  assert.deepEqual([shown(NOW + 5 * MINUTE), shown(NOW + 5 * MINUTE + 1), shown(NOW + 4 * DAY)], ["ok", "connect", "connect"]);
  assert.equal(why(low, { latest: NOW + DAY }), "ok");
  assert.equal(why(medium, { latest: NOW + DAY, distress: 1 }), "ok");
});

test("a high exercise opens from 09:00 to 20:00 in the person's own time", () => {
  const at = (hour: number, minute: number, offset = 0): string => {
    const now = Date.UTC(2026, 10, 22, hour, minute);
    return why(high, { now, contact: contact(now), offset });
  };
  assert.deepEqual([at(8, 59), at(9, 0), at(19, 59), at(20, 0)], ["hours", "ok", "ok", "hours"]);
  assert.deepEqual([at(7, 59, 60), at(8, 0, 60), at(19, 0, 60)], ["hours", "ok", "hours"]);
});

test("outside the hours it says when it opens again", () => {
  const night = Date.UTC(2026, 10, 22, 22);
  const early = Date.UTC(2026, 10, 22, 5);

  assert.equal(until(high, { now: night, contact: contact(night) }), Date.UTC(2026, 10, 23, 9));
  assert.equal(until(high, { now: early, contact: contact(early) }), Date.UTC(2026, 10, 22, 9));
});

test("an exercise that looks at scenes opens with as many as it needs", () => {
  const film: Exercise = { ...medium, needs_scenes: 3 };
  const with_ = (scenes?: number): string => why(film, { distress: 1, ...(scenes === undefined ? {} : { scenes }) });

  assert.deepEqual([with_(), with_(0), with_(2), with_(3), with_(4)], ["scenes", "scenes", "scenes", "ok", "ok"]);
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
