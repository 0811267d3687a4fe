// A silence that runs on screen. It never moves on by itself and never hurries: it only says when it is over.
import { useEffect } from "preact/hooks";
import { announce } from "./announce.ts";
import { elapsed, isClosed } from "./state.ts";
import type { StepProps } from "./steps/props.ts";
import { quietSeconds } from "./timing.ts";
import { useNow } from "./use-now.ts";
import { pt } from "./words.ts";

export interface Silence {
  /** False where there is nothing to look at: eyes are closed, or it is shorter than `least`. */
  shown: boolean;
  /** How much of it is over, 0 to 1, by the clock on the wall. */
  part: number;
  /** Seconds to go. */
  left: number;
  words: string;
}

/** The silence of the present step, told anew twice a second. Silences under `least` seconds need no sign. */
export function useQuiet({ exercise, step, state }: Pick<StepProps, "exercise" | "step" | "state">, least: number): Silence {
  const seconds = quietSeconds(step);
  const shown = seconds > 0 && seconds >= least && !isClosed(exercise, state);
  const now = useNow(shown && state.paused_at === null, 500);
  const part = shown ? Math.min(1, elapsed(state, now) / (seconds * 1000)) : 0;
  const over = part >= 1;
  useEffect(() => {
    if (over) announce(pt("player.quiet_over"));
  }, [over]);
  const words = pt(state.paused_at !== null ? "player.paused" : over ? "player.quiet_over" : "player.quiet");
  return { shown, part, left: seconds * (1 - part), words };
}
