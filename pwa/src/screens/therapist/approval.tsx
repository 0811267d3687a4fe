// Approving a version: a named clinician stands behind it. Taking it back is one step too.
import { useId, useState } from "preact/hooks";
import { me } from "../../data/session.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { fullDay } from "./times.ts";
import type { PracticeExercise } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { entry: PracticeExercise; changed: () => void };

export function Approval({ entry, changed }: Props) {
  const admin = me.value?.role === "admin";
  return (
    <section class="card stack" aria-labelledby="approval">
      <h2 id="approval">{tt("therapist.approval.title")}</h2>
      {entry.approval
        ? <p>{tt("therapist.approval.by", { name: own(entry.approval.by), day: fullDay(entry.approval.day, entry.approval.day), n: entry.version })}</p>
        : <p>{tt("therapist.approval.none")}</p>}
      {entry.earlier.length > 0 && (
        <ul class="desk-list muted small">
          {entry.earlier.map(({ version, by, day }) => <li key={version}>{tt("therapist.approval.earlier", { n: version, name: own(by), day: fullDay(day, day) })}</li>)}
        </ul>
      )}
      {!admin && <p class="muted">{tt("therapist.approval.admin")}</p>}
      {admin && (entry.approval ? <TakeBack entry={entry} changed={changed} /> : <Approve entry={entry} changed={changed} />)}
    </section>
  );
}

function Approve({ entry, changed }: Props) {
  const [by, setBy] = useState("");
  const field = useId();
  const approving = useAction(async () => {
    await api("POST", "/api/practice/approvals", { exercise: entry.id, version: entry.version, by });
    changed();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (by.trim() !== "") approving.run();
    else document.getElementById(field)?.focus();
  };
  return (
    <form class="stack desk-form" noValidate onSubmit={submit}>
      <div class="field">
        <label for={field}>{tt("therapist.approval.name")}</label>
        <input id={field} class="input" maxLength={120} autocomplete="off" value={by} onInput={(event) => setBy(event.currentTarget.value)} />
        <p class="hint">{tt("therapist.approval.name_hint")}</p>
      </div>
      <Trouble text={approving.trouble} />
      <button type="submit" class="primary" disabled={approving.busy}>{tt("therapist.approval.go", { n: entry.version })}</button>
    </form>
  );
}

function TakeBack({ entry, changed }: Props) {
  const taking = useAction(async () => {
    await api("DELETE", `/api/practice/approvals/${entry.id}/${entry.version}`);
    changed();
  });
  return (
    <>
      <p class="muted small">{tt("therapist.approval.take_back_text")}</p>
      <Trouble text={taking.trouble} />
      <button type="button" class="button" disabled={taking.busy} onClick={taking.run}>{tt("therapist.approval.take_back")}</button>
    </>
  );
}
