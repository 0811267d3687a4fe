// Changing what has several parts: the parts of a plan, the voices of a dialogue, where answers lead, and the lengths. Pure.
import { freeId, headed, partOf, set, worded } from "./change.ts";
import type { Form, FormStep } from "./types.ts";

/** Under this name the lengths have their words. */
const LENGTHS = "lengths";

export function listIn(step: FormStep, key: string): string[] {
  return Array.isArray(step[key]) ? (step[key] as string[]) : [];
}

/** The form with these parts of a plan, in their usual order. A new part is asked for in these words; one that is gone takes its
 *  words along. */
export function withParts(form: Form, step: FormStep, parts: readonly string[], order: readonly string[], words: (part: string) => string): Form {
  const before = listIn(step, "fields");
  const { slots } = partOf(form, step.id);
  const rest = Object.entries(slots).filter(([name]) => !before.includes(name));
  const fields = order.filter((one) => parts.includes(one));
  const asked = fields.map((one) => [one, slots[one] ?? words(one)] as const);
  return worded(set(form, step.id, { fields }), step.id, { slots: Object.fromEntries([...asked, ...rest]) });
}

/** The form with a third voice at the end of a dialogue, under these words; or without one. */
export function withThird(form: Form, step: FormStep, words: string | null): Form {
  const third = typeof step["third"] === "string" ? step["third"] : null;
  const { [third ?? ""]: _, ...slots } = partOf(form, step.id).slots;
  if (words === null) return worded(set(form, step.id, { third: undefined }), step.id, { slots });
  const name = third ?? freeId("fair", [...listIn(step, "voices"), "move"]);
  return worded(set(form, step.id, { third: name }), step.id, { slots: { ...slots, [name]: words } });
}

/** Where each answer of a choice leads; what is not named goes on with the next step. */
export function leads(step: FormStep): Readonly<Record<string, string>> {
  const { next } = step;
  return typeof next === "object" && next !== null ? (next as Record<string, string>) : {};
}

/** The form with an answer that leads to a target, or, without one, on to the next step. */
export function leading(form: Form, step: FormStep, option: string, target: string): Form {
  const { [option]: _, ...others } = leads(step);
  const next = target === "" ? others : { ...others, [option]: target };
  return set(form, step.id, { next: Object.keys(next).length === 0 ? undefined : next });
}

/** The lengths there are, in minutes, each with its words, the shortest first. */
export function lengthsOf(form: Form): { minutes: number; words: string }[] {
  const { slots } = partOf(form, LENGTHS);
  const found = form.head[LENGTHS];
  return (Array.isArray(found) ? (found as number[]) : []).map((minutes) => ({ minutes, words: slots[String(minutes)] ?? "" }));
}

/** The form with one more length. The first one comes beside the usual one, which is in `usual` words. */
export function withLength(form: Form, minutes: number, words: string, usual: string): Form {
  const there = lengthsOf(form);
  const before = there.length > 0 ? there : [{ minutes: Number(form.head["minutes"]), words: usual }];
  if (before.some((one) => one.minutes === minutes)) return form;
  return lengthened(form, [...before, { minutes, words }]);
}

/** The form with other words for a length. */
export function lengthWorded(form: Form, minutes: number, words: string): Form {
  return lengthened(form, lengthsOf(form).map((one) => (one.minutes === minutes ? { minutes, words } : one)));
}

/** The form without a length, in its steps too. The last two go together: one alone is no choice. */
export function withoutLength(form: Form, minutes: number): Form {
  const left = lengthsOf(form).filter((one) => one.minutes !== minutes);
  const usual = form.head["minutes"] === minutes ? { minutes: left[0]?.minutes ?? minutes } : {};
  const next = lengthened({ ...form, head: { ...form.head, ...usual } }, left.length > 1 ? left : []);
  const kept = lengthsOf(next).map((one) => one.minutes);
  return { ...next, steps: next.steps.map((step) => without(step, (step["lengths"] as number[] | undefined)?.filter((one) => kept.includes(one)))) };
}

/** The form with a step that is part of these lengths; of all of them, it says nothing. */
export function partOfLengths(form: Form, step: FormStep, lengths: readonly number[]): Form {
  const all = lengthsOf(form).map(({ minutes }) => minutes);
  const some = all.filter((one) => lengths.includes(one));
  return some.length === 0 ? form : set(form, step.id, { lengths: some.length === all.length ? undefined : some });
}

function lengthened(form: Form, lengths: readonly { minutes: number; words: string }[]): Form {
  const sorted = [...lengths].sort((one, other) => one.minutes - other.minutes);
  const { [LENGTHS]: _, ...parts } = form.parts;
  if (sorted.length === 0) return headed({ ...form, parts }, { [LENGTHS]: undefined });
  const slots = Object.fromEntries(sorted.map(({ minutes, words }) => [String(minutes), words]));
  return headed({ ...form, parts: { ...parts, [LENGTHS]: { text: "", slots } } }, { [LENGTHS]: sorted.map(({ minutes }) => minutes) });
}

function without(step: FormStep, lengths: number[] | undefined): FormStep {
  const { lengths: _, ...rest } = step;
  return (lengths === undefined || lengths.length === 0 ? rest : { ...rest, lengths }) as FormStep;
}
