// The words for looking through what was shared: they load with it.
import { translator } from "../../app/catalogue.ts";
import { locale } from "../../app/words.ts";
import journal from "../../words/en/therapist-journal.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const jt = translator(journal, locale);
