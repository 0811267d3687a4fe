// One plan of reminders: on or off, when, what for; and when it has grown rare, how to bring it back.
import { exerciseOf } from "../../data/library.ts";
import { remove } from "../../data/journal.ts";
import type { Assignment, LocalRecord, Plan } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { keepPlan } from "../../reminders/keep.ts";
import { type Pace, renewed, resting } from "../../reminders/resting.ts";
import { dayInWords, daysInWords, rt, whenInWords, whenTitle } from "../../reminders/words.ts";
import { useAction } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/switch.tsx";

type Props = { plan: LocalRecord<Plan>; assignments: readonly LocalRecord<Assignment>[]; edit: () => void };

export function PlanRow({ plan, assignments, edit }: Props) {
  const body = plan.body as Plan;
  const when = whenInWords(body);
  const change = useAction(async () => {
    await keepPlan(plan, { ...body, on: !body.on, renewed_at: Date.now() });
    renewed(plan.id);
  });
  const drop = useAction(() => remove([plan.id]));
  const pace = body.on ? resting.value[plan.id] : undefined;
  return (
    <div class="stack" role="group" aria-label={rt("planning.name", { when })}>
      <Switch label={whenTitle(body)} description={aboutIt(body, assignments)} on={body.on} onChange={change.run} />
      {pace !== undefined && <Resting plan={plan} pace={pace} when={when} />}
      <div class="chips">
        <button type="button" class="quiet" aria-label={rt("planning.edit.which", { when })} onClick={edit}>{rt("planning.edit")}</button>
        <button type="button" class="quiet" aria-label={rt("planning.remove.which", { when })} onClick={drop.run} disabled={drop.busy}>
          {rt("planning.remove")}
        </button>
      </div>
      <Trouble text={change.trouble ?? drop.trouble} />
    </div>
  );
}

/** Said once, calmly; one tap brings them back as they were planned. */
function Resting({ plan, pace, when }: { plan: LocalRecord<Plan>; pace: Pace; when: string }) {
  const again = useAction(async () => {
    await keepPlan(plan, { ...(plan.body as Plan), on: true, renewed_at: Date.now() });
    renewed(plan.id);
  });
  const off = pace === "off";
  return (
    <div class="notice">
      <p>{rt(off ? "planning.rest.off" : pace === "weekly" ? "planning.rest.weekly" : "planning.rest.three")}</p>
      <button type="button" class="button" onClick={again.run} disabled={again.busy}
        aria-label={rt(off ? "planning.rest.again.which" : "planning.rest.daily.which", { when })}>
        {rt(off ? "planning.rest.again" : "planning.rest.daily")}
      </button>
      <Trouble text={again.trouble} />
    </div>
  );
}

export function Trouble({ text }: { text: string | null }) {
  return text === null ? null : <p class="problem" role="alert">{text}</p>;
}

function aboutIt(plan: Plan, assignments: readonly LocalRecord<Assignment>[]): string {
  const today = localDay(Date.now(), zoneHere());
  return [
    aboutInWords(plan.about, assignments),
    daysInWords(plan.days),
    ...((plan.times ?? 1) > 1 ? [rt("planning.row.times", { n: plan.times ?? 1 })] : []),
    ...(typeof plan.from === "string" && plan.from > today ? [rt("planning.row.from", { day: dayInWords(plan.from, today) })] : []),
    ...(typeof plan.until === "string" ? [rt("planning.row.until", { day: dayInWords(plan.until, today) })] : []),
    ...(typeof plan.paused_until === "string" && plan.paused_until > today ? [rt("planning.row.paused", { day: dayInWords(plan.paused_until, today) })] : []),
  ].join(" · ");
}

/** What a plan is about: the check-in, or an exercise by its title. */
export function aboutInWords(about: string, assignments: readonly LocalRecord<Assignment>[]): string {
  if (about === "checkin") return rt("planning.about.checkin");
  const body = assignments.find(({ id }) => id === about)?.body;
  return body ? (exerciseOf(body.exercise)?.title ?? body.title) : rt("planning.about.gone");
}
