// Words for feelings that client and therapist share: the therapist adds them, the phone offers them beside the others, and
// entries name them by the id of their record. Pure.
import type { LocalRecord, WireRecord } from "../data/types.ts";
import type { SharedWord, SharedWords, Vocabulary } from "../exercise/types.ts";
import { nt } from "./words.ts";

export const KIND = "word";
/** What the client does not want among the words to pick: one record, in a kind of its own. */
export const HIDDEN = { kind: "preference", name: "words" } as const;
export const WORD_MOST = 40;
export const MEANING_MOST = 140;

type Kept = Pick<LocalRecord | WireRecord, "id" | "kind" | "author" | "body"> & { deleted?: boolean; rev?: string | null };

/** A word as its record says it, and whether it was ended. */
export interface KeptWord {
  id: string;
  rev: string;
  word: string;
  meaning: string;
  by: string;
  ended: boolean;
}

/** Every word that was ever shared, by the alphabet. */
export function wordsIn(records: readonly Kept[]): KeptWord[] {
  const found = records.flatMap(({ id, kind, author, deleted, rev, body }): KeptWord[] => {
    if (kind !== KIND || author !== "therapist" || deleted === true || !body) return [];
    const { word, meaning, by, ended_at } = body;
    if (typeof word !== "string" || word === "") return [];
    return [{ id, rev: rev ?? "", word, meaning: text(meaning), by: text(by), ended: typeof ended_at === "number" }];
  });
  return found.sort((one, other) => one.word.localeCompare(other.word) || (one.id < other.id ? -1 : 1));
}

/** The ids of those the client has put out of the way. */
export function hiddenIn(records: readonly Pick<Kept, "kind" | "body">[]): string[] {
  const record = records.find(({ kind, body }) => kind === HIDDEN.kind && body?.["name"] === HIDDEN.name);
  const hidden = record?.body?.["hidden"];
  return Array.isArray(hidden) ? hidden.filter((id) => typeof id === "string") : [];
}

/** The vocabulary with the words of the two in it, as far as `records` hold them. */
export function withShared<V extends Vocabulary | null>(vocabulary: V, records: readonly Kept[]): V {
  const hidden = new Set(hiddenIn(records));
  const words = wordsIn(records).map(({ id, word, meaning, ended }): SharedWord => ({ id, label: word, definition: meaning, off: ended || hidden.has(id) }));
  return vocabulary === null || words.length === 0 ? vocabulary : { ...vocabulary, shared: inTheirPlace(words) };
}

/** The vocabulary with what some ids stand for: to be read by, not to pick from. */
export function withNames(vocabulary: Vocabulary | null, names: Readonly<Record<string, string>>): Vocabulary | null {
  const words = Object.entries(names).map(([id, label]): SharedWord => ({ id, label, definition: "", off: true }));
  return vocabulary === null || words.length === 0 ? vocabulary : { ...vocabulary, shared: inTheirPlace(words) };
}

function inTheirPlace(words: SharedWord[]): SharedWords {
  return { label: nt("pair.words.title"), definition: nt("pair.words.hint"), words };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
