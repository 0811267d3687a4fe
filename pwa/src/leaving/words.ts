// The words about leaving: the copy, bringing entries in, deleting everything. They load with those screens only.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import leaving from "../words/en/leaving.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const lt = translator(leaving, locale);
export type LeavingKey = keyof typeof leaving;
