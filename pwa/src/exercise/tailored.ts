// Other words for a step, as a therapist wrote them for one client: they stand beside the exercise, and are put into it here.
// They belong to the version they were written for. Pure; `server/tailoring.py` has the same rules.
import type { Exercise, Step } from "./types.ts";

/** Other words by step, for one version. */
export interface Tailored {
  version: number;
  words: Readonly<Record<string, string>>;
}

export const MOST_STEPS = 3;
export const MOST_WORDS = 45;
export const MOST_LETTERS = 400;

/** What is read or heard. A question keeps its words: what is answered is compared later, and stop rules watch it. */
const SPOKEN = new Set<Step["type"]>(["say", "settle", "attend", "anchor", "imagine", "move", "pause"]);
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const LINES = /\r\n|[\n\r\u2028\u2029]/;

/** The steps whose words may be changed: none where an exercise has to be there in a bad moment, as it is, and not those
 *  that say what to do when dizzy. */
export function changeable({ access, steps }: Pick<Exercise, "access" | "steps">): Step[] {
  return access === "always" ? [] : steps.filter(({ type, text }) => SPOKEN.has(type) && text !== null && !text.toLowerCase().includes("dizzy"));
}

/** The words as they are kept: a paragraph a line, without control characters and marks that turn what stands around them. */
export function cleaned(words: string): string {
  const lines = words.replaceAll(TURNS, "").split(LINES).map((line) => line.replaceAll(/[\p{Cc}\s]+/gu, " ").trim());
  return lines.filter((line) => line !== "").join("\n\n");
}

export function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

/** Whether cleaned words are more than fit on a screen. */
export function tooLong(text: string): boolean {
  return wordsIn(text) > MOST_WORDS || text.length > MOST_LETTERS;
}

/** Whether there are words for another version than this: then the exercise is played in its own. */
export function isOutdated({ version }: Pick<Exercise, "version">, tailored: Tailored | null | undefined): boolean {
  return tailored != null && tailored.version !== version;
}

const made = new WeakMap<Tailored, { of: Exercise; is: Exercise }>();

/** The exercise with the words that were written for it; the same one each time for the same two. */
export function withWords(exercise: Exercise, tailored: Tailored | null | undefined): Exercise {
  if (tailored == null || isOutdated(exercise, tailored)) return exercise;
  const before = made.get(tailored);
  if (before?.of === exercise) return before.is;
  const is = changed(exercise, tailored.words);
  made.set(tailored, { of: exercise, is });
  return is;
}

/** A step takes as long as its new words do: no time is planned for them. */
function changed(exercise: Exercise, words: Tailored["words"]): Exercise {
  const texts = new Map(changeable(exercise).flatMap(({ id }) => {
    const text = Object.hasOwn(words, id) ? cleaned(String(words[id])) : "";
    return text === "" ? [] : [[id, text] as const];
  }));
  if (texts.size === 0) return exercise;
  const steps = exercise.steps.map((step) => (texts.has(step.id) ? { ...step, text: texts.get(step.id) as string, seconds: 0 } : step));
  return { ...exercise, steps, tailored: [...texts.keys()] };
}
