// What is planned for today and not done yet. Worked out on the phone, so that it never depends on a reminder. Pure.
import { localDay, localTime, weekday } from "../history/days.ts";
import type { LocalRecord, Mark, Plan } from "./types.ts";

/** A plan of today; `due` once its time has come. */
export interface Planned {
  plan: string;
  about: string;
  /** HH:MM. */
  at: string;
  due: boolean;
}

type Kept<B extends object> = Pick<LocalRecord<B>, "id" | "body">;

/** Today's plans that are not done yet, the earliest first. */
export function plannedToday(plans: readonly Kept<Plan>[], marks: readonly Kept<Mark>[], now: number, zone: string): Planned[] {
  const today = localDay(now, zone);
  const doneOf = (plan: string): number =>
    new Set(marks.flatMap(({ body }) => (body?.what === "done" && body.day === today && body.plan === plan ? [body.slot ?? 0] : []))).size;
  return plans
    .flatMap(({ id, body }) => {
      const at = body !== null && isOn(body, today) ? nextOf(body, doneOf(id)) : undefined;
      return body === null || at === undefined ? [] : [{ plan: id, about: body.about, at }];
    })
    .map((one) => ({ ...one, due: one.at <= localTime(now, zone) }))
    .sort((one, other) => one.at.localeCompare(other.at));
}

/** The time of the first reminder that is not done; of those drawn in a stretch, where it begins. */
function nextOf({ at, kind, more = [], times = 1 }: Plan, done: number): string | undefined {
  if (kind === "window") return done < times ? at : undefined;
  return [at, ...more].sort()[done];
}

function isOn({ on, at, days, paused_until, from, until }: Plan, day: string): boolean {
  if (!on || !at || !days?.includes(weekday(day))) return false;
  return [paused_until, from].every((first) => !first || day >= first) && (!until || day <= until);
}
