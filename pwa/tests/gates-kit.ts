// What the gates are asked in tests: exercises of each intensity, and a person with whom all is in order.
import { type Contact, type Context, mayStart, type PastRun } from "../src/exercise/gates.ts";
import type { Exercise } from "../src/exercise/types.ts";
import type { LocalRecord, Mark } from "../src/data/types.ts";
import { exercise, made, NOW } from "./exercise-kit.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const high = exercise("new-ending-recent");
export const medium = made([{ id: "in", type: "imagine" }], { id: "medium-one", intensity: "medium" });
export const low = exercise("feet-on-floor");

export const assignment = (more: object = {}) => ({
  id: "a1",
  body: { exercise: high.id, version: high.version, title: high.title, by: "Teresa", snapshot: high, set_on: "2026-11-20", expires_on: "2026-12-04", ...more },
});
export const run = (more: Partial<PastRun> = {}): PastRun => ({
  exercise: high.id, assignment: "a1", intensity: "high", ended: "finished", started_at: NOW - 2 * DAY, ended_at: NOW - 2 * DAY,
  locked_until: NOW - DAY, ...more,
});
/** The server last answered at `server`, when the phone's clock showed `here`. */
export const contact = (server: number, here = server): Contact => ({ server, here });
/** Midday in UTC, all in order for the high exercise. */
export const calm: Context = {
  now: NOW, contact: contact(NOW - HOUR), offset: 0,
  approvals: [`${high.id}@${high.version}`, "medium-one@1"], assignment: assignment(), runs: [],
};
export const mark = (body: Mark): LocalRecord<Mark> =>
  ({ id: `${body.what} ${body.run}`, body: { exercise: high.id, assignment: "a1", ...body } }) as LocalRecord<Mark>;
export const why = (of: Exercise, more: Partial<Context> = {}): string => {
  const verdict = mayStart(of, { ...calm, ...more });
  return verdict.ok ? "ok" : verdict.why;
};
export const until = (of: Exercise, more: Partial<Context> = {}): number | undefined => {
  const verdict = mayStart(of, { ...calm, ...more });
  return verdict.ok ? undefined : verdict.until;
};
