// The reminders to come, worked out on the phone.
import { localDay } from "../history/days.ts";
import { type Limits, USUAL } from "../reminders/limits.ts";
import { type Expected, outlook, type Planned } from "../reminders/outlook.ts";
import type { LocalRecord, Mark } from "./types.ts";

export { instant } from "../reminders/clocks.ts";
export { isWhole } from "../reminders/outlook.ts";

/** A reminder to come: at `at`, or with `to` some time between the two. */
export type Coming = Expected;
type Marks = readonly Pick<LocalRecord<Mark>, "body">[];

/** The reminders of the next `days` days that are still to come and will be sent, soonest first. */
export function coming(plans: readonly Planned[], marks: Marks, now: number, days: number, zone: string, limits: Limits = USUAL): Coming[] {
  return ahead(plans, marks, now, days, zone, limits).filter(({ skip }) => skip === null);
}

/** The same, with those that are skipped, and why. */
export function ahead(plans: readonly Planned[], marks: Marks, now: number, days: number, zone: string, limits: Limits): Coming[] {
  const all = outlook(plans, limits, doneOf(marks), localDay(now, zone), days);
  return all.filter(({ at, to }) => (to ?? at) > now).sort((one, other) => one.at - other.at);
}

function doneOf(marks: Marks) {
  return marks.flatMap(({ body }) =>
    (body?.what === "done" && body.plan !== undefined && body.day !== undefined ? [{ plan: body.plan, day: body.day, slot: body.slot ?? 0 }] : []));
}
