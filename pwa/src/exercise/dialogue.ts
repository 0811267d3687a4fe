// The parts of a dialogue: a turn, a change of seats, the next turn, and so on to the end. Pure.
import { wasSaid } from "./answers.ts";
import { type State, stepOf } from "./state.ts";
import type { Answer, Dialogue, Exercise, Said, Step } from "./types.ts";

export const USUAL_ROOM = 160;

/** Whose turn it is, in order: each voice as often as there are turns, then the third. */
export function voicesOf(step: Dialogue): string[] {
  const turns = Array.from({ length: step.turns }, () => step.voices).flat();
  return step.third == null ? turns : [...turns, step.third];
}

/** The parts after the first: every turn but the first comes after a change of seats. */
export function lastPart(step: Step): number {
  return step.type === "dialogue" ? Math.max(0, 2 * voicesOf(step).length - 2) : 0;
}

/** The turn of a part, or null where it is a change of seats. */
export function turnAt(part: number): number | null {
  return part % 2 === 0 ? part / 2 : null;
}

/** How many turns were had before a part. */
export function turnsBefore(part: number): number {
  return Math.ceil(part / 2);
}

/** Where a voice sits. */
export function sideOf({ voices, third }: Dialogue, voice: string): "first" | "second" | "third" {
  if (voice === third) return "third";
  return voice === voices[0] ? "first" : "second";
}

/** The turns as they are held: one place each, also for those not had yet. */
export function turnsIn(step: Dialogue, answer: Answer | undefined): Said[] {
  const held = Array.isArray(answer) ? (answer as Said[]) : [];
  return voicesOf(step).map((id, at) => held[at] ?? { id, text: "" });
}

/** The answer after something was said in a turn, or taken back. */
export function withTurn(step: Dialogue, answer: Answer | undefined, turn: number, said: Omit<Said, "id">): Said[] {
  return turnsIn(step, answer).map((one, at) => (at === turn ? { id: one.id, ...said } : one));
}

/** Whether the turn on screen has its words, or there is none to have. */
export function isHad(step: Dialogue, answer: Answer | undefined, part: number): boolean {
  const turn = turnAt(part);
  const said = turn === null ? undefined : turnsIn(step, answer)[turn];
  return said === undefined || wasSaid(said);
}

/** What the same two voices said so far: in dialogues before this one on the way taken, and in this one before `part`. */
export function saidSoFar(exercise: Exercise, state: State, step: Dialogue, part: number): { of: Dialogue; said: Said }[] {
  const before = state.path.slice(0, -1).map((id) => stepOf(exercise, id)).filter((one) => isSameTalk(one, step));
  const had = [...before.map((one) => ({ of: one, turns: turnsIn(one, state.answers[one.id]) })),
    { of: step, turns: turnsIn(step, state.answers[step.id]).slice(0, turnsBefore(part)) }];
  return had.flatMap(({ of, turns }) => turns.filter(wasSaid).map((said) => ({ of, said })));
}

function isSameTalk(one: Step | undefined, step: Dialogue): one is Dialogue {
  return one?.type === "dialogue" && one.id !== step.id && one.voices.join(" ") === step.voices.join(" ");
}
