// The form that plans a reminder: what it starts with, what is still missing, what it becomes. Pure.
import type { Plan } from "../data/types.ts";
import { minuteOf } from "./clocks.ts";
import type { Limits } from "./limits.ts";
import { GAP, inQuiet, roomFor } from "./outlook.ts";

export interface PlanForm {
  about: string;
  kind: "fixed" | "window";
  /** The fixed times, as time inputs give them. */
  at: readonly string[];
  /** The stretch, and how many reminders in it. */
  from: string;
  to: string;
  times: number;
  days: readonly number[];
  first: string;
  last: string;
}
export const MOST_TIMES = 3;
export type Gap = "days" | "time" | "near" | "order" | "room" | "quiet" | "span";

const USUAL_TIME = "18:00";
const USUAL_STRETCH = { from: "10:00", to: "12:00" } as const;
const FURTHER = ["13:00", "20:00", "09:00"] as const;
const MINUTE = 60_000;

/** The form for a plan as it is, or for a new one. */
export function formOf(plan: Plan | null): PlanForm {
  const window = plan?.kind === "window";
  return {
    about: plan?.about ?? "checkin",
    kind: window ? "window" : "fixed",
    at: plan === null || window ? [USUAL_TIME] : [plan.at, ...(plan.more ?? [])],
    from: window ? plan.at : USUAL_STRETCH.from,
    to: (window ? plan.to : null) ?? USUAL_STRETCH.to,
    times: plan?.times ?? 1,
    days: plan?.days ?? [1, 2, 3, 4, 5, 6, 7],
    first: plan?.from ?? "",
    last: plan?.until ?? "",
  };
}

/** Whether the form would say the same for both. */
export function isSameForm(one: Plan | null, other: Plan | null): boolean {
  return JSON.stringify(formOf(one)) === JSON.stringify(formOf(other));
}

/** What keeps it from being saved; null when nothing does. */
export function gapIn(form: PlanForm, quiet: Limits["quiet"]): Gap | null {
  if (form.days.length === 0) return "days";
  if (form.first !== "" && form.last !== "" && form.last < form.first) return "span";
  return form.kind === "fixed" ? gapInTimes(form.at) : gapInStretch(form, quiet);
}

function gapInTimes(at: readonly string[]): Gap | null {
  if (at.some((time) => time === "")) return "time";
  const sorted = [...at].sort().map(minuteOf);
  return sorted.some((minute, n) => minute - (sorted[n - 1] ?? -GAP) < GAP / MINUTE) ? "near" : null;
}

function gapInStretch({ from, to, times }: PlanForm, quiet: Limits["quiet"]): Gap | null {
  if (from === "" || to === "") return "time";
  if (to <= from) return "order";
  const why = roomFor({ at: from, to, times }, quiet);
  return why === "quiet" || why === "room" ? why : null;
}

/** A time to offer as one more, far from those there are. */
export function oneMore(at: readonly string[]): string {
  return FURTHER.find((time) => at.every((other) => Math.abs(minuteOf(other) - minuteOf(time)) >= GAP / MINUTE)) ?? "";
}

/** The times the client is asked about: in quiet hours, and not agreed to before. */
export function toAsk(form: PlanForm, before: Plan | null, { quiet, own }: Limits): string[] {
  const [at = "", ...more] = form.kind === "fixed" ? form.at : [];
  if (at === "") return [];
  // What an older app planned in the usual hours, it asked about.
  const agreed = before === null || before.kind === "window" ? [] : [...(before.in_quiet ?? []), ...(own ? [] : [before.at, ...(before.more ?? [])])];
  return inQuiet({ at, more }, quiet).filter((time) => !agreed.includes(time));
}

/** The plan the form says. Fields of newer apps stay; `now` is when the client says that they want it. */
export function planOf(form: PlanForm, before: Plan | null, quiet: Limits["quiet"], now: number): Plan {
  const { kind: _, more: __, to: ___, times: ____, from: _____, until: ______, in_quiet: _______, paused_until: ________, ...kept } = before ?? {};
  const times = [...form.at].sort();
  const common = { ...kept, about: form.about, days: [...form.days].sort(), on: true, renewed_at: now };
  const span = { ...(form.first !== "" && { from: form.first }), ...(form.last !== "" && { until: form.last }) };
  if (form.kind === "window") {
    return { ...common, ...span, kind: "window", at: form.from, to: form.to, times: form.times };
  }
  const [at = "", ...more] = times;
  const agreed = inQuiet({ at, more }, quiet);
  return { ...common, ...span, at, ...(more.length > 0 && { more }), ...(agreed.length > 0 && { in_quiet: agreed }) };
}

/** A plan once its times in quiet hours were agreed to, or not. */
export function answered(plan: Plan, quiet: Limits["quiet"], keep: boolean): Plan {
  return { ...plan, in_quiet: keep ? inQuiet(plan, quiet) : (plan.in_quiet ?? []).filter((time) => !inQuiet(plan, quiet).includes(time)) };
}

/** The times of plans that new quiet hours would silence, as far as the client did not agree to them. */
export function silenced(plans: readonly Plan[], quiet: Limits["quiet"]): string[] {
  const times = plans.filter(({ kind, on }) => on && kind !== "window").flatMap((plan) => inQuiet(plan, quiet).filter((time) => !(plan.in_quiet ?? []).includes(time)));
  return [...new Set(times)].sort();
}
