import { doneFor, type Marks, type Plans } from "../reminders/done.ts";
import type { NewRecord } from "./records.ts";

const CHECK_IN = "checkin";

/** The marks that say "done for today" to the plans that remind of a check-in, to be saved with it: one for each plan, day
 *  and reminder of the day that it counts for, `at` (HH:MM) being when it was done. They hold no answer. */
export function markDoneFor(plans: Plans, marks: Marks, today: string, at: string, newId: () => string): NewRecord[] {
  return doneFor(CHECK_IN, plans, marks, today, at)
    .map((slot) => ({ id: newId(), kind: "mark", audience: "service", body: { what: "done", ...slot } }));
}
