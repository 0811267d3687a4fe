// How long a step is planned to take, and which steps move on by themselves. Pure: the clock is handed in.
import { type Breath, breathOf, breathSeconds } from "./breath.ts";
import { isClosed, current, waitsForAnswer, type State } from "./state.ts";
import type { Exercise, Step } from "./types.ts";

/** Silences shorter than this, in seconds, need no sign of their own. */
export const SHORT = 5;
const WORDS_A_SECOND = 110 / 60;

/** The planned time of a step in milliseconds: as written, or as long as reading and its silence take. A breath takes as
 *  long as it does at the pace that was picked. */
export function plannedMs(step: Step, breath: Breath | null = null): number {
  const words = (step.text ?? "").split(/\s+/).filter(Boolean).length;
  const reading = words / WORDS_A_SECOND;
  if (breath !== null) return 1000 * Math.max(step.seconds, breathSeconds(breath));
  return 1000 * (step.seconds > 0 ? step.seconds : reading + quietSeconds(step));
}

/** The silence at the end of a step, in seconds; 0 where there is nothing to wait for. */
export function quietSeconds(step: Step): number {
  return "pause" in step ? (step.pause ?? 0) : 0;
}

/** About how long is left of a silence. */
export function timeLeft(seconds: number): "minute" | "half" | "little" {
  if (seconds > 45) return "minute";
  return seconds > 20 ? "half" : "little";
}

/** True when the step moves on by itself: never one that asks for something. */
export function movesOn(exercise: Exercise, state: State): boolean {
  const step = current(exercise, state);
  if (waitsForAnswer(exercise, state) || state.between !== null) return false;
  if (step.type === "settle") return step.autostart !== false;
  return isClosed(exercise, state);
}

/** When the present step's planned time is over, or null if it waits for the person. */
export function dueAt(exercise: Exercise, state: State): number | null {
  if (state.ended !== null || state.paused_at !== null || !movesOn(exercise, state)) return null;
  return state.entered_at + state.paused_ms + presentMs(exercise, state);
}

/** The same where a voice took `took` milliseconds for the words (Infinity while it reads): the silence comes after them. */
export function dueAfter(exercise: Exercise, state: State, took: number): number | null {
  const due = dueAt(exercise, state);
  if (due === null || took === 0) return due;
  if (took === Number.POSITIVE_INFINITY) return null;
  const step = current(exercise, state);
  const rest = step.type === "breathe" ? presentMs(exercise, state) : 1000 * quietSeconds(step);
  return Math.max(due, state.entered_at + state.paused_ms + took + rest);
}

function presentMs(exercise: Exercise, state: State): number {
  const step = current(exercise, state);
  return plannedMs(step, step.type === "breathe" ? breathOf(exercise, state, step) : null);
}
