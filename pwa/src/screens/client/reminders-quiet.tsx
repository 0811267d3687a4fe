// The one line that says that reminders have gone quiet, on Today: on again, or left off, in one tap.
import { useEffect } from "preact/hooks";
import { useRecords } from "../../data/journal.ts";
import { status } from "../../data/status.ts";
import type { LocalRecord, Plan } from "../../data/types.ts";
import { keepPlans } from "../../reminders/keep.ts";
import { lookAtResting, renewed, resting } from "../../reminders/resting.ts";
import { rt } from "../../reminders/words.ts";
import { useAction } from "../../ui/action.ts";
import { Trouble } from "./reminders-row.tsx";

let looked = false;

export default function GoneQuiet() {
  const plans = useRecords<Plan>({ kinds: ["plan"] });
  const may = plans?.some(({ body }) => body?.on === true && body.about === "checkin") === true;
  useEffect(() => {
    if (!may || looked || status.value.reachable === "no") return;
    looked = true; // once a start is enough: it takes weeks
    void lookAtResting().catch(() => undefined);
  }, [may]);
  const quiet = (plans ?? []).filter(({ id, body }) => body?.on === true && resting.value[id] === "off");
  return quiet.length === 0 ? null : <Line plans={quiet} />;
}

function Line({ plans }: { plans: readonly LocalRecord<Plan>[] }) {
  const settle = (on: boolean) => async () => {
    await keepPlans(plans.map((plan) => [plan, { ...(plan.body as Plan), on, renewed_at: Date.now() }]));
    for (const { id } of plans) renewed(id);
  };
  const [again, leave] = [useAction(settle(true)), useAction(settle(false))];
  return (
    <section class="notice" aria-label={rt("planning.rest.label")}>
      <p>{rt("planning.rest.off")}</p>
      <div class="chips">
        <button type="button" class="button" onClick={again.run} disabled={again.busy || leave.busy}>{rt("planning.rest.again")}</button>
        <button type="button" class="quiet" onClick={leave.run} disabled={again.busy || leave.busy}>{rt("planning.rest.leave")}</button>
      </div>
      <Trouble text={again.trouble ?? leave.trouble} />
    </section>
  );
}
