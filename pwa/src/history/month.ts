// A month as History draws it: the weeks that have entries, each day with a mark and the numbers it stands for. Pure.
import type { CheckIn } from "../data/types.ts";
import { addDays, noon, weekday } from "./days.ts";
import { type Day, type Entry, wholeBody } from "./entries.ts";

/** A day that has entries. `hard` are the answers to "how hard", in the order they were lived; `heat` 0 to 4 their middle. */
export type Cell = { day: string; column: number; n: number; hard: number[]; heat: number | null };
/** Weeks with entries only, Monday first: a week without any is no gap. */
export type Week = { monday: string; cells: Cell[] };

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The first and the last day of a month. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const from = `${month}-01`;
  return { from, to: addDays(`${monthOf(addDays(from, 32))}-01`, -1) };
}

/** The days of a month by week. */
export function weeksOf(days: readonly Day[]): Week[] {
  const weeks = new Map<string, Cell[]>();
  for (const day of [...days].reverse()) {
    const column = weekday(day.day);
    const monday = addDays(day.day, 1 - column);
    weeks.set(monday, [...(weeks.get(monday) ?? []), cellOf(day, column)]);
  }
  return [...weeks].map(([monday, cells]) => ({ monday, cells }));
}

function cellOf({ day, entries }: Day, column: number): Cell {
  const hard = [...entries].reverse().flatMap(hardOf);
  const middle = hard.reduce((sum, value) => sum + value, 0) / hard.length;
  return { day, column, n: entries.length, hard, heat: hard.length === 0 ? null : Math.min(4, Math.floor(middle / 2)) };
}

function hardOf(entry: Entry): number[] {
  const said = entry.kind === "checkin" && entry.main.conflict_of === null ? wholeBody<CheckIn>(entry).distress : undefined;
  return said === undefined ? [] : [said];
}

/** Whether a name in an address is a month, or a day. */
export function isMonth(name: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(name);
}
export function isDay(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(name) && !Number.isNaN(noon(name)) && new Date(noon(name)).toISOString().startsWith(name);
}
