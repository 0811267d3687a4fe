// What a step says in a line or two: its words, or where a fork leads.
import type { Test } from "../../../exercise/types.ts";
import { own } from "../words.ts";
import { asking } from "./asked.ts";
import { partOf } from "./change.ts";
import { casesOf, isOffering, lookedAt, offered } from "./forks.ts";
import { isSilent } from "./kinds.ts";
import { answerNamed, optionNamed } from "./naming.ts";
import { placeOf } from "./leading.ts";
import { listIn } from "./parts.ts";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

/** What a step says, for a look at two forms: its words, or where a fork leads; null where there is no such step. */
export function stepSays(form: Form, id: string): string | null {
  const step = form.steps.find((one) => one.id === id);
  if (step === undefined) return null;
  if (isSilent(step) && step.type === "branch") return forkSays(form, step);
  const { text } = partOf(form, id);
  return isOffering(step) ? [text, offersSay(form, step)].join("\n") : text;
}

/** "If step 2 is 8 or more: step 9. Otherwise: the next step." */
export function forkSays(form: Form, step: FormStep): string {
  const key = lookedAt(step);
  const ways = casesOf(step).map((one) => ot("own.says.way", { step: answerNamed(form, key), test: testSays(form, key, one), place: placeSays(form, step, one.go) }));
  const otherwise = typeof step["otherwise"] === "string" ? step["otherwise"] : "next";
  return [...ways, ot("own.says.otherwise", { place: placeSays(form, step, otherwise) })].join(" ");
}

/** "If step 2 is 8 or more. Stay: the next step." */
function offersSay(form: Form, step: FormStep): string {
  const condition = (step["offers_if"] ?? {}) as Test;
  const choices = listIn(step, "offer").map((one) => ot("own.says.choice", { words: optionNamed(form, step, one), place: placeSays(form, step, offered(step)[one] ?? "next") }));
  const key = lookedAt(step);
  return [ot("own.says.offered", { step: answerNamed(form, key), test: testSays(form, key, condition) }), ...choices].join(" ");
}

function testSays(form: Form, key: string, { is, at_least, at_most, has, lacks }: Test): string {
  const words = (ids: readonly string[]): string => ids.map((id) => optionNamed(form, asking(form, key), id)).join(", ");
  if (at_least != null) return ot("own.says.at_least", { n: at_least });
  if (at_most != null) return ot("own.says.at_most", { n: at_most });
  if (lacks != null) return ot("own.says.lacks", { words: words([lacks]) });
  const picked = is ?? (has == null ? [] : [has]);
  return picked.length > 0 ? ot("own.says.is", { words: words(picked) }) : ot("own.says.unset");
}

function placeSays(form: Form, step: FormStep, target: string): string {
  const place = placeOf(form, step, target);
  if (place.kind === "step" || place.kind === "above") return ot("own.plain.step", { n: place.n });
  if (place.kind === "out") return ot(`own.says.${place.id}`);
  return place.kind === "next" ? ot("own.says.next") : place.kind === "gone" ? ot("own.says.gone") : own(place.id);
}
