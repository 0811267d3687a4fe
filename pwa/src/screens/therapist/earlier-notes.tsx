// Notes from before, of both. The therapist's own can be taken back one by one; what the client wrote is the client's.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import type { Note } from "../../pair/notes.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import { NoteText, writtenOn } from "./note-text.tsx";
import { dt } from "./pair-words.ts";
import type { Client } from "./types.ts";
import { own } from "./words.ts";

type Props = { client: Client; notes: readonly Note<WireRecord>[]; put: (record: WireRecord) => void };

export function EarlierNotes({ client, notes, put }: Props) {
  if (notes.length === 0) return null;
  return (
    <details class="desk-more">
      <summary>{dt("desk.notes.earlier", { n: notes.length })}</summary>
      <ul class="desk-list">{notes.map((note) => <li key={note.id}><Earlier client={client} note={note} put={put} /></li>)}</ul>
      <p class="muted small">{dt("desk.notes.earlier_hint", { name: own(client.name) })}</p>
    </details>
  );
}

function Earlier({ client, note, put }: Omit<Props, "notes"> & { note: Note<WireRecord> }) {
  const [asking, setAsking] = useState(false);
  if (note.record.author === "client") return <NoteText note={note} by={client.name} />;
  return (
    <div class="row spread">
      <NoteText note={note} by={note.by || dt("desk.notes.who_you")} />
      <button type="button" class="quiet" onClick={() => setAsking(true)} aria-label={dt("desk.notes.back_which", { day: writtenOn(note) })}>{dt("desk.notes.back")}</button>
      {asking && <Asking client={client} note={note} put={put} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** Asks once, and says what taking back can't do: nothing here knows what was read on the client's phone. */
function Asking({ client, note, put, onClose }: Omit<Props, "notes"> & { note: Note<WireRecord>; onClose: () => void }) {
  const op = useRef(newId());
  const taking = useAction(async () => {
    put(await api<WireRecord>("POST", `/api/clients/${client.id}/messages/${note.id}/withdrawal`, { op: op.current, base: note.record.rev }));
    onClose();
  });
  return (
    <Dialog title={dt("desk.notes.back_ask", { day: writtenOn(note) })} onClose={onClose}>
      <div class="stack">
        <p class="desk-quote" dir="auto">{note.text}</p>
        <p>{dt("desk.notes.back_text", { name: own(client.name) })}</p>
        <Trouble text={taking.trouble} />
        <div class="row">
          <button type="button" class="primary" disabled={taking.busy} onClick={taking.run}>{dt("desk.notes.back")}</button>
          <button type="button" class="button" onClick={onClose}>{dt("desk.notes.back_keep")}</button>
        </div>
      </div>
    </Dialog>
  );
}
