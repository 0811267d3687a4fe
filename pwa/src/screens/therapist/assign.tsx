// Setting an exercise: choose it, say how often and why, see the client's card, set it.
import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import { newId } from "../../data/ids.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { WireRecord } from "../../data/types.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { AssignFields } from "./assign-fields.tsx";
import { asked, type AssignForm, chosen, isTyped, missing, type Missing, tried, writesTogether } from "./assigning.ts";
import { Desk } from "./desk.tsx";
import { against, type Limit, limitIn } from "./limit.ts";
import { PickExercise } from "./pick.tsx";
import { Preview } from "./preview.tsx";
import { clientOf, dropForm, formOf, keepClient, keepForm, notice } from "./state.ts";
import { TogetherFields } from "./together.tsx";
import type { Assignable, Client } from "./types.ts";
import { named, own, tt } from "./words.ts";

export function AssignPage({ id }: { id: string }) {
  const [exercises, setExercises] = useState<Assignable[] | null>(null);
  const [limit, setLimit] = useState<Limit>(limitIn([]));
  const reading = useReading(id, async () => {
    const [{ exercises: all }, client, { settings }] = await Promise.all([
      api<{ exercises: Assignable[] }>("GET", `/api/assignable-exercises?locale=${locale}`),
      api<Client>("GET", `/api/clients/${id}`),
      api<{ settings: WireRecord | null }>("GET", `/api/clients/${id}/settings`),
    ]);
    keepClient(client);
    setExercises(all);
    setLimit(limitIn(settings === null ? [] : [settings]));
  });
  const [form, change] = useForm(id);
  const client = clientOf(id);
  const card = exercises?.find((one) => one.id === form.exercise && one.assignable);
  return (
    <Desk title={client ? tt("therapist.assign.title", { name: own(client.name) }) : tt("therapist.assign.tab")} tab={tt("therapist.assign.tab")} backTo={`/clients/${id}`}>
      <Trouble text={reading.trouble} again={reading.again} />
      {card && client ? (
        <Details client={client} card={card} form={form} change={change} closed={against(card.contraindications, limit)} />
      ) : (
        <PickExercise exercises={exercises} onPick={(picked) => change(chosen(form, picked))} />
      )}
    </Desk>
  );
}

/** The form as it was left, kept in memory only. Leaving the site asks first when something was typed. */
function useForm(client: string): [AssignForm, (form: AssignForm) => void] {
  const [form, setForm] = useState(() => formOf(client));
  const typed = isTyped(form);
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [typed]);
  return [form, (next) => {
    keepForm(client, next);
    setForm(next);
  }];
}

interface DetailsProps {
  client: Client;
  card: Assignable;
  form: AssignForm;
  change: (form: AssignForm) => void;
  /** What speaks against it for this client, as the therapist said. */
  closed: readonly string[];
}

function Details({ client, card, form, change, closed }: DetailsProps) {
  const { route } = useLocation();
  const today = localDay(Date.now(), zoneHere());
  const [looked, setLooked] = useState(false);
  const gaps: Missing = missing(form, card, today);
  const setting = useAction(async () => {
    const said = asked(form, card, locale);
    const sent = tried(form, said, newId);
    change(sent);
    await api<WireRecord>("POST", `/api/clients/${client.id}/assignments`, { ...said, id: sent.id, op: sent.op });
    dropForm(client.id);
    notice.value = { client: client.id, text: tt("therapist.assign.done", { title: own(card.title), name: own(client.name) }) };
    route(`/clients/${client.id}`);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setLooked(true);
    const first = Object.keys(gaps)[0];
    if (first === undefined) setting.run();
    else document.getElementById(`assign-${first}`)?.focus();
  };
  return (
    <form class="desk-assign" noValidate onSubmit={submit}>
      <div class="stack loose">
        <Chosen card={card} other={() => change({ ...form, exercise: null })} />
        {closed.length > 0 && (
          <p class="notice">{tt("therapist.assign.against", { name: own(client.name), what: closed.map((code) => named("caution", code)).join("; ") })}</p>
        )}
        <AssignFields form={form} card={card} today={today} gaps={looked ? gaps : {}} change={(part) => change({ ...form, ...part })} />
        {writesTogether(card) && <TogetherFields form={form} card={card} gaps={looked ? gaps : {}} change={(part) => change({ ...form, ...part })} />}
      </div>
      <div class="stack loose desk-aside">
        <Preview card={card} form={form} today={today} />
        <Trouble text={setting.trouble} />
        {looked && Object.keys(gaps).length > 0 && <p class="problem" role="alert">{tt("therapist.assign.gaps")}</p>}
        <button type="submit" class="primary wide-button" disabled={setting.busy}>{tt("therapist.assign.go")}</button>
      </div>
    </form>
  );
}

function Chosen({ card, other }: { card: Assignable; other: () => void }) {
  return (
    <div class="row spread desk-chosen">
      <h2><bdi>{card.title}</bdi></h2>
      <button type="button" class="quiet" onClick={other}>{tt("therapist.assign.other")}</button>
    </div>
  );
}
