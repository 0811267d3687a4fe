import { useLayoutEffect, useRef } from "preact/hooks";
import { SHORT } from "../timing.ts";
import { useQuiet } from "../use-quiet.ts";
import type { StepProps } from "./props.ts";

/** The silence after the words of a step: a line that fills slowly. */
export function Quiet(props: StepProps) {
  const { shown, part, words } = useQuiet(props, SHORT);
  const line = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => line.current?.style.setProperty("--part", String(part)), [part]);
  if (!shown) return null;
  return (
    <div class="quiet-time">
      <span class="quiet-line" aria-hidden="true"><span class="quiet-fill" ref={line} /></span>
      <p class="muted">{words}</p>
    </div>
  );
}
