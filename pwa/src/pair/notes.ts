// One note each way, from one session to the next. Pure.
import type { LocalRecord, WireRecord } from "../data/types.ts";
import { localDay } from "../history/days.ts";
import { type Meeting, nextAfter, type Sessions } from "./session-dates.ts";

export const KIND = "message";
/** Characters: a note, and no letter. The server takes no more of the therapist's. */
export const MOST = 600;

type Kept = LocalRecord | WireRecord;

/** A note that says something. */
export interface Note<R extends Kept = Kept> {
  id: string;
  /** When it was written, or last changed by the therapist. */
  at: number;
  text: string;
  by: string;
  record: R;
}
/** The notes of one of the two: the one that holds until they meet, and those before, newest first. */
export interface Side<R extends Kept = Kept> {
  now: Note<R> | null;
  earlier: Note<R>[];
}
export interface Notes<R extends Kept = Kept> {
  theirs: Side<R>;
  mine: Side<R>;
}

/** The notes among these records: the therapist's, and the client's own. Only the newest of each may still hold. */
export function notesIn<R extends Kept>(records: readonly R[], sessions: Sessions, now: number, zone: string): Notes<R> {
  const of = (author: "client" | "therapist"): Side<R> => {
    const [newest, ...others] = records.filter((record) => record.kind === KIND && record.author === author).flatMap(noteOf).sort((one, other) => other.at - one.at);
    if (newest === undefined) return { now: null, earlier: [] };
    return isOver(newest, sessions, now, zone) ? { now: null, earlier: [newest, ...others] } : { now: newest, earlier: others };
  };
  return { theirs: of("therapist"), mine: of("client") };
}

/** The session a note is for: the first that begins after it was written; null where no date is known. */
export function meetingOf({ at }: Pick<Note, "at">, sessions: Sessions, zone: string): Meeting | null {
  return nextAfter(sessions, at, zone);
}

/** A note holds through the day of its session; without a date, until another takes its place. */
function isOver(note: Note, sessions: Sessions, now: number, zone: string): boolean {
  const meeting = meetingOf(note, sessions, zone);
  return meeting !== null && localDay(now, zone) > meeting.day;
}

function noteOf<R extends Kept>(record: R): Note<R>[] {
  const { text, by } = record.body ?? {};
  if (record.deleted === true || typeof text !== "string" || text.trim() === "") return [];
  return [{ id: record.id, at: record.felt_at ?? record.saved_at, text, by: typeof by === "string" ? by : "", record }];
}
