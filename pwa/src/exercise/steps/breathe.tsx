import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { pt } from "../words.ts";
import { announce } from "../announce.ts";
import { buzz } from "../senses.ts";
import { breathAt, breathPhases, type Phase } from "../timing.ts";
import type { Breathe } from "../types.ts";
import { useNow } from "../use-now.ts";
import type { StepProps } from "./props.ts";

const SMALL = 0.55;
/** Seconds in which the circle comes to rest at a pause. */
const SETTLE = 0.3;

/** A paced breath: the word is real text, the circle only goes along with it. No counting. */
export function BreatheStep({ step, state }: StepProps<Breathe>) {
  const paused = state.paused_at !== null;
  const now = useNow(!paused, 200);
  const { phase, part, cycle } = breathAt(step, state, now);
  const words = phaseWords(phase, step);
  const circle = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const seconds = breathPhases(step).find(([name]) => name === phase)?.[1] ?? 1;
    const to = { part: paused ? part : 1, seconds: paused ? SETTLE : seconds * (1 - part) };
    circle.current?.style.setProperty("--for", `${to.seconds}s`);
    circle.current?.style.setProperty("--size", String(sizeAt(phase, to.part)));
  }, [phase, paused, step]);
  useEffect(() => {
    announce(words);
    if (phase === "out") buzz();
  }, [words, cycle]);
  return (
    <div class="breath">
      <span class="breath-circle" aria-hidden="true" ref={circle} />
      <p class="breath-word">{words}</p>
      <p class="muted breath-tip">{pt(paused ? "player.paused" : "player.breathe.tip")}</p>
    </div>
  );
}

/** The size of the circle when `part` (0..1) of a phase is over. */
function sizeAt(phase: Phase, part: number): number {
  if (phase === "out") return 1 - (1 - SMALL) * part;
  if (phase === "in") return SMALL + (1 - SMALL) * part;
  return phase === "ready" || phase === "hold_in" ? 1 : SMALL;
}

function phaseWords(phase: Phase, step: Breathe): string {
  if (phase === "in" && step.in_free === true) return pt("player.breathe.in_free");
  return pt(`player.breathe.${phase}`);
}
