import type { Body, LocalRecord } from "../data/types.ts";
import { localDay, zoneHere } from "./days.ts";

export type EntryKind = "checkin" | "run" | "not-today" | "note" | "card" | "scene";
export const KINDS: readonly EntryKind[] = ["checkin", "run", "not-today", "note", "card", "scene"];

/** One thing a person did, with all its parts: what is shared and what stays on this phone. */
export type Entry = {
  /** The id of the shared part, or of the only one. */
  id: string;
  kind: EntryKind;
  day: string;
  at: number;
  main: LocalRecord;
  /** Linked private parts: notes, own words, answers not shared. */
  parts: LocalRecord[];
};

export type Day = { day: string; entries: Entry[] };

/** Records as entries, newest first. A part whose main record is not among them stands by itself. */
export function entriesOf(records: readonly LocalRecord[]): Entry[] {
  const shown = records.filter((record) => isEntryKind(record.kind) && !record.deleted && (record.body !== null || record.unreadable));
  const mains = new Map(shown.filter((record) => partOf(record) === null).map((record) => [record.id, record]));
  const parts = new Map<string, LocalRecord[]>();
  for (const record of shown) if (joinsMain(record, mains)) push(parts, partOf(record) ?? "", record);
  return shown.filter((record) => !joinsMain(record, mains)).map((main) => ({
    id: main.id,
    kind: main.kind as EntryKind,
    day: livedDay(main),
    at: main.felt_at ?? main.saved_at,
    main,
    parts: parts.get(main.id) ?? [],
  })).sort((x, y) => y.at - x.at || (x.id < y.id ? 1 : -1));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}

/** Entries by the day they were lived, newest day first. Days without entries are not there. */
export function byDay(entries: readonly Entry[]): Day[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) push(days, entry.day, entry);
  return [...days].map(([day, of]) => ({ day, entries: of })).sort((x, y) => (x.day < y.day ? 1 : -1));
}

/** The calendar day as it was lived; for a record that names none, the day of its instant in its own zone. */
export function livedDay({ day, felt_at, saved_at, zone }: Pick<LocalRecord, "day" | "felt_at" | "saved_at" | "zone">): string {
  return day ?? localDay(felt_at ?? saved_at, zone ?? zoneHere());
}

/** All of an entry's ids: deleting acts on every part. */
export function idsOf(entry: Entry): string[] {
  return [entry.main.id, ...entry.parts.map((part) => part.id)];
}

/** An entry's body with its private parts in it: what is told apart by who sees it was said in one. */
export function wholeBody<B extends object = Body>({ kind, main, parts }: Entry): B & Body {
  const bodies = [...parts.filter((part) => part.kind === kind), main].map(({ body }) => body ?? {});
  const whole: Record<string, unknown> = Object.assign({}, ...bodies.map(({ part_of: _, ...body }) => body));
  for (const field of IN_BOTH) {
    const found = bodies.map((body) => body[field]).filter((some) => typeof some === "object" && some !== null);
    if (found.length > 0) whole[field] = Object.assign({}, ...found);
  }
  return whole as B & Body;
}

/** Of a run, each may lie in either part. */
const IN_BOTH = ["answers", "ratings"] as const;

/** Who can see it: the therapist, or nobody but this phone. */
export function isShared(entry: Entry): boolean {
  return entry.main.audience === "therapist";
}

/** Whether some of it stays on this phone. */
export function hasPrivate(entry: Entry): boolean {
  return [entry.main, ...entry.parts].some((record) => record.audience === "me");
}

function isEntryKind(kind: string): kind is EntryKind {
  return (KINDS as readonly string[]).includes(kind);
}

function partOf(record: LocalRecord): string | null {
  const id = record.body?.["part_of"];
  return typeof id === "string" ? id : null;
}

/** A card or a scene is kept for its own sake, also when the run it came from goes; and so is the other text of a part. */
function joinsMain(record: LocalRecord, mains: ReadonlyMap<string, LocalRecord>): boolean {
  const id = partOf(record);
  return id !== null && record.conflict_of === null && record.kind !== "card" && record.kind !== "scene" && mains.has(id);
}
