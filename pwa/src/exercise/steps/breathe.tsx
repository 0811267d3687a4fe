import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../app/words.ts";
import { announce } from "../announce.ts";
import { buzz } from "../senses.ts";
import { breathAt, breathPhases, type Phase } from "../timing.ts";
import type { Breathe } from "../types.ts";
import { useNow } from "../use-now.ts";
import type { StepProps } from "./props.ts";

const SMALL = 0.55;

/** A paced breath: the word is real text, the circle only goes along with it. No counting. */
export function BreatheStep({ step, state }: StepProps<Breathe>) {
  const now = useNow(state.paused_at === null, 200);
  const { phase, cycle } = breathAt(step, state, now);
  const words = phaseWords(phase, step);
  const circle = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const seconds = breathPhases(step).find(([name]) => name === phase)?.[1] ?? 1;
    circle.current?.style.setProperty("--for", `${seconds}s`);
    circle.current?.style.setProperty("--size", String(phase === "in" || phase === "hold_in" || phase === "ready" ? 1 : SMALL));
  }, [phase, step]);
  useEffect(() => {
    announce(words);
    if (phase === "out") buzz();
  }, [words, cycle]);
  return (
    <div class="breath">
      <span class="breath-circle" data-still={state.paused_at !== null} aria-hidden="true" ref={circle} />
      <p class="breath-word">{words}</p>
      <p class="muted breath-tip">{t("player.breathe.tip")}</p>
    </div>
  );
}

function phaseWords(phase: Phase, step: Breathe): string {
  if (phase === "in" && step.in_free === true) return t("player.breathe.in_free");
  return t(`player.breathe.${phase}`);
}
