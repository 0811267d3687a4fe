import type { ComponentChildren } from "preact";
import { exerciseOf } from "../../data/library.ts";
import { useIsOpen } from "../context.ts";
import { pt } from "../words.ts";
import { Switch } from "../../ui/inputs/index.ts";
import { useAgreement } from "../../sharing/agreed.ts";
import { keepsBack, offersShare, tellsAnswers, tellsOnlyThat } from "../record.ts";
import type { Branch, Close } from "../types.ts";
import { offerTarget } from "../way.ts";
import { optionOf, type StepProps } from "./props.ts";

/** The ways on from here, the first as the main one. One that leads to an exercise is there while that may be started. */
export function OffersStep({ step, send }: StepProps<Branch | Close>) {
  return (
    <div class="stack tight offers">
      {(step.offer ?? []).map((id, at) => {
        const target = offerTarget(step, id);
        const button = (
          <button key={id} type="button" class={at === 0 ? "primary wide-button" : "button wide-button"}
            onClick={() => send({ type: "pick", id })}>{optionOf(step, id).label}</button>
        );
        return target.startsWith(EXERCISE) ? <WhileOpen key={id} exercise={target.slice(EXERCISE.length)}>{button}</WhileOpen> : button;
      })}
    </div>
  );
}

const EXERCISE = "exercise:";

/** Grounding needs no store and no gate, and neither does any other low exercise. */
function WhileOpen({ exercise, children }: { exercise: string; children: ComponentChildren }) {
  return exerciseOf(exercise)?.intensity === "low" ? <>{children}</> : <WhileGateOpen exercise={exercise}>{children}</WhileGateOpen>;
}

function WhileGateOpen({ exercise, children }: { exercise: string; children: ComponentChildren }) {
  return useIsOpen(exercise) ? <>{children}</> : null;
}

/** The goodbye: what goes to the therapist is said before it goes. */
export function CloseStep(props: StepProps<Close> & { recorded: boolean; waits: boolean }) {
  const { exercise, state, send, recorded, waits } = props;
  const tells = tellsAnswers(exercise, state);
  const back = keepsBack(state, useAgreement()?.fields.runs ?? true);
  return (
    <>
      {waits && <p class="notice">{pt("player.waits.title")}</p>}
      <OffersStep {...props} />
      {recorded && tells && !offersShare(exercise) && (
        <Switch label={pt("player.close.keep_back")} description={pt("player.close.keep_back_hint")} on={back}
          onChange={(on) => send({ type: "keep_back", on })} />
      )}
      {recorded && <p class="hint">{pt(`player.close.${whatGoes(props, tells && !back)}`)}</p>}
    </>
  );
}

function whatGoes({ exercise }: StepProps<Close>, tells: boolean): "only_that" | "share_first" | "bare" | "answers" {
  if (tellsOnlyThat(exercise)) return "only_that";
  if (offersShare(exercise)) return "share_first";
  return tells ? "answers" : "bare";
}
