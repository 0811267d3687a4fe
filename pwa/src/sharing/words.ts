// The words about sharing: they load with the screens that say them.
import { locale } from "../app/words.ts";
import { translator } from "../app/catalogue.ts";
import { me } from "../data/session.ts";
import sharing from "../words/en/sharing.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const st = translator(sharing, locale);

/** Whom it is shared with, inside a sentence and at its start. */
export function names(): { therapist: string; Therapist: string } {
  const name = me.value?.therapist;
  return { therapist: name || st("sharing.your_therapist"), Therapist: name || st("sharing.Your_therapist") };
}

/** A list in words: "a, b and c". */
export function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
}
