// Changing a form: every change gives another form, and leaves what depends on it in order. Pure.
import type { Form, FormStep, Part } from "./types.ts";

const NO_WORDS: Part = { text: "", slots: {} };

export function partOf(form: Form, id: string): Part {
  return form.parts[id] ?? NO_WORDS;
}

/** The form with other words in a step. */
export function worded(form: Form, id: string, part: Partial<Part>): Form {
  return { ...form, parts: { ...form.parts, [id]: { ...partOf(form, id), ...part } } };
}

/** The form with a step set otherwise; what is `undefined` is taken out. */
export function set(form: Form, id: string, some: Record<string, unknown>): Form {
  return inOrder({ ...form, steps: form.steps.map((step) => (step.id === id ? without({ ...step, ...some }) as FormStep : step)) });
}

/** The form with another top. */
export function headed(form: Form, some: Record<string, unknown>): Form {
  return inOrder({ ...form, head: without({ ...form.head, ...some }) });
}

/** The form with a step one place up (-1) or down (1); the same form where there is no such place. */
export function moved(form: Form, id: string, by: -1 | 1): Form {
  const at = form.steps.findIndex((step) => step.id === id);
  const step = form.steps[at];
  const other = form.steps[at + by];
  if (step === undefined || other === undefined) return form;
  const steps = [...form.steps];
  [steps[at], steps[at + by]] = [other, step];
  return inOrder({ ...form, steps });
}

/** The form without a step, its words gone with it. */
export function removed(form: Form, id: string): Form {
  const { [id]: _, ...parts } = form.parts;
  return inOrder({ ...form, steps: form.steps.filter((step) => step.id !== id), parts });
}

/** The form with a step put at a place; one where nothing is read comes without words. */
export function placed(form: Form, at: number, step: FormStep, part: Part | undefined): Form {
  const steps = [...form.steps.slice(0, at), step, ...form.steps.slice(at)];
  return inOrder({ ...form, steps, parts: part === undefined ? form.parts : { ...form.parts, [step.id]: part } });
}

/** An id that is not there yet: `say`, `say_2`, `say_3`. */
export function freeId(wanted: string, taken: readonly string[]): string {
  const base = plainId(wanted);
  if (!taken.includes(base)) return base;
  let n = 2;
  while (taken.includes(`${base}_${n}`)) n += 1;
  return `${base}_${n}`;
}

/** Words as an id: small letters, digits, `_`. */
export function plainId(words: string): string {
  const id = words.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[_0-9]+|_+$/g, "").slice(0, 30);
  return id === "" ? "answer" : id;
}

/** Where a type keeps the answers it offers. */
const OPTIONS: Readonly<Record<string, string>> = { choice: "options", checklist: "items", close: "offer", branch: "offer" };

/** The ids of the answers a step offers; null where its type offers none of its own. */
export function optionsOf(step: FormStep): string[] | null {
  const key = OPTIONS[step.type];
  const found = key === undefined ? undefined : step[key];
  return key === undefined ? null : Array.isArray(found) ? (found as string[]) : [];
}

/** The form with one more answer at a step, under these words. */
export function withOption(form: Form, id: string, label: string, option?: string): Form {
  const step = form.steps.find((one) => one.id === id);
  const options = step && optionsOf(step);
  if (!step || !options) return form;
  const name = option ?? freeId(label, options);
  const part = partOf(form, id);
  const next = set(form, id, { [OPTIONS[step.type] ?? ""]: [...options, name] });
  return worded(next, id, { slots: { ...part.slots, [name]: label } });
}

/** The form without one of the answers at a step. Where it led is forgotten with it. */
export function withoutOption(form: Form, id: string, option: string): Form {
  const step = form.steps.find((one) => one.id === id);
  const options = step && optionsOf(step);
  if (!step || !options) return form;
  const { [option]: _, ...slots } = partOf(form, id).slots;
  const led = Object.fromEntries(["offers", "next", "families"].map((key) => [key, without(tableIn(step, key), option)]));
  const next = set(form, id, { ...led, [OPTIONS[step.type] ?? ""]: options.filter((one) => one !== option) });
  return worded(next, id, { slots });
}

function tableIn(step: FormStep, key: string): unknown {
  return step[key];
}

/** What each rule takes where the file has no numbers for it. */
const THRESHOLDS: Readonly<Record<string, { at: number; rise: number }>> = {
  R2: { at: 8, rise: 3 }, R3: { at: 7, rise: 2 }, R4: { at: 7, rise: 2 },
};
const LIMITS = { gate: 5, hours: ["09:00", "20:00"], lock_hours: 24, max_in_7_days: 2, expires_days: 14, sync_hours: 72 };

