// Days read again are the same objects where nothing in them changed: what is drawn from them is then left as it is. Pure.
import type { Day, Entry } from "./entries.ts";

/** `now`, with every day and entry of `before` that still says the same in its old place; `before` itself if all do. */
export function steady(now: readonly Day[], before: readonly Day[] | null): readonly Day[] {
  if (before === null) return now;
  const known = new Map(before.map((day) => [day.day, day]));
  const kept = now.map((day) => steadyDay(day, known.get(day.day)));
  return kept.length === before.length && kept.every((day, at) => day === before[at]) ? before : kept;
}

/** One step from the days that are drawn to those that are to be: one day more, or one brought up to date. `drawn` itself
 *  when there is nothing left to do. What is gone goes at once. */
export function oneStep(drawn: readonly Day[], days: readonly Day[]): readonly Day[] {
  const known = new Map(drawn.map((day) => [day.day, day]));
  let left = 1;
  const next = days.flatMap((day) => {
    const there = known.get(day.day);
    if (there === day) return [day];
    left -= 1;
    return left === 0 ? [day] : there === undefined ? [] : [there];
  });
  return next.length === drawn.length && next.every((day, at) => day === drawn[at]) ? drawn : next;
}

function steadyDay(now: Day, before: Day | undefined): Day {
  if (before === undefined) return now;
  const known = new Map(before.entries.map((entry) => [entry.id, entry]));
  const entries = now.entries.map((entry) => {
    const there = known.get(entry.id);
    return there !== undefined && sameEntry(entry, there) ? there : entry;
  });
  const same = entries.length === before.entries.length && entries.every((entry, at) => entry === before.entries[at]);
  return same ? before : { day: now.day, entries };
}

function sameEntry(one: Entry, other: Entry): boolean {
  return one.main === other.main && one.parts.length === other.parts.length && one.parts.every((part, at) => part === other.parts[at]);
}
