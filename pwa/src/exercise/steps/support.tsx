import { useLocation } from "preact-iso/router";
import { st } from "../../safety/words.ts";
import { pt } from "../words.ts";
import { cardOf } from "../engine.ts";
import type { Support } from "../types.ts";
import type { StepProps } from "./props.ts";

/** A step that is a support card. */
export function SupportStep({ step, state, send }: StepProps<Support>) {
  const { route } = useLocation();
  return (
    <SupportCard level={cardOf(step, state)} onGround={() => send({ type: "stop" })} onHelp={() => route("/help")}
      onDone={() => send({ type: "next" })} />
  );
}

interface CardProps {
  level: "A" | "B";
  onGround: () => void;
  onHelp: () => void;
  onDone: () => void;
}

/** What may help in the next minutes. From the hardest ratings on people come first. Nothing here has to be answered. */
export function SupportCard({ level, onGround, onHelp, onDone }: CardProps) {
  const ground = (
    <button type="button" class={level === "A" ? "primary wide-button" : "button wide-button"} onClick={onGround}>
      {pt("player.support.ground")}
    </button>
  );
  const help = (
    <button type="button" class={level === "A" ? "button wide-button" : "primary wide-button"} onClick={onHelp}>
      {pt(level === "A" ? "player.support.call" : "player.support.help")}
    </button>
  );
  const plan = <a class="button wide-button" href="/safety-plan">{st("safety.plan.title")}</a>;
  return (
    <div class="stack tight">
      {level === "A" ? <>{ground}{plan}{help}</> : <>{help}{plan}{ground}</>}
      <button type="button" class="button wide-button" onClick={onDone}>{pt("player.support.done")}</button>
    </div>
  );
}
