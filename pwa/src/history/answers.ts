import { t } from "./entry-words.ts";
import type { Run } from "../data/types.ts";
import { dialogueLines, formLines, isDialogue, isFormLike, written } from "../exercise/forms.ts";
import type { Exercise, Step, Vocabulary } from "../exercise/types.ts";
import { affectText } from "../ui/inputs/affect-text.ts";

/** The answers of a run with their questions. Without the exercise its questions are not known: its ratings and words stay. */
export function exerciseAnswers(
  { ratings = {}, answers = {} }: Partial<Run>, vocabulary: Vocabulary | null, exercise: Exercise | null,
): { label: string; text: string }[] {
  const given: Record<string, unknown> = { ...ratings, ...answers };
  return Object.entries(given).map(([key, value]) => {
    const step = exercise?.steps.find((one) => (one.key ?? one.id) === key && typeof one.text === "string") ?? null;
    return { label: step?.text ?? key.replaceAll("_", " "), text: answerText(value, vocabulary, step), order: placeOf(step, exercise) };
  }).sort((x, y) => x.order - y.order).map(({ label, text }) => ({ label, text }));
}

/** An answer of any shape in words: a place on the square, words with their strength, regions, options, text, a number. */
export function answerText(value: unknown, vocabulary: Vocabulary | null, step: Step | null = null): string {
  if (typeof value === "number") return step?.type === "rate" ? t("history.rating", { n: value, max: step.max }) : String(value);
  if (typeof value === "string") return step?.words[value] ?? labelOf(value, vocabulary, value);
  if (isDialogue(value)) return written(dialogueLines(step?.words ?? {}, value));
  if (Array.isArray(value)) return value.map((one) => itemText(one, vocabulary, step)).filter((one) => one !== "").join(", ");
  if (!isRecord(value)) return "";
  if (typeof value["v"] === "number" && typeof value["a"] === "number") return affectText({ v: value["v"], a: value["a"] });
  if (isFormLike(value)) return written(formLines(value));
  return Object.entries(value).map(([id, one]) => `${labelOf(id, vocabulary, id)} ${String(one)}`).join(", ");
}

function itemText(item: unknown, vocabulary: Vocabulary | null, step: Step | null): string {
  if (typeof item === "string") return step?.words[item] ?? labelOf(item, vocabulary, item);
  if (!isRecord(item)) return "";
  const id = String(item["id"] ?? "");
  const label = typeof item["own"] === "string" ? item["own"] : (step?.words[id] ?? labelOf(id, vocabulary, id));
  if (typeof item["region"] === "string") return t("history.at", { what: label, where: labelOf(item["region"], vocabulary, item["region"]) });
  return typeof item["strength"] === "number" ? t("history.strength", { word: label, n: item["strength"] }) : label;
}

function labelOf(id: string, vocabulary: Vocabulary | null, unknown: string): string {
  if (vocabulary === null) return unknown;
  const { families, shared, special, regions, sensations, wishes } = vocabulary;
  const all = [...families.flatMap((family) => [...family.words, family]), ...(shared?.words ?? []), ...special, ...regions, ...sensations, ...wishes];
  return all.find((one) => one.id === id)?.label ?? unknown;
}

function placeOf(step: Step | null, exercise: Exercise | null): number {
  return step === null || exercise === null ? Number.MAX_SAFE_INTEGER : exercise.steps.indexOf(step);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
