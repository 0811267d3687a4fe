// Days and times in words, as the person's own corner of the language writes them.
import { locale } from "../app/words.ts";

const own = (): string => navigator.languages.find((one) => one.startsWith(locale)) ?? locale;

/** "Sunday 22 November 2026" */
export function dayInWords(at: number): string {
  return new Intl.DateTimeFormat(own(), { dateStyle: "full" }).format(at);
}

/** "Monday 17:37" */
export function timeInWords(at: number): string {
  return new Intl.DateTimeFormat(own(), { weekday: "long", hour: "numeric", minute: "2-digit" }).format(at);
}
