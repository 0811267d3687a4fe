// When the two meet: the next session, a weekly pattern or one date in two taps, and the way to the page before it.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { localDay, weekday, zoneHere } from "../../history/days.ts";
import { lastBefore, type Meeting, nextFrom, type Sessions, sessionsIn, sessionsRecord, without } from "../../pair/session-dates.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { fullDay } from "./times.ts";
import type { Client } from "./types.ts";
import { tt } from "./words.ts";
import "../../styles/inputs.css";

type Props = { client: Client; records: readonly WireRecord[]; put: (record: WireRecord) => void };
const USUAL = "10:00";
/** Dates further back than this are no longer kept. */
const KEPT = 40;

export function SessionDates({ client, records, put }: Props) {
  const [adding, setAdding] = useState(false);
  const today = localDay(Date.now(), zoneHere());
  const record = sessionsRecord(records);
  const sessions = sessionsIn(record);
  const [next, last] = [nextFrom(sessions, today), lastBefore(sessions, today)];
  const saving = useSaving(client, record, put);
  return (
    <section class="stack tight" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{tt("therapist.sessions.title")}</h2>
      <p>{next ? tt("therapist.sessions.next", said(next, today)) : tt("therapist.sessions.none")}</p>
      {last && <p class="muted small">{tt("therapist.sessions.last", said(last, today))}</p>}
      {adding ? <Form sessions={sessions} today={today} saving={saving} done={() => setAdding(false)} /> : (
        <div class="row">
          <a class="button" href={`/clients/${client.id}/brief`}>{tt("therapist.sessions.brief")}</a>
          <button type="button" class="button" onClick={() => setAdding(true)}>{tt("therapist.sessions.add")}</button>
          {next && (
            <button type="button" class="quiet" disabled={saving.busy} onClick={() => saving.run(without(sessions, next.day), () => undefined)}>
              {tt("therapist.sessions.off", said(next, today))}
            </button>
          )}
        </div>
      )}
      <Trouble text={saving.trouble} />
    </section>
  );
}

type FormProps = { sessions: Sessions; today: string; saving: ReturnType<typeof useSaving>; done: () => void };

/** A date, a time, and whether it comes again every week. */
function Form({ sessions, today, saving, done }: FormProps) {
  const [day, setDay] = useState(today);
  const [at, setAt] = useState(sessions.weekly?.at ?? USUAL);
  const [weekly, setWeekly] = useState(sessions.weekly === null);
  const save = (): void => saving.run(added(sessions, { day, at }, weekly), done);
  return (
    <form class="card stack desk-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <label class="field"><span>{tt("therapist.sessions.day")}</span>
        <input class="input desk-date" type="date" required value={day} onInput={({ currentTarget }) => setDay(currentTarget.value)} />
      </label>
      <label class="field"><span>{tt("therapist.sessions.time")}</span>
        <input class="input desk-date" type="time" required value={at} onInput={({ currentTarget }) => setAt(currentTarget.value.slice(0, 5))} />
      </label>
      <Switch label={tt("therapist.sessions.weekly")} description={tt("therapist.sessions.weeklyHint")} on={weekly} onChange={setWeekly} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy}>{tt("therapist.sessions.save")}</button>
        <button type="button" class="button" onClick={done}>{tt("therapist.limits.cancel")}</button>
      </div>
    </form>
  );
}

/** A pattern takes the place of the one before from its first date on; what was before stays as single dates. */
function added(sessions: Sessions, { day, at }: Meeting, weekly: boolean): Sessions {
  if (!weekly) return { ...sessions, off: sessions.off.filter((one) => one !== day), single: [...sessions.single.filter((one) => one.day !== day), { day, at }].slice(-KEPT) };
  const last = lastBefore(sessions, day);
  const kept = last === null ? sessions.single : [...sessions.single.filter((one) => one.day !== last.day), last];
  return { weekly: { weekday: weekday(day), at, since: day }, single: kept.slice(-KEPT), off: sessions.off.filter((one) => one > day) };
}

/** Saves the dates whole; what somebody else changed meanwhile is not written over. */
function useSaving(client: Client, record: WireRecord | undefined, put: Props["put"]) {
  const tried = useRef<{ said: string; op: string } | null>(null);
  return useAction(async (sessions: Sessions, done: () => void) => {
    const said = JSON.stringify(sessions);
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    put(await api<WireRecord>("PUT", `/api/clients/${client.id}/sessions`, { ...sessions, base: record?.rev ?? null, op: tried.current.op }));
    tried.current = null;
    done();
  });
}

function said({ day, at }: Meeting, today: string): { day: string; time: string } {
  return { day: fullDay(day, today), time: at };
}
