// The answers a step can look at: those of the steps above it, each with the ways it can be compared. Pure.
import type { Named, Test, Vocabulary } from "../../../exercise/types.ts";
import { partOf } from "./change.ts";
import { listIn } from "./parts.ts";
import type { Form, FormStep } from "./types.ts";

/** One answer: the name it is kept under, and the step it is given at. */
export interface Asked {
  key: string;
  step: FormStep;
}

/** What an answer is compared by. */
export type How = "at_least" | "at_most" | "is" | "has" | "lacks" | "unset";

const KEEPING = ["rate", "choice", "affect", "emotions", "body_map", "sensations", "text", "checklist", "episode", "plan", "dialogue"];
const PICKED = ["choice", "emotions", "body_map", "sensations", "checklist", "branch", "breathe"];
const HOWS: readonly How[] = ["at_least", "at_most", "is", "has", "lacks", "unset"];

export function keyOf(step: FormStep): string {
  return typeof step["key"] === "string" ? step["key"] : step.id;
}

/** Whether something is answered there that can be looked at later. */
export function keeps(step: FormStep): boolean {
  if (step.type === "branch") return listIn(step, "offer").length > 0;
  return step.type === "breathe" ? Array.isArray(step["presets"]) : KEEPING.includes(step.type);
}

/** The answers given above a step, the nearest last; where steps share one, the last of them stands for it. */
export function askedAbove(form: Form, id: string): Asked[] {
  const at = form.steps.findIndex((step) => step.id === id);
  const found = form.steps.slice(0, at).filter(keeps).map((step) => ({ key: keyOf(step), step }));
  return found.filter(({ key }, n) => found.findLastIndex((other) => other.key === key) === n);
}

/** The step where an answer is given, wherever it stands. */
export function asking(form: Form, key: string): FormStep | undefined {
  return form.steps.findLast((step) => keeps(step) && keyOf(step) === key);
}

/** The ways the answer of a step can be compared. */
export function howsOf(step: FormStep | undefined): How[] {
  if (step?.type === "rate") return ["at_least", "at_most", "unset"];
  return step !== undefined && PICKED.includes(step.type) ? ["is", "lacks", "unset"] : ["unset"];
}

export function howOf(test: Test): How | null {
  return HOWS.find((how) => test[how] != null) ?? null;
}

/** A comparison to begin with: by the first way there is, with the usual number or nothing picked yet. */
export function freshTest(step: FormStep | undefined, how: How = howsOf(step)[0] ?? "unset"): Test {
  if (how === "unset") return { unset: true };
  if (how === "at_least" || how === "at_most") return { [how]: how === "at_least" ? highOf(step) : lowOf(step) };
  const first = idsOf(step)[0] ?? "";
  return how === "is" ? { is: first === "" ? [] : [first] } : { [how]: first };
}

/** The ends of a scale. */
export function endsOf(step: FormStep | undefined): { min: number; max: number } {
  return { min: Number(step?.["min"] ?? 0), max: Number(step?.["max"] ?? 10) };
}

/** The answers of its own that a step offers; those of a vocabulary are beside them. */
export function idsOf(step: FormStep | undefined): string[] {
  if (step === undefined) return [];
  const presets = Array.isArray(step["presets"]) ? (step["presets"] as { id: string }[]).map(({ id }) => id) : [];
  return [...new Set([...["options", "items", "offer", "extra"].flatMap((key) => listIn(step, key)), ...presets])];
}

/** One answer that can be compared with; null as its words where there are none any more. */
export interface Possible {
  id: string;
  label: string | null;
}

/** What can be answered at a step, and after it what is looked for and can't be answered there. Feeling words are too many to
 *  list: those that are looked for are there. */
export function answersOf(form: Form, step: FormStep | undefined, looked: readonly string[], words: Vocabulary | undefined): Possible[] {
  const { slots } = step === undefined ? { slots: {} as Record<string, string> } : partOf(form, step.id);
  const own = idsOf(step);
  const listed = step === undefined || words === undefined ? [] : vocabularyOf(step, words);
  const feelings = step?.type === "emotions" ? words?.families.flatMap((family) => family.words) ?? [] : [];
  const named = (id: string): string | null =>
    [...listed, ...feelings].find((one) => one.id === id)?.label ?? (own.includes(id) ? (slots[id] ?? "").trim() || id : null);
  const ids = [...new Set([...own, ...listed.map(({ id }) => id), ...looked])];
  return ids.map((id) => ({ id, label: own.includes(id) ? (slots[id] ?? "").trim() || named(id) : named(id) }));
}

function vocabularyOf(step: FormStep, words: Vocabulary): readonly Named[] {
  if (step.type === "sensations") return words.sensations;
  if (step.type === "choice") return step["source"] === "wishes" ? words.wishes : [];
  if (step.type !== "body_map") return [];
  const [only, hidden] = [listIn(step, "regions"), listIn(step, "hidden_regions")];
  return words.regions.filter(({ id }) => (only.length === 0 || only.includes(id)) && !hidden.includes(id));
}

/** The first words of a step. */
export function titleOf(form: Form, step: FormStep): string {
  return (partOf(form, step.id).text.split("\n")[0] ?? "").trim();
}

function highOf(step: FormStep | undefined): number {
  const { min, max } = endsOf(step);
  return Math.ceil(min + 0.8 * (max - min));
}

function lowOf(step: FormStep | undefined): number {
  const { min, max } = endsOf(step);
  return Math.floor(min + 0.3 * (max - min));
}
