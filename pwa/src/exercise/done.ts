// Which reminders a run counts for: those of the assignment it was done for, if it was finished. Pure.
import { countedAt, doneFor, type Marks, type Plans, type Slot } from "../reminders/done.ts";
import type { State } from "./state.ts";

/** The reminders that are done with this run, whoever sees its answers. One that was stopped or left is not: its reminders
 *  come, as its exercise stays on Today. */
export function doneByRun({ started_at, ended }: State, assignment: string, plans: Plans, marks: Marks, zone: string): Slot[] {
  if (ended?.how !== "finished") return [];
  const { day, at } = countedAt(started_at, ended.at, zone);
  return doneFor(assignment, plans, marks, day, at);
}
