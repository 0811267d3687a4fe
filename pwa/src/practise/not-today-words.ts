// The words about what is left for another day: they load with the screens that say them, not with the first one.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import notToday from "../words/en/not-today.json" with { type: "json" };
import { isReason } from "./not-today.ts";

/** The sentence for `key`, with its parameters filled in. */
export const nt = translator(notToday, locale);

/** What a reason is called; one of a newer version by its id. */
export function reasonWords(reason: string): string {
  return isReason(reason) ? nt(`notToday.reason.${reason}`) : reason.replaceAll("-", " ");
}

/** The title of such an entry. */
export function entryTitle(title: unknown): string {
  return typeof title === "string" && title !== "" ? nt("notToday.entry", { title }) : nt("notToday.entry_bare");
}
