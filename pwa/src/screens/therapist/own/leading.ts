// Where steps lead: what can be picked, what was picked and is gone or above now, and which steps speak of another. Pure.
import { asking, keyOf } from "./asked.ts";
import type { Form, FormStep } from "./types.ts";

const EXERCISE = "exercise:";
/** Ways out that are no step. */
export const WAYS_OUT = ["finish", "leave", "ground", "help", "restart"] as const;

/** What a target is, seen from a step. */
export type Place =
  | { kind: "next" }
  | { kind: "out"; id: (typeof WAYS_OUT)[number] }
  | { kind: "step"; n: number; step: FormStep }
  /** It stands above now, or is the step itself: nothing leads back. */
  | { kind: "above"; n: number; step: FormStep }
  | { kind: "exercise"; id: string }
  | { kind: "gone"; id: string };

export function placeOf(form: Form, from: FormStep, target: string): Place {
  if (target === "next") return { kind: "next" };
  const out = WAYS_OUT.find((one) => one === target);
  if (out !== undefined) return { kind: "out", id: out };
  if (target.startsWith(EXERCISE)) return { kind: "exercise", id: target.slice(EXERCISE.length) };
  const at = form.steps.findIndex((step) => step.id === target);
  const step = form.steps[at];
  if (step === undefined) return { kind: "gone", id: target };
  return { kind: at > form.steps.findIndex((one) => one.id === from.id) ? "step" : "above", n: at + 1, step };
}

/** The steps a step can lead to. */
export function later(form: Form, from: FormStep): FormStep[] {
  return form.steps.slice(form.steps.findIndex((one) => one.id === from.id) + 1);
}

/** The numbers of the steps that lead to a step, or look at the answer only it gives. */
export function speakingOf(form: Form, id: string): number[] {
  const step = form.steps.find((one) => one.id === id);
  const key = step !== undefined && asking(form, keyOf(step)) === step ? keyOf(step) : null;
  const speaks = (one: FormStep): boolean => targetsIn(one).includes(id) || (key !== null && answersIn(one).includes(key));
  return form.steps.flatMap((one, at) => (one.id !== id && speaks(one) ? [at + 1] : []));
}

/** All names that are spoken for: of steps, and of what steps lead to or look at, there or not. A new step takes none of
 *  them, so that nothing that led to a step which is gone leads to another by accident. */
export function takenNames(form: Form): string[] {
  return [...new Set(form.steps.flatMap((step) => [step.id, keyOf(step), ...targetsIn(step), ...answersIn(step)]))];
}

function targetsIn(step: FormStep): string[] {
  const cases = tables(step["cases"]).map((one) => one["go"]);
  const gate = tables([step["gate"]]).map((one) => one["else"]);
  return [...valuesIn(step["next"]), ...valuesIn(step["offers"]), ...cases, ...gate, step["otherwise"], step["else"]].filter(isText);
}

/** The keys of the answers a step looks at. */
function answersIn(step: FormStep): string[] {
  const conditions = tables([step["show_if"], step["offers_if"]]).map((one) => one["on"]);
  const lists = [step["keys"], step["quotes"]].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return [step["on"], step["per_pick"], ...conditions, ...lists].filter(isText);
}

function valuesIn(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [value];
}

function tables(values: unknown): Record<string, unknown>[] {
  return Array.isArray(values) ? values.filter((one): one is Record<string, unknown> => typeof one === "object" && one !== null) : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
