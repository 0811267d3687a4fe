// What the phone says will come, against the vectors that hold the server to the same; and what is said when planning.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Plan } from "../src/data/types.ts";
import { type Hours } from "../src/reminders/clocks.ts";
import { limitsIn, USUAL } from "../src/reminders/limits.ts";
import { inQuiet, outlook, roomFor } from "../src/reminders/outlook.ts";
import { slotsDone } from "../src/reminders/slots.ts";

type Gives = { plan: string; day: string; slot: number; at: string; to?: string; times?: number; skip?: string; maybe?: boolean };
type Vector = {
  why: string; zone: string; from: string; days: number; limits: object; plans: Record<string, Plan>; done: [string, string, number][]; gives: Gives[];
};
const vectors = JSON.parse(readFileSync(new URL("../../tests/schedule/vectors.json", import.meta.url), "utf8")) as Vector[];

for (const { why, zone, from, days, limits, plans, done, gives } of vectors) {
  test(`as the server plans: ${why}`, () => {
    process.env["TZ"] = zone;
    const of = limitsIn([{ kind: "preference", body: { name: "reminders", ...limits } }]);
    const planned = Object.entries(plans).map(([id, body]) => ({ id, body }));

    const found = outlook(planned, of, done.map(([plan, day, slot]) => ({ plan, day, slot })), from, days);

    assert.deepEqual(found, gives.map(({ plan, day, slot, at, to, times, skip, maybe }) => ({
      plan, day, slot, at: Date.parse(at), to: to === undefined ? null : Date.parse(to), times: times ?? 1, skip: skip ?? null, maybe: maybe ?? false,
    })));
  });
}

test("what was past when the plan was saved is not expected, and takes no place of the day", () => {
  process.env["TZ"] = "Europe/Rome";
  const saved_at = Date.parse("2026-06-01T12:00+02:00");
  const body = (at: string): Plan => ({ at, days: [1], about: "x", on: true });

  const found = outlook([{ id: "p", body: body("09:00"), saved_at }, { id: "q", body: body("18:00"), saved_at }], { ...USUAL, most: 1 }, [], "2026-06-01", 1);

  assert.deepEqual(found.map(({ plan, skip }) => [plan, skip]), [["q", null]]);
});

const quiet = (from: string, to: string): Hours => ({ from, to });

for (const [hours, at, asked] of [
  [quiet("23:00", "07:00"), "22:45", false], [quiet("23:00", "07:00"), "22:46", true], [quiet("00:00", "07:00"), "23:50", true],
  [quiet("00:10", "07:00"), "23:56", true], [quiet("12:00", "14:00"), "13:59", true], [quiet("12:00", "14:00"), "14:00", false],
  [quiet("00:00", "00:00"), "23:50", false],
] as const) {
  test(`${at} ${asked ? "is" : "is not"} asked about when it is quiet from ${hours.from} to ${hours.to}`, () => {
    assert.deepEqual(inQuiet({ at }, hours), asked ? [at] : []);
  });
}

for (const [at, to, times, said] of [
  ["10:00", "12:00", 1, null], ["10:00", "10:15", 1, "room"], ["10:00", "11:45", 3, "room"], ["10:00", "11:46", 3, null],
  ["21:30", "23:00", 1, "quiet"], ["20:00", "22:00", 2, "room"], ["06:00", "08:20", 1, null],
] as const) {
  test(`${times} between ${at} and ${to}: ${said ?? "there is room"}`, () => {
    assert.equal(roomFor({ at, to, times }, USUAL.quiet), said);
  });
}

test("a check-in counts for the nearest time of the day, and for those before it", () => {
  const plan = { at: "09:00", more: ["13:00", "18:00"] };

  assert.deepEqual(["06:00", "11:00", "11:30", "23:00"].map((at) => slotsDone(plan, at)), [[0], [0], [0, 1], [0, 1, 2]]);
});

test("in a stretch each reminder has its part of it, since the phone does not know when it comes", () => {
  assert.deepEqual(["08:00", "12:30", "20:00"].map((at) => slotsDone({ at: "09:00", to: "18:00", kind: "window", times: 3 }, at)), [
    [0], [0, 1], [0, 1, 2],
  ]);
});

test("a single time is done whenever that day", () => {
  assert.deepEqual(slotsDone({ at: "18:00" }, "00:05"), [0]);
});
