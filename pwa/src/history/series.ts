import type { CheckIn, LocalRecord } from "../data/types.ts";
import { livedDay } from "./entries.ts";
import { addDays, daysBetween } from "./days.ts";

/** One rating at one moment. */
export type Point = { day: string; at: number; value: number; source: "own" | "reminder" };
export type Measure = "pleasant" | "distress";

/** Below this many entries nothing is drawn. */
export const ENOUGH = 3;

/** The period of `length` days that ends today. */
export type Period = { from: string; to: string; length: number };

export function periodUntil(today: string, length: number): Period {
  return { from: addDays(today, 1 - length), to: today, length };
}

/** The ratings of a period, oldest first. Private parts of other entries and copies nobody looked at don't count. */
export function pointsOf(records: readonly LocalRecord<CheckIn>[], measure: Measure, period: Period): Point[] {
  return records.flatMap((record): Point[] => {
    const value = measure === "pleasant" ? record.body?.affect?.v : record.body?.distress;
    const day = livedDay(record);
    if (value === undefined || record.deleted || record.conflict_of !== null || day < period.from || day > period.to) return [];
    return [{ day, at: record.felt_at ?? record.saved_at, value, source: record.body?.source ?? "own" }];
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

/** n, the number of days, and from three ratings on the median with the lowest and the highest. */
export function summaryOf(points: readonly Point[]): { n: number; days: number; centre: { median: number; low: number; high: number } | null } {
  const values = points.map((point) => point.value).sort((x, y) => x - y);
  const low = values[0];
  const high = values.at(-1);
  const centre = values.length < ENOUGH || low === undefined || high === undefined ? null : { median: median(values), low, high };
  return { n: points.length, days: new Set(points.map((point) => point.day)).size, centre };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
