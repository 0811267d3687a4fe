// Changing what was agreed for an exercise that is set. If it changed meanwhile, that is shown, and nothing is written over.
import { useLocation } from "preact-iso/router";
import { useRef, useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import { Problem } from "../../data/api.ts";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { isOutdated } from "../../exercise/tailored.ts";
import type { Exercise } from "../../exercise/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api, readSets } from "./api.ts";
import { isComplete, useLeaving } from "./assign.tsx";
import { AssignFields } from "./assign-fields.tsx";
import { facts } from "./assignments.tsx";
import { type AssignForm, emptyForm, filledFrom, forClient, type Missing, rewritten, terms, writesTogether, wrongChange } from "./assigning.ts";
import { Desk } from "./desk.tsx";
import { type Limit, limitIn } from "./limit.ts";
import { over } from "./practice.ts";
import { Seen } from "./seen.tsx";
import type { Set } from "./shared.ts";
import { clientOf, keepClient, notice } from "./state.ts";
import { TailorFields } from "./tailor.tsx";
import { TakeBack } from "./take-back.tsx";
import { TogetherFields, WrittenTogether } from "./together.tsx";
import type { Assignable, Client } from "./types.ts";
import { useWhole } from "./whole.ts";
import { own, tt } from "./words.ts";

interface Read {
  sets: Set[];
  cards: Assignable[];
  limit: Limit;
}

export default function EditPage({ id, assignment }: { id: string; assignment: string }) {
  const [read, setRead] = useState<Read | null>(null);
  const reading = useReading(assignment, async () => {
    const [sets, { exercises }, client, { settings }] = await Promise.all([
      readSets(id),
      api<{ exercises: Assignable[] }>("GET", `/api/assignable-exercises?locale=${locale}`),
      api<Client>("GET", `/api/clients/${id}`),
      api<{ settings: WireRecord | null }>("GET", `/api/clients/${id}/settings`),
    ]);
    keepClient(client);
    setRead({ sets, cards: exercises, limit: limitIn(settings === null ? [] : [settings]) });
  });
  const client = clientOf(id);
  const set = read?.sets.find((one) => one.id === assignment);
  const card = read?.cards.find((one) => one.id === set?.body.exercise);
  const live = set !== undefined && over(set.body, localDay(Date.now(), zoneHere())) === null;
  return (
    <Desk title={set ? tt("therapist.edit.title", { title: own(set.body.title) }) : tt("therapist.edit.tab")} tab={tt("therapist.edit.tab")} backTo={`/clients/${id}`}>
      <Trouble text={reading.trouble} again={reading.again} />
      {read && client && (set && card && live
        ? <Details client={client} set={set} card={card} limit={read.limit} />
        : <p>{tt(set && live ? "therapist.edit.noExercise" : "therapist.edit.over")}</p>)}
    </Desk>
  );
}

type DetailsProps = { client: Client; set: Set; card: Assignable; limit: Limit };

function Details({ client, set: opened, card, limit }: DetailsProps) {
  const today = localDay(Date.now(), zoneHere());
  const [set, setSet] = useState(opened);
  const [form, change] = useState<AssignForm>(() => formOf(opened));
  const [looked, setLooked] = useState(false);
  const held = heldBy(set);
  const older = writesTogether(card) && card.version !== set.body.version;
  const whole = useWhole(card.id, writesTogether(card) && !older ? undefined : held);
  const got = forClient(form, whole.exercise);
  const gaps: Missing = wrongChange(got, formOf(set), card, today);
  const saving = useSaving(client, set, card, got);
  useLeaving(JSON.stringify(form) !== JSON.stringify(formOf(set)));
  const fields = { form, card, today, gaps: looked ? gaps : {}, change: (part: Partial<AssignForm>) => change({ ...form, ...part }) };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setLooked(true);
    if (isComplete(gaps)) saving.run();
  };
  const take = (now: Set, keepMine: boolean): void => {
    setSet(now);
    if (!keepMine) change(formOf(now));
    saving.forget();
  };
  return (
    <>
      <form class="desk-assign" noValidate onSubmit={submit}>
        <div class="stack loose">
          <p class="muted">{tt("therapist.edit.text", { name: own(client.name) })}</p>
          <AssignFields {...fields} />
          {older && (
            <div class="stack tight">
              <p class="notice">{tt("therapist.edit.older", { version: String(card.version), before: String(set.body.version) })}</p>
              <WrittenTogether exercise={held} />
            </div>
          )}
          {writesTogether(card) && !older && <TogetherFields {...fields} />}
          {whole.exercise && isOutdated(whole.exercise, set.body.tailored) && <p class="notice">{tt("therapist.edit.outdated", { version: String(whole.exercise.version) })}</p>}
          {whole.exercise && <TailorFields {...fields} exercise={whole.exercise} />}
        </div>
        <div class="stack loose desk-aside">
          {saving.stale ? <Stale now={saving.stale} today={today} onTake={take} /> : <Trouble text={saving.trouble} />}
          {looked && Object.keys(gaps).length > 0 && <p class="problem" role="alert">{tt("therapist.edit.gaps")}</p>}
          <button type="submit" class="primary wide-button" disabled={saving.busy || saving.stale !== null}>{tt("therapist.edit.save")}</button>
          <a class="button wide-button" href={`/clients/${client.id}`}>{tt("therapist.edit.leave")}</a>
          <TakeBack client={client} set={set} />
        </div>
      </form>
      <Trouble text={whole.trouble} again={whole.again} />
      {whole.exercise && <Seen client={client} card={card} exercise={whole.exercise} form={form} limit={limit} />}
    </>
  );
}

