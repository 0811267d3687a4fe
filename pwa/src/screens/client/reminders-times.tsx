// The part of the form that says when: at one to three times, or some time in a stretch of the day.
import { MOST_TIMES, oneMore, type PlanForm as Form } from "../../reminders/form.ts";
import { rt } from "../../reminders/words.ts";
import { Chips } from "../../ui/inputs/index.ts";

type Props = { form: Form; change: (part: Partial<Form>) => void };
const COUNTS = ["1", "2", "3"].map((id) => ({ id, label: id }));

export function Times({ form, change }: Props) {
  const kinds = (["fixed", "window"] as const).map((id) => ({ id, label: rt(`planning.kind.${id}`) }));
  return (
    <>
      <Chips label={rt("planning.kind")} options={kinds} value={[form.kind]} onChange={([kind]) => change({ kind: kind === undefined ? form.kind : (kind as Form["kind"]) })} />
      {form.kind === "fixed" ? <Fixed form={form} change={change} /> : <Stretch form={form} change={change} />}
    </>
  );
}

function Fixed({ form: { at }, change }: Props) {
  const put = (n: number, time: string) => change({ at: at.map((old, other) => (other === n ? time : old)) });
  return (
    <>
      {at.map((time, n) => (
        <div class="field" key={n}>
          <label for={`reminder-time-${n}`}>{n === 0 ? rt("planning.time") : rt("planning.time.more", { n: n + 1 })}</label>
          <input id={`reminder-time-${n}`} class="input" type="time" required value={time} aria-describedby="reminder-time-hint"
            onInput={({ currentTarget }) => put(n, currentTarget.value.slice(0, 5))} />
          {n > 0 && (
            <button type="button" class="quiet" onClick={() => change({ at: at.filter((_, other) => other !== n) })}>{rt("planning.time.drop", { n: n + 1 })}</button>
          )}
        </div>
      ))}
      <p id="reminder-time-hint" class="hint">{rt("planning.time.hint")}</p>
      {at.length < MOST_TIMES && (
        <button type="button" class="quiet" onClick={() => change({ at: [...at, oneMore(at)] })}>{rt("planning.time.add")}</button>
      )}
    </>
  );
}

function Stretch({ form, change }: Props) {
  return (
    <>
      <div class="field">
        <label for="reminder-from">{rt("planning.from")}</label>
        <input id="reminder-from" class="input" type="time" required value={form.from} aria-describedby="reminder-window-hint"
          onInput={({ currentTarget }) => change({ from: currentTarget.value.slice(0, 5) })} />
      </div>
      <div class="field">
        <label for="reminder-to">{rt("planning.to")}</label>
        <input id="reminder-to" class="input" type="time" required value={form.to} aria-describedby="reminder-window-hint"
          onInput={({ currentTarget }) => change({ to: currentTarget.value.slice(0, 5) })} />
      </div>
      <Chips label={rt("planning.times")} options={COUNTS} value={[String(form.times)]} onChange={([times]) => change({ times: Number(times ?? form.times) })} />
      <p id="reminder-window-hint" class="hint">{rt("planning.window.hint")}</p>
    </>
  );
}
