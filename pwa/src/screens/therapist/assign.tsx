// Setting an exercise: choose it, say how often and why, see the client's card, set it.
import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import { newId } from "../../data/ids.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { WireRecord } from "../../data/types.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api, readSets } from "./api.ts";
import { AssignFields } from "./assign-fields.tsx";
import { type Asked, asked, type AssignForm, chosen, forClient, isTyped, missing, type Missing, tried, writesTogether } from "./assigning.ts";
import { Desk } from "./desk.tsx";
import { against, type Limit, limitIn } from "./limit.ts";
import { PickExercise } from "./pick.tsx";
import { over } from "./practice.ts";
import { Preview } from "./preview.tsx";
import { Seen } from "./seen.tsx";
import { clientOf, dropForm, formOf, keepClient, keepForm, notice } from "./state.ts";
import { TailorFields } from "./tailor.tsx";
import { TogetherFields } from "./together.tsx";
import type { Assignable, Client } from "./types.ts";
import { useWhole } from "./whole.ts";
import { named, own, tt } from "./words.ts";

export function AssignPage({ id }: { id: string }) {
  const [exercises, setExercises] = useState<Assignable[] | null>(null);
  const [limit, setLimit] = useState<Limit>(limitIn([]));
  const [live, setLive] = useState<ReadonlyMap<string, string>>(new Map());
  const reading = useReading(id, async () => {
    const [{ exercises: all }, client, { settings }, sets] = await Promise.all([
      api<{ exercises: Assignable[] }>("GET", `/api/assignable-exercises?locale=${locale}`),
      api<Client>("GET", `/api/clients/${id}`),
      api<{ settings: WireRecord | null }>("GET", `/api/clients/${id}/settings`),
      readSets(id),
    ]);
    keepClient(client);
    setExercises(all);
    setLive(new Map(sets.filter(({ body }) => over(body, localDay(Date.now(), zoneHere())) === null).map((set) => [set.body.exercise, set.id])));
    setLimit(limitIn(settings === null ? [] : [settings]));
  });
  const [form, change] = useForm(id);
  const client = clientOf(id);
  const card = exercises?.find((one) => one.id === form.exercise && one.assignable && !live.has(one.id));
  return (
    <Desk title={client ? tt("therapist.assign.title", { name: own(client.name) }) : tt("therapist.assign.tab")} tab={tt("therapist.assign.tab")} backTo={`/clients/${id}`}>
      <Trouble text={reading.trouble} again={reading.again} />
      {card && client ? (
        <Details client={client} card={card} form={form} change={change} limit={limit} />
      ) : (
        <PickExercise exercises={exercises} live={live} editing={(set) => `/clients/${id}/assign/${set}`} onPick={(picked) => change(chosen(form, picked))} />
      )}
    </Desk>
  );
}

/** The form as it was left, kept in memory only. */
function useForm(client: string): [AssignForm, (form: AssignForm) => void] {
  const [form, setForm] = useState(() => formOf(client));
  useLeaving(isTyped(form));
  return [form, (next) => {
    keepForm(client, next);
    setForm(next);
  }];
}

/** Leaving the site asks first when something would be lost. */
export function useLeaving(typed: boolean): void {
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [typed]);
}

interface DetailsProps {
  client: Client;
  card: Assignable;
  form: AssignForm;
  change: (form: AssignForm) => void;
  limit: Limit;
}

function Details({ client, card, form, change, limit }: DetailsProps) {
  const today = localDay(Date.now(), zoneHere());
  const [looked, setLooked] = useState(false);
  const whole = useWhole(card.id);
  const got = forClient(form, whole.exercise);
  const gaps: Missing = missing(got, card, today);
  const setting = useSetting(client, card, form, got, change);
  const closed = against(card.contraindications, limit);
  const fields = { form, card, today, gaps: looked ? gaps : {}, change: (part: Partial<Asked>) => change({ ...form, ...part }) };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setLooked(true);
    if (isComplete(gaps)) setting.run();
  };
  return (
    <>
      <form class="desk-assign" noValidate onSubmit={submit}>
        <div class="stack loose">
          <Chosen card={card} other={() => change({ ...form, exercise: null })} />
          {closed.length > 0 && (
            <p class="notice">{tt("therapist.assign.against", { name: own(client.name), what: closed.map((code) => named("caution", code)).join("; ") })}</p>
          )}
          <AssignFields {...fields} />
          {writesTogether(card) && <TogetherFields {...fields} />}
          {whole.exercise && <TailorFields {...fields} exercise={whole.exercise} />}
        </div>
        <div class="stack loose desk-aside">
          <Preview card={card} form={form} today={today} />
          <Trouble text={setting.trouble} />
          {looked && Object.keys(gaps).length > 0 && <p class="problem" role="alert">{tt("therapist.assign.gaps")}</p>}
          <button type="submit" class="primary wide-button" disabled={setting.busy}>{tt("therapist.assign.go")}</button>
        </div>
      </form>
      <Trouble text={whole.trouble} again={whole.again} />
      {whole.exercise && <Seen client={client} card={card} exercise={whole.exercise} form={form} limit={limit} />}
    </>
  );
}

/** Sets what the client gets, and goes back to them with the word that it is set, and a way to take it back. */
function useSetting(client: Client, card: Assignable, form: AssignForm, got: Asked, change: (form: AssignForm) => void) {
  const { route } = useLocation();
  return useAction(async () => {
    const said = asked(got, card, locale);
    const sent = tried(form, said, newId);
    change(sent);
    const { id, rev } = await api<WireRecord>("POST", `/api/clients/${client.id}/assignments`, { ...said, id: sent.id, op: sent.op });
    dropForm(client.id);
    const text = tt("therapist.assign.done", { title: own(card.title), name: own(client.name) });
    notice.value = { client: client.id, text, undo: { id, rev, title: card.title } };
    route(`/clients/${client.id}`);
  });
}

/** Whether nothing is missing; otherwise the focus goes to the first that is. */
export function isComplete(gaps: Missing): boolean {
  const first = Object.keys(gaps)[0];
  if (first !== undefined) document.getElementById(`assign-${first}`)?.focus();
  return first === undefined;
}

function Chosen({ card, other }: { card: Assignable; other: () => void }) {
  return (
    <div class="row spread desk-chosen">
      <h2><bdi>{card.title}</bdi></h2>
      <button type="button" class="quiet" onClick={other}>{tt("therapist.assign.other")}</button>
    </div>
  );
}
