// The part of the plan that was written together: among the others, marked as such, and the person's to take out.
import { dates } from "../../app/dates.ts";
import { useTogether, takeOut } from "../../safety/kept-together.ts";
import type { Together } from "../../safety/together.ts";
import { st } from "../../safety/words.ts";
import { useAction } from "../../ui/action.ts";
import "../../styles/safety.css";

type Here = Together & { out: boolean };

/** `heading`: whether the part has its title here; beside the person's own text it stands under theirs. */
export function WrittenTogether({ heading }: { heading: boolean }) {
  const together = useTogether();
  if (together == null) return null;
  return together.out ? <TakenOut together={together} /> : <InThePlan together={together} heading={heading} />;
}

function InThePlan({ together, heading }: { together: Here; heading: boolean }) {
  const out = useAction(() => takeOut(together, true));
  return (
    <div class={heading ? "plan-part" : "plan-part within"}>
      {heading && <h2>{st("safety.part.around")}</h2>}
      <p class="plan-words" dir="auto">{together.around}</p>
      <p class="hint">{togetherWords(together)}</p>
      {out.trouble && <p class="problem" role="alert">{out.trouble}</p>}
      <div class="not-printed"><button type="button" class="quiet" disabled={out.busy} onClick={out.run}>{st("safety.together.out")}</button></div>
    </div>
  );
}

function TakenOut({ together }: { together: Here }) {
  const back = useAction(() => takeOut(together, false));
  return (
    <div class="plan-part within not-printed">
      <p class="hint">{st("safety.together.is_out", { day: dayOf(together) })}</p>
      {back.trouble && <p class="problem" role="alert">{back.trouble}</p>}
      <div><button type="button" class="quiet" disabled={back.busy} onClick={back.run}>{st("safety.together.back")}</button></div>
    </div>
  );
}

/** By whom and when. */
export function togetherWords(together: Together): string {
  const day = dayOf(together);
  return together.by === "" ? st("safety.together.mark", { day }) : st("safety.together.mark_by", { day, therapist: together.by });
}

function dayOf({ at }: Together): string {
  return new Intl.DateTimeFormat(dates, { dateStyle: "long" }).format(at);
}
