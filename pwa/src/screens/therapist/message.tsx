// One note each way until the two meet. What the therapist leaves is on the client's phone; what the client shares is here.
import { useEffect, useRef, useState } from "preact/hooks";
import { derivedId, newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { meetingOf, MOST, type Note, notesIn } from "../../pair/notes.ts";
import { type Sessions, sessionsIn, sessionsRecord } from "../../pair/session-dates.ts";
import { NAMESPACE } from "../../sharing/agreement.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { EarlierNotes } from "./earlier-notes.tsx";
import { NoteText } from "./note-text.tsx";
import { dt } from "./pair-words.ts";
import { fullDay } from "./times.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { client: Client; records: readonly WireRecord[]; put: (record: WireRecord) => void };

export function Message({ client, records, put }: Props) {
  const [zone, now] = [zoneHere(), Date.now()];
  const sessions = sessionsIn(sessionsRecord(records));
  const { theirs: mine, mine: theirs } = notesIn(records, sessions, now, zone); // "mine" there is the client's
  const name = own(client.name);
  const earlier = [...mine.earlier, ...theirs.earlier].sort((one, other) => other.at - one.at);
  return (
    <section class="stack tight" aria-labelledby="notes-title">
      <h2 id="notes-title">{dt("desk.notes.title")}</h2>
      <p class="muted small">{dt("desk.notes.lead")}</p>
      <h3>{dt("desk.notes.theirs", { name })}</h3>
      {theirs.now === null ? <p class="muted">{dt("desk.notes.theirs_none")}</p> : <NoteText note={theirs.now} />}
      <h3>{dt("desk.notes.mine", { name })}</h3>
      <Mine client={client} note={mine.now} sessions={sessions} records={records} put={put} />
      <EarlierNotes client={client} notes={earlier} put={put} />
    </section>
  );
}

type MineProps = Props & { note: Note | null; sessions: Sessions };

function Mine({ client, note, sessions, records, put }: MineProps) {
  const [writing, setWriting] = useState<"change" | "fresh" | null>(null);
  const saving = useSaving(client, put);
  const base = useBase(client, records);
  if (writing !== null && base !== undefined) {
    return <Form client={client} start={writing === "change" ? (note?.text ?? "") : ""} base={base} saving={saving}
      save={(text, seen) => saving.run({ text, fresh: writing === "fresh", base: seen }, () => setWriting(null))} done={() => setWriting(null)} />;
  }
  return (
    <>
      {note === null ? <p class="muted">{dt("desk.notes.mine_none")}</p> : <><NoteText note={note} /><p class="muted small">{untilWords(note, sessions)}</p></>}
      <div class="row">
        {note !== null && <button type="button" class="button" onClick={() => setWriting("change")}>{dt("desk.notes.change")}</button>}
        <button type="button" class={note === null ? "button" : "quiet"} onClick={() => setWriting("fresh")}>{dt(note === null ? "desk.notes.write" : "desk.notes.fresh")}</button>
        {note !== null && <button type="button" class="quiet" disabled={saving.busy || base === undefined} onClick={() => saving.run({ text: "", fresh: false, base: base ?? null }, () => undefined)}>{dt("desk.notes.back")}</button>}
      </div>
      <Trouble text={saving.trouble} />
    </>
  );
}

type FormProps = { client: Client; start: string; base: string | null; saving: ReturnType<typeof useSaving>; save: (text: string, base: string | null) => void; done: () => void };

function Form({ client, start, base, saving, save, done }: FormProps) {
  const [text, setText] = useState(start);
  const [seen] = useState(base);
  const left = MOST - text.length;
  return (
    <form class="card stack desk-form" onSubmit={(event) => { event.preventDefault(); save(text, seen); }}>
      <div class="field">
        <label for="desk-note">{dt("desk.notes.label", { name: own(client.name) })}</label>
        <p id="desk-note-hint" class="hint">{dt("desk.notes.hint")}</p>
        <textarea id="desk-note" class="input" dir="auto" rows={5} required maxLength={MOST} value={text} aria-describedby="desk-note-hint"
          onInput={({ currentTarget }) => setText(currentTarget.value)} />
        <p class="hint desk-room" role="status">{left <= 60 ? dt("desk.notes.left", { n: left }) : ""}</p>
      </div>
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy || text.trim() === ""}>{dt("desk.notes.save")}</button>
        <button type="button" class="button" onClick={done}>{tt("therapist.limits.cancel")}</button>
      </div>
    </form>
  );
}

type Wish = { text: string; fresh: boolean; base: string | null };

/** Saves the note whole; what somebody else changed meanwhile is not written over. */
function useSaving(client: Client, put: Props["put"]) {
  const tried = useRef<{ said: string; op: string } | null>(null);
  return useAction(async (wish: Wish, done: () => void) => {
    const said = JSON.stringify(wish);
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    const { message, earlier } = await api<{ message: WireRecord; earlier: WireRecord | null }>("PUT", `/api/clients/${client.id}/message`, { ...wish, op: tried.current.op });
    tried.current = null;
    if (earlier) put(earlier);
    put(message);
    done();
  });
}

/** The revision of the note that is on screen, null where there was never one; undefined until its id was worked out. */
function useBase(client: Client, records: readonly WireRecord[]): string | null | undefined {
  const [id, setId] = useState<string>();
  useEffect(() => {
    void derivedId(NAMESPACE, `message ${client.id}`).then(setId);
  }, [client.id]);
  return id === undefined ? undefined : (records.find((record) => record.id === id)?.rev ?? null);
}

function untilWords(note: Note, sessions: Sessions): string {
  const meeting = meetingOf(note, sessions, zoneHere());
  return meeting === null ? dt("desk.notes.until_next") : dt("desk.notes.until", { day: fullDay(meeting.day, localDay(Date.now(), zoneHere())) });
}
