// What a chart is drawn from, on the phone and for a therapist alike: entries, over which days, and the words to pick from.
import type { Vocabulary } from "../../exercise/types.ts";
import type { Entry } from "../entries.ts";
import type { Period } from "../series.ts";

export type Shown = { period: Period; entries: readonly Entry[]; vocabulary: Vocabulary };

/** Before the vocabulary was ever fetched: ids are shown, not nothing. */
export const NO_WORDS: Vocabulary = { families: [], special: [], regions: [], sensations: [], wishes: [], contexts: { where: [], with: [], people: [] } };
