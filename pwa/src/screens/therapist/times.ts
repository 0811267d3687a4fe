// Times as words. Pure: the moment and the zone are passed in; the form of dates too, where it is not that of the whole app.
import { dates } from "../../app/dates.ts";
import { addDays, daysBetween, localDay, noon } from "../../history/days.ts";

const MINUTE = 60_000;

/** How many whole days ago, in words: "today", "yesterday", "3 weeks ago". */
export function daysAgo(at: number, now: number, zone: string, locale = dates): string {
  return dayAgo(localDay(at, zone), localDay(now, zone), locale);
}

/** The same for a calendar day. Times ahead of the clock count as today. */
export function dayAgo(day: string, today: string, locale = dates): string {
  const days = Math.max(0, daysBetween(day, today));
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (days < 14) return words.format(-days, "day");
  if (days < 60) return words.format(-Math.floor(days / 7), "week");
  if (days < 730) return words.format(-Math.floor(days / 30.5), "month");
  return words.format(-Math.floor(days / 365.25), "year");
}

/** The heading over a day: "Today", "Yesterday", else the weekday and date, with the year when it is another. */
export function dayTitle(day: string, today: string, locale = dates): string {
  const date = fullDay(day, today, locale);
  if (day !== today && day !== addDays(today, -1)) return date;
  const near = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(day === today ? 0 : -1, "day");
  return `${capitalised(near, locale)}, ${date}`;
}

/** A weekday and a date, with the year when it is not this one. */
export function fullDay(day: string, today: string, locale = dates): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "long", day: "numeric", month: "long", timeZone: "UTC", ...(day.slice(0, 4) !== today.slice(0, 4) && { year: "numeric" }),
  }).format(noon(day));
}

/** A date in few letters, with the year when it is not this one. */
export function shortDay(day: string, today: string, locale = dates): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric", month: "short", timeZone: "UTC", ...(day.slice(0, 4) !== today.slice(0, 4) && { year: "numeric" }),
  }).format(noon(day));
}

/** The time of day where it was lived; in an unknown zone, where the reader is. */
export function timeOfDay(at: number, zone: string | null | undefined, locale = dates): string {
  const said = { timeStyle: "short" } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...said, ...(zone && { timeZone: zone }) }).format(at);
  } catch {
    return new Intl.DateTimeFormat(locale, said).format(at);
  }
}

/** The day and time of an instant, where the reader is. */
export function moment(at: number, now: number, zone: string, locale = dates): string {
  const day = localDay(at, zone);
  const time = timeOfDay(at, zone, locale);
  return day === localDay(now, zone) ? time : `${shortDay(day, localDay(now, zone), locale)}, ${time}`;
}

/** Minutes and seconds left, as a clock shows them; "0:00" once it has run out. */
export function clock(until: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How long something took, in whole minutes, at least one; null when it can't be known. */
export function minutesBetween(from: number | undefined, to: number | undefined): number | null {
  if (from === undefined || to === undefined || to < from || to - from > 24 * 60 * MINUTE) return null;
  return Math.max(1, Math.round((to - from) / MINUTE));
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
