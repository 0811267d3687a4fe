// More of what a client is kept to: a list of exercises, the therapist's yes, and hours.
import type { Exercise } from "../../exercise/types.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { useLibrary } from "./library.ts";
import { areHours, DAYTIME, type Limit, listable, waiting } from "./limit.ts";
import { dt } from "./pair-words.ts";
import type { Client } from "./types.ts";
import { named, own } from "./words.ts";

/** While it is changed: a list may be on and still empty. */
export type Draft = Limit & { only: boolean };

/** Why it can't be saved like this, or null. */
export function gapIn({ only, allowed, hours }: Draft): string | null {
  if (only && allowed.length === 0) return dt("desk.more.pick_one");
  return hours !== null && !areHours(hours) ? dt("desk.more.hours_wrong") : null;
}

/** What is set, a sentence each. */
export function useMoreSaid({ allowed, ok, hours }: Limit): string[] {
  const exercises = useLibrary()?.exercises ?? [];
  const titles = ok.map((id) => exercises.find((one) => one.id === id)?.title ?? id);
  return [
    ...(allowed.length > 0 ? [dt("desk.more.only_said", { n: allowed.length })] : []),
    ...(titles.length > 0 ? [dt("desk.more.ok_said", { titles: titles.map(own).join(", ") })] : []),
    ...(hours === null ? [] : [dt("desk.more.hours_said", { from: hours[0], to: hours[1] })]),
  ];
}

type Props = { client: Client; draft: Draft; change: (some: Partial<Draft>) => void };

export function MoreLimits({ client, draft, change }: Props) {
  const exercises = useLibrary()?.exercises;
  const name = own(client.name);
  return (
    <>
      {exercises === undefined ? <p class="muted">{dt("desk.more.unread")}</p> : (
        <>
          <Switch label={dt("desk.more.only")} description={dt("desk.more.only_hint", { name })} on={draft.only} onChange={(only) => change({ only })} />
          {draft.only && <List exercises={listable(exercises)} label={dt("desk.more.list", { name })} draft={draft} change={change} />}
          <Yes exercises={waiting(exercises)} name={name} draft={draft} change={change} />
        </>
      )}
      <HoursFields name={name} draft={draft} change={change} />
    </>
  );
}

function List({ exercises, label, draft: { allowed }, change }: Omit<Props, "client"> & { exercises: readonly Exercise[]; label: string }) {
  return (
    <fieldset class="desk-choices">
      <legend>{label}</legend>
      {exercises.map(({ id, title, family }) => (
        <label key={id} class="row desk-tick">
          <input type="checkbox" checked={allowed.includes(id)} onChange={({ currentTarget }) => change({ allowed: turned(allowed, id, currentTarget.checked) })} />
          <span>{title} <span class="muted small">{named("family", family)}</span></span>
        </label>
      ))}
    </fieldset>
  );
}

function Yes({ exercises, name, draft: { ok }, change }: Omit<Props, "client"> & { exercises: readonly Exercise[]; name: string }) {
  if (exercises.length === 0) return null;
  return (
    <fieldset class="stack tight">
      <legend>{dt("desk.more.ok")}</legend>
      <p class="hint">{dt("desk.more.ok_hint", { name })}</p>
      {exercises.map(({ id, title }) => <Switch key={id} label={title} on={ok.includes(id)} onChange={(on) => change({ ok: turned(ok, id, on) })} />)}
    </fieldset>
  );
}

function HoursFields({ name, draft: { hours }, change }: Omit<Props, "client"> & { name: string }) {
  const [from, to] = hours ?? DAYTIME;
  const set = (first: string, last: string): void => change({ hours: first === DAYTIME[0] && last === DAYTIME[1] ? null : [first, last] });
  return (
    <fieldset class="stack tight">
      <legend>{dt("desk.more.hours")}</legend>
      <p class="hint">{dt("desk.more.hours_hint", { name })}</p>
      <div class="row">
        <label class="field"><span>{dt("desk.more.from")}</span>
          <input class="input desk-date" type="time" required min={DAYTIME[0]} max={DAYTIME[1]} value={from} onInput={({ currentTarget }) => set(currentTarget.value.slice(0, 5), to)} />
        </label>
        <label class="field"><span>{dt("desk.more.to")}</span>
          <input class="input desk-date" type="time" required min={DAYTIME[0]} max={DAYTIME[1]} value={to} onInput={({ currentTarget }) => set(from, currentTarget.value.slice(0, 5))} />
        </label>
      </div>
    </fieldset>
  );
}

function turned(list: readonly string[], id: string, on: boolean): string[] {
  const others = list.filter((one) => one !== id);
  return on ? [...others, id] : others;
}