/** The top of a form as its steps need it: the rules they use, what is asked before and after, and what a high exercise has. */
export function inOrder(form: Form): Form {
  const used = [...new Set(form.steps.map((step) => step["rule"]).filter((rule) => typeof rule === "string"))].sort();
  const numbers = (form.head["rules"] ?? {}) as Record<string, unknown>;
  const { rules: _, limits, ...head } = form.head;
  const high = head["intensity"] === "high";
  const codes = (head["contraindications"] ?? []) as string[];
  return {
    ...form,
    head: {
      ...head,
      ...(high ? { access: "therapist" } : {}),
      contraindications: high && !codes.includes("CRISIS") ? [...codes, "CRISIS"] : codes,
      stop_rules: ["R1", ...used],
      measures: measured(form),
      ...(used.length > 0 && { rules: Object.fromEntries(used.map((rule) => [rule, numbers[rule] ?? THRESHOLDS[rule] ?? THRESHOLDS["R4"]])) }),
      ...(high && { limits: limits ?? LIMITS }),
    },
  };
}

interface Measure {
  code: string;
  before: string;
  after: string;
}

/** What is asked twice: as it was, as long as both questions are there in this order; else the first and the last of one kind. */
function measured({ head, steps }: Form): Measure[] {
  const rates = steps.filter((step) => step.type === "rate" && step["per_pick"] == null);
  const keys = (code: string): string[] => [...new Set(rates.filter((step) => step["measure"] === code).map((step) => keyOf(step)))];
  const holds = ({ code, before, after }: Measure): boolean => {
    const there = keys(code);
    return there.includes(before) && there.indexOf(before) < there.indexOf(after);
  };
  const kept = ((head["measures"] ?? []) as Measure[]).filter(holds);
  const others = ["D", "K", "S", "P", "C"].filter((code) => !kept.some((one) => one.code === code)).flatMap((code) => {
    const [before, ...rest] = keys(code);
    const after = rest.at(-1);
    return before === undefined || after === undefined ? [] : [{ code, before, after }];
  });
  return [...kept, ...others];
}

function keyOf(step: FormStep): string {
  return typeof step["key"] === "string" ? step["key"] : step.id;
}

/** Seconds between these fit no number of minutes: a quarter more or less of each is let through. */
const GAP = { above: 75, to: 90 };

/** The form with the seconds its words take, and the minutes of all of them; the same form where nothing is another. */
export function timed(form: Form, seconds: Readonly<Record<string, number>>): Form {
  let steps = form.steps.map((step) => ({ ...step, seconds: seconds[step.id] ?? step.seconds }));
  let total = sum(steps);
  for (let at = 0; total > GAP.above && total < GAP.to && at < 4 * steps.length; at += 1) {
    const here = at % steps.length;
    if (seconds[steps[here]?.id ?? ""] === undefined) continue;
    steps = steps.map((step, n) => (n === here ? { ...step, seconds: step.seconds + 1 } : step));
    total = sum(steps);
  }
  const minutes = form.head["lengths"] == null ? Math.min(30, Math.max(1, Math.round(total / 60))) : form.head["minutes"];
  const same = minutes === form.head["minutes"] && steps.every((step, at) => step.seconds === form.steps[at]?.seconds);
  return same ? form : { ...form, steps, head: { ...form.head, minutes } };
}

function sum(steps: readonly FormStep[]): number {
  return steps.reduce((all, step) => all + step.seconds, 0);
}

/** The steps, by id, that two forms say differently; "" stands for the top. */
export function differing(one: Form, other: Form): string[] {
  const top = ({ head, title, summary, caution, parts }: Form): string => JSON.stringify([title, summary, caution, sorted(head), parts["lengths"]]);
  const said = (form: Form, id: string): string => JSON.stringify([sorted(form.steps.find((step) => step.id === id)), form.parts[id]]);
  const ids = [...new Set([...one.steps, ...other.steps].map(({ id }) => id))];
  return [...(top(one) === top(other) ? [] : [""]), ...ids.filter((id) => said(one, id) !== said(other, id))];
}

function sorted(table: Record<string, unknown> | undefined): [string, unknown][] {
  return Object.entries(table ?? {}).filter(([key]) => key !== "version").sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A table without what is undefined, and without one of its keys. */
function without<T>(table: T, key?: string): T {
  if (typeof table !== "object" || table === null || Array.isArray(table)) return table;
  return Object.fromEntries(Object.entries(table).filter(([name, value]) => name !== key && value !== undefined)) as T;
}
