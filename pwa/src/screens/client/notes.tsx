// Notes for the next session: the person's own, the therapist's, and those before. Written here, read when they meet.
import { Screen } from "../../app/shell.tsx";
import type { LocalRecord } from "../../data/types.ts";
import { untilWords, writtenOn } from "../../pair/note-words.ts";
import type { Note } from "../../pair/notes.ts";
import { type Here, isAway, putAway, useNotes } from "../../pair/use-notes.ts";
import { nt } from "../../pair/words.ts";
import { names } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { MyNote } from "./my-note.tsx";
import { DeleteNote, seenBy } from "./note-parts.tsx";
import "../../styles/checkin.css";
import "../../styles/pair.css";

export default function NotesPage() {
  const here = useNotes();
  return (
    <Screen title={nt("pair.notes.title")} backTo="/">
      <p class="notice warm">{nt("pair.notes.live")}</p>
      <p class="lead">{nt("pair.notes.lead")}</p>
      {here !== null && (
        <>
          <MyNote note={here.notes.mine.now} here={here} />
          <Theirs here={here} />
          <Earlier notes={[...here.notes.mine.earlier, ...here.notes.theirs.earlier]} />
        </>
      )}
    </Screen>
  );
}

function Theirs({ here: { notes, sessions } }: { here: Here }) {
  const note = notes.theirs.now;
  return (
    <section class="stack" aria-labelledby="theirs">
      <h2 id="theirs">{nt("pair.notes.theirs", names())}</h2>
      {note === null ? <p class="muted">{nt("pair.notes.theirs_none")}</p> : (
        <div class="card">
          <p class="eyebrow">{untilWords(note, sessions)}</p>
          <p class="as-written" dir="auto">{note.text}</p>
          <p class="muted small">{nt("pair.notes.written", { day: writtenOn(note) })} {nt("pair.notes.no_answer")}</p>
          <Away note={note} />
        </div>
      )}
    </section>
  );
}

function Away({ note }: { note: Note<LocalRecord> }) {
  const away = isAway(note);
  const turn = useAction(() => putAway(note, away !== true));
  if (away === undefined) return null;
  return (
    <>
      {away && <p>{nt("pair.notes.away")}</p>}
      {turn.trouble && <p class="problem" role="alert">{turn.trouble}</p>}
      <div><button type="button" class="button" onClick={turn.run}>{nt(away ? "pair.notes.put_back" : "pair.notes.put_away")}</button></div>
    </>
  );
}

/** What was written before, by whom and when. A note of one's own can go. */
function Earlier({ notes }: { notes: readonly Note<LocalRecord>[] }) {
  if (notes.length === 0) return null;
  const inOrder = [...notes].sort((one, other) => other.at - one.at);
  return (
    <section class="stack" aria-labelledby="earlier-notes">
      <h2 id="earlier-notes">{nt("pair.notes.earlier")}</h2>
      <ul class="plain-list stack loose">{inOrder.map((note) => <li key={note.id}><EarlierNote note={note} /></li>)}</ul>
    </section>
  );
}

function EarlierNote({ note }: { note: Note<LocalRecord> }) {
  const mine = note.record.author === "client";
  return (
    <article class="earlier-note stack tight">
      <h3>{writtenOn(note)}</h3>
      <p class="muted small">{mine ? `${nt("pair.notes.you")} · ${seenBy(note)}` : note.by || names().Therapist}</p>
      <p class="as-written" dir="auto">{note.text}</p>
      {mine && <DeleteNote note={note} name={nt("pair.notes.delete_which", { day: writtenOn(note) })} />}
    </article>
  );
}
