// The words for looking back: they load with History, not with the first screen.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import look from "../words/en/looking-back.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const lt = translator(look, locale);
