import type { AffectValue, Meant, Option, Pick, WordFamilies } from "./types.ts";

/** Every word of the vocabulary, in its own order; those shared with the therapist come last. */
export function allWords({ families, shared }: WordFamilies): Meant[] {
  return [...families.flatMap((family) => family.words), ...(shared?.words ?? [])];
}

/** The words a pick is shown by; an id that no one knows any more is shown as it is. */
export function pickLabel(pick: Pick, vocabulary: WordFamilies, extra: readonly Option[]): string {
  if (pick.own !== undefined) return pick.own;
  const named = [...allWords(vocabulary), ...vocabulary.families, ...extra];
  return named.find((one) => one.id === pick.id)?.label ?? pick.id;
}

/** Words, nearest to a place on the affect square first: d² = (v - v0)² + (a - a0)², ties by the alphabet. */
export function byDistance<W extends { v: number; a: number; label: string }>(words: readonly W[], near: AffectValue): W[] {
  const distance = (word: W) => Number(((word.v - near.v) ** 2 + (word.a - near.a) ** 2).toFixed(6));
  return [...words].sort((x, y) => distance(x) - distance(y) || compareText(x.label, y.label));
}

/** Words whose name, or else whose meaning, holds what was typed; names that begin with it come first. */
export function search<W extends Meant>(families: readonly { words: readonly W[] }[], typed: string): W[] {
  const wanted = plain(typed);
  if (wanted === "") return [];
  const words = families.flatMap((family) => family.words);
  const rank = (word: W) => {
    const label = plain(word.label);
    if (label.startsWith(wanted)) return 0;
    if (label.includes(wanted)) return 1;
    return plain(word.definition).includes(wanted) ? 2 : 3;
  };
  return words.filter((word) => rank(word) < 3).sort((x, y) => rank(x) - rank(y));
}

/** The picks after a tap on `id`. Answers in `alone` and the words replace each other. */
export function toggledPick(picks: readonly Pick[], id: string, max: number, alone: readonly string[]): Pick[] {
  if (picks.some((pick) => pick.id === id)) return picks.filter((pick) => pick.id !== id);
  if (alone.includes(id) || max === 1) return [{ id }];
  const kept = picks.filter((pick) => !alone.includes(pick.id));
  return kept.length < max ? [...kept, { id }] : [...picks];
}

/** The picks with a word of the person's own; the same word twice is kept once, a full list stays as it is. */
export function withOwnWord(picks: readonly Pick[], own: string, max: number, alone: readonly string[]): Pick[] {
  const word = own.trim();
  const kept = picks.filter((pick) => !alone.includes(pick.id));
  if (word === "" || kept.some((pick) => pick.own === word)) return [...picks];
  if (max === 1) return [{ id: "own_word", own: word }];
  return kept.length < max ? [...kept, { id: "own_word", own: word }] : [...picks];
}

/** The picks with a strength given to one of them, or taken back. */
export function withStrength(picks: readonly Pick[], at: number, strength: number | null): Pick[] {
  return picks.map((pick, index) => {
    if (index !== at) return pick;
    const { strength: _, ...bare } = pick;
    return strength === null ? bare : { ...bare, strength };
  });
}

function plain(text: string): string {
  return text.trim().toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, "'");
}

function compareText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}
