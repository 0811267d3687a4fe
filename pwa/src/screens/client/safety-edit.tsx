// Changing the safety plan. Every letter is kept as it is typed; Save makes it the plan.
import { useLocation } from "preact-iso/router";
import { useMemo } from "preact/hooks";
import { FullNotice } from "../../app/full-notice.tsx";
import { Screen } from "../../app/shell.tsx";
import { useDraft } from "../../data/drafts.ts";
import type { LocalRecord } from "../../data/types.ts";
import { DRAFT, nothingBegun, savePlan, usePlans } from "../../safety/kept-plan.ts";
import { PARTS, planOf, type SafetyPlan } from "../../safety/plan.ts";
import { st } from "../../safety/words.ts";
import { useAction } from "../../ui/action.ts";
import { EditPart } from "./safety-edit-part.tsx";
import "../../styles/checkin.css";
import "../../styles/safety.css";

export default function SafetyEdit() {
  const plans = usePlans();
  return (
    <Screen title={st("safety.edit.title")} backTo="/safety-plan">
      <p class="notice warm">{st("safety.plan.live")}</p>
      {plans !== null && <Form record={plans[0]} />}
    </Screen>
  );
}

function Form({ record }: { record: LocalRecord | undefined }) {
  const { route } = useLocation();
  const empty = useMemo(nothingBegun, []);
  const kept = useDraft(DRAFT, empty);
  const begun = kept.value.value;
  const plan = begun?.plan ?? planOf(record?.body ?? null);
  const change = (some: Partial<SafetyPlan>): void => {
    const before = kept.value.peek() ?? empty;
    const base = before.plan === null ? (record?.rev ?? null) : before.base;
    kept.set({ ...before, base, plan: { ...(before.plan ?? plan), ...some } });
  };
  const saving = useAction(async () => {
    if (begun !== null && begun.plan !== null) await savePlan(begun, begun.plan, record);
    route("/safety-plan", true);
  });
  const dropping = useAction(async () => {
    await kept.clear();
    route("/safety-plan", true);
  });
  if (begun === null) return null;
  return (
    <form class="checkin stack loose" noValidate onSubmit={(event) => { event.preventDefault(); saving.run(); }}>
      <p>{st("safety.edit.kept")}</p>
      <FullNotice />
      {PARTS.map((part) => <EditPart key={part} part={part} plan={plan} change={change} />)}
      {begun.plan !== null && (
        <div><button type="button" class="quiet" disabled={dropping.busy} onClick={dropping.run}>{st("safety.edit.drop")}</button></div>
      )}
      <div class={begun.plan === null ? "save-bar" : "save-bar live"}>
        {saving.trouble && <p class="problem" role="alert">{saving.trouble}</p>}
        <button type="submit" class="primary wide-button" disabled={saving.busy}>{st("safety.edit.save")}</button>
      </div>
    </form>
  );
}
