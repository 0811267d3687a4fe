// The words of what therapist and client have in common, on the therapist's side.
import { translator } from "../../app/catalogue.ts";
import { locale } from "../../app/words.ts";
import pair from "../../words/en/therapist-pair.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const dt = translator(pair, locale);
