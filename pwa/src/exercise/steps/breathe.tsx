import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { announce } from "../announce.ts";
import { type Breath, breathAt, breathOf, countAt, pacesFor, type Phase } from "../breath.ts";
import { buzz } from "../senses.ts";
import { pickedAs } from "../state.ts";
import type { Breathe } from "../types.ts";
import { useNow } from "../use-now.ts";
import { pt } from "../words.ts";
import { optionOf, type StepProps } from "./props.ts";

const SMALL = 0.55;
/** Seconds in which the picture comes to rest at a pause. */
const SETTLE = 0.3;

/** A paced breath. Where there are paces to pick from it begins when one is picked; another can be picked in a pause. */
export function BreatheStep(props: StepProps<Breathe>) {
  const { exercise, step, state } = props;
  const breath = breathOf(exercise, state, step);
  if (breath === null) return <Paces {...props} hint={pt("player.breathe.begins")} />;
  return (
    <>
      <Going step={step} state={state} breath={breath} />
      {state.paused_at !== null && pacesFor(step, state).length > 1 && <Paces {...props} hint={pt("player.breathe.another")} />}
    </>
  );
}

/** Buttons, not a choice to look through: each of them begins. */
function Paces({ exercise, step, state, send, label, hint }: StepProps<Breathe> & { hint: string }) {
  const picked = pickedAs(exercise, state, step);
  return (
    <div class="stack tight paces" role="group" aria-label={label}>
      <p class="hint">{hint}</p>
      {pacesFor(step, state).map(({ id }) => (
        <button key={id} type="button" class="button wide-button" aria-current={id === picked ? "true" : undefined}
          onClick={() => send({ type: "answer", value: id })}>{optionOf(step, id).label}</button>
      ))}
    </div>
  );
}

/** The word is real text, the picture only goes along with it. Where motion is unwelcome, seconds are counted instead. */
function Going({ step, state, breath }: Pick<StepProps<Breathe>, "step" | "state"> & { breath: Breath }) {
  const paused = state.paused_at !== null;
  const now = useNow(!paused, 200);
  const at = breathAt(breath, state, now);
  const { phase, part, seconds, cycle } = at;
  const words = phaseWords(phase, step);
  const picture = useRef<HTMLSpanElement>(null);
  const breathing = useFocusOnBegin(state.entered_at);
  useLayoutEffect(() => {
    const to = { part: paused ? part : 1, seconds: paused ? SETTLE : Math.max(seconds, 1) * (1 - part) };
    picture.current?.style.setProperty("--for", `${to.seconds}s`);
    picture.current?.style.setProperty("--size", String(sizeAt(phase, to.part)));
  }, [phase, paused, breath.parts.length]);
  useEffect(() => {
    announce(words);
    if (phase === "out" && step.haptic !== false) buzz();
  }, [words, cycle]);
  return (
    <div class="breath" data-shape={step.shape ?? "circle"} tabIndex={-1} ref={breathing}>
      {step.shape !== "words" && <span class="breath-picture" aria-hidden="true" ref={picture} />}
      <p class="breath-word">
        {words}
        {seconds > 0 && <span class="breath-count" aria-hidden="true">{countAt(at)}</span>}
      </p>
      <p class="muted breath-tip">{pt(paused ? "player.paused" : "player.breathe.tip")}</p>
    </div>
  );
}

/** The button that was pressed to begin is gone: the focus goes to what began. */
function useFocusOnBegin(enteredAt: number): { current: HTMLDivElement | null } {
  const breathing = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) breathing.current?.focus({ preventScroll: true });
  }, [enteredAt]);
  return breathing;
}

/** The size of the picture when `part` (0..1) of a phase is over. */
function sizeAt(phase: Phase, part: number): number {
  if (phase === "out") return 1 - (1 - SMALL) * part;
  if (phase === "in") return SMALL + (1 - SMALL) * part;
  return phase === "ready" || phase === "hold_in" ? 1 : SMALL;
}

function phaseWords(phase: Phase, step: Breathe): string {
  if (phase === "in" && step.in_free === true) return pt("player.breathe.in_free");
  return pt(`player.breathe.${phase}`);
}
