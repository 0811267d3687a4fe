// Whom the practice's clients can reach: crisis lines that somebody called, and how to reach their therapist.
import { useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { me } from "../../data/session.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Contacts, Line } from "../../safety/contacts.ts";
import { Dial } from "../../safety/dial.tsx";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { checkAge } from "./checked.ts";
import { LineForm } from "./crisis-line-form.tsx";
import { Desk } from "./desk.tsx";
import { PracticeContact } from "./practice-contact.tsx";
import { fullDay } from "./times.ts";
import { own, tt } from "./words.ts";
import "../../styles/safety.css";

const here = (): string => localDay(Date.now(), zoneHere());

export function CrisisLinesPage() {
  const [all, setAll] = useState<Contacts | null>(null);
  const reading = useReading("crisis-lines", async () => setAll(await api<Contacts>("GET", "/api/crisis-lines")));
  const admin = me.value?.role === "admin";
  return (
    <Desk title={tt("therapist.lines.title")} backTo={admin ? "/exercises" : "/clients"}>
      <p class="muted">{tt("therapist.lines.text")}</p>
      {!admin && <p class="muted">{tt("therapist.lines.reader")}</p>}
      <Trouble text={reading.trouble} again={reading.again} />
      {all !== null && <Lines lines={all.lines} admin={admin} changed={reading.again} />}
      {all !== null && <PracticeContact contact={all.contact} admin={admin} changed={reading.again} />}
    </Desk>
  );
}

interface LinesProps {
  lines: readonly Line[];
  admin: boolean;
  changed: () => void;
}

function Lines({ lines, admin, changed }: LinesProps) {
  const [editing, setEditing] = useState<string | null>(null);
  const due = lines.filter(({ checked_on }) => checkAge(checked_on, here()) !== "fresh").length;
  const close = (): void => setEditing(null);
  const saved = (): void => {
    close();
    changed();
  };
  return (
    <>
      {due > 0 && <p class="notice warm" role="status">{tt("therapist.lines.count", { n: due })}</p>}
      {lines.length === 0 && <p>{tt("therapist.lines.none")}</p>}
      {lines.map((line) => (editing === line.id
        ? <LineForm key={line.id} id={line.id} line={line} saved={saved} cancel={close} />
        : <OneLine key={line.id} line={line} admin={admin} edit={() => setEditing(line.id)} changed={changed} />))}
      {admin && (editing !== null && !lines.some(({ id }) => id === editing)
        ? <LineForm key={editing} id={editing} line={null} saved={saved} cancel={close} />
        : <p><button type="button" class={lines.length === 0 ? "primary" : "button"} onClick={() => setEditing(newId())}>{tt("therapist.lines.add")}</button></p>)}
    </>
  );
}

interface OneProps {
  line: Line;
  admin: boolean;
  edit: () => void;
  changed: () => void;
}

function OneLine({ line, admin, edit, changed }: OneProps) {
  const { id, name, number, sms, chat, hours, checked_on, checked_by = "" } = line;
  const age = checkAge(checked_on, here());
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}><bdi>{name}</bdi></h2>
      <p dir="auto">{hours}</p>
      <Dial name={name} number={number} sms={sms} chat={chat} />
      <p class="muted small">{tt("therapist.lines.checked", { day: fullDay(checked_on, here()), name: own(checked_by) })}</p>
      {age !== "fresh" && <p class="notice warm">{tt(`therapist.lines.${age}`)}</p>}
      {admin && <Steps line={line} edit={edit} changed={changed} />}
    </section>
  );
}

function Steps({ line: { id, name }, edit, changed }: Omit<OneProps, "admin">) {
  const [sure, setSure] = useState(false);
  const calling = useAction(async () => {
    await api("POST", `/api/crisis-lines/${id}/checks`, { on: here() });
    changed();
  });
  const removing = useAction(async () => {
    await api("DELETE", `/api/crisis-lines/${id}`);
    changed();
  });
  return (
    <>
      <div class="row">
        <button type="button" class="button" disabled={calling.busy} onClick={calling.run}
          aria-label={tt("therapist.lines.called_which", { name })}>{tt("therapist.lines.called")}</button>
        <button type="button" class="quiet" onClick={edit}
          aria-label={tt("therapist.lines.change_which", { name })}>{tt("therapist.lines.change")}</button>
        <button type="button" class="quiet" disabled={removing.busy} onClick={sure ? () => removing.run() : () => setSure(true)}
          {...(!sure && { "aria-label": tt("therapist.lines.remove_which", { name }) })}>
          {tt(sure ? "therapist.lines.remove_sure" : "therapist.lines.remove")}
        </button>
      </div>
      <Trouble text={calling.trouble ?? removing.trouble} />
    </>
  );
}
