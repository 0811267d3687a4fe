// A note as it was written, with its day and by whom.
import { localDay, zoneHere } from "../../history/days.ts";
import type { Note } from "../../pair/notes.ts";
import { dt } from "./pair-words.ts";
import { fullDay } from "./times.ts";

export function NoteText({ note, by }: { note: Note; by?: string }) {
  return (
    <div class="stack tight">
      <p class="desk-text" dir="auto">{note.text}</p>
      <p class="muted small">{by && <><bdi>{by}</bdi> · </>}{dt("desk.notes.written", { day: writtenOn(note) })}</p>
    </div>
  );
}

export function writtenOn({ at }: Note): string {
  return fullDay(localDay(at, zoneHere()), localDay(Date.now(), zoneHere()));
}
