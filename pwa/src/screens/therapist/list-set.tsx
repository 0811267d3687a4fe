// Setting a list for several clients: one request for each client and exercise, so that what goes wrong with one loses nothing
// of the others, and no client ever hears of another.
import { useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { Trouble, useAction } from "./action.tsx";
import { api, sentence } from "./api.ts";
import { type Came, type Limits, setOne } from "./list-tasks.ts";
import { inSessions, type Item, sessionsOf, type Task, tasksOf, type Template, whyAlone } from "./template.ts";
import { clients } from "./state.ts";
import type { Assignable } from "./types.ts";
import { useCaseload } from "./use-caseload.ts";
import { own, tt } from "./words.ts";

type Props = { template: Template; cards: readonly Assignable[] };

export function ListSet({ template, cards }: Props) {
  const caseload = useCaseload();
  const sessions = sessionsOf(template.items);
  const [session, setSession] = useState<number | null>(sessions[0] ?? null);
  const [left, setLeft] = useState<ReadonlySet<Item>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [came, setCame] = useState<Came[]>([]);
  const here = inSessions(template.items).filter((item) => item.session === session);
  const wanted = here.filter((item) => !left.has(item) && whyAlone(item, cards) === null);
  const all = clients.value ?? [];
  const setting = useAction(async (tasks: readonly Task[]) => {
    const limits: Limits = new Map();
    for (const task of tasks) {
      const fresh = await setOne(task, cards, limits, api, sentence);
      setCame((before) => [...before.filter((one) => one.task.id !== task.id), fresh]);
    }
    setChosen(new Set());
    caseload.again();
  });
  const failed = came.filter(({ again }) => again).map(({ task }) => task);
  const ready = wanted.length > 0 && chosen.size > 0;
  return (
    <form class="stack loose" onSubmit={(event) => {
      event.preventDefault();
      if (ready) setting.run(tasksOf(all.filter(({ id }) => chosen.has(id)), wanted, cards, newId));
    }}>
      {sessions.length > 1 && (
        <div class="field desk-form">
          <label for="list-session">{tt("therapist.lists.which_session")}</label>
          <select id="list-session" class="input" value={String(session)} onChange={({ currentTarget: { value } }) => setSession(value === "null" ? null : Number(value))}>
            {sessions.map((one) => <option key={String(one)} value={String(one)}>{one === null ? tt("therapist.lists.no_session") : tt("therapist.lists.session_n", { n: one })}</option>)}
          </select>
        </div>
      )}
      <fieldset class="stack tight">
        <legend class="desk-label">{tt("therapist.lists.what")}</legend>
        {here.map((item) => <Choice key={item.exercise} item={item} cards={cards} on={!left.has(item)} turn={() => setLeft(turned(left, item))} />)}
      </fieldset>
      <fieldset class="stack tight">
        <legend class="desk-label">{tt("therapist.lists.who")}</legend>
        <Trouble text={caseload.trouble} again={caseload.again} />
        {clients.value !== null && all.length === 0 && <p class="muted">{tt("therapist.lists.nobody")}</p>}
        {all.map(({ id, name }) => (
          <label key={id} class="row desk-tick">
            <input type="checkbox" checked={chosen.has(id)} onChange={() => setChosen(turned(chosen, id))} />
            <span><bdi>{name}</bdi></span>
          </label>
        ))}
      </fieldset>
      <p class="muted small">{tt("therapist.lists.private")}</p>
      <button type="submit" class="primary desk-start" disabled={setting.busy || !ready}>{chosen.size === 0 ? tt("therapist.assign.go") : tt("therapist.lists.go", { n: chosen.size })}</button>
      <Results came={came} />
      {failed.length > 0 && !setting.busy && <button type="button" class="button desk-start" onClick={() => setting.run(failed)}>{tt("therapist.lists.retry")}</button>}
    </form>
  );
}

function Choice({ item, cards, on, turn }: { item: Item; cards: readonly Assignable[]; on: boolean; turn: () => void }) {
  const why = whyAlone(item, cards);
  const title = cards.find(({ id }) => id === item.exercise)?.title ?? tt("therapist.lists.unknown");
  return (
    <label class="row desk-tick">
      <input type="checkbox" disabled={why !== null} checked={why === null && on} onChange={turn} />
      <span class="list-what">
        <bdi>{title}</bdi>
        {why !== null && <span class="small">{tt(why)}</span>}
        {item.reason !== "" && <span class="muted small" dir="auto">{item.reason}</span>}
      </span>
    </label>
  );
}

/** A sentence for each, what did not work first. */
function Results({ came }: { came: readonly Came[] }) {
  const sorted = [...came].sort((one, other) => Number(one.trouble === null) - Number(other.trouble === null));
  return (
    <div role="status"><ul class="stack tight">
      {sorted.map(({ task: { id, title, client }, trouble }) => {
        const names = { title: own(title), name: own(client.name) };
        return (
          <li key={id} class={trouble === null ? "muted" : "notice warm"}>
            {trouble === null ? tt("therapist.lists.done", names) : `${tt("therapist.lists.failed", names)} ${trouble}`}
          </li>
        );
      })}
    </ul></div>
  );
}

function turned<T>(all: ReadonlySet<T>, one: T): Set<T> {
  const next = new Set(all);
  if (!next.delete(one)) next.add(one);
  return next;
}
