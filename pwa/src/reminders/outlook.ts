// What reminders there will be, worked out on the phone as the server does. A time that is drawn inside a stretch is the
// server's own secret: of that the phone knows the stretch. Pure but for the zone, which is the phone's own.
import type { Plan } from "../data/types.ts";
import { addDays, weekday } from "../history/days.ts";
import { endOf, holds, instant, isShown, MINUTE, minuteOf, type Span, spans, without } from "./clocks.ts";
import type { Limits } from "./limits.ts";

export const SHORTEST = 15 * MINUTE;
export const GAP = 45 * MINUTE;
const AT = /^([01]\d|2[0-3]):[0-5]\d$/;

export type Skip = "quiet" | "room" | "paused" | "most" | "done";
/** A reminder to expect: at a time, or `times` of them between `at` and `to`. With `skip` it is not sent; with `maybe` it
 *  depends on the times the server draws. */
export interface Expected {
  plan: string;
  day: string;
  slot: number;
  at: number;
  to: number | null;
  times: number;
  skip: Skip | null;
  maybe: boolean;
}
export interface Planned {
  id: string;
  body: Plan | null;
  /** When it was saved: what was past by then is not expected. */
  saved_at?: number;
}
/** What was done: plan, day, slot. */
export type Done = readonly { plan: string; day: string; slot: number }[];

/** A plan that can be kept: times, and at least one day. */
export function isWhole({ at, days, kind, to }: Pick<Plan, "at" | "days" | "kind" | "to">): boolean {
  return AT.test(at) && days.length > 0 && (kind !== "window" || (to !== undefined && to !== null && AT.test(to) && at < to));
}

/** The fixed times of a plan, by their slot. */
export function timesOf({ at, more }: Pick<Plan, "at" | "more">): string[] {
  return [at, ...(more ?? [])];
}

/** Every reminder of the `days` days from `from` on, soonest first on each day. */
export function outlook(plans: readonly Planned[], limits: Limits, done: Done, from: string, days: number): Expected[] {
  const dates = Array.from({ length: days }, (_, count) => addDays(from, count)).filter(isShown);
  return dates.flatMap((day) => {
    const all = plans.flatMap(({ id, body, saved_at }) =>
      (body === null || !isWanted(body, day) ? [] : ofDay(id, body, limits, day).filter(({ at, to }) => (to ?? at) > (saved_at ?? 0))));
    return within(all.map((one) => marked(one, done)).sort((one, other) => one.at - other.at), limits.most);
  });
}

/** The times of a plan that the client should be asked about: those in quiet hours, or so short before them that they
 *  would be shown in them. */
export function inQuiet(plan: Pick<Plan, "at" | "more">, quiet: Limits["quiet"]): string[] {
  if (quiet.from === quiet.to) return [];
  const before = (minuteOf(quiet.from) + 1_440 - SHORTEST / MINUTE) % 1_440;
  const near = (at: string) => (minuteOf(at) - before + 1_440) % 1_440;
  return timesOf(plan).filter((at) => holds(quiet, at) || (near(at) > 0 && near(at) < SHORTEST / MINUTE));
}

function isWanted(plan: Plan, day: string): boolean {
  const early = typeof plan.from === "string" && day < plan.from;
  const over = typeof plan.until === "string" && day > plan.until;
  return plan.on && isWhole(plan) && plan.days.includes(weekday(day)) && !early && !over;
}

function ofDay(id: string, plan: Plan, limits: Limits, day: string): Expected[] {
  const paused = [plan.paused_until, limits.paused_until].some((until) => typeof until === "string" && day < until);
  const found = plan.kind === "window" ? drawn(id, plan, limits, day) : fixed(id, plan, limits, day);
  return paused ? found.map((one) => ({ ...one, skip: "paused" })) : found;
}

