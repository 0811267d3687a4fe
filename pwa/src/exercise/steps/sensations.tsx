import { type SensationAt, Sensations as SensationsInput } from "../../ui/inputs/index.ts";
import type { Named, Sensations } from "../types.ts";
import { regionsBefore } from "../way.ts";
import { NoWords } from "./no-words.tsx";
import { optionOf, type StepProps } from "./props.ts";

const NOT_WORDS = new Set(["own_word", "unknown"]);

/** What it is like there: once, or for each place picked before. */
export function SensationsStep({ exercise, step, state, send, label, vocabulary }: StepProps<Sensations>) {
  if (vocabulary === null) return <NoWords />;
  const places = step.per_region === true ? (regionsBefore(exercise, state, step) ?? []) : [];
  const regions: Named[] = places.map((id) => vocabulary.regions.find((one) => one.id === id) ?? { id, label: id });
  const value = (state.answers[step.id] ?? []) as SensationAt[];
  return (
    <SensationsInput label={label} hideLabel max={step.max} regions={regions}
      sensations={vocabulary.sensations.filter(({ id }) => !NOT_WORDS.has(id))}
      extra={(step.extra ?? []).map((id) => optionOf(step, id))} value={value}
      onChange={(next) => send({ type: "answer", value: next.length > 0 ? next : null })} />
  );
}
