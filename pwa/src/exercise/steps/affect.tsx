import { Affect as AffectInput, type AffectValue } from "../../ui/inputs/index.ts";
import type { Affect } from "../types.ts";
import type { StepProps } from "./props.ts";

/** A place on the square. */
export function AffectStep({ step, state, send, label }: StepProps<Affect>) {
  const value = (state.answers[step.id] ?? null) as AffectValue | null;
  return <AffectInput label={label} hideLabel value={value} onChange={(next) => send({ type: "answer", value: next })} />;
}
