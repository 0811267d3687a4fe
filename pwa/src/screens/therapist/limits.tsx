// What this client is kept from, or to: exercises by what speaks against them, and closed eyes. It holds on their phone.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { CODES, type Limit, limitIn, limitRecord } from "./limit.ts";
import { type Draft, gapIn, MoreLimits, useMoreSaid } from "./limits-more.tsx";
import type { Client } from "./types.ts";
import { named, own, tt } from "./words.ts";

type Props = { client: Client; records: readonly WireRecord[]; put: (record: WireRecord) => void };

export function Limits({ client, records, put }: Props) {
  const [changing, setChanging] = useState(false);
  const limit = limitIn(records);
  const more = useMoreSaid(limit);
  const said = [...(limit.openOnly ? [tt("therapist.limits.eyes")] : []), ...limit.blocks.map((code) => named("caution", code)), ...more];
  return (
    <section class="stack tight" aria-labelledby="limits-title">
      <h2 id="limits-title">{tt("therapist.limits.title")}</h2>
      <p class="muted small">{tt("therapist.limits.text", { name: own(client.name) })}</p>
      {changing ? (
        <Form client={client} records={records} limit={limit} done={(record) => {
          if (record) put(record);
          setChanging(false);
        }} />
      ) : (
        <>
          {said.length === 0 ? <p>{tt("therapist.limits.none")}</p> : <ul class="desk-list">{said.map((one) => <li key={one}>{one}</li>)}</ul>}
          <button type="button" class="button desk-start" onClick={() => setChanging(true)}>{tt("therapist.limits.change")}</button>
        </>
      )}
    </section>
  );
}

type FormProps = { client: Client; records: readonly WireRecord[]; limit: Limit; done: (record?: WireRecord) => void };

/** Nothing changes before Save; what somebody else changed meanwhile is not written over. */
function Form({ client, records, limit, done }: FormProps) {
  const [draft, set] = useState<Draft>({ ...limit, only: limit.allowed.length > 0 });
  const [base] = useState(() => limitRecord(records)?.rev ?? null);
  const [gap, setGap] = useState<string | null>(null);
  const tried = useRef<{ said: string; op: string } | null>(null);
  const { blocks, openOnly } = draft;
  const change = (some: Partial<Draft>): void => set((before) => ({ ...before, ...some }));
  const saving = useAction(async () => {
    const [asked, said] = [{ base, ...askedOf(draft) }, JSON.stringify(draft)];
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    done(await api<WireRecord>("PUT", `/api/clients/${client.id}/settings`, { ...asked, op: tried.current.op }));
  });
  const save = (): void => {
    const wrong = gapIn(draft);
    setGap(wrong);
    if (wrong === null) saving.run();
  };
  const turn = (code: string, on: boolean): void => change({ blocks: on ? [...blocks, code] : blocks.filter((one) => one !== code) });
  return (
    <form class="card stack" noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Switch label={tt("therapist.limits.eyes")} description={tt("therapist.limits.eyesHint")} on={openOnly}
        onChange={(on) => change({ openOnly: on })} />
      <fieldset class="stack tight">
        <legend>{tt("therapist.limits.codes")}</legend>
        {CODES.map((code) => (
          <Switch key={code} label={named("caution", code)} on={blocks.includes(code)} onChange={(on) => turn(code, on)}
            description={code in HINTS ? tt(HINTS[code as keyof typeof HINTS]) : undefined} />
        ))}
      </fieldset>
      <MoreLimits client={client} draft={draft} change={change} />
      {gap !== null && <p class="problem" role="alert">{gap}</p>}
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy}>{tt("therapist.limits.save")}</button>
        <button type="button" class="button" onClick={() => done()}>{tt("therapist.limits.cancel")}</button>
      </div>
    </form>
  );
}

function askedOf({ blocks, openOnly, only, allowed, ok, hours }: Draft) {
  return { blocks, open_only: openOnly, allowed: only ? allowed : [], ok, hours: hours && { from: hours[0], to: hours[1] } };
}

/** What the phone does by these besides closing exercises. */
const HINTS = { BREATH: "therapist.limits.breath", BODY: "therapist.limits.body", DISS: "therapist.limits.diss" } as const;
