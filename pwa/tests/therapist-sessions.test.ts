import assert from "node:assert/strict";
import { test } from "node:test";
import { lastBefore, nextFrom, type Sessions, timeOn, without } from "../src/pair/session-dates.ts";

const MONDAYS: Sessions = { weekly: { weekday: 1, at: "10:00", since: "2026-09-07" }, single: [], off: [] };

test("the day of a session is the next one and not the last", () => {
  assert.deepEqual(nextFrom(MONDAYS, "2026-09-21"), { day: "2026-09-21", at: "10:00" });
  assert.deepEqual(lastBefore(MONDAYS, "2026-09-21"), { day: "2026-09-14", at: "10:00" });
});

test("the pattern begins with its first date", () => {
  assert.equal(lastBefore(MONDAYS, "2026-09-07"), null);
  assert.equal(nextFrom(MONDAYS, "2026-01-01")?.day, "2026-09-07");
});

test("a single date stands beside the pattern, and its time goes before", () => {
  const sessions = { ...MONDAYS, single: [{ day: "2026-09-23", at: "16:30" }, { day: "2026-09-28", at: "09:00" }] };
  assert.equal(nextFrom(sessions, "2026-09-22")?.day, "2026-09-23");
  assert.equal(timeOn(sessions, "2026-09-28"), "09:00");
});

test("a session that falls out is gone, whichever way it came", () => {
  const both = { ...MONDAYS, single: [{ day: "2026-09-21", at: "16:30" }] };
  assert.equal(nextFrom(without(both, "2026-09-21"), "2026-09-21")?.day, "2026-09-28");
  assert.equal(nextFrom(without({ weekly: null, single: both.single, off: [] }, "2026-09-21"), "2026-09-21"), null);
});
