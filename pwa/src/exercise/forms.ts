// What is written in forms and dialogues, put in words. Pure.
import { isAnswer, isTurn, wasSaid } from "./answers.ts";
import { keyOf, type State } from "./state.ts";
import type { Answer, Episode, Exercise, Filled, Plan, Said, Step } from "./types.ts";
import { pt } from "./words.ts";

/** The fields of a scene and of a plan, in the order they are read. `sure` is a number, 0 to 10. */
export const SCENE = ["when", "other", "they_did", "felt", "body", "thought", "wish", "expected", "my_move", "about_me", "healthier"] as const;
const PLAN = ["what", "when", "where", "how_long", "expectation", "sure", "care_after"] as const;
export const SURE = { min: 0, max: 10 };

export interface Line {
  label: string;
  text: string;
}

export function isForm(step: Step): step is Episode | Plan {
  return step.type === "episode" || step.type === "plan";
}

/** The fields filled in under `key` on the way taken, without those left empty; `counts` says which steps count. */
export function filledIn(exercise: Exercise, state: State, key: string, counts: (step: Step) => boolean = () => true): Filled {
  const parts = exercise.steps.filter((step) => isForm(step) && keyOf(step) === key && state.path.includes(step.id) && counts(step));
  return Object.fromEntries(parts.flatMap((step) => Object.entries(filledOf(state.answers[step.id]))).flatMap(([field, value]) => {
    const kept = typeof value === "string" ? value.trim() : value;
    return isAnswer(kept) ? [[field, kept]] : [];
  }));
}

/** What a plan begins with: its fields as they were saved under the name it says; null where nothing was. */
export function savedFields({ from, fields }: Plan, plans: Readonly<Record<string, Filled>>): Filled | null {
  const known = from == null ? {} : (plans[from] ?? {});
  const kept = Object.fromEntries(fields.flatMap((field) => (known[field] === undefined ? [] : [[field, known[field]]])));
  return isAnswer(kept) ? kept : null;
}

/** An answer as the fields of a form. */
export function filledOf(answer: Answer | undefined): Filled {
  return typeof answer === "object" && !Array.isArray(answer) ? (answer as Filled) : {};
}

/** What a saved scene says, line by line. */
export function sceneLines(body: Readonly<Record<string, unknown>>): Line[] {
  return linesOf(SCENE.map((field) => [pt(`player.scene.${field}`), body[field]]));
}

/** What a form says, line by line, where only its fields are known. */
export function formLines(fields: Readonly<Record<string, unknown>>): Line[] {
  const scene: readonly string[] = SCENE;
  return Object.keys(fields).every((field) => scene.includes(field)) ? sceneLines(fields) : planLines(fields);
}

/** What a plan says, line by line. */
export function planLines(fields: Readonly<Record<string, unknown>>): Line[] {
  return linesOf(PLAN.map((field) => [pt(`player.plan.${field}`), field === "sure" ? sureWords(fields[field]) : fields[field]]));
}

/** What was said in a dialogue, turn by turn; turns passed over are left out. */
export function dialogueLines(words: Readonly<Record<string, string>>, answer: readonly Said[]): Line[] {
  return answer.filter(wasSaid).map((said) => ({ label: words[said.id] ?? said.id, text: saidWords(said) }));
}

/** The words of one turn, or that they were said out loud. */
export function saidWords({ text }: Said): string {
  return text.trim() === "" ? pt("player.dialogue.was_aloud") : text.trim();
}

/** An answer that is the turns of a dialogue. */
export function isDialogue(value: unknown): value is Said[] {
  return Array.isArray(value) && value.some((one) => typeof one === "object" && one !== null && isTurn(one as object));
}

/** An answer that is the fields of a form: words by field, or how sure it is. */
export function isFormLike(value: Readonly<Record<string, unknown>>): boolean {
  return "sure" in value || Object.values(value).some((one) => typeof one === "string");
}

/** A text, a form or a dialogue as one text to read; empty for other answers. */
export function asText(step: Step, answer: Answer | undefined): string {
  if (!isAnswer(answer)) return "";
  if (step.type === "text") return typeof answer === "string" ? answer.trim() : "";
  if (step.type === "dialogue") return written(dialogueLines(step.words, isDialogue(answer) ? answer : []));
  if (!isForm(step)) return "";
  const filled = filledOf(answer);
  return written(linesOf(step.fields.map((field) => [step.words[field] ?? field, field === "sure" ? sureWords(filled[field]) : filled[field]])));
}

/** Lines as one text. */
export function written(lines: readonly Line[]): string {
  return lines.map(({ label, text }) => (/\p{P}$/u.test(label) ? `${label} ${text}` : `${label}: ${text}`)).join("\n");
}

function linesOf(fields: readonly (readonly [label: string, value: unknown])[]): Line[] {
  return fields.flatMap(([label, value]) => (typeof value === "string" && value.trim() !== "" ? [{ label, text: value.trim() }] : []));
}

function sureWords(value: unknown): string {
  return typeof value === "number" ? pt("player.plan.sure_of", { n: value, max: SURE.max }) : "";
}
