// Days and times in words.
import { dates } from "../app/dates.ts";

/** "Sunday 22 November 2026" */
export function dayInWords(at: number): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "full" }).format(at);
}

/** "Monday 17:37" */
export function timeInWords(at: number): string {
  return new Intl.DateTimeFormat(dates, { weekday: "long", hour: "numeric", minute: "2-digit" }).format(at);
}
