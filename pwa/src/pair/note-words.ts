// The days of a note in words.
import { dates } from "../app/dates.ts";
import { datedDay, longDay } from "../history/day-words.ts";
import { localDay, zoneHere } from "../history/days.ts";
import { meetingOf, type Note } from "./notes.ts";
import type { Sessions } from "./session-dates.ts";
import { nt } from "./words.ts";

/** Until when it holds. */
export function untilWords(note: Pick<Note, "at">, sessions: Sessions): string {
  const meeting = meetingOf(note, sessions, zoneHere());
  return meeting === null ? nt("pair.notes.for_next") : nt("pair.notes.for", { day: longDay(meeting.day, dates) });
}

/** For which session one of the person's own is. */
export function meantWords(note: Pick<Note, "at">, sessions: Sessions): string {
  const meeting = meetingOf(note, sessions, zoneHere());
  return meeting === null ? nt("pair.notes.meant_next") : nt("pair.notes.meant", { day: longDay(meeting.day, dates) });
}

/** The day it was written. */
export function writtenOn({ at }: Pick<Note, "at">): string {
  return datedDay(localDay(at, zoneHere()), dates);
}
