import { Chips } from "../../ui/inputs/index.ts";
import { idsOf } from "../answers.ts";
import type { Choice, Vocabulary } from "../types.ts";
import { optionOf, type StepProps } from "./props.ts";

/** Options that stand alone. */
const ALONE = ["none", "unknown"];
const LONG = 14;

/** One option, or several. */
export function ChoiceStep({ step, state, send, label, vocabulary }: StepProps<Choice>) {
  const options = optionsOf(step, vocabulary);
  const value = idsOf(state.answers[step.id]);
  const change = (ids: string[]): void => {
    const one = ids[0] ?? null;
    send({ type: "answer", value: step.multi === true ? (ids.length > 0 ? ids : null) : one });
  };
  return (
    <Chips label={label} hideLabel options={options} multi={step.multi} max={step.max ?? undefined} alone={ALONE}
      rows={options.length <= 6 || options.some((option) => option.label.length > LONG)} value={value} onChange={change} />
  );
}

/** The options of a step; wishes come from the vocabulary, each once. */
function optionsOf(step: Choice, vocabulary: Vocabulary | null) {
  const own = [...(step.options ?? []), ...(step.extra ?? [])].map((id) => optionOf(step, id));
  const wishes = step.source === "wishes" ? (vocabulary?.wishes ?? []) : [];
  return [...wishes.filter((wish) => !own.some((option) => option.id === wish.id)), ...own];
}
