// Forks: steps that go one way or another by an answer from above. One kind decides unseen, the other offers choices. Pure.
import type { Case, Condition, Test } from "../../../exercise/types.ts";
import { askedAbove, asking, freshTest } from "./asked.ts";
import { freeId, partOf, set, worded } from "./change.ts";
import { listIn } from "./parts.ts";
import type { Form, FormStep, Part } from "./types.ts";

/** The two kinds, as they are added. */
export const DECIDES = "branch";
export const OFFERS = "branch_offer";

/** Choices of these names do more than lead somewhere. */
const DOING = ["share", "bring", "keep", "eyes_open"];

/** Whether a fork is a small screen with choices; any other one is never seen. */
export function isOffering(step: FormStep): boolean {
  return step.type === "branch" && (step["offers_if"] != null || listIn(step, "offer").length > 0);
}

/** A new fork at a place: it looks at the nearest scale above, or else the nearest answer, and leads to the last step. */
export function freshFork(form: Form, at: number, kind: string, id: string): { step: FormStep; part: Part | undefined } {
  const before = { ...form, steps: [...form.steps.slice(0, at), { id, type: "branch", seconds: 0 }] };
  const asked = askedAbove(before, id);
  const { key, step } = asked.findLast((one) => one.step.type === "rate") ?? asked.at(-1) ?? { key: "", step: undefined };
  const last = form.steps.slice(at).at(-1)?.id ?? "finish";
  const test = freshTest(step);
  const made: FormStep = kind === OFFERS
    ? { id, type: "branch", seconds: 4, offers_if: { on: key, ...test }, offer: [], offers: {} }
    : { id, type: "branch", seconds: 0, on: key, cases: [{ ...test, go: last }], otherwise: "next" };
  return { step: made, part: kind === OFFERS ? { text: "", slots: {} } : undefined };
}

export function casesOf(step: FormStep): Case[] {
  return Array.isArray(step["cases"]) ? (step["cases"] as Case[]) : [];
}

/** The answer a fork looks at, by its key. */
export function lookedAt(step: FormStep): string {
  const on = isOffering(step) ? (step["offers_if"] as Condition | undefined)?.on : step["on"];
  return typeof on === "string" ? on : "";
}

/** The form with a fork that looks at another answer. What it is compared with begins anew only where it can't stay. */
export function looking(form: Form, step: FormStep, key: string): Form {
  const [from, to] = [asking(form, lookedAt(step)), asking(form, key)];
  const fits = key === lookedAt(step) || (from?.type === "rate" && to?.type === "rate");
  const kept = (test: Test): Test => (fits || test.unset === true ? tested(test) : freshTest(to));
  if (isOffering(step)) return set(form, step.id, { offers_if: { on: key, ...kept((step["offers_if"] ?? {}) as Test) } });
  return set(form, step.id, { on: key, cases: casesOf(step).map((one) => ({ ...kept(one), go: one.go })) });
}

/** The form with another comparison in one of the ways of a fork. */
export function withTest(form: Form, step: FormStep, at: number, test: Test): Form {
  return recased(form, step, casesOf(step).map((one, n) => (n === at ? { ...tested(test), go: one.go } : one)));
}

export function withGo(form: Form, step: FormStep, at: number, go: string): Form {
  return recased(form, step, casesOf(step).map((one, n) => (n === at ? { ...one, go } : one)));
}

/** The form with one more way, below the others. */
export function withCase(form: Form, step: FormStep): Form {
  const used = casesOf(step);
  const asked = asking(form, lookedAt(step));
  const test = used.length > 0 && !used.some((one) => one.unset === true) ? { unset: true as const } : freshTest(asked);
  return recased(form, step, [...used, { ...test, go: "next" }]);
}

export function withoutCase(form: Form, step: FormStep, at: number): Form {
  return recased(form, step, casesOf(step).filter((_, n) => n !== at));
}

/** The form with one of the ways looked at earlier: the first that fits is taken. */
export function caseUp(form: Form, step: FormStep, at: number): Form {
  const cases = [...casesOf(step)];
  const [one, above] = [cases[at], cases[at - 1]];
  if (one === undefined || above === undefined) return form;
  [cases[at - 1], cases[at]] = [one, above];
  return recased(form, step, cases);
}

/** The form with another condition under which a fork offers its choices, or under which any step is shown. */
export function withCondition(form: Form, step: FormStep, key: "offers_if" | "show_if", condition: Condition | undefined): Form {
  return set(form, step.id, { [key]: condition === undefined ? undefined : { on: condition.on, ...tested(condition) } });
}

/** Where the choices of a fork lead. */
export function offered(step: FormStep): Readonly<Record<string, string>> {
  return (step["offers"] ?? {}) as Record<string, string>;
}

/** The form with one more choice at a fork, under these words; it leads on to the next step. */
export function withOffer(form: Form, step: FormStep, label: string): Form {
  const there = listIn(step, "offer");
  const name = freeId(label, [...there, ...DOING]);
  const next = set(form, step.id, { offer: [...there, name], offers: { ...offered(step), [name]: "next" } });
  return worded(next, step.id, { slots: { ...partOf(form, step.id).slots, [name]: label } });
}

export function offerLeads(form: Form, step: FormStep, option: string, target: string): Form {
  return set(form, step.id, { offers: { ...offered(step), [option]: target } });
}

function recased(form: Form, step: FormStep, cases: readonly Case[]): Form {
  return set(form, step.id, { cases });
}

/** A comparison alone, without where it leads or what it looks at. */
function tested({ is, at_least, at_most, unset, has, lacks }: Test): Test {
  const all = { is, at_least, at_most, unset, has, lacks };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value != null)) as Test;
}
