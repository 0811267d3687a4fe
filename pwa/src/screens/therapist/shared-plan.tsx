// A client's safety plan, as far as they let their therapist see it. To be read; changing it is theirs.
import type { WireRecord } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { Parts } from "../../safety/parts.tsx";
import { isBlank, KIND, planOf } from "../../safety/plan.ts";
import { fullDay } from "./times.ts";
import { tt } from "./words.ts";
import "../../styles/safety.css";

export function SharedPlan({ records }: { records: readonly WireRecord[] }) {
  const plans = records.filter(({ kind, deleted, body }) => kind === KIND && deleted !== true && body && !isBlank(planOf(body)));
  return <>{plans.map((plan) => <One key={plan.id} plan={plan} />)}</>;
}

function One({ plan: { id, saved_at, body } }: { plan: WireRecord }) {
  const day = localDay(saved_at, zoneHere());
  return (
    <section class="card stack" aria-labelledby={id}>
      <h2 id={id}>{tt("therapist.plan.title")}</h2>
      <p class="muted small">{tt("therapist.plan.shared", { day: fullDay(day, localDay(Date.now(), zoneHere())) })}</p>
      <Parts plan={planOf(body ?? null)} level={3} calls={false} />
    </section>
  );
}
