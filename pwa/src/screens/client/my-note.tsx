// The person's own note for the session: kept as it is typed, and nobody's to read until they choose who may.
import { useMemo, useState } from "preact/hooks";
import { FullNotice } from "../../app/full-notice.tsx";
import { whenWords } from "../../app/keeping-words.ts";
import { dates } from "../../app/dates.ts";
import { t } from "../../app/words.ts";
import { useDraft } from "../../data/drafts.ts";
import { openedBy } from "../../data/readings.ts";
import type { LocalRecord } from "../../data/types.ts";
import { longDay } from "../../history/day-words.ts";
import { meantWords } from "../../pair/note-words.ts";
import { MOST, type Note } from "../../pair/notes.ts";
import { type Begun, DRAFT, type Here, nothingTyped, saveNote, shareNote } from "../../pair/use-notes.ts";
import { nt } from "../../pair/words.ts";
import { useAgreement } from "../../sharing/agreed.ts";
import { useReadings } from "../../sharing/use-readings.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { DeleteNote, seenBy } from "./note-parts.tsx";

type Props = { note: Note<LocalRecord> | null; here: Here };

export function MyNote({ note, here }: Props) {
  const [round, setRound] = useState(0);
  return (
    <section class="stack" aria-labelledby="mine">
      <h2 id="mine">{nt("pair.notes.mine", names())}</h2>
      <Mine key={round} note={note} here={here} saved={() => setRound(round + 1)} />
    </section>
  );
}

/** What is written stands as it is until something is typed; a new one is a form. */
function Mine({ note, here, saved }: Props & { saved: () => void }) {
  const empty = useMemo(nothingTyped, []);
  const { value: kept, set, clear } = useDraft<Begun>(DRAFT, empty);
  const begun = kept.value;
  if (begun === null) return null;
  if (note !== null && begun.text === null) {
    return (
      <Written note={note} here={here} change={() => set({ ...empty, text: note.text, of: { id: note.id, base: note.record.rev } })}
        fresh={() => set({ ...empty, text: "" })} />
    );
  }
  return (
    <Form note={note} here={here} begun={begun} type={(text) => set({ ...begun, text })} saved={saved}
      drop={begun.text === null ? null : () => void clear()} />
  );
}

type FormProps = Props & { begun: Begun; type: (text: string) => void; saved: () => void; drop: (() => void) | null };

/** Two buttons and no preset: who reads it is chosen with the tap that saves it. */
function Form({ note, here, begun, type, saved, drop }: FormProps) {
  const text = begun.text ?? "";
  const saving = useAction(async () => saveNote(begun, true, note).then(saved));
  const keeping = useAction(async () => saveNote(begun, false, note).then(saved));
  const nothing = text.trim() === "" || saving.busy || keeping.busy;
  const left = MOST - text.length;
  return (
    <form class="card" noValidate onSubmit={(event) => event.preventDefault()}>
      <div class="field">
        <label for="my-note">{nt("pair.notes.label", names())}</label>
        <p class="hint" id="my-note-hint">{whenRead(here)}</p>
        {note !== null && begun.of === null && <p class="hint" id="my-note-new">{nt("pair.notes.new_hint")}</p>}
        <FullNotice />
        <textarea id="my-note" class="input" rows={5} dir="auto" maxLength={MOST} value={text} aria-describedby="my-note-hint"
          onInput={(event) => type(event.currentTarget.value)} />
        <p class="hint" role="status">{left <= 60 ? nt("pair.notes.left", { n: left }) : ""}</p>
      </div>
      {(saving.trouble ?? keeping.trouble) && <p class="problem" role="alert">{saving.trouble ?? keeping.trouble}</p>}
      <button type="button" class="primary wide-button" disabled={nothing} onClick={saving.run}>{nt("pair.notes.share", names())}</button>
      <button type="button" class="button wide-button" disabled={nothing} onClick={keeping.run}>{nt("pair.notes.keep")}</button>
      {drop !== null && <div><button type="button" class="quiet" onClick={drop}>{nt("pair.notes.drop")}</button></div>}
    </form>
  );
}

function whenRead({ next }: Here): string {
  return next === null ? nt("pair.notes.when", names()) : nt("pair.notes.when_day", { ...names(), day: longDay(next.day, dates) });
}

type WrittenProps = { note: Note<LocalRecord>; here: Here; change: () => void; fresh: () => void };

function Written({ note, here, change, fresh }: WrittenProps) {
  const shared = note.record.audience === "therapist";
  const turn = useAction(() => shareNote(note, !shared));
  return (
    <div class="card">
      <p class="eyebrow">{meantWords(note, here.sessions)}</p>
      <p class="as-written" dir="auto">{note.text}</p>
      <Seen note={note} here={here} />
      {turn.trouble && <p class="problem" role="alert">{turn.trouble}</p>}
      <div class="row">
        <button type="button" class="button" onClick={change}>{nt("pair.notes.change")}</button>
        <button type="button" class="button" disabled={turn.busy} onClick={turn.run}>
          {shared ? nt("pair.notes.take_back") : nt("pair.notes.share", names())}
        </button>
        <button type="button" class="quiet" onClick={fresh}>{nt("pair.notes.new")}</button>
        <DeleteNote note={note} />
      </div>
    </div>
  );
}

/** Who can read it, when that will be, and whether it has arrived and was opened. */
function Seen({ note, here }: { note: Note<LocalRecord>; here: Here }) {
  const { log, fresh } = useReadings();
  const paused = useAgreement()?.paused === true;
  const { audience, state } = note.record;
  if (audience !== "therapist") return <p class="muted small" role="status">{seenBy(note)}</p>;
  const reading = log === null ? null : openedBy(log, note.record);
  return (
    <div class="stack tight muted small" role="status">
      <p>{whenRead(here)}</p>
      {paused && <p>{nt("pair.notes.paused", names())}</p>}
      <p>{t(`foundation.state.${state}`)}</p>
      {state === "refused" && <a href="/settings/unsent">{t("foundation.status.refused", { n: 1 })}</a>}
      {state === "sent" && reading !== null && <p>{st("sharing.opened", { who: reading.by, when: whenWords(reading.at) })}</p>}
      {state === "sent" && reading === null && fresh && !paused && <p>{st("sharing.not_opened", names())}</p>}
    </div>
  );
}
