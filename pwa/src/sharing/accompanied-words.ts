// The words about who accompanies the client: they load with the screens that say them.
import { translator } from "../app/catalogue.ts";
import { dates } from "../app/dates.ts";
import { locale } from "../app/words.ts";
import accompanied from "../words/en/accompanied.json" with { type: "json" };
import { type Standing, unseen } from "./standing.ts";

/** The sentence for `key`, with its parameters filled in. */
export const at = translator(accompanied, locale);

/** Somebody's name inside a sentence, whichever way its letters run; who they are where there is none. */
export function called(name: string, start = true): string {
  return name === "" ? at(start ? "accompanied.Somebody" : "accompanied.somebody") : `\u2068${name}\u2069`;
}

/** A day in words. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "long" }).format(at);
}

/** Why nobody, or not who came, reads what is saved now; null when it is seen as usual. */
export function whyUnseen(standing: Standing): string | null {
  const why = unseen(standing);
  if (why === null) return null;
  if (why === "nothing") return at("accompanied.sees.nothing", { therapist: called(standing.accompanied?.therapist ?? "") });
  return at(why === "alone" ? "accompanied.sees.alone" : "accompanied.sees.frozen");
}
