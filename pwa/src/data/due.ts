// What is planned for today and not done yet. Worked out on the phone, so that it never depends on a reminder. Pure.
import { localDay, weekday } from "../history/days.ts";
import { instant } from "./plans.ts";
import type { LocalRecord, Mark, Plan } from "./types.ts";

/** A plan of today; `due` once its time has come. */
export interface Planned {
  plan: string;
  about: string;
  at: number;
  due: boolean;
}

type Kept<B extends object> = Pick<LocalRecord<B>, "id" | "body">;
type Known = Plan & { from?: string | null; until?: string | null };

/** Today's plans that are not marked done, the earliest first. */
export function plannedToday(plans: readonly Kept<Plan>[], marks: readonly Kept<Mark>[], now: number, zone: string): Planned[] {
  const today = localDay(now, zone);
  const done = new Set(marks.flatMap(({ body }) => (body?.what === "done" && body.day === today ? [body.plan] : [])));
  return plans
    .flatMap(({ id, body }) => (body !== null && isOn(body, today) && !done.has(id) ? [{ plan: id, about: body.about, at: instant(today, body.at) }] : []))
    .map((one) => ({ ...one, due: one.at <= now }))
    .sort((one, other) => one.at - other.at);
}

function isOn({ on, at, days, paused_until, from, until }: Known, day: string): boolean {
  if (!on || !at || !days?.includes(weekday(day))) return false;
  return [paused_until, from].every((first) => !first || day >= first) && (!until || day <= until);
}
