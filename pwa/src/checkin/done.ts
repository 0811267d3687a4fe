import type { Mark, Plan } from "../data/types.ts";
import { weekday } from "../history/days.ts";
import type { NewRecord } from "./records.ts";

type Kept<B> = { id: string; deleted: boolean; body: B | null };

/** The marks that say "done for today" to the plans that remind of a check-in, to be saved with it.
 *  One for each plan and day; a plan that is off, or rests today, gets none. They hold no answer. */
export function markDoneFor(
  plans: readonly Kept<Plan>[], marks: readonly Kept<Mark>[], today: string, newId: () => string,
): NewRecord[] {
  return plans.filter((plan) => isDue(plan, today) && !isMarked(plan.id, marks, today)).map((plan) => ({
    id: newId(), kind: "mark", audience: "service", body: { what: "done", plan: plan.id, day: today, slot: 0 },
  }));
}

function isDue({ deleted, body }: Kept<Plan>, today: string): boolean {
  if (deleted || body === null || body.about !== "checkin" || !body.on) return false;
  const paused = body.paused_until !== undefined && today < body.paused_until;
  return !paused && body.days.includes(weekday(today));
}

function isMarked(plan: string, marks: readonly Kept<Mark>[], today: string): boolean {
  return marks.some(({ deleted, body }) => !deleted && body?.what === "done" && body.plan === plan && body.day === today);
}
