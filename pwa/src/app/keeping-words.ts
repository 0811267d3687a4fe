// The words about what is kept, sent and earlier: they load with the screens that say them, not with the first one.
import { translator } from "./catalogue.ts";
import { dates } from "./dates.ts";
import { locale } from "./words.ts";
import keeping from "../words/en/keeping.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const kt = translator(keeping, locale);

/** A day and time in words. */
export function whenWords(at: number): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

const kinds = ["checkin", "run", "not-today", "note", "card", "scene", "plan", "safety-plan", "message"] as const;

/** What a record is, in a word. */
export function kindWords(kind: string): string {
  return kt(`keeping.kind.${kinds.find((one) => one === kind) ?? "other"}`);
}
