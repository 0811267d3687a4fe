import { useId } from "preact/hooks";
import type { Text } from "../types.ts";
import type { StepProps } from "./props.ts";
import { roomLeft } from "./room-left.ts";
import { Where } from "./where.tsx";

const ONE_LINE = 60;

/** Free words, kept as they are typed. It says beside the field where they go. */
export function TextStep({ exercise, step, state, send, label }: StepProps<Text>) {
  const hint = useId();
  const given = state.answers[step.id];
  const value = typeof given === "string" ? given : "";
  const type = (text: string): void => send({ type: "answer", value: text === "" ? null : text });
  const field = { class: "input", value, maxLength: step.max_chars, "aria-label": label, "aria-describedby": hint } as const;
  return (
    <div class="field">
      {step.max_chars > ONE_LINE
        ? <textarea {...field} rows={3} onInput={(event) => type(event.currentTarget.value)} />
        : <input {...field} type="text" autocomplete="off" onInput={(event) => type(event.currentTarget.value)} />}
      <p class="hint" id={hint}>
        {step.words["helper"] !== undefined && <>{step.words["helper"]} </>}
        {roomLeft(step.max_chars, value)}
      </p>
      <Where exercise={exercise} step={step} state={state} send={send} />
    </div>
  );
}
