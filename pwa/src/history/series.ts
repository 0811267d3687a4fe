import type { CheckIn } from "../data/types.ts";
import { type Entry, wholeBody } from "./entries.ts";
import { addDays, daysBetween } from "./days.ts";

/** One rating at one moment. */
export type Point = { day: string; at: number; value: number; source: "own" | "reminder" };
export type Measure = "pleasant" | "distress";

/** Below this many ratings no line is drawn: the minimum n of the lowest and the highest. */
export const ENOUGH = 3;

/** The period of `length` days that ends today. */
export type Period = { from: string; to: string; length: number };

export function periodUntil(today: string, length: number): Period {
  return { from: addDays(today, 1 - length), to: today, length };
}

/** The ratings of a period, oldest first. Copies nobody looked at don't count. */
export function pointsOf(entries: readonly Entry[], measure: Measure, period: Period): Point[] {
  return entries.flatMap((entry): Point[] => {
    const { day, at, kind, main } = entry;
    const { affect, distress, source = "own" } = wholeBody<CheckIn>(entry);
    const value = measure === "pleasant" ? affect?.v : distress;
    if (kind !== "checkin" || value === undefined || main.conflict_of !== null || day < period.from || day > period.to) return [];
    return [{ day, at, value, source }];
  }).sort((x, y) => x.at - y.at);
}

/** The mean of each day of the period, null for a day without a rating: nothing is filled in or carried on. */
export function dailyMeans(points: readonly Point[], { from, length }: Period): (number | null)[] {
  const byDay = new Map<string, number[]>();
  for (const { day, value } of points) byDay.set(day, [...(byDay.get(day) ?? []), value]);
  return Array.from({ length }, (_, index) => {
    const values = byDay.get(addDays(from, index));
    return values === undefined ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

/** The place of a day in its period, from 0. */
export function placeOf(day: string, { from }: Period): number {
  return daysBetween(from, day);
}

/** A period in whole parts to stand beside one another: weeks of a month, 30 days each of a longer one. The last ends it. */
export function partsOf({ from, to, length }: Period): Pick<Period, "from" | "to">[] {
  const each = length <= 31 ? 7 : 30;
  const parts: Pick<Period, "from" | "to">[] = [];
  for (let end = to; addDays(end, 1 - each) >= from; end = addDays(end, -each)) parts.unshift({ from: addDays(end, 1 - each), to: end });
  return parts;
}
