// Reminders, a part of Settings: the plans, what holds for all of them, what comes next, and whether this phone is reached.
import { useEffect, useRef, useState } from "preact/hooks";
import { useRecords } from "../../data/journal.ts";
import { lookAtPush, pushState } from "../../data/push.ts";
import { status } from "../../data/status.ts";
import type { Assignment, LocalRecord, Mark, Plan } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { liveAssignments } from "../../practise/lists.ts";
import { useLimits } from "../../reminders/keep.ts";
import { isWhole, timesOf } from "../../reminders/outlook.ts";
import { lookAtResting } from "../../reminders/resting.ts";
import { rt } from "../../reminders/words.ts";
import { Ahead } from "./reminders-ahead.tsx";
import { PlanForm } from "./reminders-form.tsx";
import { OwnLimits } from "./reminders-limits.tsx";
import { ThisPhone } from "./reminders-phone.tsx";
import { PlanRow } from "./reminders-row.tsx";
import { Suggested } from "./reminders-suggested.tsx";

const MOST_PLANS = 8;

/** `onRead` is told once it is drawn as it stands. */
export default function Reminders({ onRead }: { onRead: () => void }) {
  const plans = useRecords<Plan>({ kinds: ["plan"] });
  const marks = useRecords<Mark>({ kinds: ["mark"], limit: 60 });
  const assignments = useRecords<Assignment>({ kinds: ["assignment"] });
  const limits = useLimits();
  const [editing, setEditing] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    void lookAtPush().catch(console.error);
    if (status.value.reachable !== "no") void lookAtResting().catch(() => undefined);
  }, []);
  const isRead = plans !== null && marks !== null && limits !== null && assignments !== null;
  const stands = isRead && pushState.value !== undefined;
  useEffect(() => {
    if (stands) onRead();
  }, [stands]);
  if (!isRead) {
    return <section class="card" aria-busy="true" aria-label={rt("planning.loading")} />;
  }
  const own = plans.filter(({ body }) => body !== null && isWhole(body)).sort((one, other) => firstOf(one).localeCompare(firstOf(other)));
  const set = liveAssignments(assignments, localDay(Date.now(), zoneHere()));
  const close = () => {
    setEditing(null);
    title.current?.focus();
  };
  const form = (plan: LocalRecord<Plan> | null, start: Plan | null = null) =>
    <PlanForm key={plan?.id ?? "new"} plan={plan} start={start} assignments={set} limits={limits} close={close} />;
  return (
    <section class="card reminders" aria-labelledby="reminders">
      <h2 id="reminders" ref={title} tabIndex={-1}>{rt("planning.title")}</h2>
      <p class="muted">{rt("planning.intro")}</p>
      <Suggested assignments={set} plans={plans} limits={limits} editing={editing} edit={setEditing} form={form} />
      {own.map((plan) => (editing === plan.id ? form(plan) : (
        <PlanRow key={plan.id} plan={plan} assignments={assignments} edit={() => setEditing(plan.id)} />
      )))}
      {editing === "new" && form(null)}
      {editing === null && own.length < MOST_PLANS && (
        <button type="button" class={own.length === 0 ? "primary" : "button"} onClick={() => setEditing("new")}>
          {rt(own.length === 0 ? "planning.add.first" : "planning.add")}
        </button>
      )}
      {(own.length > 0 || pushState.value === "on") && <ThisPhone />}
      {own.length > 0 && <Ahead plans={own} marks={marks} limits={limits} />}
      {own.length > 0 && <OwnLimits limits={limits} plans={own} />}
    </section>
  );
}

function firstOf({ body }: LocalRecord<Plan>): string {
  return body === null ? "" : ([...timesOf(body)].sort()[0] ?? "");
}
