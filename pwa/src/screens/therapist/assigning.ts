// The form that sets an exercise, or changes what was agreed: what is asked for, what is still missing, and what is sent. Pure.
import { changeable, cleaned, tooLong } from "../../exercise/tailored.ts";
import type { Exercise } from "../../exercise/types.ts";
import type { Assignment } from "../../data/types.ts";
import type { Assignable } from "./types.ts";
import type { TherapistKey } from "./words.ts";

export interface AssignForm {
  /** Made once, so that sending it twice sets one exercise. */
  id: string;
  op: string;
  exercise: string | null;
  /** How often a week; null is once. */
  times: number | null;
  /** Days as date inputs give them; empty when not said. */
  until: string;
  reason: string;
  /** When a reminder is suggested; no time, no suggestion. */
  remind_at: string;
  remind_days: readonly number[];
  rehearsed_on: string;
  scene: string;
  limit: number;
  /** What was written together, by its name. */
  texts: Partial<Record<TextName, string>>;
  /** That it was written together with the client. */
  together: boolean;
  /** Other words for steps of the exercise, by step. */
  tailored: Readonly<Record<string, string>>;
  /** What was last tried to be sent. */
  tried: string | null;
}
export type Asked = Pick<AssignForm, "times" | "until" | "reason" | "remind_at" | "remind_days" | "rehearsed_on" | "scene" | "limit" | "texts" | "together" | "tailored">;
export type Missing = Partial<Record<keyof Asked, TherapistKey>>;

export interface NewAssignment {
  exercise: string;
  locale: string;
  reason: string;
  times_a_week: number | null;
  until: string | null;
  rehearsed_on: string | null;
  scene: string | null;
  distress_limit: number | null;
  suggested?: { at: string; days: number[] };
  texts?: Partial<Record<TextName, string>>;
  written_together?: boolean;
  tailored?: Readonly<Record<string, string>>;
}
/** What can be agreed anew while it is set, and what is sent of it. */
export type Terms = Omit<NewAssignment, "exercise" | "rehearsed_on" | "scene" | "texts" | "written_together">;

/** What was done and written together, as far as it is said anew. */
export type Rewritten = Partial<Pick<NewAssignment, "rehearsed_on" | "scene" | "texts" | "written_together">>;

/** How many letters each text may have. */
export const TEXT_MAX = { calm_image: 400, healthy_self: 160, rehearsed_reply: 240 } as const;
export type TextName = keyof typeof TEXT_MAX;

export const REASON_MAX = 500;
export const SCENE_MAX = 2_000;
export const HIGHEST_LIMIT = 5;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export function emptyForm(id: string, op: string): AssignForm {
  return { id, op, exercise: null, times: 3, until: "", reason: "", remind_at: "", remind_days: EVERY_DAY, rehearsed_on: "", scene: "", limit: HIGHEST_LIMIT, texts: {}, together: false, tailored: {}, tried: null };
}

/** How often a week may be asked for; what is hard is asked for rarely. */
export function doses({ intensity }: Pick<Assignable, "intensity">): readonly number[] {
  return intensity === "high" ? [1, 2] : [1, 2, 3, 4, 5, 6, 7, 14, 21];
}

/** The form with another exercise in it; a dose it may not have becomes once a week. Other words stay with their exercise. */
export function chosen(form: AssignForm, card: Assignable): AssignForm {
  const tailored = form.exercise === null || form.exercise === card.id ? form.tailored : {};
  return { ...form, exercise: card.id, tailored, times: form.times === null || doses(card).includes(form.times) ? form.times : 1 };
}

/** Whether something was typed that would be lost. */
export function isTyped(form: AssignForm): boolean {
  return [form.reason, form.scene, ...Object.values(form.texts), ...Object.values(form.tailored)].some((text) => text.trim() !== "");
}

/** Whether it is set only after it was done together. */
export function isGuarded(card: Assignable): boolean {
  return card.access === "therapist";
}

export function needsScene(card: Assignable): boolean {
  return card.needs_scene ?? isGuarded(card);
}

/** Whether it starts only at a distress of at most so much: a medium one asks and offers grounding, and leaves the choice. */
export function hasLimit(card: Assignable): boolean {
  return isGuarded(card) && card.intensity === "high";
}

/** What is always open needs no approval. */
export function isDraft({ access, approved }: Pick<Assignable, "access" | "approved">): boolean {
  return !approved && access !== "always";
}

/** Whether the practice wrote it itself. */
export function isOwn(id: string): boolean {
  return id.startsWith("own-");
}

export function isText(name: string): name is TextName {
  return name in TEXT_MAX;
}

/** Whether it plays only what client and therapist write together. */
export function writesTogether(card: Assignable): boolean {
  return (card.texts ?? []).length > 0;
}

/** What still has to be said before it can be set, by field. */
export function missing(form: Asked, card: Assignable, today: string): Missing {
  const found = wrongTerms(form, today);
  if (!isGuarded(card)) return found;
  if (writesTogether(card)) {
    if (Object.keys(written(form, card)).length === 0) found.texts = "therapist.together.textsMissing";
    else if (Object.entries(written(form, card)).some(([name, text]) => text.length > TEXT_MAX[name as TextName])) found.texts = "therapist.assign.long";
    if (!form.together) found.together = "therapist.together.saidMissing";
    return found;
  }
  if (form.rehearsed_on === "") found.rehearsed_on = "therapist.assign.rehearsedMissing";
  else if (form.rehearsed_on > today) found.rehearsed_on = "therapist.assign.rehearsedAhead";
  if (needsScene(card) && form.scene.trim() === "") found.scene = "therapist.assign.sceneMissing";
  else if (needsScene(card) && form.scene.trim().length > SCENE_MAX) found.scene = "therapist.assign.long";
  return found;
}

