// The words of what client and therapist have in common: they load with the screens that say them.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import pair from "../words/en/pair.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const nt = translator(pair, locale);
