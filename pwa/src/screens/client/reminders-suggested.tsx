// Reminders the therapist suggested with an exercise. The client decides, with one tap, and nobody is told.
import type { ComponentChildren } from "preact";
import { me } from "../../data/session.ts";
import type { LocalRecord, Plan } from "../../data/types.ts";
import type { Assigned } from "../../practise/lists.ts";
import { formOf, planOf } from "../../reminders/form.ts";
import { keepLimits, keepPlan } from "../../reminders/keep.ts";
import type { Limits } from "../../reminders/limits.ts";
import { inQuiet } from "../../reminders/outlook.ts";
import { suggestedIn } from "../../reminders/suggested.ts";
import { daysInWords, rt, whenInWords } from "../../reminders/words.ts";
import { useAction } from "../../ui/action.ts";
import { aboutInWords, Trouble } from "./reminders-row.tsx";

type Props = {
  assignments: readonly Assigned[];
  plans: readonly LocalRecord<Plan>[];
  limits: Limits;
  /** The assignment whose suggestion is being changed. */
  editing: string | null;
  edit: (assignment: string) => void;
  form: (of: string, plan: null, start: Plan) => ComponentChildren;
};

export function Suggested({ assignments, plans, limits, editing, edit, form }: Props) {
  const open = suggestedIn(assignments, plans, limits.declined);
  return (
    <>
      {open.map(({ assignment, plan }) => (editing === assignment.id ? form(assignment.id, null, plan) : (
        <Suggestion key={assignment.id} assignment={assignment} plan={plan} limits={limits} edit={() => edit(assignment.id)} />
      )))}
    </>
  );
}

type OneProps = { assignment: Assigned; plan: Plan; limits: Limits; edit: () => void };

function Suggestion({ assignment, plan, limits, edit }: OneProps) {
  const take = useAction(() => keepPlan(null, planOf(formOf(plan), null, limits.quiet, Date.now())));
  const drop = useAction(() => keepLimits({ declined: [...limits.declined, assignment.id] }));
  const name = assignment.body.by || me.value?.therapist || "";
  // A time in quiet hours is asked about first, in the form.
  const taken = () => (inQuiet(plan, limits.quiet).length > 0 ? edit() : take.run());
  const title = aboutInWords(assignment.id, [assignment]);
  return (
    <section class="notice" aria-labelledby={`suggested-${assignment.id}`}>
      <h3 id={`suggested-${assignment.id}`}>{name === "" ? rt("planning.suggested.nameless") : rt("planning.suggested", { name })}</h3>
      <p>{rt("planning.suggested.text", { title, when: whenInWords(plan), days: daysInWords(plan.days) })}</p>
      <p>{rt("planning.suggested.yours")}</p>
      <div class="chips">
        <button type="button" class="button" onClick={taken} disabled={take.busy}>{rt("planning.suggested.take")}</button>
        <button type="button" class="quiet" onClick={edit}>{rt("planning.suggested.change")}</button>
        <button type="button" class="quiet" onClick={drop.run} disabled={drop.busy}>{rt("planning.suggested.no")}</button>
      </div>
      <Trouble text={take.trouble ?? drop.trouble} />
    </section>
  );
}
