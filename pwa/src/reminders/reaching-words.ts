// The words about whether reminders arrive: they load with the screens that say them.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import reaching from "../words/en/reaching.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const rt = translator(reaching, locale);
