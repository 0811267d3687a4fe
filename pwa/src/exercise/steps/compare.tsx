import { pt } from "../words.ts";
import { numberOf } from "../answers.ts";
import { valueOf } from "../state.ts";
import type { Compare } from "../types.ts";
import type { StepProps } from "./props.ts";

const SAME = 1;

/** Before and after in neutral words: what was noticed, never a result. */
export function CompareStep({ exercise, step, state }: StepProps<Compare>) {
  const [before, after] = step.keys.map((key) => numberOf(valueOf(exercise, state, key)));
  if (before === undefined || after === undefined) return <p class="lead">{pt("player.compare.missing")}</p>;
  const change = after - before;
  const word = Math.abs(change) <= SAME ? "same" : change < 0 ? "lower" : "higher";
  return <p class="lead">{pt(`player.compare.${word}`, { before, after })}</p>;
}
