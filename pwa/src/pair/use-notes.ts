// The notes on this phone: the therapist's as they were pulled, the person's own as they are saved here.
import { remembered } from "../data/flags.ts";
import { newId } from "../data/ids.ts";
import { save, useRecords, withdraw } from "../data/journal.ts";
import type { LocalRecord } from "../data/types.ts";
import { localDay, zoneHere } from "../history/days.ts";
import { KIND, type Note, type Notes, notesIn } from "./notes.ts";
import { type Meeting, nextAfter, type Sessions, sessionsIn, sessionsRecord } from "./session-dates.ts";

/** The name a note in the making is kept under. */
export const DRAFT = "session-note";

/** A note while it is typed: null until a letter was. `of` is the one it changes, as it was on screen then. */
export interface Begun {
  text: string | null;
  id: string;
  of: { id: string; base: string | null } | null;
}

export interface Here {
  notes: Notes<LocalRecord>;
  sessions: Sessions;
  /** The next session that is still to begin. */
  next: Meeting | null;
}

/** Null until the journal was read. */
export function useNotes(): Here | null {
  const records = useRecords({ kinds: [KIND, "session-date"] });
  if (records === null) return null;
  const [now, zone, sessions] = [Date.now(), zoneHere(), sessionsIn(sessionsRecord(records))];
  return { notes: notesIn(records, sessions, now, zone), sessions, next: nextAfter(sessions, now, zone) };
}

export const nothingTyped = (): Begun => ({ text: null, id: newId(), of: null });

/** Saves the person's own note: a new one, or `before` changed. Throws NotSaved, with what was typed still kept. */
export async function saveNote({ id, text, of }: Begun, share: boolean, before: Note<LocalRecord> | null): Promise<void> {
  const changed = before !== null && before.id === of?.id ? before : null;
  const [now, zone] = [Date.now(), zoneHere()];
  const lived = changed === null ? { felt_at: now, zone, day: localDay(now, zone) } : livedAs(changed.record);
  const body = { ...changed?.record.body, text: (text ?? "").trim() };
  await save([{ id: of?.id ?? id, kind: KIND, audience: share ? "therapist" : "me", ...lived, body, base: of?.base ?? null }], DRAFT);
}

/** Lets the therapist read a note that was kept here, or takes that back. */
export async function shareNote({ id, record }: Note<LocalRecord>, on: boolean): Promise<void> {
  if (on) await save([{ id, kind: KIND, audience: "therapist", ...livedAs(record), body: record.body ?? {}, base: record.rev }]);
  else await withdraw(id);
}

function livedAs({ felt_at, zone, day }: LocalRecord) {
  return { ...(felt_at !== null && { felt_at }), ...(zone !== null && { zone }), ...(day !== null && { day }) };
}

/** The therapist's note that was put away on this phone, as it said then. It stays on the phone: nobody is told. */
const away = remembered<string | null>("note-put-away", null);
void away.load();

/** Undefined until it is known. */
export function isAway({ id, record }: Note<LocalRecord>): boolean | undefined {
  return away.value.value === undefined ? undefined : away.value.value === `${id} ${record.rev}`;
}

export function putAway({ id, record }: Note<LocalRecord>, on: boolean): Promise<void> {
  return away.set(on ? `${id} ${record.rev}` : null);
}
