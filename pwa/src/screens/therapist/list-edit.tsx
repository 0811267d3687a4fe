// One list of the practice: its name, and its exercises with how often, why, and after which session.
import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { Problem } from "../../data/api.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { useLeaving } from "./assign.tsx";
import { Room } from "./assign-fields.tsx";
import { dose } from "./assignments.tsx";
import { doses, REASON_MAX } from "./assigning.ts";
import { inSessions, type Item, MOST_ITEMS, NAME_MAX, type Template } from "./template.ts";
import type { Assignable } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { template: Template; cards: readonly Assignable[]; changed: () => void };

export function ListEdit({ template, cards, changed }: Props) {
  const { route } = useLocation();
  const [form, setForm] = useState(template);
  const [sure, setSure] = useState(false);
  useLeaving(JSON.stringify(form) !== JSON.stringify(template));
  const put = (items: Item[]): void => setForm({ ...form, items });
  const [stale, setStale] = useState(false);
  const saving = useAction(async () => {
    try {
      await api("PUT", `/api/practice/templates/${form.id}`, { name: form.name, items: inSessions(form.items), rev: form.rev });
    } catch (error) {
      setStale(error instanceof Problem && error.status === 409);
      throw error;
    }
    route("/clients/lists");
  });
  const removing = useAction(async () => {
    await api("DELETE", `/api/practice/templates/${form.id}`);
    route("/clients/lists");
  });
  const long = form.items.some(({ reason }) => reason.length > REASON_MAX);
  return (
    <form class="stack loose" onSubmit={(event) => { event.preventDefault(); if (!long) saving.run(); }}>
      <div class="field desk-form">
        <label for="list-name">{tt("therapist.lists.name")}</label>
        <input id="list-name" class="input" type="text" dir="auto" required pattern=".*\S.*" maxLength={NAME_MAX} autocomplete="off" value={form.name}
          aria-describedby="list-name-hint" onInput={(event) => setForm({ ...form, name: event.currentTarget.value })} />
        <p id="list-name-hint" class="hint">{tt("therapist.lists.name_hint")}</p>
      </div>
      <ol class="desk-cards">
        {form.items.map((item, at) => (
          <li key={at}>
            <OneItem at={at} item={item} cards={cards} change={(part) => put(form.items.map((one, n) => (n === at ? { ...one, ...part } : one)))}
              remove={() => put(form.items.filter((_, n) => n !== at))} />
          </li>
        ))}
      </ol>
      {form.items.length < MOST_ITEMS && (
        <button type="button" class="button desk-start" onClick={() => put([...form.items, { exercise: cards[0]?.id ?? "", reason: "", times_a_week: 2, session: null }])}>
          {tt("therapist.lists.add")}
        </button>
      )}
      {long && <p class="problem" role="alert">{tt("therapist.lists.long")}</p>}
      <Trouble text={saving.trouble ?? removing.trouble} />
      {stale && <button type="button" class="button desk-start" onClick={changed}>{tt("therapist.end.look")}</button>}
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy}>{tt("therapist.lists.save")}</button>
        {template.rev > 0 && (
          <button type="button" class="quiet" disabled={removing.busy} onClick={sure ? removing.run : () => setSure(true)}>{tt(sure ? "therapist.lists.remove_sure" : "therapist.lists.remove")}</button>
        )}
      </div>
    </form>
  );
}

type ItemProps = { at: number; item: Item; cards: readonly Assignable[]; change: (part: Partial<Item>) => void; remove: () => void };

function OneItem({ at, item, cards, change, remove }: ItemProps) {
  const card = cards.find(({ id }) => id === item.exercise);
  const title = card?.title ?? tt("therapist.lists.unknown");
  return (
    <fieldset class="card stack">
      <legend class="visually-hidden">{title}</legend>
      <div class="field">
        <label for={`list-exercise-${at}`}>{tt("therapist.lists.exercise")}</label>
        <select id={`list-exercise-${at}`} class="input" value={item.exercise} onChange={(event) => change({ exercise: event.currentTarget.value })}>
          {card === undefined && <option value={item.exercise}>{title}</option>}
          {cards.map(({ id, title: name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </div>
      <div class="row">
        <div class="field">
          <label for={`list-session-${at}`}>{tt("therapist.lists.session")}</label>
          <input id={`list-session-${at}`} class="input desk-short" type="number" min={1} max={99} inputMode="numeric" value={item.session ?? ""}
            onInput={({ currentTarget: { value } }) => change({ session: value === "" ? null : Number(value) })} />
        </div>
        <div class="field">
          <label for={`list-times-${at}`}>{tt("therapist.assign.dose")}</label>
          <select id={`list-times-${at}`} class="input" value={item.times_a_week === null ? "once" : String(item.times_a_week)}
            onChange={({ currentTarget: { value } }) => change({ times_a_week: value === "once" ? null : Number(value) })}>
            <option value="once">{dose(null)}</option>
            {doses(card ?? { intensity: "low" }).map((n) => <option key={n} value={String(n)}>{dose(n)}</option>)}
          </select>
        </div>
      </div>
      <div class="field">
        <label for={`list-reason-${at}`}>{tt("therapist.assign.reason")}</label>
        <textarea id={`list-reason-${at}`} class="input" dir="auto" rows={2} value={item.reason} onInput={(event) => change({ reason: event.currentTarget.value })} />
        <Room left={REASON_MAX - item.reason.length} />
      </div>
      <button type="button" class="quiet desk-undo" aria-label={tt("therapist.lists.drop_which", { title: own(title) })} onClick={remove}>{tt("therapist.lists.drop")}</button>
    </fieldset>
  );
}
