import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../app/words.ts";
import { announce } from "../announce.ts";
import { elapsed, isClosed } from "../state.ts";
import { quietSeconds, SHORT } from "../timing.ts";
import { useNow } from "../use-now.ts";
import type { StepProps } from "./props.ts";

/** A silence that fills slowly. It never moves on by itself and never hurries: it only says when it is over. */
export function Quiet({ exercise, step, state }: StepProps) {
  const seconds = quietSeconds(step);
  const line = useRef<HTMLSpanElement>(null);
  const shown = seconds >= SHORT && !isClosed(exercise, state);
  const now = useNow(shown && state.paused_at === null, 500);
  const part = shown ? Math.min(1, elapsed(state, now) / (seconds * 1000)) : 0;
  const over = part >= 1;
  useLayoutEffect(() => line.current?.style.setProperty("--part", String(part)), [part]);
  useEffect(() => {
    if (over) announce(t("player.quiet_over"));
  }, [over]);
  if (!shown) return null;
  return (
    <div class="quiet-time">
      <span class="quiet-line" aria-hidden="true"><span class="quiet-fill" ref={line} /></span>
      <p class="muted">{t(state.paused_at !== null ? "player.paused" : over ? "player.quiet_over" : "player.quiet")}</p>
    </div>
  );
}
