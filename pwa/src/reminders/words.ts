// The words of planning reminders: they load with the screens that say them. And times and days as people here write them.
import { translator } from "../app/catalogue.ts";
import { dates } from "../app/dates.ts";
import { locale } from "../app/words.ts";
import type { Plan } from "../data/types.ts";
import { addDays, noon } from "../history/days.ts";
import planning from "../words/en/planning.json" with { type: "json" };
import { timesOf } from "./outlook.ts";

/** The sentence for `key`, with its parameters filled in. */
export const rt = translator(planning, locale);

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
/** A Monday, to name the days of the week by. */
const MONDAY = "2026-01-05";

/** "18:00" as people here write it. */
export function shownTime(at: string): string {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  return new Intl.DateTimeFormat(dates, { timeStyle: "short", timeZone: "UTC" }).format(Date.UTC(2026, 0, 5, hour, minute));
}

export function clock(at: number): string {
  return new Intl.DateTimeFormat(dates, { timeStyle: "short" }).format(at);
}

/** Several, as a list. */
export function listed(some: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(some);
}

/** When a plan reminds, inside a sentence: "at 6:00 PM". */
export function whenInWords(plan: Plan): string {
  if (plan.kind !== "window") return rt("planning.at", { time: listed(timesOf(plan).map(shownTime)) });
  return rt("planning.between", { from: shownTime(plan.at), to: shownTime(plan.to ?? plan.at) });
}

/** The same, by itself: "6:00 PM". */
export function whenTitle(plan: Plan): string {
  if (plan.kind !== "window") return rt("planning.when.at", { time: listed(timesOf(plan).map(shownTime)) });
  return rt("planning.when.between", { from: shownTime(plan.at), to: shownTime(plan.to ?? plan.at) });
}

export function weekdays(): { id: string; label: string }[] {
  return EVERY_DAY.map((day) => ({ id: String(day), label: weekdayName(day) }));
}

export function daysInWords(days: readonly number[]): string {
  if (days.length === EVERY_DAY.length) return rt("planning.days.every");
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format([...days].sort().map(weekdayName));
}

/** A day with its weekday: "Mon, Nov 30". */
export function dayInWords(day: string, today: string): string {
  if (day === today) return rt("planning.ahead.today");
  if (day === addDays(today, 1)) return rt("planning.ahead.tomorrow");
  return new Intl.DateTimeFormat(dates, { weekday: "short", month: "short", day: "numeric", timeZone: "UTC" }).format(noon(day));
}

function weekdayName(day: number): string {
  return new Intl.DateTimeFormat(dates, { weekday: "short", timeZone: "UTC" }).format(noon(addDays(MONDAY, day - 1)));
}
