// Ratings: where they lie, how far apart, and whether two periods differ. Nothing missing is ever filled in.
//
// Source of every formula and minimum here: the worked simulations of the clinical specification, section 9. The same
// formulas for the brief are in server/formulas.py; tests/formulas/vectors.json holds both to the same numbers.
import type { NotEnough } from "./enough.ts";

/** The middle value, in the units of the ratings. From 5. */
export function median(values: readonly number[], least = 5): number | NotEnough {
  if (values.length < least || values.length === 0) return { n: values.length, needs: least };
  const sorted = [...values].sort((x, y) => x - y);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0];
  return (low + high) / 2;
}

/** The lowest and the highest, in the units of the ratings. From 3. */
export function spread(values: readonly number[], least = 3): { low: number; high: number } | NotEnough {
  if (values.length < least || values.length === 0) return { n: values.length, needs: least };
  return values.reduce(({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }), { low: Infinity, high: -Infinity });
}

/** m = Σx/n, in the units of the ratings. From 3. */
export function mean(values: readonly number[], least = 3): number | NotEnough {
  if (values.length < least || values.length === 0) return { n: values.length, needs: least };
  return average(values);
}

/** The standard deviation within one person, s = √(Σ(x−m)²/(n−1)), in the units of the ratings. From 14. */
export function deviation(values: readonly number[], least = 14): number | NotEnough {
  const n = values.length;
  if (n < least || n < 2) return { n, needs: least };
  const m = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (n - 1));
}

/** The two n, the difference of the means, and which words say it. */
export type Change = { before: number; after: number; difference: number; says: "same" | "higher" | "lower" };

/** From this n in both periods on, a difference of so many points is called one (false alarms: 9, 4, 5, 7 in 100). */
const THRESHOLDS = [[42, 1], [28, 1.5], [14, 2], [7, 2.5]] as const;

/**
 * The change of centre between two periods: the difference of their means, after − before, in points of a 0–10 scale
 * (other scales are brought to it first). "About the same" unless it reaches the threshold for the smaller n. From 7 in
 * each period: below it no difference could be told from chance.
 */
export function change(before: readonly number[], after: readonly number[]): Change | NotEnough {
  const n = Math.min(before.length, after.length);
  const reached = THRESHOLDS.find(([least]) => n >= least);
  if (reached === undefined) return { n, needs: 7 };
  const difference = average(after) - average(before);
  const says = Math.abs(difference) < reached[1] - 1e-9 ? "same" : difference > 0 ? "higher" : "lower";
  return { before: before.length, after: after.length, difference, says };
}

/** One rating with the number of its calendar day, counted from any day. */
export type OnDay = readonly [day: number, value: number];

/**
 * How much one day differs from the next: RMSSD = √(Σ(x_{t+1} − x_t)²/K) over daily means, in the units of the ratings.
 * Only days that follow each other make one of the K pairs; a day without a rating makes none. From K = 20.
 */
export function rmssd(ratings: readonly OnDay[], least = 20): { value: number; pairs: number } | NotEnough {
  const means = dailyMeans(ratings);
  const steps = [...means].flatMap(([day, value]) => {
    const next = means.get(day + 1);
    return next === undefined ? [] : [(next - value) ** 2];
  });
  if (steps.length < least || steps.length === 0) return { n: steps.length, needs: least };
  return { value: Math.sqrt(average(steps)), pairs: steps.length };
}

/** The mean of each day that has a rating. */
export function dailyMeans(ratings: readonly OnDay[]): Map<number, number> {
  const days = new Map<number, number[]>();
  for (const [day, value] of ratings) {
    const there = days.get(day);
    if (there === undefined) days.set(day, [value]);
    else there.push(value);
  }
  return new Map([...days].map(([day, values]) => [day, average(values)]));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
