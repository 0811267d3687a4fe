// A stretch of days, read a month at a time: the page answers in between, however long the stretch is.
import { dayBefore, recordsBetween } from "../data/by-day.ts";
import { pause } from "../data/rows.ts";
import type { LocalRecord } from "../data/types.ts";
import { addDays } from "./days.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { daysOfMonth, monthOf } from "./month.ts";

const MONTH = 31;

/** The entries of these kinds over a stretch of days, newest first; null when it is no longer wanted. */
export async function entriesOver(kinds: readonly string[], from: string, to: string, gone: () => boolean): Promise<Entry[] | null> {
  const records: LocalRecord[] = [];
  for (let start = from; start <= to; start = addDays(start, MONTH)) {
    const end = addDays(start, MONTH - 1);
    records.push(...(await recordsBetween(kinds, start, end < to ? end : to)));
    await pause();
    if (gone()) return null;
  }
  return entriesOf(records);
}

/** All entries of these kinds, newest first, a month at a time; from a day on, if one is given. */
export async function* entriesBack(kinds: readonly string[], since: string | null): AsyncGenerator<Entry[]> {
  for (let day = await dayBefore(kinds, END); day !== null && (since === null || day >= since); ) {
    const { from, to } = daysOfMonth(monthOf(day));
    const records = await recordsBetween(kinds, from, to);
    await pause();
    const entries = entriesOf(records);
    yield since === null ? entries : entries.filter((entry) => entry.day >= since);
    await pause();
    day = await dayBefore(kinds, from);
  }
}

const END = "9999-12-31";
