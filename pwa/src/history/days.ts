// Calendar days as people live them: "2026-11-22", in the zone they were in.
import { dateFormat } from "./formats.ts";

const DAY_MS = 86_400_000;

/** The calendar day of an instant in a zone. */
export function localDay(at: number, zone: string): string {
  return dateFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** Milliseconds of wall-clock time since midnight, for an instant in a zone. */
export function sinceMidnight(at: number, zone: string): number {
  const parts = dateFormat("en-GB", {
    timeZone: zone, hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return ((of("hour") * 60 + of("minute")) * 60 + of("second")) * 1000;
}

/** What the clocks of a zone show at an instant, as "18:05". */
export function localTime(at: number, zone: string): string {
  const minutes = Math.floor(sinceMidnight(at, zone) / 60_000);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** The day `count` days later; earlier when negative. */
export function addDays(day: string, count: number): string {
  return new Date(noon(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to) - noon(from)) / DAY_MS);
}

/** 1 for Monday to 7 for Sunday, as plans count. */
export function weekday(day: string): number {
  return new Date(noon(day)).getUTCDay() || 7;
}

/** Midday of the calendar day in UTC: a place to count from and to name the day, never an instant lived. */
export function noon(day: string): number {
  return Date.parse(`${day}T12:00:00Z`);
}

const A_SECOND = 1_000;
let here = { zone: "", offset: Number.NaN, at: Number.NEGATIVE_INFINITY };

/** The zone this phone is in, asked for anew each second, or when its clock says another: to ask takes longer than to draw
 *  an entry, and a list asks for each. */
export function zoneHere(): string {
  const [offset, now] = [new Date().getTimezoneOffset(), performance.now()];
  if (offset !== here.offset || now - here.at > A_SECOND) here = { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone, offset, at: now };
  return here.zone;
}
