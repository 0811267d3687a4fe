import { t } from "../../app/words.ts";
import { me } from "../../data/session.ts";
import type { LocalRecord } from "../../data/types.ts";
import { sharePlan } from "../../safety/kept-plan.ts";
import { st } from "../../safety/words.ts";
import { leavingWords } from "../../sharing/leaving.ts";
import { useAction } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import "../../styles/inputs.css";

/** Who can see the plan: nobody but the person, until they say otherwise; and they can take it back. */
export function SafetyShare({ plan }: { plan: LocalRecord }) {
  const shared = plan.audience !== "me";
  const change = useAction(() => sharePlan(plan, !shared));
  const therapist = me.value?.therapist ?? "";
  return (
    <section class="card" aria-labelledby="share">
      <h2 id="share">{st("safety.share.title")}</h2>
      <Switch on={shared} onChange={change.run}
        label={therapist === "" ? st("safety.share.switch") : st("safety.share.switch_named", { therapist })} />
      <p role="status">{leavingWords(plan) ?? st(shared ? "safety.share.on" : "safety.share.off")}</p>
      {shared && <p class="hint" role="status">{t(`foundation.state.${plan.state}`)}</p>}
      {plan.state === "refused" && <a href="/settings/unsent">{t("foundation.status.refused", { n: 1 })}</a>}
      {change.trouble && <p class="problem" role="alert">{change.trouble}</p>}
    </section>
  );
}
