// The paced breath: which paces there are, which one was picked, and where in it a person is. Pure: the clock is handed in.
import { elapsed, isBlocked, pickedAs, type State } from "./state.ts";
import type { Breathe, Exercise, Pace } from "./types.ts";

/** Seconds a breath that comes by itself is given. */
const FREE_BREATH = 4;
/** Seconds to read and settle before the first breath. */
export const LEAD = 4;

type Part = "in" | "hold_in" | "out" | "hold_out";
export type Phase = "ready" | Part | "done";

/** A breath as it is done: its parts in order, with their seconds, and how many times. */
export interface Breath {
  parts: [phase: Part, seconds: number][];
  cycles: number;
}

/** The paces to pick from. Holds are not shown to someone with a BREATH block. */
export function pacesFor(step: Breathe, state: State): Pace[] {
  return (step.presets ?? []).filter((pace) => !isBlocked(state, "BREATH") || !hasHold(pace));
}

/** The breath of a step, or null while its pace waits to be picked. */
export function breathOf(exercise: Exercise, state: State, step: Breathe): Breath | null {
  const paces = pacesFor(step, state);
  if (paces.length === 0) return inParts(step, step, state);
  const picked = pickedAs(exercise, state, step);
  const pace = paces.find(({ id }) => id === picked);
  return pace === undefined ? null : inParts(step, pace, state);
}

/** How long a breath takes, with the time to settle, in seconds. */
export function breathSeconds({ parts, cycles }: Breath): number {
  return LEAD + cycles * lengthOf(parts);
}

/** Where in the breaths a person is: the phase, how far it is (0..1), its seconds, and which breath. */
export function breathAt({ parts, cycles }: Breath, state: State, now: number): { phase: Phase; part: number; seconds: number; cycle: number } {
  const whole = lengthOf(parts);
  const at = elapsed(state, now) / 1000 - LEAD;
  if (at < 0) return { phase: "ready", part: 0, seconds: 0, cycle: 0 };
  const cycle = Math.floor(at / whole);
  let rest = cycle >= cycles ? Number.POSITIVE_INFINITY : at - cycle * whole;
  for (const [phase, seconds] of parts) {
    if (rest < seconds) return { phase, part: rest / seconds, seconds, cycle };
    rest -= seconds;
  }
  return { phase: "done", part: 0, seconds: 0, cycle: Math.min(cycle, cycles) };
}

/** The second of a phase that is running, from 1 on; 0 where nothing is counted. */
export function countAt({ part, seconds }: { part: number; seconds: number }): number {
  return seconds === 0 ? 0 : Math.min(seconds, Math.floor(part * seconds) + 1);
}

/** A breath in that comes by itself follows the breath out. */
function inParts(step: Breathe, pace: Omit<Pace, "id">, state: State): Breath {
  const held = isBlocked(state, "BREATH") ? 0 : 1;
  const inward: [Part, number] = ["in", step.in_free === true ? FREE_BREATH : pace.in];
  const outward: [Part, number] = ["out", pace.out];
  const hold: [Part, number] = ["hold_in", held * (pace.hold_in ?? 0)];
  const rest: [Part, number] = ["hold_out", held * (pace.hold_out ?? 0)];
  const order = step.in_free === true ? [outward, rest, inward, hold] : [inward, hold, outward, rest];
  const parts = order.filter(([, seconds]) => seconds > 0);
  const cycles = step.minutes == null ? step.cycles : Math.max(1, Math.round((60 * step.minutes) / lengthOf(parts)));
  return { parts, cycles };
}

function hasHold(pace: Pace): boolean {
  return (pace.hold_in ?? 0) > 0 || (pace.hold_out ?? 0) > 0;
}

function lengthOf(parts: Breath["parts"]): number {
  return parts.reduce((sum, [, seconds]) => sum + seconds, 0);
}
