// The therapist's note on Today, until the two meet or it is put away. It is on this phone, so it needs no network. It stands
// last: it comes a moment after the rest, and must not move what a finger is about to touch.
import { untilWords } from "../../pair/note-words.ts";
import { isAway, putAway, useNotes } from "../../pair/use-notes.ts";
import { nt } from "../../pair/words.ts";
import { names } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";

export default function TodayNote() {
  const here = useNotes();
  const note = here?.notes.theirs.now ?? null;
  const away = note === null ? true : isAway(note);
  const going = useAction(async () => {
    if (note !== null) await putAway(note, true);
  });
  if (here === null || away === undefined) return null;
  if (note === null || away) return note === null && here.notes.mine.now === null ? null : <p><a class="quiet" href="/settings/notes">{nt("pair.notes.link")}</a></p>;
  return (
    <section class="card" aria-labelledby="note-for-me">
      <p class="eyebrow">{untilWords(note, here.sessions)}</p>
      <h2 id="note-for-me">{nt("pair.notes.from", { name: note.by || names().therapist })}</h2>
      <p class="as-written" dir="auto">{note.text}</p>
      <p class="muted small">{nt("pair.notes.no_answer")}</p>
      {going.trouble && <p class="problem" role="alert">{going.trouble}</p>}
      <div class="row">
        <button type="button" class="button" onClick={going.run}>{nt("pair.notes.put_away")}</button>
        <a class="quiet" href="/settings/notes">{nt("pair.notes.link")}</a>
      </div>
    </section>
  );
}
