import { useLayoutEffect, useRef } from "preact/hooks";
import { timeLeft } from "../timing.ts";
import type { Pause } from "../types.ts";
import { useQuiet } from "../use-quiet.ts";
import { pt } from "../words.ts";
import type { StepProps } from "./props.ts";

/** Silence, with a ring that fills or nothing to look at. Where motion is unwelcome, words say about how long is left. */
export function PauseStep(props: StepProps<Pause>) {
  const { shown, part, left, words } = useQuiet(props, 0);
  const ring = useRef<SVGCircleElement>(null);
  useLayoutEffect(() => ring.current?.style.setProperty("--part", String(part)), [part]);
  if (!shown) return null;
  const rings = props.step.show !== "nothing";
  const runs = part < 1 && props.state.paused_at === null;
  return (
    <div class="silence">
      {rings && (
        <svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
          <circle class="ring-track" cx="50" cy="50" r="46" pathLength="1" />
          <circle class="ring-fill" cx="50" cy="50" r="46" pathLength="1" ref={ring} />
        </svg>
      )}
      <p class="muted">
        {words} {rings && runs && <span class="ring-left">{pt(`player.pause.${timeLeft(left)}`)}</span>}
      </p>
    </div>
  );
}
