// Reminders, a part of Settings: the plans, what holds for all of them, what comes next, and whether this phone is reached.
import { useEffect, useRef, useState } from "preact/hooks";
import { useRecords } from "../../data/journal.ts";
import { lookAtPush, pushState } from "../../data/push.ts";
import { status } from "../../data/status.ts";
import type { Assignment, LocalRecord, Mark, Plan } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { liveAssignments } from "../../practise/lists.ts";
import { NEW, useBegun } from "../../reminders/begun.ts";
import { useLimits } from "../../reminders/keep.ts";
import { isWhole, timesOf } from "../../reminders/outlook.ts";
import { lookAtResting } from "../../reminders/resting.ts";
import { suggestedIn } from "../../reminders/suggested.ts";
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
  const [opened, setOpened] = useState<string | null>(null);
  const [begun, begins, ends] = useBegun();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    void lookAtPush().catch(console.error);
    if (status.value.reachable !== "no") void lookAtResting().catch(() => undefined);
  }, []);
  const isRead = plans !== null && marks !== null && limits !== null && assignments !== null && begun !== null;
  const stands = isRead && pushState.value !== undefined;
  useEffect(() => {
    if (stands) onRead();
  }, [stands]);
  if (!isRead) {
    return <section class="card" aria-busy="true" aria-label={rt("planning.loading")} />;
  }
  const own = plans.filter(({ body }) => body !== null && isWhole(body)).sort((one, other) => firstOf(one).localeCompare(firstOf(other)));
  const set = liveAssignments(assignments, localDay(Date.now(), zoneHere()));
  const close = (of: string) => {
    setOpened(null);
    ends(of);
    title.current?.focus();
  };
  const form = (of: string, plan: LocalRecord<Plan> | null, start: Plan | null = null) => (
    <PlanForm key={of} of={of} plan={plan} start={start} assignments={set} limits={limits}
      kept={begun.includes(of)} opened={opened === of} begins={() => begins(of)} close={() => close(of)} />
  );
  const here = [NEW, ...own.map(({ id }) => id), ...suggestedIn(set, plans, limits.declined).map(({ assignment }) => assignment.id)];
  const editing = opened ?? begun.find((of) => here.includes(of)) ?? null;
  return (
    <section class="card reminders" aria-labelledby="reminders">
      <h2 id="reminders" ref={title} tabIndex={-1}>{rt("planning.title")}</h2>
      <p class="muted">{rt("planning.intro")}</p>
      <Suggested assignments={set} plans={plans} limits={limits} editing={editing} edit={setOpened} form={form} />
      {own.map((plan) => (editing === plan.id ? form(plan.id, plan) : (
        <PlanRow key={plan.id} plan={plan} assignments={assignments} edit={() => setOpened(plan.id)} />
      )))}
      {editing === NEW && form(NEW, null)}
      {editing === null && own.length < MOST_PLANS && (
        <button type="button" class={own.length === 0 ? "primary" : "button"} onClick={() => setOpened(NEW)}>
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
