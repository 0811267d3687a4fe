// What a client shared from an exercise, as question and answer. Pure.
import { readable, tt } from "./words.ts";
import { affectInWords, type Labels } from "./labels.ts";
import { dialogueLines, formLines, isDialogue, isFormLike, written } from "../../exercise/forms.ts";
import type { Exercise, Step } from "../../exercise/types.ts";
import type { Run } from "../../data/types.ts";

export interface Said {
  key: string;
  question: string;
  answer: string;
}
type Some = Readonly<Record<string, unknown>>;

/** The shared answers of a run in the order they were given; what can't be read is left out. */
export function saidIn(run: Run, exercise: Exercise | undefined, labels: Labels): Said[] {
  return Object.entries(run.answers ?? {}).flatMap(([key, value]) => {
    const step = exercise?.steps.find((one) => (one.key ?? one.id) === key);
    const answer = inWords(value, step, labels);
    return answer === "" ? [] : [{ key, question: questionOf(step, key), answer }];
  });
}

/** What the step asked, in the words the client saw. */
export function questionOf(step: Step | undefined, key: string): string {
  return step?.text?.split("\n").find((line) => line.trim() !== "") ?? readable(key);
}

function inWords(value: unknown, step: Step | undefined, labels: Labels): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return tt(value ? "therapist.yes" : "therapist.no");
  if (typeof value === "string") return step?.type === "text" ? value : label(value, step, labels);
  if (isDialogue(value)) return written(dialogueLines(step?.words ?? {}, value));
  if (isSome(value) && !isPlace(value) && isFormLike(value)) return written(formLines(value));
  if (Array.isArray(value)) return value.map((one) => part(one, step, labels)).filter(Boolean).join(", ");
  return isSome(value) ? part(value, step, labels) : "";
}

function part(value: unknown, step: Step | undefined, labels: Labels): string {
  if (typeof value === "string") return label(value, step, labels);
  if (!isSome(value)) return "";
  if (isPlace(value)) return affectInWords(value);
  if (typeof value["id"] === "string") return picked(value["id"], value, step, labels);
  return Object.entries(value)
    .filter(([, one]) => typeof one === "number")
    .map(([id, one]) => `${label(id, step, labels)} ${String(one)}`)
    .join(", ");
}

function picked(id: string, pick: Some, step: Step | undefined, labels: Labels): string {
  const name = typeof pick["own"] === "string" ? pick["own"] : label(id, step, labels);
  if (typeof pick["strength"] === "number") return tt("therapist.entry.strength", { word: name, n: pick["strength"] });
  return typeof pick["region"] === "string" ? `${labels.region(pick["region"])}: ${name}` : name;
}

function label(id: string, step: Step | undefined, labels: Labels): string {
  return step?.words[id] ?? labels.any(id) ?? (/^[a-z0-9]+([_-][a-z0-9]+)*$/.test(id) ? readable(id) : id);
}

function isPlace(value: Some): value is { v: number; a: number } {
  return typeof value["v"] === "number" && typeof value["a"] === "number";
}

function isSome(value: unknown): value is Some {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
