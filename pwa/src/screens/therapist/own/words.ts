// The words of writing exercises: they load with it.
import { translator } from "../../../app/catalogue.ts";
import { dates } from "../../../app/dates.ts";
import { locale } from "../../../app/words.ts";
import own from "../../../words/en/therapist-own.json" with { type: "json" };
import { readable } from "../words.ts";

/** The sentence for `key`, with its parameters filled in. */
export const ot = translator(own, locale);

/** `own.<group>.<id>` when there are words for it; otherwise the id itself, made readable. */
export function called(group: "type" | "what" | "field" | "pick", id: string): string {
  const key = `own.${group}.${id}`;
  return key in own ? ot(key as "own.type.say") : readable(id);
}

/** A time of day, or a day and a time when that was not today. */
export function atTime(at: number, now: number): string {
  const same = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(dates, same ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" }).format(at);
}
