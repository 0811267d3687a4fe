// Answers from before that a step shows again, in the person's own words. Pure.
import { pickLabel } from "../ui/inputs/emotion-words.ts";
import { idsOf, isAnswer, wordsOf } from "./answers.ts";
import { filledIn, formLines, isForm, written } from "./forms.ts";
import { keyOf, type State, stepOf, valueOf } from "./state.ts";
import type { Exercise, Step, Vocabulary } from "./types.ts";

/** Options that say nothing by themselves. */
const NO_WORDS = new Set(["unknown", "none", "other", "own"]);

export interface Quote {
  key: string;
  /** Typed, or picked from a list. */
  how: "wrote" | "picked";
  text: string;
}

/** What stands under the keys a step quotes, in their order. What was left open is not there, nor "I don't know yet" and
 *  its like. */
export function quotesOf(exercise: Exercise, state: State, step: Step, vocabulary: Vocabulary | null): Quote[] {
  return (step.quotes ?? []).flatMap((key): Quote[] => {
    const from = state.path.map((id) => stepOf(exercise, id)).findLast((one) => one !== undefined && one !== step && keyOf(one) === key);
    if (from === undefined) return [];
    const text = quoted(exercise, state, from, step, vocabulary);
    return text === "" ? [] : [{ key, how: from.type === "choice" || from.type === "emotions" ? "picked" : "wrote", text }];
  });
}

function quoted(exercise: Exercise, state: State, from: Step, step: Step, vocabulary: Vocabulary | null): string {
  if (isForm(from)) return written(formLines(filledIn(exercise, state, keyOf(from))));
  const value = valueOf(exercise, state, keyOf(from), step.id);
  if (!isAnswer(value)) return "";
  if (from.type === "text") return typeof value === "string" ? value.trim() : "";
  if (from.type === "emotions") return wordsOf(value).map((pick) => (vocabulary === null ? (pick.own ?? pick.id) : pickLabel(pick, vocabulary, []))).join(", ");
  if (from.type !== "choice") return "";
  const labels = (id: string): string => from.words[id] ?? vocabulary?.wishes.find((wish) => wish.id === id)?.label ?? id;
  return idsOf(value).filter((id) => !NO_WORDS.has(id)).map(labels).join(", ");
}
