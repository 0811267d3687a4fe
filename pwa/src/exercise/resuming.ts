// What may become of a run that was cut off: gone on with, asked again, closed with grounding, or begun anew. Pure.
import { counting } from "./spent.ts";
import type { State } from "./state.ts";
import type { Exercise, Intensity } from "./types.ts";

/** A run as it is kept while it goes on, written at every step and every answer. */
export interface Kept {
  run: string;
  title: string;
  intensity: Intensity;
  assignment: string | null;
  /** When the texts were last changed that it began with; absent: never. */
  rewritten?: number | undefined;
  state: State;
  /** When it was last touched. */
  at: number;
}

export type Resuming =
  /** At the same step, with its answers. */
  | "go-on"
  /** At the same step, after distress was asked again. */
  | "ask-again"
  /** At Back in the room: a high exercise is not gone on with alone. */
  | "ground"
  /** From the start: too long ago, or the exercise or the texts written for it have changed. */
  | "over";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * How to take up a run that was cut off. `exercise` is the one that is there now, if it still is, and `rewritten` when the texts
 * written for it were last changed. For a medium one a clock
 * set back tells nothing of how long it was: only within an hour either way is it near.
 */
export function howToResume(kept: Kept, exercise: Exercise | undefined, now: number, rewritten: number | null = kept.rewritten ?? null): Resuming {
  if (kept.intensity === "high") return "ground";
  if (kept.state.ended !== null) return "over";
  if (exercise === undefined || exercise.version !== kept.state.version || rewritten !== (kept.rewritten ?? null)) return "over";
  if (!exercise.steps.some((step) => step.id === kept.state.path.at(-1))) return "over";
  if (kept.intensity === "medium") return Math.abs(now - kept.at) <= HOUR ? "ask-again" : "over";
  return "go-on";
}

/** After a day (or with a clock a day off), starting over is offered beside going on. */
export function isOld(kept: Kept, now: number): boolean {
  return Math.abs(now - kept.at) > DAY;
}

/**
 * Whether this run was left behind when `by` began, another of its exercise. One touched since then is being done now; a
 * time that is still to come was told by a clock that was set back.
 */
export function isLeftBehind(kept: Kept, by: { exercise: string; run: string; began: number }, now: number): boolean {
  const since = kept.at >= by.began && kept.at <= now;
  return kept.state.exercise === by.exercise && kept.run !== by.run && !since;
}

/** The state to go on with: the clock of the present step starts again, and a pause is over. With `openOnly` the eyes are
 *  open from now on. */
export function taken(kept: Kept, now: number, openOnly = false): State {
  const { spent } = kept.state;
  const eyes = openOnly ? { open_only: true, eyes: "open" as const } : {};
  return { ...kept.state, entered_at: now, paused_at: null, paused_ms: 0, ...eyes, ...(spent && { spent: counting(now, spent) }) };
}
