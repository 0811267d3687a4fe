import type { EmotionFamily, EmotionWord, SharedWords } from "../../exercise/types.ts";

/** Something that can be chosen: an id that is stored and the words that are shown. */
export type Option = { id: string; label: string; description?: string | undefined };

/** Pleasantness (v) and energy (a), each from -1 to 1. */
export type AffectValue = { v: number; a: number };

/** One answer of the word picker. `own` is the person's own word and is private. */
export type Pick = { id: string; strength?: number; own?: string };

/** A sensation, with the body region it was named for when regions were asked one by one. */
export type SensationAt = { id: string; region?: string };

export type Word = EmotionWord;
export type Family = EmotionFamily;
export type WordFamilies = { families: Family[]; shared?: SharedWords | undefined };
/** A word with what it means, wherever it is from. */
export type Meant = { id: string; label: string; definition: string };
