// Exercises: ratings before and after, how they ended, what was not visited. Source, twin and vectors: see ratings.ts.
import { median } from "./ratings.ts";
import type { NotEnough } from "./enough.ts";

/** All differences after − before, oldest first, their middle, and how many were lower, the same and higher. */
export type BeforeAfter = { changes: number[]; median: number | NotEnough; lower: number; same: number; higher: number };

/**
 * d = after − before of each run with both ratings, in points of their scale. |d| ≤ 1 counts as the same. No claim of an
 * effect: started at 6 and more, with no effect at all, the mean change would be −0.59. From 1; the middle from 6.
 */
export function beforeAfter(pairs: readonly (readonly [before: number, after: number])[]): BeforeAfter | NotEnough {
  if (pairs.length === 0) return { n: 0, needs: 1 };
  const changes = pairs.map(([before, after]) => after - before);
  const count = (holds: (change: number) => boolean) => changes.filter(holds).length;
  return {
    changes, median: median(changes, 6),
    lower: count((d) => d < -1), same: count((d) => Math.abs(d) <= 1), higher: count((d) => d > 1),
  };
}

/** How many of the runs that were started were stopped on the way. Counts only. From 1. */
export function stoppedEarly(endings: readonly string[]): { stopped: number; started: number } | NotEnough {
  if (endings.length === 0) return { n: 0, needs: 1 };
  return { stopped: endings.filter((ended) => ended === "stopped").length, started: endings.length };
}

/** Assigned and never opened; opened and never finished. Ids, in the order they came in. */
export type NotVisited = { not_opened: string[]; not_finished: string[] };

/** What was set and not opened, and what was opened and not finished. Worth asking, not concluding. From 1. */
export function notVisited(assigned: readonly string[], opened: readonly string[], finished: readonly string[]): NotVisited {
  const [were, ended] = [new Set(opened), new Set(finished)];
  return {
    not_opened: [...new Set(assigned)].filter((id) => !were.has(id)),
    not_finished: [...were].filter((id) => !ended.has(id)),
  };
}

/** Fields shown at least 5 times and skipped every time: `[field, shown, answered]` in, the fields out. */
export function alwaysSkipped(fields: readonly (readonly [field: string, shown: number, answered: number])[]): string[] {
  return fields.filter(([, shown, answered]) => shown >= 5 && answered === 0).map(([field]) => field);
}

/** Wishes or families that were never used. From 15 entries. */
export function neverUsed(offered: readonly string[], used: Iterable<string>, entries: number): string[] | NotEnough {
  const were = new Set(used);
  return entries < 15 ? { n: entries, needs: 15 } : offered.filter((id) => !were.has(id));
}
