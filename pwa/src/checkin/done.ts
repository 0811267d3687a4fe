import type { Mark, Plan } from "../data/types.ts";
import { weekday } from "../history/days.ts";
import { slotsDone } from "../reminders/slots.ts";
import type { NewRecord } from "./records.ts";

type Kept<B> = { id: string; deleted: boolean; body: B | null };

/** The marks that say "done for today" to the plans that remind of a check-in, to be saved with it: one for each plan, day
 *  and reminder of the day that it counts for, `at` (HH:MM) being when it was done. A plan that is off, or rests today, gets
 *  none. They hold no answer. */
export function markDoneFor(
  plans: readonly Kept<Plan>[], marks: readonly Kept<Mark>[], today: string, at: string, newId: () => string,
): NewRecord[] {
  return plans.flatMap(({ id, deleted, body }) => {
    if (deleted || body === null || body.about !== "checkin" || !isDue(body, today)) return [];
    return openSlots(id, body, marks, today, at).map((slot) => ({
      id: newId(), kind: "mark", audience: "service", body: { what: "done", plan: id, day: today, slot },
    }));
  });
}

/** Whether a plan has reminders today. */
export function isDue({ on, days, paused_until, from, until }: Plan, today: string): boolean {
  const paused = typeof paused_until === "string" && today < paused_until;
  const outside = (typeof from === "string" && today < from) || (typeof until === "string" && today > until);
  return on && !paused && !outside && days.includes(weekday(today));
}

/** The plan's reminders of today that something done `at` counts for, and that no mark names yet. */
export function openSlots(plan: string, body: Plan, marks: readonly Kept<Mark>[], today: string, at: string): number[] {
  const named = (slot: number) => ({ deleted, body: mark }: Kept<Mark>): boolean =>
    !deleted && mark?.what === "done" && mark.plan === plan && mark.day === today && (mark.slot ?? 0) === slot;
  return slotsDone(body, at).filter((slot) => !marks.some(named(slot)));
}
