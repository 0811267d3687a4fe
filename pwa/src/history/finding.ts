// Finding entries by what they say, on this phone. Pure.
import type { CheckIn } from "../data/types.ts";
import type { Exercise, Vocabulary } from "../exercise/types.ts";
import type { Entry, EntryKind } from "./entries.ts";
import { fieldsOf, titleOf } from "./fields.ts";

/** What is looked for. Null, false and empty narrow nothing down; `word` is the id of a word, a special answer or a family. */
export type Wanted = { text: string; kind: EntryKind | null; word: string | null; notes: boolean; days: number | null };
export const ANYTHING: Wanted = { text: "", kind: null, word: null, notes: false, days: null };

/** Whether anything is looked for at all. */
export function asks({ text, kind, word, notes, days }: Wanted): boolean {
  return folded(text).trim() !== "" || kind !== null || word !== null || notes || days !== null;
}

/** Whether an entry is one of those looked for: every word typed is somewhere in what it says. */
export function finder(wanted: Wanted, vocabulary: Vocabulary | null, exerciseIn: (entry: Entry) => Exercise | null): (entry: Entry) => boolean {
  const typed = folded(wanted.text).split(/\s+/).filter((word) => word !== "");
  const ids = wanted.word === null ? null : idsUnder(wanted.word, vocabulary);
  return (entry) =>
    (wanted.kind === null || entry.kind === wanted.kind) &&
    (ids === null || picked(entry).some((id) => ids.has(id))) &&
    (!wanted.notes || hasNote(entry)) &&
    (typed.length === 0 || isSaid(typed, saidBy(entry, vocabulary, exerciseIn(entry))));
}

/** Letters without case and accents: "Müde" is found by "mude", and the other way round. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replaceAll("ø", "o").replaceAll("ł", "l").replace(/[’‘]/g, "'");
}

function isSaid(typed: readonly string[], said: string): boolean {
  return typed.every((word) => said.includes(word));
}

function saidBy(entry: Entry, vocabulary: Vocabulary | null, exercise: Exercise | null): string {
  return folded([titleOf(entry, vocabulary, exercise), ...fieldsOf(entry, vocabulary, exercise).map(({ text }) => text)].join("\n"));
}

/** A family stands for itself and its words. */
function idsUnder(word: string, vocabulary: Vocabulary | null): Set<string> {
  const family = vocabulary?.families.find(({ id }) => id === word);
  return new Set([word, ...(family?.words.map(({ id }) => id) ?? [])]);
}

function picked({ main, parts }: Entry): string[] {
  return [main, ...parts].flatMap(({ body }) => ((body as CheckIn | null)?.words ?? []).map(({ id }) => id));
}

function hasNote({ kind, main, parts }: Entry): boolean {
  return kind === "note" || [main, ...parts].some(({ body }) => typeof body?.["note"] === "string");
}
