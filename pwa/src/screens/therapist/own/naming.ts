// How steps, places and answers are called in a sentence.
import { own } from "../words.ts";
import { asking, titleOf } from "./asked.ts";
import { partOf } from "./change.ts";
import { isOffering } from "./forks.ts";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

/** Letters of a title in a list. */
const MOST = 50;

/** A step: its number and its first words. */
export function stepWords(form: Form, step: FormStep): string {
  const whole = titleOf(form, step);
  const title = whole.length > MOST ? `${whole.slice(0, MOST).replace(/\s+\S*$/, "")} …` : whole;
  const n = form.steps.indexOf(step) + 1;
  return title === "" ? ot("own.place.untitled", { n }) : ot("own.leads.step", { n, title: own(title) });
}

/** The step of this id by its number; where there is none, its name. */
export function stepNamed(form: Form, id: string): string {
  const n = form.steps.findIndex((step) => step.id === id) + 1;
  return n === 0 ? own(id) : ot("own.plain.step", { n });
}

/** The answer kept under a key, by the step it is given at. */
export function answerNamed(form: Form, key: string): string {
  const step = asking(form, key);
  return step === undefined ? own(key) : ot("own.plain.step", { n: form.steps.indexOf(step) + 1 });
}

/** The words of one of the answers of a step. */
export function optionNamed(form: Form, step: FormStep | undefined, option: string): string {
  const words = step === undefined ? "" : partOf(form, step.id).slots[option] ?? "";
  return own(words.trim() || option);
}

/** The part of a step that leads somewhere, as the checker names it: `cases[0].go`, `offers.stay`, `otherwise`. */
export function partNamed(form: Form, step: FormStep, where: string): string {
  const way = /^cases\[(\d+)\]/.exec(where);
  if (way) return ot("own.fork.way", { n: Number(way[1]) + 1 });
  const [, kind, option = ""] = /^(offers|next)\.(.+)$/.exec(where) ?? [];
  if (kind !== undefined) return ot(isOffering(step) || step.type === "close" ? "own.plain.choice" : "own.plain.answer", { words: optionNamed(form, step, option) });
  return ot(where === "otherwise" ? "own.plain.otherwise" : where === "next" ? "own.plain.after" : "own.plain.this");
}
