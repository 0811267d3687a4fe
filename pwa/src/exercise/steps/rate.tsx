import { pickLabel, RatingRow } from "../../ui/inputs/index.ts";
import { nameOf, numberOf } from "../answers.ts";
import { isClosed, ratedWords } from "../state.ts";
import type { Rate } from "../types.ts";
import { optionOf, type StepProps } from "./props.ts";

/** A rating: a row of numbers, one row for each word picked, or three big buttons while eyes are closed. */
export function RateStep(props: StepProps<Rate>) {
  const { exercise, step, state, send, label } = props;
  if (step.per_pick) return <ByWord {...props} />;
  if (step.mode === "three-when-closed" && isClosed(exercise, state)) return <Three {...props} />;
  return (
    <RatingRow label={label} hideLabel min={step.min} max={step.max} low={step.words["low"] ?? ""} high={step.words["high"] ?? ""}
      value={numberOf(state.answers[step.id]) ?? null} onChange={(value) => send({ type: "answer", value })} />
  );
}

/** One tap answers and goes on. */
function Three({ step, send }: StepProps<Rate>) {
  const say = (value: string): void => {
    send({ type: "answer", value });
    send({ type: "next" });
  };
  return (
    <div class="three">
      {["fine", "not_sure", "stop"].map((id) => (
        <button key={id} type="button" class="button three-button" onClick={() => say(id)}>{optionOf(step, id).label}</button>
      ))}
    </div>
  );
}

function ByWord({ exercise, step, state, send, label, vocabulary }: StepProps<Rate>) {
  const given = state.answers[step.id];
  const numbers = typeof given === "object" && !Array.isArray(given) ? (given as Record<string, number>) : {};
  const change = (word: string, value: number | null): void => {
    const { [word]: _, ...rest } = numbers;
    const next = value === null ? rest : { ...rest, [word]: value };
    send({ type: "answer", value: Object.keys(next).length > 0 ? next : null });
  };
  return (
    <div class="stack loose" role="group" aria-label={label}>
      {ratedWords(exercise, state, step).map((pick) => (
        <RatingRow key={nameOf(pick)} label={vocabulary === null ? nameOf(pick) : pickLabel(pick, vocabulary, [])}
          min={step.min} max={step.max} low={step.words["low"] ?? ""} high={step.words["high"] ?? ""}
          value={numbers[nameOf(pick)] ?? null} onChange={(value) => change(nameOf(pick), value)} />
      ))}
    </div>
  );
}
