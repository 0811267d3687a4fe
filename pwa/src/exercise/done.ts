// Which reminders a run counts for: those of the assignment it was done for. Pure.
import { countedAt, doneFor, type Marks, type Plans, type Slot } from "../reminders/done.ts";
import type { State } from "./state.ts";

/** The reminders that are done with this run, whoever sees its answers. One that was stopped counts: nobody who pressed
 *  Stop is asked again that day. One that was left does not. */
export function doneByRun({ started_at, ended }: State, assignment: string, plans: Plans, marks: Marks, zone: string): Slot[] {
  if (ended == null || ended.how === "left") return [];
  const { day, at } = countedAt(started_at, ended.at, zone);
  return doneFor(assignment, plans, marks, day, at);
}
