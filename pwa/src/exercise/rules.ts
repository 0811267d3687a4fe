// The stop rules R2, R3 and R4 (R1 is the Stop button: see engine.ts). Pure.
import { isAnswer, numberOf } from "./answers.ts";
import { keyOf, type State, stepOf } from "./state.ts";
import type { Answer, Exercise, Rate, RuleCode, Step, Threshold } from "./types.ts";

/** Used where an exercise names a rule and gives no numbers of its own. */
export const USUAL: Readonly<Record<RuleCode, Threshold>> = {
  R2: { at: 8, rise: 3 },
  R3: { at: 7, rise: 2 },
  R4: { at: 7, rise: 2 },
};
/** From here on the support card puts people before exercises. */
const HARDEST = 9;

export type Ruling =
  /** Nothing to do: go on. */
  | "go-on"
  /** "Let's stop here" is offered, with "Carry on, eyes open" (R2). */
  | "offer-stop"
  /** "Not sure" of the three buttons: something can be changed. */
  | "offer-change"
  /** The third button: Stop. */
  | "stop"
  /** The exercise ends (R3). */
  | "end"
  /** Without an answer a check of R3 lets nothing past: a number, or an end (R3). */
  | "unsaid"
  /** Grounding and the support card (R4). */
  | "support";

/** What a rule says to the answer of a rating step. */
export function ruling(exercise: Exercise, state: State, step: Rate, answer: Answer | undefined): Ruling {
  const rule = step.rule;
  if (answer === "stop") return "stop";
  if (answer === "not_sure") return rule === "R3" ? "end" : state.change_offered ? "offer-stop" : "offer-change";
  const value = numberOf(answer);
  if (rule === "R3" && !isAnswer(answer)) return "unsaid";
  if (rule == null || value === undefined) return "go-on";
  if (!isTooMuch(value, firstOfSame(exercise, state, step), limitsOf(exercise, rule))) return "go-on";
  return rule === "R2" ? "offer-stop" : rule === "R3" ? "end" : "support";
}

/** At or over the limit, or a rise as large as the limit's; without a rating to compare, the limit alone. */
export function isTooMuch(value: number, before: number | undefined, { at, rise }: Threshold): boolean {
  return value >= at || (before !== undefined && value - before >= rise);
}

/** The first earlier rating of the same question on the way taken. */
export function firstOfSame(exercise: Exercise, state: State, step: Rate): number | undefined {
  for (const id of state.path) {
    if (id === step.id) return undefined;
    const other = stepOf(exercise, id);
    if (other?.type !== "rate" || !isSameQuestion(other, step)) continue;
    const value = numberOf(state.answers[id]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What R4 says at the end, where the close carries the rule: the last rating of the exercise's first measure decides. */
export function rulingAtClose(exercise: Exercise, state: State): Ruling {
  const after = afterRating(exercise, state);
  if (after === undefined) return "go-on";
  const value = numberOf(state.answers[after.id]);
  if (value === undefined) return "go-on";
  return isTooMuch(value, firstOfSame(exercise, state, after), limitsOf(exercise, "R4")) ? "support" : "go-on";
}

/** Which support card a rating calls for. */
export function cardFor(value: number | undefined): "A" | "B" {
  return (value ?? 0) >= HARDEST ? "B" : "A";
}

/** The rating of distress after the exercise, where it was asked. */
export function afterRating(exercise: Exercise, state: State): Rate | undefined {
  const keys = exercise.measures.filter((measure) => measure.code === "D").map((measure) => measure.after);
  const found = state.path.map((id) => stepOf(exercise, id)).findLast((step) => isAfter(step, keys));
  return found?.type === "rate" ? found : undefined;
}

function isAfter(step: Step | undefined, keys: readonly string[]): boolean {
  return step?.type === "rate" && keys.includes(keyOf(step));
}

function isSameQuestion(one: Rate, other: Rate): boolean {
  if (one.measure !== other.measure || one.min !== other.min || one.max !== other.max || one.per_pick || other.per_pick) return false;
  return one.measure !== "other" || one.text === other.text;
}

function limitsOf(exercise: Exercise, rule: RuleCode): Threshold {
  return exercise.rules?.[rule] ?? USUAL[rule];
}
