// A month of History, read from the phone's store.
import { dayAfter, dayBefore, recordsBetween } from "../data/by-day.ts";
import { onChanged } from "../data/changes.ts";
import { keyHere } from "../data/rows.ts";
import { addDays, localDay, zoneHere } from "./days.ts";
import { byDay, type Day, entriesOf, KINDS } from "./entries.ts";
import { daysOfMonth, monthOf } from "./month.ts";
import { steady } from "./steady.ts";

/** A month that was read: its days, newest first, and the nearest months before and after that have entries. */
export type Month = { month: string; days: readonly Day[]; earlier: string | null; later: string | null };

/** A month; `before` itself where nothing in it changed since. */
export async function readMonth(month: string, before: Month | null = null): Promise<Month> {
  const { from, to } = daysOfMonth(month);
  const [records, earlier, later] = await Promise.all([recordsBetween(KINDS, from, to), dayBefore(KINDS, from), dayAfter(KINDS, to)]);
  const known = before !== null && before.month === month ? before : null;
  const days = steady(byDay(entriesOf(records)), known?.days ?? null);
  const read = { month, days, earlier: earlier && monthOf(earlier), later: later && monthOf(later) };
  return known !== null && known.days === days && known.earlier === read.earlier && known.later === read.later ? known : read;
}

/** The latest month up to now that has an entry, most often this one; entries dated ahead by a wrong clock only if there are
 *  no others. */
export async function readLatest(before: Month | null = null): Promise<Month | "empty"> {
  const today = localDay(Date.now(), zoneHere());
  const now = await readMonth(monthOf(today), before);
  if (now.days.some(({ day }) => day <= today)) return now;
  const day = (await dayBefore(KINDS, addDays(today, 1))) ?? (await dayAfter(KINDS, today));
  return day === null ? "empty" : readMonth(monthOf(day), before);
}

let ahead: { key: object | undefined; month: Month | "empty" } | null = null;
let changes = 0;
onChanged((changed) => {
  if (!KINDS.some((kind) => changed.includes(kind))) return;
  ahead = null;
  changes += 1;
});

/** Reads the latest month before it is asked for, and keeps it until something of it changes or the phone's key goes. */
export async function readAhead(): Promise<void> {
  const before = changes;
  const month = await readLatest();
  if (before === changes) ahead = { key: keyHere(), month };
}

/** The latest month as it was read ahead; null where it has to be read first. */
export function latestAhead(): Month | "empty" | null {
  return ahead !== null && ahead.key === keyHere() ? ahead.month : null;
}
