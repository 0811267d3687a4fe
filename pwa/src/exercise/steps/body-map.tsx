import { BodyMap as BodyMapInput } from "../../ui/inputs/index.ts";
import { idsOf } from "../answers.ts";
import type { BodyMap } from "../types.ts";
import { NoWords } from "./no-words.tsx";
import { optionOf, type StepProps } from "./props.ts";

const NOT_PLACES = new Set(["nowhere", "unknown"]);

/** Where in the body. */
export function BodyMapStep({ step, state, send, label, vocabulary }: StepProps<BodyMap>) {
  if (vocabulary === null) return <NoWords />;
  return (
    <BodyMapInput label={label} hideLabel max={step.max} regions={vocabulary.regions.filter(({ id }) => !NOT_PLACES.has(id))}
      extra={(step.extra ?? []).map((id) => optionOf(step, id))} value={idsOf(state.answers[step.id])}
      onChange={(ids) => send({ type: "answer", value: ids.length > 0 ? ids : null })} />
  );
}
