// Days and times of reminders, as people here write them, by the clock of this phone.
import { dateFormat } from "../history/formats.ts";
import { addDays, localDay, noon, zoneHere } from "../history/days.ts";
import { dates } from "../app/dates.ts";
import { rt } from "./reaching-words.ts";

/** "18:00", or "6:00 PM". */
export function clock(at: number): string {
  return dateFormat(dates, { timeStyle: "short" }).format(at);
}

/** A day, such as "Today" or "Monday, September 21". */
export function dayWords(day: string, now: number): string {
  const today = localDay(now, zoneHere());
  if (day === today) return rt("reaching.today");
  if (day === addDays(today, -1)) return rt("reaching.yesterday");
  if (day === addDays(today, 1)) return rt("reaching.tomorrow");
  return dateFormat(dates, { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" }).format(noon(day));
}

/** A day and a time, in short. */
export function whenShort(at: number, now: number): string {
  const day = localDay(at, zoneHere());
  return day === localDay(now, zoneHere()) ? clock(at) : dateFormat(dates, { dateStyle: "medium", timeStyle: "short" }).format(at);
}
