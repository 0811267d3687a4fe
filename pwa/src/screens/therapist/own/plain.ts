// The checker writes for people who see the files. For those who write step by step its sentences are said again: steps by
// their number, answers and ways as they stand in the form. What it has no other words for stays as it is.
import { isOffering } from "./forks.ts";
import { answerNamed, optionNamed, partNamed, stepNamed } from "./naming.ts";
import { own } from "../words.ts";
import { asking } from "./asked.ts";
import type { Form, FormStep, Problem } from "./types.ts";
import { ot } from "./words.ts";

const SENTENCE = /^((?:At \d+ minutes, |When only .+? was written: )?)[Tt]he step `([^`]+)` (.*)$/s;

/** The file whose lines nobody sees who writes step by step. */
const WORDS = "en.md";

/** What is to be put right, in the words of the form. */
export function plain({ file, says, step: at, line }: Problem, form: Form): string {
  const lineless = line === undefined ? undefined : /^Line \d+: (.*)$/s.exec(says)?.[1];
  if (lineless !== undefined && file === WORDS) return at === undefined ? ot("own.plain.in_title", { says: lineless }) : begun(lineless);
  const [, before = "", id = "", rest = ""] = SENTENCE.exec(says) ?? [];
  const step = form.steps.find((one) => one.id === id);
  if (step === undefined) return says;
  const told = again(rest, form, step) ?? `${ot("own.plain.this")} ${renamed(rest, form)}`;
  return before === "" ? told : `${before}${told.charAt(0).toLowerCase()}${told.slice(1)}`;
}

function again(rest: string, form: Form, step: FormStep): string | undefined {
  for (const [pattern, tell] of RULES) {
    const found = pattern.exec(rest);
    if (found) return tell(form, step, ...found.slice(1));
  }
  return undefined;
}

type Tell = (form: Form, step: FormStep, ...found: string[]) => string;

/** By how the checker's sentence goes on, what is said instead. */
const RULES: readonly (readonly [RegExp, Tell])[] = [
  [/^has the type `([^`]*)`, which is not known/, (_, __, type = "") => ot("own.plain.type", { type: own(type) })],
  [/^needs `cases` .* or `offer` /, (_, step) => ot(isOffering(step) ? "own.plain.no_choices" : "own.plain.no_ways")],
  [/^needs `on` /, () => ot("own.plain.no_answer")],
  [/^needs `offers_if`/, () => ot("own.plain.no_condition")],
  [/^has a condition without exactly one comparison/, () => ot("own.plain.no_test")],
  [/^has a condition that is true for no answer/, () => ot("own.plain.no_value")],
  [/^offers `([^`]+)` and doesn't say where/, (form, step, option = "") => ot("own.plain.no_lead", { words: optionNamed(form, step, option) })],
  [/^leads to `[^`]*` \(([^)]*)\), and there is no such step/, (form, step, where = "") => ot("own.plain.gone", { part: partNamed(form, step, where) })],
  [/^leads back to `([^`]+)` \(([^)]*)\)/, (form, step, id = "", where = "") => ot("own.plain.back", { part: partNamed(form, step, where), step: stepNamed(form, id) })],
  [/^leads to the exercise `[^`]*` \(([^)]*)\), and there is no/, (form, step, where = "") => ot("own.plain.exercise_gone", { part: partNamed(form, step, where) })],
  [/^leads to its own exercise \(([^)]*)\)/, (form, step, where = "") => ot("own.plain.exercise_itself", { part: partNamed(form, step, where) })],
  [/^leads to `[^`]+` \(([^)]*)\), which is not of low/, (form, step, where = "") => ot("own.plain.exercise_closed", { part: partNamed(form, step, where) })],
  [/^leads to `([^`]+)` \(([^)]*)\), which may not be there/, (form, step, id = "", where = "") => ot("own.plain.maybe", { part: partNamed(form, step, where), step: stepNamed(form, id) })],
  [/^offers `[^`]+` first, which may be closed/, () => ot("own.plain.exercise_first")],
  [/^looks at the answer `([^`]*)`, which is only given later/, (form, _, key = "") => ot("own.plain.later", { step: answerNamed(form, key) })],
  [/^looks at the answer ``/, () => ot("own.plain.no_answer")],
  [/^looks at the answer `[^`]*`, and no step keeps one/, () => ot("own.plain.asked_gone")],
  [/^looks for `([^`]*)` in the answer `([^`]*)`/, (form, _, value = "", key = "") => ot("own.plain.not_there", { words: optionNamed(form, asking(form, key), value), step: answerNamed(form, key) })],
  [/^compares the answer `([^`]*)` with a number/, (form, _, key = "") => ot("own.plain.not_a_number", { step: answerNamed(form, key) })],
  [/^has no words\. |^has a list and no text\. /, () => ot("own.plain.no_words")],
  [/^has no words for `([^`]+)`/, (_, __, slot = "") => ot("own.plain.no_slot", { words: own(slot) })],
];

/** The rest of a sentence, with the steps it names by their numbers. */
function renamed(rest: string, form: Form): string {
  return rest.replaceAll(/the step `([^`]+)`/g, (whole, id: string) => (form.steps.some((step) => step.id === id) ? stepNamed(form, id) : whole));
}

function begun(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
