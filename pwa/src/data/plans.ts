// When reminders come, worked out on the phone as the server does: by the clocks here, once a day, quiet hours known.
import { addDays, localDay, weekday } from "../history/days.ts";
import type { LocalRecord, Mark, Plan } from "./types.ts";

export const QUIET = { from: "21:00", to: "08:00" } as const;
const BEFORE_QUIET = 15;
const AT = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A reminder to come. */
export interface Coming {
  plan: string;
  day: string;
  at: number;
}

type Kept<B extends object> = Pick<LocalRecord<B>, "id" | "body">;

/** Whether a time is one the client should be asked about: in quiet hours, or so short before that it would be shown
 *  in them. */
export function inQuietHours(at: string): boolean {
  return minutes(at) >= minutes(QUIET.from) - BEFORE_QUIET + 1 || minutes(at) < minutes(QUIET.to);
}

/** A plan that can be kept: a time, and at least one day. */
export function isWhole({ at, days }: Pick<Plan, "at" | "days">): boolean {
  return AT.test(at) && days.length > 0;
}

/** The reminders of the next `days` days that are still to come, soonest first; what is marked done is left out. */
export function coming(plans: readonly Kept<Plan>[], marks: readonly Kept<Mark>[], now: number, days: number, zone: string): Coming[] {
  const today = localDay(now, zone);
  const dates = Array.from({ length: days }, (_, count) => addDays(today, count));
  return plans
    .flatMap(({ id, body }) => dates.filter((day) => body !== null && isOn(body, day)).map((day) => ({ plan: id, day, at: instant(day, body?.at ?? "") })))
    .filter(({ plan, day, at }) => at > now && !marks.some(({ body }) => body?.what === "done" && body.plan === plan && body.day === day))
    .sort((one, other) => one.at - other.at);
}

/** The first instant of `day` whose clocks here show `at`, or the first one after the gap that swallows it. */
export function instant(day: string, at: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const wanted = minutes(at);
  const found = new Date(year, month - 1, date, Math.floor(wanted / 60), wanted % 60);
  if (minutesOf(found) === wanted) return found.getTime();
  let first = found.getTime();
  while (minutesOf(new Date(first - 60_000)) > wanted) first -= 60_000;
  return first;
}

function isOn({ on, at, days, paused_until }: Plan, day: string): boolean {
  const paused = paused_until !== undefined && paused_until !== null && day < paused_until;
  return on && isWhole({ at, days }) && days.includes(weekday(day)) && !paused;
}

function minutes(at: string): number {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  return hour * 60 + minute;
}

function minutesOf(date: Date): number {
  return date.getHours() * 60 + date.getMinutes();
}
