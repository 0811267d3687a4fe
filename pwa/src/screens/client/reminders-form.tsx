// Planning a reminder: what for, when, on which days. What can't work is said here, before it is saved.
import { useEffect, useRef, useState } from "preact/hooks";
import "../../styles/checkin.css";
import { FullNotice } from "../../app/full-notice.tsx";
import { t } from "../../app/words.ts";
import { useDraft } from "../../data/drafts.ts";
import { newId } from "../../data/ids.ts";
import type { LocalRecord, Plan } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Assigned } from "../../practise/lists.ts";
import { changed, draftOf, formIn, NOTHING } from "../../reminders/begun.ts";
import { formOf, gapIn, isSameForm, type PlanForm as Form, planOf, toAsk } from "../../reminders/form.ts";
import { keepNewPlan, keepPlan } from "../../reminders/keep.ts";
import type { Limits } from "../../reminders/limits.ts";
import { renewed } from "../../reminders/resting.ts";
import { dayInWords, listed, rt, shownTime, weekdays, whenInWords } from "../../reminders/words.ts";
import { useAction } from "../../ui/action.ts";
import { Chips } from "../../ui/inputs/index.ts";
import { Fold } from "./check-in-fold.tsx";
import { aboutInWords, Trouble } from "./reminders-row.tsx";
import { Times } from "./reminders-times.tsx";

type Props = {
  plan: LocalRecord<Plan> | null;
  /** What it is kept as until it is saved. */
  of: string;
  /** What a new one starts with, such as a suggestion. */
  start?: Plan | null;
  assignments: readonly Assigned[];
  limits: Limits;
  /** Whether something of it is kept already. */
  kept: boolean;
  /** Whether a tap has opened it. */
  opened: boolean;
  begins: () => void;
  close: () => void;
};

/** No reminder changes before Save; what is filled in is kept. When the reminder is changed elsewhere meanwhile, the later save would win: so it is said first. */
export function PlanForm({ plan, of, start = null, assignments, limits, kept, opened, begins, close }: Props) {
  const before = plan?.body ?? null;
  const [left] = useState(kept);
  const begun = useForm(before, start, of, left, begins);
  const [asking, setAsking] = useState<readonly string[]>([]);
  const first = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (opened) first.current?.querySelector("input")?.focus();
  }, [begun === null]);
  const write = useAction(async () => {
    if (begun === null) return;
    const said = planOf(begun.form, before, limits.quiet, Date.now());
    await (plan === null ? keepNewPlan(begun.id, said, draftOf(of)) : keepPlan(plan, said, draftOf(of)));
    if (plan !== null) renewed(plan.id);
    close();
  });
  if (begun === null) return <div aria-busy="true" />;
  const { form, moved } = begun;
  const gap = gapIn(form, limits.quiet);
  const asksAnew = (then: () => void) => {
    then();
    setAsking([]);
  };
  const keep = (part: Partial<Form>) => asksAnew(() => begun.keep(part));
  const leave = () => {
    begun.drop();
    close();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (gap !== null || moved) return;
    const asked = toAsk(form, before, limits);
    if (asked.length > 0 && asking.length === 0) setAsking(asked);
    else write.run();
  };
  return (
    <form ref={first} class="stack" onSubmit={submit} aria-label={before ? rt("planning.name", { when: whenInWords(before) }) : rt("planning.new")}>
      {left && <p class="hint">{rt("planning.begun")}</p>}
      <About form={form} assignments={assignments} change={keep} />
      <Times form={form} change={keep} />
      <Chips label={rt("planning.days")} multi options={weekdays()} value={form.days.map(String)} onChange={(days) => keep({ days: days.map(Number) })} />
      <FirstAndLast form={form} change={keep} />
      <FullNotice />
      {gap !== null && <p class="problem" role="status">{rt(`planning.gap.${gap}`, { n: form.times })}</p>}
      {moved ? (
        <Moved to={before as Plan} mine={() => asksAnew(begun.mine)} theirs={() => asksAnew(begun.drop)} />
      ) : asking.length > 0 ? (
        <AskQuiet times={asking} limits={limits} keepIt={write.run} change={() => setAsking([])} />
      ) : (
        <div class="chips">
          <button type="submit" class="primary" disabled={gap !== null || write.busy}>{rt("planning.save")}</button>
          <button type="button" class="quiet" onClick={leave}>{t("foundation.cancel")}</button>
        </div>
      )}
      <Trouble text={write.trouble} />
    </form>
  );
}

