import { BodyMap as BodyMapInput } from "../../ui/inputs/index.ts";
import { idsOf } from "../answers.ts";
import { regionsFor } from "../regions.ts";
import type { BodyMap } from "../types.ts";
import { NoWords } from "./no-words.tsx";
import { optionOf, type StepProps } from "./props.ts";

/** Where in the body. */
export function BodyMapStep({ step, state, send, label, vocabulary }: StepProps<BodyMap>) {
  if (vocabulary === null) return <NoWords />;
  return (
    <BodyMapInput label={label} hideLabel max={step.max} regions={regionsFor(step, state, vocabulary)}
      extra={(step.extra ?? []).map((id) => optionOf(step, id))} value={idsOf(state.answers[step.id])}
      onChange={(ids) => send({ type: "answer", value: ids.length > 0 ? ids : null })} />
  );
}
