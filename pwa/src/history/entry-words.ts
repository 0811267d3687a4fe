// The words about entries, with those of the first load: they load with the screens that say them.
import { translator } from "../app/catalogue.ts";
import { locale, words } from "../app/words.ts";
import history from "../words/en/history.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const t = translator({ ...words, ...history }, locale);