/** What can't be agreed as it stands, by field. */
export function wrongTerms(form: Asked, today: string): Missing {
  const found: Missing = {};
  if (form.until !== "" && form.until < today) found.until = "therapist.assign.untilPast";
  if (form.reason.trim().length > REASON_MAX) found.reason = "therapist.assign.long";
  if (form.remind_at !== "" && form.remind_days.length === 0) found.remind_days = "therapist.assign.remindDaysMissing";
  if (Object.values(form.tailored).some((text) => cleaned(text) === "")) found.tailored = "therapist.tailor.empty";
  else if (Object.values(form.tailored).some((text) => tooLong(cleaned(text)))) found.tailored = "therapist.tailor.long";
  return found;
}

/** What can't be changed as it stands, by field: of what was done and written together only where it is said anew. */
export function wrongChange(form: Asked, before: Asked, card: Assignable, today: string): Missing {
  return Object.keys(rewritten(form, before, card)).length > 0 ? missing(form, card, today) : wrongTerms(form, today);
}

/** What of it is said anew. What is not stays as it is, also what this therapist can't see. */
export function rewritten(form: Asked, before: Asked, card: Assignable): Rewritten {
  if (!isGuarded(card)) return {};
  if (writesTogether(card)) {
    const texts = written(form, card);
    return JSON.stringify(texts) === JSON.stringify(written(before, card)) ? {} : { texts, written_together: form.together };
  }
  return {
    ...(form.rehearsed_on !== before.rehearsed_on && { rehearsed_on: form.rehearsed_on }),
    ...(needsScene(card) && form.scene.trim() !== before.scene.trim() && { scene: form.scene.trim() }),
  };
}

/** What is sent. Answers to questions this exercise does not ask stay behind. */
export function asked(form: Asked, card: Assignable, locale: string): NewAssignment {
  const writes = writesTogether(card);
  const guarded = isGuarded(card) && !writes;
  return {
    exercise: card.id,
    ...terms(form, card, locale),
    rehearsed_on: guarded ? form.rehearsed_on || null : null,
    scene: guarded && form.scene.trim() !== "" ? form.scene.trim() : null,
    ...(writes && { texts: written(form, card), written_together: form.together }),
  };
}

/** What can be agreed anew. */
export function terms(form: Asked, card: Assignable, locale: string): Terms {
  const days = [...form.remind_days].sort();
  return {
    locale,
    reason: form.reason.trim(),
    times_a_week: form.times,
    until: form.until || null,
    distress_limit: hasLimit(card) ? form.limit : null,
    ...(form.remind_at !== "" && days.length > 0 && { suggested: { at: form.remind_at, days } }),
    ...(Object.keys(form.tailored).length > 0 && { tailored: form.tailored }),
  };
}

/** The form as an assignment fills it: to change it, or to set it again. */
export function filledFrom(body: Assignment, form: AssignForm): AssignForm {
  const { texts } = (body.snapshot ?? {}) as Pick<Exercise, "texts">;
  return {
    ...form,
    exercise: body.exercise, times: body.times_a_week ?? null, until: body.until ?? "", reason: body.reason ?? "",
    remind_at: body.suggested?.at ?? "", remind_days: body.suggested?.days ?? EVERY_DAY, rehearsed_on: body.rehearsed_on ?? "",
    scene: body.scene ?? "", limit: body.distress_limit ?? HIGHEST_LIMIT, texts: texts ?? {}, together: texts !== undefined,
    tailored: body.tailored?.words ?? {},
  };
}

/** The form to set once more what was set before; days that are past are left out. */
export function again(body: Assignment, form: AssignForm, today: string): AssignForm {
  const filled = filledFrom(body, form);
  return { ...filled, until: filled.until < today ? "" : filled.until };
}

/** Other words as far as the exercise has the steps for them. */
export function fitting(tailored: AssignForm["tailored"], exercise: Exercise): AssignForm["tailored"] {
  const ids = changeable(exercise).map(({ id }) => id);
  return Object.fromEntries(Object.entries(tailored).filter(([step]) => ids.includes(step)));
}

/** The exercise as this client gets it: without the steps for texts that were not written. */
export function withTexts(exercise: Exercise, texts: AssignForm["texts"]): Exercise {
  if (exercise.steps.every(({ needs }) => needs == null)) return exercise;
  const there = Object.entries(texts).filter(([, text]) => text.trim() !== "").map(([name]) => name);
  const steps = exercise.steps.filter(({ needs }) => needs == null || needs.some((name) => there.includes(name)));
  return { ...exercise, steps, minutes: Math.max(1, Math.round(steps.reduce((sum, { seconds }) => sum + seconds, 0) / 60)) };
}

/** The form without other words for steps that this client does not get: those wait in the form for the step's text. */
export function forClient<Form extends Asked>(form: Form, exercise: Exercise | null): Form {
  return exercise === null ? form : { ...form, tailored: fitting(form.tailored, withTexts(exercise, form.texts)) };
}

/** The texts of this exercise that were written. */
function written(form: Pick<AssignForm, "texts">, card: Assignable): Partial<Record<TextName, string>> {
  const names = (card.texts ?? []).filter(isText);
  return Object.fromEntries(names.map((name) => [name, (form.texts[name] ?? "").trim()] as const).filter(([, text]) => text !== ""));
}

/**
 * The form as it is about to be sent. The same said again keeps its op; said differently it gets another, so that
 * the server never takes it for the one before. The record's id stays: it can be set once only.
 */
export function tried(form: AssignForm, said: NewAssignment, newOp: () => string): AssignForm {
  const text = JSON.stringify(said);
  return form.tried === null || form.tried === text ? { ...form, tried: text } : { ...form, tried: text, op: newOp() };
}
