// When client and therapist meet, from one record: a weekly pattern, single dates, and dates that fall out. Pure; the server
// has the same in `server/sessions.py`.
import { addDays, localDay, localTime, weekday } from "../history/days.ts";
import type { WireRecord } from "../data/types.ts";

export interface Sessions {
  weekly: { weekday: number; at: string; since: string } | null;
  single: { day: string; at: string }[];
  off: string[];
}
export interface Meeting {
  day: string;
  at: string;
}

const FURTHEST = 366;
type Kept = Pick<WireRecord, "kind" | "author" | "deleted">;

/** The record that holds the dates, if there is one yet. */
export function sessionsRecord<R extends Kept>(records: readonly R[]): R | undefined {
  return records.find(({ kind, author, deleted }) => kind === "session-date" && author === "therapist" && deleted !== true);
}

/** What it says; nothing while there is none. */
export function sessionsIn(record: Pick<WireRecord, "body"> | undefined): Sessions {
  const { weekly = null, single = [], off = [] } = (record?.body ?? {}) as Partial<Sessions>;
  return { weekly, single, off };
}

/** The first session on a day or after it, within a year. */
export function nextFrom(sessions: Sessions, today: string): Meeting | null {
  return first(sessions, Array.from({ length: FURTHEST }, (_, ahead) => addDays(today, ahead)));
}

/** The first session that begins after an instant, within a year. */
export function nextAfter(sessions: Sessions, at: number, zone: string): Meeting | null {
  const [day, time] = [localDay(at, zone), localTime(at, zone)];
  const today = timeOn(sessions, day);
  return today !== null && today > time ? { day, at: today } : nextFrom(sessions, addDays(day, 1));
}

/** The last session before a day, within a year. */
export function lastBefore(sessions: Sessions, today: string): Meeting | null {
  return first(sessions, Array.from({ length: FURTHEST - 1 }, (_, ago) => addDays(today, -ago - 1)));
}

function first(sessions: Sessions, days: readonly string[]): Meeting | null {
  for (const day of days) {
    const at = timeOn(sessions, day);
    if (at !== null) return { day, at };
  }
  return null;
}

/** When the session of a day begins, or null. A single date goes before the pattern. */
export function timeOn({ weekly, single, off }: Sessions, day: string): string | null {
  const one = single.find((each) => each.day === day);
  if (one !== undefined) return one.at;
  const fits = weekly !== null && day >= weekly.since && !off.includes(day) && weekday(day) === weekly.weekday;
  return fits ? weekly.at : null;
}

/** With the session of a day taken away: a single date goes, one of the pattern falls out. */
export function without(sessions: Sessions, day: string): Sessions {
  const single = sessions.single.filter((one) => one.day !== day);
  const inPattern = timeOn({ ...sessions, single: [] }, day) !== null;
  return { ...sessions, single, off: inPattern ? [...sessions.off, day] : sessions.off };
}
