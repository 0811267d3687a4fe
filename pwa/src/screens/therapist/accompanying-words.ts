// The words about handing over, ending, rest, supervision and a practice's people: they load with those parts.
import { translator } from "../../app/catalogue.ts";
import { dates } from "../../app/dates.ts";
import { locale } from "../../app/words.ts";
import accompanying from "../../words/en/accompanying.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const at = translator(accompanying, locale);

/** A day in words. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "medium" }).format(at);
}
