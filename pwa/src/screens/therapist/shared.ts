// A shared journal as a therapist reads it: newest first, by the day it was lived. Pure.
import { localDay } from "../../history/days.ts";
import type { Assignment, Body, WireRecord } from "../../data/types.ts";

/** A record with something to read, and when it was lived. */
export interface Entry<B = Body> {
  id: string;
  kind: string;
  at: number;
  day: string;
  zone: string | null;
  /** The text of an entry that was changed on two devices at once; both are kept. */
  copy: boolean;
  body: B;
}
export interface Day {
  day: string;
  entries: Entry[];
}
export interface Set {
  id: string;
  rev: string;
  at: number;
  body: Assignment;
}

/** Kinds that say nothing about the client's days, or have a place of their own. */
const SILENT = new Set<string>([
  "assignment", "plan", "mark", "preference", "client-setting", "session-date", "menu", "word", "scene-text", "safety-plan", "safety-part",
]);

/** What the client shared, newest first. */
export function entriesOf(records: readonly WireRecord[], zone: string): Entry[] {
  return records
    .filter((record) => record.author === "client" && record.deleted !== true && !SILENT.has(record.kind))
    .flatMap((record) => entry(record, zone) ?? [])
    .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
}

function entry(record: WireRecord, zone: string): Entry | null {
  if (!record.body) return null;
  const at = record.felt_at ?? record.saved_at;
  return {
    id: record.id,
    kind: record.kind,
    at,
    day: record.day ?? localDay(at, zone),
    zone: record.zone ?? null,
    copy: typeof record.conflict_of === "string",
    body: record.body,
  };
}

/** The days that hold something, newest first; days without entries are not there. */
export function daysOf(entries: readonly Entry[]): Day[] {
  const days = new Map<string, Entry[]>();
  for (const one of entries) days.set(one.day, [...(days.get(one.day) ?? []), one]);
  return [...days].map(([day, held]) => ({ day, entries: held })).sort((one, other) => (one.day < other.day ? 1 : -1));
}

/** The newest days with at least `least` entries between them, and whether earlier ones are left. */
export function firstDays(days: readonly Day[], least: number): { days: Day[]; more: boolean } {
  let held = 0;
  const last = days.findIndex((day) => (held += day.entries.length) >= least);
  const shown = last === -1 ? [...days] : days.slice(0, last + 1);
  return { days: shown, more: shown.length < days.length };
}

/** What the client asked to bring to the session, newest first. */
export function broughtOf(entries: readonly Entry[]): Entry[] {
  return entries.filter((one) => one.body["bring"] === true);
}

/** The exercises that were set, newest first. */
export function setsOf(records: readonly WireRecord[]): Set[] {
  return records
    .filter((record) => record.kind === "assignment" && record.author === "therapist" && record.deleted !== true && record.body)
    .map((record) => ({ id: record.id, rev: record.rev, at: record.felt_at ?? record.saved_at, body: record.body as unknown as Assignment }))
    .sort((one, other) => other.at - one.at);
}

/** The records with one put in place of its earlier state. */
export function withRecord(records: readonly WireRecord[], record: WireRecord): WireRecord[] {
  return [...records.filter(({ id }) => id !== record.id), record];
}
