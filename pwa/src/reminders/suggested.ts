// Which suggested reminders the client has not decided on yet. Pure.
import type { LocalRecord, Plan } from "../data/types.ts";
import type { Assigned } from "../practise/lists.ts";

export interface Suggestion {
  assignment: Assigned;
  /** The plan it would become. */
  plan: Plan;
}

/** Those of exercises that are set now, that no plan reminds of, and that were not turned down. */
export function suggestedIn(assignments: readonly Assigned[], plans: readonly Pick<LocalRecord<Plan>, "body">[], declined: readonly string[]): Suggestion[] {
  const open = assignments.filter(({ id }) => !declined.includes(id) && !plans.some(({ body }) => body?.about === id));
  return open.flatMap((assignment) => {
    const { suggested } = assignment.body;
    return suggested ? [{ assignment, plan: { at: suggested.at, days: suggested.days, about: assignment.id, on: true } }] : [];
  });
}
