import { quotesOf } from "../quotes.ts";
import { pt } from "../words.ts";
import type { StepProps } from "./props.ts";

/** What was said before, shown again under a step's words; nothing where it was left open. */
export function Quotes({ exercise, state, step, vocabulary }: StepProps) {
  return (
    <>
      {quotesOf(exercise, state, step, vocabulary).map(({ key, how, text }) => (
        <div key={key} class="quoted">
          <p class="hint">{pt(`player.quote.${how}`)}</p>
          <blockquote class="recall" dir="auto">{text}</blockquote>
        </div>
      ))}
    </>
  );
}
