// Which words an emotion picker shows, from what was answered before. Pure.
import { allWords, byDistance } from "../ui/inputs/emotion-words.ts";
import { idsOf, wordsOf } from "./answers.ts";
import { keyOf, type State, valueOf } from "./state.ts";
import type { Answer, Dot, Emotions, EmotionWord, Exercise, Guess, Vocabulary } from "./types.ts";

export type Offer =
  /** Every word, by families; those near the dot first where one is known. */
  | { all: true; near: Dot | null }
  /** These words, in this order, and the person's own. */
  | { all: false; words: string[]; own: string[] };

/** The words for `step`, each once: all of them where a source gives none, so that no screen is empty. */
export function wordsFor(exercise: Exercise, state: State, step: Emotions, vocabulary: Vocabulary): Offer {
  const guesses = step.source === "all" ? [] : Array.isArray(step.source) ? step.source : [step.source];
  const answer = (key: string): Answer | undefined => valueOf(exercise, state, key, step.id);
  const families = (key: string): string[] => familiesFor(exercise, key, answer(key));
  const words: string[] = [];
  for (const guess of guesses) {
    const fresh = guessed(guess, vocabulary, answer, families).map((word) => word.id).filter((id) => !words.includes(id));
    words.push(...fresh.slice(0, guess.count ?? fresh.length));
  }
  const own = [...new Set(guesses.flatMap(({ picked }) => (picked === undefined ? [] : wordsOf(answer(picked)).flatMap((pick) => pick.own ?? []))))];
  return words.length + own.length > 0 ? { all: false, words, own } : { all: true, near: lastDot(state) };
}

/** Words of the same family that are weaker (-1) or stronger (1): less or more energy and pleasantness either way. */
export function sameFamily(vocabulary: Vocabulary, id: string, direction: -1 | 1): EmotionWord[] {
  const family = vocabulary.families.find((one) => one.id === id || one.words.some((word) => word.id === id));
  const own = family?.words.find((word) => word.id === id);
  if (family === undefined) return [];
  if (own === undefined) return [...family.words];
  const others = family.words.filter((word) => word.id !== id);
  const that = others.filter((word) => (size(word) - size(own)) * direction > 0);
  return byDistance(that.length > 0 ? that : others, own);
}

function guessed(
  guess: Guess, vocabulary: Vocabulary, answer: (key: string) => Answer | undefined, families: (key: string) => string[],
): { id: string }[] {
  const all = vocabulary.families.flatMap((family) => family.words);
  if (guess.nearest !== undefined) {
    const dot = answer(guess.nearest);
    return isDot(dot) ? byDistance(all, dot) : [];
  }
  if (guess.picked !== undefined) {
    const picked = wordsOf(answer(guess.picked));
    const known = allWords(vocabulary);
    return picked.flatMap(({ id }) => known.find((word) => word.id === id) ?? []);
  }
  if (guess.families_of !== undefined) return spread(families(guess.families_of), vocabulary);
  const key = guess.weaker_than ?? guess.stronger_than;
  const word = key === undefined ? undefined : wordsOf(answer(key))[0];
  if (word === undefined) return [];
  return sameFamily(vocabulary, word.id, guess.weaker_than !== undefined ? -1 : 1);
}

/** The words of these families, one of each in turn. */
function spread(families: readonly string[], vocabulary: Vocabulary): EmotionWord[] {
  const lists = families.map((id) => vocabulary.families.find((family) => family.id === id)?.words ?? []);
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const inTurn = Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? []));
  return inTurn.flat();
}

/** The families an answered choice points to. */
function familiesFor(exercise: Exercise, key: string, answer: Answer | undefined): string[] {
  const step = exercise.steps.find((one) => one.type === "choice" && keyOf(one) === key);
  if (step?.type !== "choice") return [];
  return idsOf(answer).flatMap((id) => step.families?.[id] ?? []);
}

/** The dot placed last in this run, whatever it was asked for. */
function lastDot(state: State): Dot | null {
  return state.path.map((id) => state.answers[id]).findLast(isDot) ?? null;
}

function isDot(value: Answer | undefined): value is Dot {
  return typeof value === "object" && !Array.isArray(value) && "v" in value && "a" in value;
}

function size(word: EmotionWord): number {
  return Math.abs(word.v) + Math.abs(word.a);
}
