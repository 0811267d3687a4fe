import { daysBetween, noon } from "./days.ts";
import { dateFormat } from "./formats.ts";

type Near = (key: "history.today" | "history.yesterday") => string;

/** A day in words: today, yesterday, else with its weekday; with the year when it is not this one. */
export function dayLabel(day: string, today: string, locale: string, t: Near): string {
  const ago = daysBetween(day, today);
  if (ago === 0) return t("history.today");
  if (ago === 1) return t("history.yesterday");
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" } as const;
  return format(day, locale, { weekday: "long", day: "numeric", month: "long", ...year });
}

/** A day without its weekday: "22 Nov". */
export function shortDay(day: string, locale: string): string {
  return format(day, locale, { day: "numeric", month: "short" });
}

/** A day with its weekday, whatever day it is: "Sunday 22 November". */
export function longDay(day: string, locale: string): string {
  return format(day, locale, { weekday: "long", day: "numeric", month: "long" });
}

/** A day with its year, whatever year it is: what is read later too. */
export function datedDay(day: string, locale: string): string {
  return format(day, locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** A month with its year: "November 2026". */
export function monthLabel(month: string, locale: string): string {
  return format(`${month}-01`, locale, { month: "long", year: "numeric" });
}

/** The days of the week from Monday on, in short. */
export function weekdayLabels(locale: string): string[] {
  return ["05", "06", "07", "08", "09", "10", "11"].map((day) => format(`2026-01-${day}`, locale, { weekday: "short" }));
}

/** The time of day an instant had in its zone. */
export function timeLabel(at: number, zone: string, locale: string): string {
  return dateFormat(locale, { timeZone: zone, timeStyle: "short" }).format(at);
}

function format(day: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(locale, { ...options, timeZone: "UTC" }).format(noon(day));
}