function fixed(plan: string, body: Plan, limits: Limits, day: string): Expected[] {
  const midnight = endOf(day);
  const tonight = holds(limits.quiet, "00:00") ? [[midnight, midnight + MINUTE] as const] : [];
  const soon = spans(addDays(day, 1), limits.quiet).filter(([from]) => from < midnight + SHORTEST);
  const quiet = [...spans(day, limits.quiet), ...tonight, ...soon];
  const all = timesOf(body).map((time, slot): Expected => {
    const at = instant(day, time);
    const asked = limits.own && !(body.in_quiet ?? []).includes(time);
    const skip = asked && quiet.some(([from, to]) => from - SHORTEST < at && at < to) ? "quiet" : null;
    return { plan, day, slot, at, to: null, times: 1, skip, maybe: false };
  });
  return apart(all.sort((one, other) => one.at - other.at || one.slot - other.slot));
}

/** One that comes too soon after the one before is left out. */
function apart(all: readonly Expected[]): Expected[] {
  let last = Number.NEGATIVE_INFINITY;
  return all.map((one) => {
    if (one.skip !== null) return one;
    if (one.at - last < GAP) return { ...one, skip: "room" };
    last = one.at;
    return one;
  });
}

function drawn(plan: string, body: Plan, limits: Limits, day: string): Expected[] {
  const times = body.times ?? 1;
  const whole = spans(day, { from: body.at, to: body.to ?? body.at });
  const usable = without(whole, spans(day, limits.quiet));
  const why = usable.length === 0 && whole.length > 0 ? "quiet" : "room";
  const some = usable.filter(([from, to]) => to - from > SHORTEST);
  const at = (some[0] ?? whole[0])?.[0] ?? instant(day, body.at);
  const to = (some.at(-1) ?? whole.at(-1))?.[1] ?? at;
  return [{ plan, day, slot: 0, at, to, times, skip: hasRoom(some, times) ? null : why, maybe: false }];
}

function hasRoom(usable: readonly Span[], times: number): boolean {
  return usable.reduce((sum, [from, to]) => sum + to - from - SHORTEST, 0) > (times - 1) * GAP;
}

/** Whether a stretch of the day can hold so many reminders outside quiet hours, on a day without a change of clocks. */
export function roomFor(body: Pick<Plan, "at" | "to" | "times">, quiet: Limits["quiet"]): Skip | null {
  const day = (hours: { from: string; to: string }): Span[] => {
    const [from, to] = [minuteOf(hours.from) * MINUTE, minuteOf(hours.to) * MINUTE];
    return from <= to ? [[from, to]] : [[0, to], [from, 1_440 * MINUTE]];
  };
  const usable = without(day({ from: body.at, to: body.to ?? body.at }), day(quiet).filter(([from, to]) => from < to));
  if (usable.length === 0) return "quiet";
  return hasRoom(usable.filter(([from, to]) => to - from > SHORTEST), body.times ?? 1) ? null : "room";
}

function marked(one: Expected, done: Done): Expected {
  const mine = done.filter(({ plan, day }) => plan === one.plan && day === one.day);
  if (one.skip !== null || mine.length === 0) return one;
  if (one.to === null) return mine.some(({ slot }) => slot === one.slot) ? { ...one, skip: "done" } : one;
  const left = one.times - new Set(mine.map(({ slot }) => slot).filter((slot) => slot < one.times)).size;
  return left === 0 ? { ...one, skip: "done" } : { ...one, times: left };
}

/** The earliest `most` of a day are sent. Where that depends on times not known here, it may or may not be. */
function within(all: readonly Expected[], most: number): Expected[] {
  const open = all.filter(({ skip }) => skip === null);
  return all.map((one) => {
    if (one.skip !== null) return one;
    const others = open.filter((other) => other !== one);
    const sure = count(others.filter((other) => isBefore(other, one)));
    const possible = count(others.filter((other) => !isBefore(one, other)));
    if (sure >= most) return { ...one, skip: "most" };
    return { ...one, maybe: possible + one.times > most };
  });
}

function count(some: readonly Expected[]): number {
  return some.reduce((sum, { times }) => sum + times, 0);
}

/** Whether all of one surely comes before all of the other; at the same moment, as the server orders them. */
function isBefore(one: Expected, other: Expected): boolean {
  const end = one.to ?? one.at;
  if (one.to === null && other.to === null && one.at === other.at) {
    return one.plan === other.plan ? one.slot < other.slot : one.plan < other.plan;
  }
  return one.to === null ? end < other.at : end <= other.at;
}
