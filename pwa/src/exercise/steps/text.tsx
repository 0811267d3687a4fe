import { useId } from "preact/hooks";
import { t } from "../../app/words.ts";
import { Switch } from "../../ui/inputs/index.ts";
import { offersShare, shareOf } from "../record.ts";
import type { Text } from "../types.ts";
import type { StepProps } from "./props.ts";

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
        {left(step, value)}
      </p>
      <Where exercise={exercise} step={step} on={state.shares.includes(step.id)} send={send} />
    </div>
  );
}

/** Said only near the end of the room. */
function left({ max_chars }: Text, value: string): string {
  const n = max_chars - value.length;
  return n <= 20 && value !== "" ? t("player.text.left", { n }) : "";
}

function Where({ exercise, step, on, send }: Pick<StepProps<Text>, "exercise" | "step" | "send"> & { on: boolean }) {
  const share = shareOf(exercise, step);
  if (share === "private") return <p><span class="private-mark">{t("player.text.private")}</span></p>;
  if (share === "shared") return <p class="hint">{t("player.text.shared")}</p>;
  if (offersShare(exercise)) return <p class="hint">{t("player.text.ask_later")}</p>;
  return (
    <Switch label={t("player.text.share")} description={t(on ? "player.text.share_on" : "player.text.private")}
      on={on} onChange={(next) => send({ type: "share", on: next })} />
  );
}
