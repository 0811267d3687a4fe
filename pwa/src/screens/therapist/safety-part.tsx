// The sixth part of a client's safety plan: written together in the room, and in their plan on their phone.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { MOST, type Together, togetherIn } from "../../safety/together.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { dt } from "./pair-words.ts";
import { fullDay } from "./times.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { client: Client; records: readonly WireRecord[]; put: (record: WireRecord) => void };

export function SafetyPart({ client, records, put }: Props) {
  const [writing, setWriting] = useState(false);
  const part = togetherIn(records);
  const saving = useSaving(client, put);
  const there = part !== null && part.around !== "";
  return (
    <section class="stack tight" aria-labelledby="part-title">
      <h2 id="part-title">{dt("desk.part.title")}</h2>
      <p class="muted small">{dt("desk.part.lead", { name: own(client.name) })}</p>
      {writing ? <Form client={client} part={part} saving={saving} done={() => setWriting(false)} /> : (
        <>
          {there ? <Written part={part} /> : <p class="muted">{dt("desk.part.none")}</p>}
          <div class="row">
            <button type="button" class="button" onClick={() => setWriting(true)}>{dt(there ? "desk.part.change" : "desk.part.write")}</button>
            {there && (
              <button type="button" class="quiet" disabled={saving.busy} onClick={() => saving.run({ around: "", written_together: false, base: part.rev }, () => undefined)}>
                {dt("desk.part.back")}
              </button>
            )}
          </div>
          <Trouble text={saving.trouble} />
        </>
      )}
    </section>
  );
}

function Written({ part: { around, at } }: { part: Together }) {
  const [day, today] = [localDay(at, zoneHere()), localDay(Date.now(), zoneHere())];
  return (
    <>
      <p class="desk-text" dir="auto">{around}</p>
      <p class="muted small">{dt("desk.part.written", { day: fullDay(day, today) })}</p>
    </>
  );
}

type FormProps = { client: Client; part: Together | null; saving: ReturnType<typeof useSaving>; done: () => void };

function Form({ client, part, saving, done }: FormProps) {
  const [text, setText] = useState(part?.around ?? "");
  const [together, setTogether] = useState(false);
  const [gap, setGap] = useState(false);
  const [base] = useState(part?.rev ?? null);
  const save = (): void => {
    setGap(!together);
    if (together) saving.run({ around: text, written_together: true, base }, done);
  };
  return (
    <form class="card stack desk-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
      <div class="field">
        <label for="desk-part">{dt("desk.part.label", { name: own(client.name) })}</label>
        <p id="desk-part-hint" class="hint">{dt("desk.part.hint")}</p>
        <textarea id="desk-part" class="input" dir="auto" rows={5} required maxLength={MOST} value={text} aria-describedby="desk-part-hint"
          onInput={({ currentTarget }) => setText(currentTarget.value)} />
      </div>
      <div class="field">
        <label class="row desk-tick">
          <input type="checkbox" checked={together} aria-invalid={gap} aria-describedby={gap ? "desk-part-gap" : undefined}
            onChange={({ currentTarget }) => setTogether(currentTarget.checked)} />
          <span>{dt("desk.part.together")}</span>
        </label>
        {gap && !together && <p id="desk-part-gap" class="problem small" role="alert">{dt("desk.part.not_together")}</p>}
      </div>
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy || text.trim() === ""}>{dt("desk.part.save")}</button>
        <button type="button" class="button" onClick={done}>{tt("therapist.limits.cancel")}</button>
      </div>
    </form>
  );
}

type Wish = { around: string; written_together: boolean; base: string | null };

/** Saves the part whole; what somebody else changed meanwhile is not written over. */
function useSaving(client: Client, put: Props["put"]) {
  const tried = useRef<{ said: string; op: string } | null>(null);
  return useAction(async (wish: Wish, done: () => void) => {
    const said = JSON.stringify(wish);
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    put(await api<WireRecord>("PUT", `/api/clients/${client.id}/safety-part`, { ...wish, op: tried.current.op }));
    tried.current = null;
    done();
  });
}
