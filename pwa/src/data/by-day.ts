// Records by the day they were lived, read a stretch of days at a time: of years of entries only what is on screen is opened.
import type { IDBPObjectStore } from "idb";
import { localDay, noon, zoneHere } from "../history/days.ts";
import { livedDay } from "../history/entries.ts";
import { onDatabase, type RecordRow, type Stores } from "./database.ts";
import { openedOnce } from "./opened.ts";
import type { LocalRecord } from "./types.ts";

const DAY = 86_400_000;
/** A day begins up to 14 hours before it does in UTC and ends up to 12 after; a record without a day lies that near. */
const NEAR = 2 * DAY;
const [FIRST, LAST] = ["", "\uffff"];
type Rows = IDBPObjectStore<Stores, ["records"], "records", "readonly">;

/** Records of these kinds lived from one day to another, both included, in no order. */
export async function recordsBetween(kinds: readonly string[], from: string, to: string): Promise<LocalRecord[]> {
  const rows = await onDatabase(async (db) => {
    const { store } = db.transaction("records");
    return (await Promise.all(kinds.map((kind) => between(store, kind, from, to)))).flat();
  });
  const records = await openedOnce(rows.filter(({ gone }) => !gone));
  return records.filter((record) => {
    const day = livedDay(record);
    return day >= from && day <= to;
  });
}

async function between(store: Rows, kind: string, from: string, to: string): Promise<RecordRow[]> {
  const [rows, near] = await Promise.all([
    store.index("kind_day").getAll(IDBKeyRange.bound([kind, from], [kind, to])),
    store.index("kind_at").getAllKeys(IDBKeyRange.bound([kind, noon(from) - NEAR], [kind, noon(to) + NEAR])),
  ]);
  return [...rows, ...(await withoutDay(store, near, new Set(rows.map(({ id }) => id))))];
}

/** The nearest day before `day` on which something of these kinds was lived, or null. */
export function dayBefore(kinds: readonly string[], day: string): Promise<string | null> {
  return nearest(kinds, day, "prev");
}

/** The nearest day after `day` on which something of these kinds was lived, or null. */
export function dayAfter(kinds: readonly string[], day: string): Promise<string | null> {
  return nearest(kinds, day, "next");
}

type Direction = "prev" | "next";

async function nearest(kinds: readonly string[], day: string, direction: Direction): Promise<string | null> {
  const found = await onDatabase((db) => {
    const { store } = db.transaction("records");
    return Promise.all(kinds.map(async (kind) => {
      const dated = await nearestDated(store, kind, day, direction);
      return [dated, await nearestOther(store, kind, day, dated, direction)];
    }));
  });
  const days = found.flat().filter((one) => one !== null).sort();
  return (direction === "prev" ? days.at(-1) : days[0]) ?? null;
}

async function nearestDated(store: Rows, kind: string, day: string, direction: Direction): Promise<string | null> {
  const range = direction === "prev"
    ? IDBKeyRange.bound([kind, FIRST], [kind, day], false, true)
    : IDBKeyRange.bound([kind, day], [kind, LAST], true);
  let cursor = await store.index("kind_day").openCursor(range, direction);
  while (cursor?.value.gone) cursor = await cursor.continue();
  return cursor?.value.day ?? null;
}

/** Among the records without a day, one that is nearer than the `dated` one. They lie between the two by their time. */
async function nearestOther(store: Rows, kind: string, day: string, dated: string | null, direction: Direction): Promise<string | null> {
  const [from, to] = direction === "prev" ? [dated, day] : [day, dated];
  const at = IDBKeyRange.bound([kind, from === null ? -Infinity : noon(from) - NEAR], [kind, to === null ? Infinity : noon(to) + NEAR]);
  const around = IDBKeyRange.bound([kind, from === null ? FIRST : nearDay(from, -NEAR)], [kind, to === null ? LAST : nearDay(to, NEAR)]);
  const [near, those] = await Promise.all([store.index("kind_at").getAllKeys(at), store.index("kind_day").getAllKeys(around)]);
  const days = (await withoutDay(store, near, new Set(those))).filter(({ gone }) => !gone).map((row) => localDay(row.at, zoneHere()));
  const beyond = days.filter((one) => (direction === "prev" ? one < day : one > day)).sort();
  return (direction === "prev" ? beyond.at(-1) : beyond[0]) ?? null;
}

/** After the year 9999 come no days. */
function nearDay(day: string, ms: number): string {
  const near = new Date(noon(day) + ms).toISOString();
  return near.startsWith("+") ? LAST : near.slice(0, 10);
}

/** Of the records `near`, those without a day: which are not among the `dated`. There are few, and only they are read. */
async function withoutDay(store: Rows, near: readonly string[], dated: ReadonlySet<string>): Promise<RecordRow[]> {
  const others = await Promise.all(near.filter((id) => !dated.has(id)).map((id) => store.get(id)));
  return others.filter((row) => row !== undefined && row.day === null) as RecordRow[];
}

/** All records of these kinds, in no order: for kinds of which there are few. */
export async function recordsOf(kinds: readonly string[]): Promise<LocalRecord[]> {
  const rows = await onDatabase(async (db) => (await Promise.all(kinds.map((kind) => db.getAllFromIndex("records", "kind", kind)))).flat());
  return openedOnce(rows.filter(({ gone }) => !gone));
}
