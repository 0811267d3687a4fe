// The words of the safety plan and of whom to reach: they load with the screens that say them, not with the first one.
import { translator } from "../app/catalogue.ts";
import { dates } from "../app/dates.ts";
import { locale } from "../app/words.ts";
import safety from "../words/en/safety.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const st = translator(safety, locale);

/** An ISO day in words. */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
