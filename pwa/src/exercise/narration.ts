// How the exercises are read aloud on this phone: when, by which voice, how fast; and which tone marks which part. Pure
// but for what is remembered.
import { remembered } from "../data/flags.ts";
import type { Step } from "./types.ts";
import type { Manner } from "./voice.ts";

export interface Narration {
  /** Off at first: a screen reader says the same words. */
  when: "off" | "closed" | "on";
  /** The address of the chosen voice; null for the nearest one. */
  voice: string | null;
  /** Words a minute. */
  pace: number;
}

export const PACE = { least: 100, usual: 110, most: 130, step: 5 } as const;
const OFF: Narration = { when: "off", voice: null, pace: PACE.usual };

/** Kept on this phone only. Read by `narration.load()`. */
export const narration = remembered<Narration>("narration", OFF);

/** What was chosen, or the start. */
export function chosen(): Narration {
  return narration.value.value ?? OFF;
}

/** Keeps a change. It holds at once, also where it can't be kept. */
export function choose(change: Partial<Narration>): Promise<void> {
  return narration.set({ ...chosen(), ...change });
}

/** Whether words are read aloud now. */
export function isOn({ when }: Narration, closed: boolean): boolean {
  return when === "on" || (when === "closed" && closed);
}

/** The voice and the pace to read with; null where this phone has no voice of its own. */
export function mannerOf({ voice, pace }: Narration, voices: readonly SpeechSynthesisVoice[]): Manner | null {
  const one = voices.find(({ voiceURI }) => voiceURI === voice) ?? voices[0];
  return one === undefined ? null : { voice: one, pace: Math.min(PACE.most, Math.max(PACE.least, pace)) };
}

/** A part of a run as closed eyes live it. */
export interface Part {
  step: Step;
  closed: boolean;
}

/**
 * The tone at the beginning of a part: a start tone where eyes close, an end tone where they open, and those the exercise
 * asks for. Without a voice, every part in between has one.
 */
export function cueAt(before: Part | null, now: Part, voiced: boolean): "start" | "end" | null {
  const asked = now.closed ? cueOf(now.step) : null;
  if (asked !== null) return asked;
  if (now.closed) return before?.closed === true && voiced ? null : "start";
  return before?.closed === true && cueOf(before.step) !== "end" ? "end" : null;
}

function cueOf(step: Step): "start" | "end" | null {
  const cue = step.type === "imagine" ? step.cue : null;
  if (cue == null) return null;
  return cue === "end_tone" ? "end" : "start";
}