/** What the form says, kept from the first change on; null until what was kept is read. */
function useForm(before: Plan | null, start: Plan | null, of: string, left: boolean, begins: () => void) {
  const draft = useDraft(draftOf(of), NOTHING, !left);
  const [begin, setBegin] = useState(before);
  const begun = draft.value.value;
  if (begun === null) return null;
  const asBegun = formOf(begin ?? start);
  const known = begun.form === null ? begin : begun.known;
  const keep = (part: Partial<Form>, seen = known) => {
    if (begun.form === null) begins();
    draft.set({ ...changed(draft.value.peek() ?? begun, asBegun, known, part), known: seen });
  };
  return {
    id: begun.id || newId(),
    form: formIn(begun) ?? asBegun,
    /** Whether the reminder is another than the form began from. */
    moved: before !== null && !isSameForm(before, known),
    keep,
    mine: () => keep({}, before),
    drop: () => {
      setBegin(before);
      void draft.clear();
    },
  };
}

type PartProps = { form: Form; change: (part: Partial<Form>) => void };

/** Asked only where there is a choice. */
function About({ form, assignments, change }: PartProps & { assignments: readonly Assigned[] }) {
  const all = ["checkin", ...assignments.map(({ id }) => id)];
  const options = (all.includes(form.about) ? all : [...all, form.about]).map((id) => ({ id, label: aboutInWords(id, assignments) }));
  if (options.length < 2) return null;
  return <Chips label={rt("planning.about")} rows options={options} value={[form.about]} onChange={([about]) => change({ about: about ?? form.about })} />;
}

function FirstAndLast({ form, change }: PartProps) {
  return (
    <Fold title={rt("planning.span")} answer={spanInWords(form)} slim>
      <div class="field">
        <label for="reminder-first">{rt("planning.first")}</label>
        <input id="reminder-first" class="input" type="date" value={form.first} onInput={({ currentTarget }) => change({ first: currentTarget.value })} />
      </div>
      <div class="field">
        <label for="reminder-last">{rt("planning.last")}</label>
        <input id="reminder-last" class="input" type="date" value={form.last} min={form.first || undefined}
          onInput={({ currentTarget }) => change({ last: currentTarget.value })} />
      </div>
    </Fold>
  );
}

function spanInWords({ first, last }: Form): string {
  const today = localDay(Date.now(), zoneHere());
  const said = [first && rt("planning.row.from", { day: dayInWords(first, today) }), last && rt("planning.row.until", { day: dayInWords(last, today) })];
  return said.filter((part) => part !== "").join(", ") || rt("planning.span.none");
}

/** Changed elsewhere while this form was open. */
function Moved({ to, mine, theirs }: { to: Plan; mine: () => void; theirs: () => void }) {
  return (
    <div class="notice" role="alert">
      <p>{rt("planning.moved", { when: whenInWords(to) })}</p>
      <button type="button" class="button" onClick={mine}>{rt("planning.moved.mine")}</button>
      <button type="button" class="quiet" onClick={theirs}>{rt("planning.moved.theirs")}</button>
    </div>
  );
}

type AskProps = { times: readonly string[]; limits: Limits; keepIt: () => void; change: () => void };

function AskQuiet({ times, limits: { quiet }, keepIt, change }: AskProps) {
  const time = listed(times.map(shownTime));
  return (
    <div class="notice" role="alert">
      <p>{rt("planning.ask", { time, from: shownTime(quiet.from), to: shownTime(quiet.to) })}</p>
      <button type="button" class="button" onClick={keepIt}>{rt("planning.ask.keep", { time })}</button>
      <button type="button" class="quiet" onClick={change}>{rt("planning.ask.change")}</button>
    </div>
  );
}
