// The rest after a high exercise, and what tells of its uses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lockedUntil, type PastRun } from "../src/exercise/gates.ts";
import { pastRuns, serverTime, usesOf } from "../src/exercise/uses.ts";
import type { LocalRecord, Mark } from "../src/data/types.ts";
import { exercise, NOW, Run } from "./exercise-kit.ts";
import { assignment, contact, DAY, high, HOUR, low, mark, medium, MINUTE, run, until, why } from "./gates-kit.ts";

const RUN = "019ac1b2-0000-7000-8000-000000000001";

test("it is locked for 24 hours after each use, to the millisecond", () => {
  const used = (ago: number): PastRun => run({ ended_at: NOW - ago, locked_until: lockedUntil(high, NOW - ago) });

  assert.equal(why(high, { runs: [used(DAY - 1)] }), "locked");
  assert.equal(until(high, { runs: [used(DAY - 1)] }), NOW + 1);
  assert.equal(why(high, { runs: [used(DAY)] }), "ok");
});

test("a clock set back does not end a lock, and one set forward before the server answered does neither", () => {
  const locked = run({ ended_at: NOW - HOUR, locked_until: NOW + 23 * HOUR });

  assert.equal(why(high, { runs: [locked], now: NOW - 5 * MINUTE, contact: contact(NOW) }), "locked");
  assert.equal(why(high, { runs: [locked], now: NOW + DAY, contact: contact(NOW, NOW + DAY) }), "locked");
  assert.equal(why(high, { runs: [locked], now: NOW + 24 * HOUR, contact: contact(NOW + HOUR) }), "ok");
});

test("a clock set forward before the server answered opens no hours and ends no day of rest", () => {
  const night = Date.UTC(2026, 10, 22, 22);
  const morning = Date.UTC(2026, 10, 23, 10);
  const other = run({ exercise: "two-chairs-solo", ended_at: night - 5 * HOUR, locked_until: night });

  assert.equal(why(high, { now: morning, contact: contact(night, morning) }), "hours");
  assert.equal(why(medium, { now: morning, contact: contact(night, morning), runs: [other], distress: 1 }), "after-high");
});

test("two uses in seven days are the most", () => {
  const at = (days: number): PastRun => run({ ended_at: NOW - days * DAY, locked_until: NOW - (days - 1) * DAY });

  assert.equal(why(high, { runs: [at(2)] }), "ok");
  assert.equal(why(high, { runs: [at(2), at(6)] }), "often");
  assert.equal(until(high, { runs: [at(2), at(6)] }), NOW + DAY);
  assert.equal(why(high, { runs: [at(2), at(7)] }), "ok");
  assert.equal(why(high, { runs: [at(2), { ...at(7), ended_at: NOW - 7 * DAY + 1 }] }), "often");
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

test("the day of a high exercise ends at midnight where the person is", () => {
  const midnight = Date.UTC(2026, 10, 22, 23);
  const rome = { offset: 60, distress: 1 };
  const at = (now: number): string => why(medium, {
    ...rome, now, contact: contact(now), runs: [run({ exercise: "two-chairs-solo", ended_at: midnight - 4 * HOUR, locked_until: midnight })],
  });

  assert.deepEqual([at(midnight - 1), at(midnight)], ["after-high", "ok"]);
});

test("a high run cut off or deleted holds its rest by its mark", () => {
  const use = mark({ what: "use", run: "r1", at: NOW - DAY + 1, locked_until: NOW + 1 });
  const rest = (marks: LocalRecord<Mark>[], runs: LocalRecord<PastRun>[] = []): string => why(high, { runs: pastRuns(runs, marks) });

  assert.equal(rest([use]), "locked");
  assert.equal(why(high, { runs: pastRuns([], [use]), now: NOW + 1 }), "ok");
  assert.equal(rest([mark({ what: "use", run: "r1", at: NOW - 2 * DAY }), mark({ what: "use", run: "r2", at: NOW - 3 * DAY })]), "often");
  assert.equal(rest([mark({ what: "use", run: "r1", at: NOW - 2 * DAY }), mark({ what: "reopen", run: "r1" })]), "reopen");
  assert.equal(why(medium, { distress: 1, runs: pastRuns([], [use]), now: NOW + 1 }), "ok");
  assert.equal(why(medium, { distress: 1, runs: pastRuns([], [mark({ what: "use", run: "r1", at: NOW - HOUR })]) }), "after-high");
});

test("a run and its mark are one use", () => {
  const recorded = { id: "r1", body: run({ ended_at: NOW - 2 * DAY }) } as LocalRecord<PastRun>;
  const use = mark({ what: "use", run: "r1", at: NOW - 2 * DAY, locked_until: NOW - DAY });

  assert.equal(why(high, { runs: pastRuns([recorded], [use]) }), "ok");
  assert.equal(why(high, { runs: pastRuns([recorded], [use, mark({ what: "use", run: "r2", at: NOW - 3 * DAY })]) }), "often");
});

test("other marks and the private parts of runs are no use", () => {
  const part = { id: "p1", body: { ...run(), part_of: "r1" } } as unknown as LocalRecord<PastRun>;

  assert.deepEqual(pastRuns([part], [mark({ what: "done", plan: "p", day: "2026-11-22" } as never)]), []);
});

test("only a high run past its gate leaves a mark, and after a hard rating one more", async () => {
  const told = async (of: Run): Promise<(string | undefined)[]> =>
    (await usesOf(of.exercise, RUN, "a1", of.state, NOW)).map(({ body }) => body.what);
  assert.deepEqual(await told(new Run(high).to("eyes")), []);
  assert.deepEqual(await told(new Run(exercise("calm-place")).to("mid")), []);
  assert.deepEqual(await told(new Run(high).to("eyes").answer("open")), ["use"]);
  assert.deepEqual(await told(new Run(high).to("distress_after").answer(8)), ["use", "reopen"]);

  const [use] = await usesOf(high, RUN, "a1", new Run(high).to("mid_1").state, NOW);
  assert.deepEqual(use?.body, { what: "use", exercise: high.id, run: RUN, assignment: "a1", at: NOW, locked_until: NOW + DAY });
  assert.equal(use?.audience, "service");
});

test("a moment is told by the server's clock", () => {
  assert.equal(serverTime(NOW, contact(NOW - 10 * DAY, NOW - HOUR)), NOW - 10 * DAY + HOUR);
  assert.equal(serverTime(NOW - 2 * HOUR, contact(NOW, NOW - HOUR)), NOW - HOUR);
  assert.equal(serverTime(NOW, null), NOW);
});
