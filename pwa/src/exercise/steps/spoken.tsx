import { pt } from "../words.ts";
import { dayInWords } from "../times.ts";
import type { Anchor, Attend, Imagine, Move, Say, Settle } from "../types.ts";
import type { StepProps } from "./props.ts";
import { Quiet } from "./quiet.tsx";

/** Words to read or hear, and the silence after them. */
export function Spoken(props: StepProps<Say | Settle | Attend | Anchor | Imagine | Move>) {
  const { step } = props;
  return (
    <>
      {step.type === "say" && step.shows === "date" && <p class="lead">{pt("player.today_is", { day: dayInWords(Date.now()) })}</p>}
      {step.type === "move" && step.words["alt"] !== undefined && <p class="lead">{step.words["alt"]}</p>}
      <Quiet {...props} />
    </>
  );
}
