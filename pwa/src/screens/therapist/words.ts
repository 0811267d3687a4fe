// The words of the therapist's part: they load with it, not with the client's.
import { translator } from "../../app/catalogue.ts";
import { locale } from "../../app/words.ts";
import therapist from "../../words/en/therapist.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const tt = translator(therapist, locale);
export type TherapistKey = keyof typeof therapist;

/** `therapist.<group>.<id>` when there are words for it; otherwise the id itself, made readable. */
export function named(group: "family" | "function" | "intensity" | "caution" | "measure", id: string): string {
  const key = `therapist.${group}.${id}`;
  return key in therapist ? tt(key as "therapist.family.imagery") : readable(id);
}

/** An id as words, for what has no words of its own. */
export function readable(id: string): string {
  return id.replaceAll(/[_-]+/g, " ").trim();
}

/** A name or title inside a sentence, whichever way its letters run: it can't turn the words around it. */
export function own(text: string): string {
  return `\u2068${text}\u2069`;
}
