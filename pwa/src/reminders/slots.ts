// Which of a day's reminders something done now counts for. Pure.
import type { Plan } from "../data/types.ts";
import { minuteOf } from "./clocks.ts";
import { timesOf } from "./outlook.ts";

/** The slots that something done at `at` (HH:MM) counts for: the nearest in time, and those before it. Of times that the
 *  server draws, each has its part of the stretch. */
export function slotsDone(plan: Pick<Plan, "at" | "more" | "to" | "kind" | "times">, at: string): number[] {
  const now = minuteOf(at);
  const all = moments(plan);
  const away = all.map((moment) => Math.abs(moment - now));
  const nearest = all[away.indexOf(Math.min(...away))] ?? now;
  return all.flatMap((moment, slot) => (moment <= nearest ? [slot] : []));
}

function moments(plan: Pick<Plan, "at" | "more" | "to" | "kind" | "times">): number[] {
  if (plan.kind !== "window") return timesOf(plan).map(minuteOf);
  const [times, from, to] = [plan.times ?? 1, minuteOf(plan.at), minuteOf(plan.to ?? plan.at)];
  return Array.from({ length: times }, (_, slot) => from + ((slot + 0.5) * (to - from)) / times);
}
