// The form that sets an exercise: what is asked for, what is still missing, and what is sent. Pure.
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
  rehearsed_on: string;
  scene: string;
  limit: number;
  /** What was last tried to be sent. */
  tried: string | null;
}
export type Asked = Pick<AssignForm, "times" | "until" | "reason" | "rehearsed_on" | "scene" | "limit">;
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
}

export const REASON_MAX = 500;
export const SCENE_MAX = 2_000;
export const HIGHEST_LIMIT = 5;

export function emptyForm(id: string, op: string): AssignForm {
  return { id, op, exercise: null, times: 3, until: "", reason: "", rehearsed_on: "", scene: "", limit: HIGHEST_LIMIT, tried: null };
}

/** How often a week may be asked for; what is hard is asked for rarely. */
export function doses({ intensity }: Pick<Assignable, "intensity">): readonly number[] {
  return intensity === "high" ? [1, 2] : [1, 2, 3, 4, 5, 6, 7, 14, 21];
}

/** The form with another exercise in it; a dose it may not have becomes once a week. */
export function chosen(form: AssignForm, card: Assignable): AssignForm {
  return { ...form, exercise: card.id, times: form.times === null || doses(card).includes(form.times) ? form.times : 1 };
}

/** Whether something was typed that would be lost. */
export function isTyped(form: AssignForm): boolean {
  return form.reason.trim() !== "" || form.scene.trim() !== "";
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

/** What still has to be said before it can be set, by field. */
export function missing(form: Asked, card: Assignable, today: string): Missing {
  const found: Missing = {};
  if (form.until !== "" && form.until < today) found.until = "therapist.assign.untilPast";
  if (!isGuarded(card)) return found;
  if (form.rehearsed_on === "") found.rehearsed_on = "therapist.assign.rehearsedMissing";
  else if (form.rehearsed_on > today) found.rehearsed_on = "therapist.assign.rehearsedAhead";
  if (needsScene(card) && form.scene.trim() === "") found.scene = "therapist.assign.sceneMissing";
  return found;
}

/** What is sent. Answers to questions this exercise does not ask stay behind. */
export function asked(form: Asked, card: Assignable, locale: string): NewAssignment {
  const guarded = isGuarded(card);
  return {
    exercise: card.id,
    locale,
    reason: form.reason.trim(),
    times_a_week: form.times,
    until: form.until || null,
    rehearsed_on: guarded ? form.rehearsed_on || null : null,
    scene: guarded && form.scene.trim() !== "" ? form.scene.trim() : null,
    distress_limit: hasLimit(card) ? form.limit : null,
  };
}

/**
 * The form as it is about to be sent. The same said again keeps its op; said differently it gets another, so that
 * the server never takes it for the one before. The record's id stays: it can be set once only.
 */
export function tried(form: AssignForm, said: NewAssignment, newOp: () => string): AssignForm {
  const text = JSON.stringify(said);
  return form.tried === null || form.tried === text ? { ...form, tried: text } : { ...form, tried: text, op: newOp() };
}
