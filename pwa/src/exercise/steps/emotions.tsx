import { EmotionPicker, type Pick } from "../../ui/inputs/index.ts";
import { wordsFor } from "../sources.ts";
import type { Emotions } from "../types.ts";
import { NoWords } from "./no-words.tsx";
import { optionOf, type StepProps } from "./props.ts";

/** Words for a feeling: all of them, or those that the answers before point to. */
export function EmotionsStep({ exercise, step, state, send, label, vocabulary }: StepProps<Emotions>) {
  if (vocabulary === null) return <NoWords />;
  const offer = wordsFor(exercise, state, step, vocabulary);
  const value = (state.answers[step.id] ?? []) as Pick[];
  return (
    <EmotionPicker label={label} hideLabel vocabulary={vocabulary} max={step.max} levels={step.levels != null}
      extra={(step.extra ?? []).map((id) => optionOf(step, id))} ownWord={step.own_word === true}
      only={offer.all ? undefined : offer.words} owns={offer.all ? undefined : offer.own} near={offer.all ? offer.near : undefined}
      value={value} onChange={(picks) => send({ type: "answer", value: picks.length > 0 ? picks : null })} />
  );
}
