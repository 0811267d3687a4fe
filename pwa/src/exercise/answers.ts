// What an answer says, whatever its shape, and whether a condition holds for it. Pure.
import type { Answer, Filled, Picked, Said, Step, Test } from "./types.ts";

/** Picks that say something about the words offered; they are not words themselves. */
const NOT_WORDS = new Set(["unknown", "not_these", "no_word", "nothing_much", "mixed", "keep_first"]);
const KEEP = "keep_first";

/** True when there is something in it: an empty list or blank text is no answer. */
export function isAnswer(value: Answer | undefined): value is Answer {
  if (value === undefined) return false;
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.some((one) => !isTurn(one) || wasSaid(one));
  return typeof value === "number" || Object.values(value).some((one) => typeof one === "number" || isAnswer(one));
}

/** True for what is said in a turn of a dialogue; it is never a word that was picked. */
export function isTurn(one: string | object): one is Said {
  return typeof one !== "string" && "text" in one;
}

/** False for a turn that was passed over. */
export function wasSaid({ text, aloud }: Said): boolean {
  return aloud === true || text.trim() !== "";
}

/** The option ids in an answer. */
export function idsOf(value: Answer | undefined): string[] {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return [];
  return value.map((one) => (typeof one === "string" ? one : one.id));
}

/** The number in an answer; of ratings given one by one, the highest. */
export function numberOf(value: Answer | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined || typeof value === "string" || Array.isArray(value) || isDot(value)) return undefined;
  const numbers = Object.values(value);
  return numbers.length > 0 && numbers.every((one) => typeof one === "number") ? Math.max(...numbers) : undefined;
}

/** Whether `test` holds for an answer. Without an answer only `unset` and `lacks` hold. */
export function holds(test: Test, value: Answer | undefined): boolean {
  if (test.unset === true) return !isAnswer(value);
  const ids = idsOf(value);
  if (test.lacks !== undefined) return !ids.includes(test.lacks);
  if (test.has !== undefined) return ids.includes(test.has);
  if (test.is !== undefined) return test.is.some((id) => ids.includes(id));
  const number = numberOf(value);
  if (number === undefined) return false;
  return number >= (test.at_least ?? Number.NEGATIVE_INFINITY) && number <= (test.at_most ?? Number.POSITIVE_INFINITY);
}

/** The feeling words in an answer, without "I don't know yet" and its like. */
export function wordsOf(value: Answer | undefined): Picked[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Picked => typeof one !== "string" && !isTurn(one) && !NOT_WORDS.has(one.id));
}

/** A name for one picked word, the same each time it is asked for. */
export function nameOf(pick: Picked): string {
  return pick.own ?? pick.id;
}

/** The answer under a key after `step` gave `value`: the later takes the place of the earlier, unless it only keeps or adds. */
export function joined(step: Step, value: Answer, earlier: Answer | undefined): Answer | undefined {
  if (step.type === "episode" || step.type === "plan") return { ...(earlier as Filled | undefined), ...(value as Filled) };
  if (step.type !== "emotions") return value;
  const ids = idsOf(value);
  if (ids.includes(KEEP)) return earlier;
  if (step.adds !== true || earlier === undefined) return value;
  const before = wordsOf(earlier);
  const known = new Set(before.map(nameOf));
  const added = wordsOf(value).filter((pick) => !known.has(nameOf(pick)));
  return before.length + added.length > 0 ? [...before, ...added] : value;
}

function isDot(value: object): boolean {
  return "v" in value && "a" in value;
}
