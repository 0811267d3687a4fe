import { useEffect, useId } from "preact/hooks";
import { RatingRow } from "../../ui/inputs/index.ts";
import { filledOf, savedFields, SURE } from "../forms.ts";
import type { Episode, Plan } from "../types.ts";
import { pt } from "../words.ts";
import { optionOf, type StepProps } from "./props.ts";
import { roomLeft } from "./room-left.ts";
import { Where } from "./where.tsx";

const MOST = 280;

/** Part of a scene or a plan: a few fields, each with its question, each to be left empty. Kept as it is typed. What is
 *  filled in from a saved plan can be changed; the saved one stays as it is. */
export function FormStep({ exercise, step, state, send, saved }: StepProps<Episode | Plan>) {
  const where = useId();
  const before = step.type === "plan" ? savedFields(step, saved.plans) : null;
  useEffect(() => {
    if (before !== null) send({ type: "fill", value: before });
  }, [JSON.stringify(before)]);
  const filled = filledOf(state.answers[step.id]);
  const change = (field: string, value: string | number | null): void => {
    const { [field]: _, ...rest } = filled;
    const next = value === null || value === "" ? rest : { ...rest, [field]: value };
    send({ type: "answer", value: Object.keys(next).length > 0 ? next : null });
  };
  return (
    <div class="stack loose">
      {state.filled?.includes(step.id) === true && <p class="hint">{pt("player.plan.filled")}</p>}
      {step.fields.map((field) => (field === "sure"
        ? <Sure key={field} label={optionOf(step, field).label} value={filled[field]} onChange={(value) => change(field, value)} />
        : <Field key={field} label={optionOf(step, field).label} value={filled[field]} where={where} onChange={(value) => change(field, value)} />
      ))}
      <Where exercise={exercise} step={step} state={state} send={send} id={where} />
    </div>
  );
}

interface FieldProps<V> {
  label: string;
  value: string | number | undefined;
  onChange: (value: V) => void;
}

function Field({ label, value, where, onChange }: FieldProps<string> & { where: string }) {
  const id = useId();
  const text = typeof value === "string" ? value : "";
  const room = roomLeft(MOST, text);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} class="input form-field" rows={2} maxLength={MOST} autocomplete="off" value={text} aria-describedby={where}
        onInput={(event) => onChange(event.currentTarget.value)} />
      {room !== "" && <p class="hint">{room}</p>}
    </div>
  );
}

function Sure({ label, value, onChange }: FieldProps<number | null>) {
  return (
    <RatingRow label={label} min={SURE.min} max={SURE.max} low={pt("player.plan.sure_low")} high={pt("player.plan.sure_high")}
      value={typeof value === "number" ? value : null} onChange={onChange} />
  );
}
