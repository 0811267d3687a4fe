// Where a run stands, as plain JSON: it can be saved at any moment and gone on with. And what can be asked of it. Pure.
import { isAnswer, joined, wordsOf } from "./answers.ts";
import type { Spent } from "./spent.ts";
import type { Answer, Breathe, Exercise, Step, Target } from "./types.ts";

export type Eyes = "open" | "closed";

/** A small screen in between, put there by a rule. It is answered by a `pick`. */
export type Between =
  | { kind: "too-much" }
  | { kind: "unsaid" }
  | { kind: "change" }
  | { kind: "gate"; go: Target }
  | { kind: "support"; level: "A" | "B" };

export interface Ended {
  how: "finished" | "stopped" | "left";
  at: number;
  /** Where to go now: the end, Back in the room, Need help now, the same again, or another exercise. */
  then: "end" | "ground" | "help" | "again" | `exercise:${string}`;
  /** The step it ended on. */
  step: string;
  /** Ended by a hard limit: afterwards it is said that this can wait for the session. */
  waits?: true;
}

export interface State {
  exercise: string;
  version: number;
  started_at: number;
  /** The steps seen, the present one last; Back takes the last away, the answers stay. */
  path: string[];
  /** By step id. */
  answers: Record<string, Answer>;
  eyes: Eyes;
  /** The person's therapist, or the person, keeps the eyes open: they are not asked about. */
  open_only: boolean;
  /** The therapist's own limit for the gate, never above the exercise's. */
  limit: number | null;
  /** Steps that were answered before the start and are not asked again. */
  known: string[];
  between: Between | null;
  /** The offer to change something was made; it is made once. */
  change_offered: boolean;
  /** The card after a hard rating was shown. */
  supported: boolean;
  /** When the card that puts people first was last shown, here or in a run before. */
  card_b_at: number | null;
  /** A high exercise that ended hard: closed until the therapist opens it again. */
  reopen_needed: boolean;
  /** Steps whose answer the person chose to share. */
  shares: string[];
  share_all: boolean;
  /** Nothing of this run is shared but that it was done; null: as it was agreed. */
  keep_back: boolean | null;
  bring: boolean;
  keep: boolean;
  /** In a step of several parts, which one; see dialogue.ts. */
  part?: number;
  /** The length that was chosen, in minutes; without it, the usual one. */
  length?: number;
  /** What the therapist closed for this person, by code. */
  blocks?: readonly string[];
  /** Steps in which something saved was filled in, once. */
  filled?: string[];
  /** The step that showed the card that puts people first. */
  card_b_step?: string;
  entered_at: number;
  /** When the clock of this step was stopped, and how long it stood before. */
  paused_at: number | null;
  paused_ms: number;
  /** How long it took so far; not there in a run of before this was counted. */
  spent?: Spent;
  ended: Ended | null;
}

/** The step on screen. */
export function current(exercise: Exercise, state: State): Step {
  const step = stepOf(exercise, state.path.at(-1)) ?? exercise.steps[0];
  if (step === undefined) throw new Error(`${exercise.id} has no steps`);
  return step;
}

export function stepOf(exercise: Exercise, id: string | undefined): Step | undefined {
  return exercise.steps.find((step) => step.id === id);
}

/** The name an answer is kept under: the step's id, unless the exercise says otherwise. */
export function keyOf(step: Step): string {
  return step.key ?? step.id;
}

/** The answer kept under `key` on the way taken so far; what was answered on another way does not count. */
export function valueOf(exercise: Exercise, state: State, key: string, before?: string): Answer | undefined {
  let value: Answer | undefined;
  for (const id of state.path) {
    if (id === before) break;
    const step = stepOf(exercise, id);
    const given = state.answers[id];
    if (step !== undefined && keyOf(step) === key && isAnswer(given)) value = joined(step, given, value);
  }
  return value;
}

/** The length of a run, in minutes. */
export function lengthOf(exercise: Exercise, state: State): number {
  return state.length ?? exercise.minutes;
}

/** Whether the person's therapist has closed something by this code. */
export function isBlocked(state: State, code: string): boolean {
  return state.blocks?.includes(code) === true;
}

/** The codes in a therapist's setting; whatever else stands there closes nothing. */
export function blocksIn(setting: unknown): string[] {
  return Array.isArray(setting) ? setting.filter((code) => typeof code === "string") : [];
}

/** The pace that was picked for a breath, here or in one before it with the same key. */
export function pickedAs(exercise: Exercise, state: State, step: Breathe): string | undefined {
  const picked = valueOf(exercise, state, keyOf(step));
  return typeof picked === "string" ? picked : undefined;
}

/** The words a rating is asked for one by one, where it is. */
export function ratedWords(exercise: Exercise, state: State, step: Step) {
  return step.type === "rate" && step.per_pick ? wordsOf(valueOf(exercise, state, step.per_pick)) : [];
}

/** True for steps that ask for something. */
export function asks(step: Step): boolean {
  if (step.type === "breathe") return (step.presets ?? []).length > 0;
  return ["choice", "rate", "affect", "emotions", "body_map", "sensations", "text", "checklist", "episode", "plan", "dialogue"]
    .includes(step.type);
}

/** Whether the present step has its answer. */
export function isAnswered(exercise: Exercise, state: State): boolean {
  const step = current(exercise, state);
  if (step.type === "breathe") return pickedAs(exercise, state, step) !== undefined;
  return isAnswer(state.answers[step.id]);
}

/** Whether the present step stays until the person goes on: it asks for something. A breath asks only for its pace. */
export function waitsForAnswer(exercise: Exercise, state: State): boolean {
  const step = current(exercise, state);
  return asks(step) && !(step.type === "breathe" && isAnswered(exercise, state));
}

const INWARD = new Set(["imagine", "attend", "pause", "breathe", "move"]);

/** Whether this step is done with closed eyes: it dims, it moves on by itself, and a double tap anywhere is Stop. */
export function isClosed(exercise: Exercise, state: State): boolean {
  const step = current(exercise, state);
  if (state.open_only) return false;
  if (step.type === "imagine" && step.eyes === "open") return false;
  if (state.eyes !== "closed") return false;
  if (step.type === "breathe" && waitsForAnswer(exercise, state)) return false;
  if (INWARD.has(step.type)) return true;
  return step.type === "say" ? wentInward(exercise, state) : step.type === "rate" && step.mode === "three-when-closed";
}

/** How long the clock of the present step has run, in milliseconds. */
export function elapsed(state: State, now: number): number {
  return Math.max(0, (state.paused_at ?? now) - state.entered_at - state.paused_ms);
}

/** Words said between two inward steps stay inward; an anchor brings back. */
function wentInward(exercise: Exercise, state: State): boolean {
  const before = stepOf(exercise, state.path.at(-2));
  return before !== undefined && (INWARD.has(before.type) || before.type === "say") && state.path.some((id) => {
    const type = stepOf(exercise, id)?.type;
    return type !== undefined && INWARD.has(type);
  });
}
