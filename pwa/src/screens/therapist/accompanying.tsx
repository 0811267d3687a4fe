// What becomes of accompanying this client: handed over, looked at in supervision, left at rest, ended. Each in two steps.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { at } from "./accompanying-words.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { readClients, told, weeks } from "./state.ts";
import { SupervisionOf } from "./supervision-of.tsx";
import type { Client, Colleague } from "./types.ts";
import { own } from "./words.ts";

export default function Accompanying({ client }: { client: Client }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <details class="desk-more" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{at("accompanying.title")}</summary>
        {open && <Ways client={client} />}
      </details>
    </>
  );
}

/** What the client lets this therapist see, where that is not everything. */
export function WhatIsShown({ client }: { client: Client }) {
  const week = weeks.value.get(client.id);
  useEffect(() => {
    if (week === undefined) void readClients().catch(() => undefined); // it was opened by its address
  }, []);
  const why = week?.frozen ? "frozen" : week?.choice;
  if (why === undefined || why === "all") return null;
  return <p class="notice">{at(`accompanying.${why}`, { name: own(client.name) })}</p>;
}

function Ways({ client }: { client: Client }) {
  const [colleagues, setColleagues] = useState<Colleague[] | null>(null);
  const reading = useReading("colleagues", async () => setColleagues((await api<{ colleagues: Colleague[] }>("GET", "/api/colleagues")).colleagues));
  return (
    <div class="stack">
      <Trouble text={reading.trouble} again={reading.again} />
      {colleagues !== null && <HandOver client={client} colleagues={colleagues} />}
      {colleagues !== null && <SupervisionOf client={client} colleagues={colleagues} />}
      <Freeze client={client} />
      <End client={client} />
    </div>
  );
}

function HandOver({ client, colleagues }: { client: Client; colleagues: readonly Colleague[] }) {
  const [to, choose] = useState("");
  const name = own(client.name);
  const leave = useLeaving(at("accompanying.handOver.done", { name }));
  const id = useRef(newId());
  return (
    <Part title={at("accompanying.handOver.title")}>
      <p>{at("accompanying.handOver.text", { name })}</p>
      <p class="muted">{at("accompanying.handOver.facts", { name })}</p>
      {colleagues.length === 0 ? <p>{at("accompanying.handOver.none")}</p> : (
        <>
          <Pick id="hand-over-to" label={at("accompanying.handOver.who")} colleagues={colleagues} to={to} choose={choose} />
          <Sure title={at("accompanying.handOver.sure", { name, colleague: own(colleagues.find((one) => one.id === to)?.name ?? "") })} text={at("accompanying.handOver.text", { name })} go={at("accompanying.handOver.go")} can={to !== ""}
            work={async () => {
              await api("POST", `/api/clients/${client.id}/hand-over`, { id: id.current, to });
              await leave();
            }} />
        </>
      )}
    </Part>
  );
}

function Freeze({ client }: { client: Client }) {
  const name = own(client.name);
  const id = useRef(newId());
  if (weeks.value.get(client.id)?.frozen) return null;
  return (
    <Part title={at("accompanying.freeze.title")}>
      <p>{at("accompanying.freeze.text", { name })}</p>
      <Sure title={at("accompanying.freeze.sure", { name })} text={at("accompanying.freeze.text", { name })} go={at("accompanying.freeze.go")}
        work={async () => {
          await api("POST", `/api/clients/${client.id}/freeze`, { id: id.current });
          await readClients();
        }} />
    </Part>
  );
}

function End({ client }: { client: Client }) {
  const name = own(client.name);
  const id = useRef(newId());
  const leave = useLeaving(at("accompanying.end.done", { name }));
  return (
    <Part title={at("accompanying.end.title")}>
      <p>{at("accompanying.end.text", { name })}</p>
      <Sure title={at("accompanying.end.sure", { name })} text={at("accompanying.end.text", { name })} go={at("accompanying.end.go")}
        work={async () => {
          await api("POST", `/api/clients/${client.id}/relationship-ending`, { id: id.current });
          await leave();
        }} />
    </Part>
  );
}

/** Back to the list, which no longer holds the client, and says what was done. */
function useLeaving(words: string): () => Promise<void> {
  const { route } = useLocation();
  return async () => {
    await readClients();
    told.value = words;
    route("/clients", true);
  };
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card stack tight" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

type PickProps = { id: string; label: string; colleagues: readonly Colleague[]; to: string; choose: (to: string) => void };

export function Pick({ id, label, colleagues, to, choose }: PickProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={to} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{at("accompanying.handOver.choose")}</option>
        {colleagues.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
    </div>
  );
}

type SureProps = { title: string; text: string; go: string; can?: boolean; label?: string; work: () => Promise<void> };

/** A button, and the question before it is done. */
export function Sure({ title, text, go, can = true, label, work }: SureProps) {
  const [asking, setAsking] = useState(false);
  const doing = useAction(async () => {
    await work();
    setAsking(false);
  });
  return (
    <>
      <div class="row"><button type="button" class="button" disabled={!can} aria-label={label} onClick={() => setAsking(true)}>{go}</button></div>
      {asking && (
        <Dialog title={title} onClose={() => setAsking(false)}>
          <div class="stack">
            <p>{text}</p>
            <Trouble text={doing.trouble} />
            <div class="row">
              <button type="button" class="primary" disabled={doing.busy} onClick={doing.run}>{go}</button>
              <button type="button" class="button" onClick={() => setAsking(false)}>{at("accompanying.keep")}</button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
