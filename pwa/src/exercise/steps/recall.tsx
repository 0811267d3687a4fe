import { t } from "../../app/words.ts";
import type { Recall } from "../types.ts";
import type { StepProps } from "./props.ts";

/** Something saved before, in its own words. */
export function RecallStep({ step, saved }: StepProps<Recall>) {
  const text = saved[step.from];
  if (text === undefined) return <p class="lead">{step.words["fallback"] ?? t("player.recall.nothing")}</p>;
  return <blockquote class="recall">{text}</blockquote>;
}
