// Which reminders something that was done counts for. Pure.
import type { Mark, Plan } from "../data/types.ts";
import { localDay, localTime, weekday } from "../history/days.ts";
import { slotsDone } from "./slots.ts";

type Kept<B> = { id: string; deleted: boolean; body: B | null };
export type Plans = readonly Kept<Plan>[];
export type Marks = readonly Kept<Mark>[];

/** One reminder: of a plan, on a local date. */
export interface Slot {
  plan: string;
  day: string;
  slot: number;
}

const SITTING = 6 * 3_600_000;

/** The reminders of `day` that what was done `at` (HH:MM) counts for: of every plan about it, those that no mark names yet.
 *  A plan that is off, or rests that day, has none. */
export function doneFor(about: string, plans: Plans, marks: Marks, day: string, at: string): Slot[] {
  return plans.flatMap(({ id, deleted, body }) => {
    if (deleted || body === null || body.about !== about || !isDue(body, day)) return [];
    return openSlots(id, body, marks, day, at).map((slot) => ({ plan: id, day, slot }));
  });
}

/** The local date and time that what began and ended then counts for: when it ended. Gone over midnight in one sitting, it
 *  counts for the evening it began in, and leaves the reminders of the day to come. */
export function countedAt(began: number, ended: number, zone: string): { day: string; at: string } {
  const overnight = began < ended && ended - began <= SITTING && localDay(began, zone) !== localDay(ended, zone);
  const moment = overnight ? began : ended;
  return { day: localDay(moment, zone), at: localTime(moment, zone) };
}

/** Whether a plan has reminders that day. */
function isDue({ on, days, paused_until, from, until }: Plan, day: string): boolean {
  const paused = typeof paused_until === "string" && day < paused_until;
  const outside = (typeof from === "string" && day < from) || (typeof until === "string" && day > until);
  return on && !paused && !outside && days.includes(weekday(day));
}

function openSlots(plan: string, body: Plan, marks: Marks, day: string, at: string): number[] {
  const named = (slot: number) => ({ deleted, body: mark }: Kept<Mark>): boolean =>
    !deleted && mark?.what === "done" && mark.plan === plan && mark.day === day && (mark.slot ?? 0) === slot;
  return slotsDone(body, at).filter((slot) => !marks.some(named(slot)));
}
