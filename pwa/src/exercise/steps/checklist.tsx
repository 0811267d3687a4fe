import { pt } from "../words.ts";
import { Chips } from "../../ui/inputs/index.ts";
import { idsOf } from "../answers.ts";
import type { Checklist } from "../types.ts";
import { optionOf, type StepProps } from "./props.ts";

/** Things to tick before going on. What is left open leads somewhere gentler. */
export function ChecklistStep({ step, state, send, label }: StepProps<Checklist>) {
  const value = idsOf(state.answers[step.id]);
  return (
    <>
      <Chips label={label} hideLabel rows multi options={step.items.map((id) => optionOf(step, id))} value={value}
        onChange={(ids) => send({ type: "answer", value: ids.length > 0 ? ids : null })} />
      {step.all_required === true && <p class="hint">{pt("player.checklist")}</p>}
    </>
  );
}
