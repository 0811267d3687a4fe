// How long a step is planned to take, and which steps move on by themselves. Pure: the clock is handed in.
import { elapsed, isClosed, current, asks, type State } from "./state.ts";
import type { Breathe, Exercise, Step } from "./types.ts";

/** Seconds a breath that comes by itself is given. */
export const FREE_BREATH = 4;
/** Silences shorter than this, in seconds, need no sign of their own. */
export const SHORT = 5;
/** Seconds to read and settle before the first breath. */
export const LEAD = 4;
const WORDS_A_SECOND = 110 / 60;

/** The planned time of a step in milliseconds: as written, or as long as reading and its silence take. */
export function plannedMs(step: Step): number {
  const words = (step.text ?? "").split(/\s+/).filter(Boolean).length;
  const reading = words / WORDS_A_SECOND;
  if (step.type === "breathe") return 1000 * Math.max(step.seconds, LEAD + breathSeconds(step));
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
  if (asks(step) || state.between !== null) return false;
  if (step.type === "settle") return step.autostart !== false;
  return isClosed(exercise, state);
}

/** When the present step's planned time is over, or null if it waits for the person. */
export function dueAt(exercise: Exercise, state: State): number | null {
  if (state.ended !== null || state.paused_at !== null || !movesOn(exercise, state)) return null;
  return state.entered_at + state.paused_ms + plannedMs(current(exercise, state));
}

type Part = "in" | "hold_in" | "out" | "hold_out";
export type Phase = "ready" | Part | "done";

/** Where in the breaths a person is: the phase, how far it is (0..1), and which breath. */
export function breathAt(step: Breathe, state: State, now: number): { phase: Phase; part: number; cycle: number } {
  const phases = breathPhases(step);
  const whole = phases.reduce((sum, [, seconds]) => sum + seconds, 0);
  const at = elapsed(state, now) / 1000 - LEAD;
  if (at < 0) return { phase: "ready", part: 0, cycle: 0 };
  const cycle = Math.floor(at / whole);
  if (cycle >= step.cycles) return { phase: "done", part: 0, cycle: step.cycles };
  let rest = at - cycle * whole;
  for (const [phase, seconds] of phases) {
    if (rest < seconds) return { phase, part: rest / seconds, cycle };
    rest -= seconds;
  }
  return { phase: "done", part: 0, cycle };
}

/** The parts of one breath. A breath in that comes by itself follows the breath out. */
export function breathPhases(step: Breathe): [phase: Part, seconds: number][] {
  const inward: [Part, number] = ["in", step.in_free === true ? FREE_BREATH : step.in];
  const outward: [Part, number] = ["out", step.out];
  const held: [Part, number] = ["hold_in", step.hold_in ?? 0];
  const rest: [Part, number] = ["hold_out", step.hold_out ?? 0];
  const order = step.in_free === true ? [outward, rest, inward, held] : [inward, held, outward, rest];
  return order.filter(([, seconds]) => seconds > 0);
}

function breathSeconds(step: Breathe): number {
  return step.cycles * breathPhases(step).reduce((sum, [, seconds]) => sum + seconds, 0);
}
