// The words of the client's part that are in the first load. Those of the player are in exercise/words.ts, the therapist's in
// screens/therapist/words.ts.
import checkin from "../words/en/checkin.json" with { type: "json" };
import foundation from "../words/en/foundation.json" with { type: "json" };
import inputs from "../words/en/inputs.json" with { type: "json" };
import { translator } from "./catalogue.ts";

/** The language of every word on screen, for Intl. */
export const locale = "en";

export const words = { ...foundation, ...inputs, ...checkin };

/** The sentence for `key`, with its parameters filled in. */
export const t = translator(words, locale);
export type WordKey = keyof typeof words;
