import { Switch } from "../../ui/inputs/index.ts";
import { offersShare, shareOf } from "../record.ts";
import type { Step } from "../types.ts";
import { pt } from "../words.ts";
import type { StepProps } from "./props.ts";

/** Where what is written here goes: nowhere, unless the exercise says so or the person does. */
export function Where<S extends Step>({ exercise, step, state, send, id }: Pick<StepProps<S>, "exercise" | "step" | "state" | "send"> & { id?: string }) {
  const share = shareOf(exercise, step);
  const on = state.shares.includes(step.id);
  if (share === "private") return <p id={id}><span class="private-mark">{pt("player.text.private")}</span></p>;
  if (share === "shared") return <p id={id} class="hint">{pt("player.text.shared")}</p>;
  if (offersShare(exercise)) return <p id={id} class="hint">{pt("player.text.ask_later")}</p>;
  return (
    <Switch label={pt("player.text.share")} description={pt(on ? "player.text.share_on" : "player.text.private")}
      on={on} onChange={(next) => send({ type: "share", on: next })} />
  );
}