/** The form as it is set. That texts were written together is said anew with texts that are new. */
function formOf({ id, body }: Set): AssignForm {
  const filled = filledFrom(body, emptyForm(id, ""));
  const { texts } = (heldBy({ body }) ?? {}) as Pick<Exercise, "texts">;
  return { ...filled, texts: texts ?? filled.texts, together: false };
}

/** The text that the assignment was set with, for exercises that travel inside it. */
function heldBy({ body }: Pick<Set, "body">): Exercise | undefined {
  const aside = (body.suspended as { snapshot?: unknown } | null | undefined)?.snapshot;
  return (body.snapshot ?? aside ?? undefined) as Exercise | undefined;
}

/** Saves the terms on the revision that is shown. `stale` is what is there now, if that is another. */
function useSaving(client: Client, set: Set, card: Assignable, form: AssignForm) {
  const { route } = useLocation();
  const tried = useRef<{ said: string; op: string } | null>(null);
  const [stale, setStale] = useState<Set | null>(null);
  const saving = useAction(async () => {
    const asked = { base: set.rev, ...terms(form, card, locale), ...rewritten(form, formOf(set), card) };
    const said = JSON.stringify(asked);
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    try {
      await api<WireRecord>("PUT", `/api/clients/${client.id}/assignments/${set.id}`, { ...asked, op: tried.current.op });
    } catch (error) {
      if (error instanceof Problem && error.status === 409) setStale((await readSets(client.id)).find(({ id }) => id === set.id) ?? null);
      throw error;
    }
    notice.value = { client: client.id, text: tt("therapist.edit.done", { title: own(set.body.title), name: own(client.name) }) };
    route(`/clients/${client.id}`);
  });
  return { ...saving, stale, forget: () => { setStale(null); saving.clear(); } };
}

/** What is there now, beside what was typed; the therapist says which of the two holds. */
function Stale({ now, today, onTake }: { now: Set; today: string; onTake: (now: Set, keepMine: boolean) => void }) {
  return (
    <div class="notice warm" role="alert">
      <p>{tt("therapist.edit.stale")}</p>
      <p>{facts(now.body, today).join(" · ")}</p>
      {now.body.reason && <p dir="auto" class="desk-quote">{now.body.reason}</p>}
      {now.body.scene && <p dir="auto" class="desk-quote">{now.body.scene}</p>}
      <WrittenTogether exercise={heldBy(now)} />
      <button type="button" class="button" onClick={() => onTake(now, false)}>{tt("therapist.edit.theirs")}</button>
      <button type="button" class="button" onClick={() => onTake(now, true)}>{tt("therapist.edit.mine")}</button>
    </div>
  );
}
