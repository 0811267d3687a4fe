// The words of the page before a session: they load with it.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import brief from "../words/en/brief.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const bt = translator(brief, locale);
