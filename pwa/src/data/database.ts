// The phone's database: its stores, and what happens when it is upgraded, taken away, deleted or full.
//
// An upgrade only ever adds stores and indexes. So an older build, in a tab that was left open or after a roll-back, goes
// on reading and writing a newer database, and no word typed there is lost.
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Sealed } from "./sealed.ts";
import type { Audience, State } from "./types.ts";

/** In the clear only what the phone must find a record by; the rest is sealed. */
export interface RecordRow {
  id: string;
  kind: string;
  day: string | null;
  at: number;
  audience: Audience;
  state: State;
  gone: boolean;
  sealed: Sealed;
}
export interface OpRow {
  seq?: number;
  id: string;
  record: string;
  state: "waiting" | "refused";
  tries: number;
  next_at: number;
  reason: string | null;
  after: boolean;
  sealed: Sealed;
}
export interface NamedRow {
  name: string;
  at: number;
  sealed: Sealed;
}

export interface Stores extends DBSchema {
  keys: { key: string; value: { name: string; key: CryptoKey } };
  records: { key: string; value: RecordRow; indexes: { kind: string; state: State; kind_day: [string, string]; kind_at: [string, number] } };
  outbox: { key: number; value: OpRow; indexes: { id: string; record: string; state: string } };
  drafts: { key: string; value: NamedRow };
  meta: { key: string; value: NamedRow };
  library: { key: string; value: NamedRow };
}
export type NamedStore = "drafts" | "meta" | "library";
export type Database = IDBPDatabase<Stores>;

const NAME = "midweek";
const VERSION = 2;
let opened: Promise<Database> | undefined;
let version: number | undefined = VERSION;
const listeners = new Set<() => void>();

/** Hear that another tab runs a newer version, which has upgraded this database. */
export function whenNewer(listener: () => void): void {
  listeners.add(listener);
}

type Upgrading = IDBPTransaction<Stores, StoreNames<Stores>[], "versionchange">;

function upgrade(db: Database, from: number, _to: number | null, tx: Upgrading): void {
  if (from < 1) firstStores(db);
  if (from < 2) byTime(tx);
}

/** History opens a month of years, Today the last few: found without reading what lies before. */
function byTime(tx: Upgrading): void {
  const records = tx.objectStore("records");
  records.createIndex("kind_day", ["kind", "day"]);
  records.createIndex("kind_at", ["kind", "at"]);
}

function firstStores(db: Database): void {
  const records = db.createObjectStore("records", { keyPath: "id" });
  records.createIndex("kind", "kind");
  records.createIndex("state", "state");
  const outbox = db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
  outbox.createIndex("id", "id", { unique: true });
  outbox.createIndex("record", "record");
  outbox.createIndex("state", "state");
  db.createObjectStore("keys", { keyPath: "name" });
  for (const name of ["drafts", "meta", "library"] as const) db.createObjectStore(name, { keyPath: "name" });
}

async function open(): Promise<Database> {
  const dropped = (): void => {
    opened = undefined;
  };
  const blocking = (_now: number, next: number | null, event: Event): void => {
    (event.target as IDBDatabase).close();
    dropped();
    if (next !== null) newer();
  };
  try {
    return await openDB<Stores>(NAME, version, { upgrade, blocking, terminated: dropped });
  } catch (error) {
    if (nameOf(error) !== "VersionError") throw error;
    newer();
    return openDB<Stores>(NAME, version, { blocking, terminated: dropped });
  }
}

/** From now on the database is taken as it is. */
function newer(): void {
  version = undefined;
  for (const listener of listeners) listener();
}

/** Runs `work` on the open database; once more on a fresh connection when the old one was closed meanwhile. */
export async function onDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const before = current();
  try {
    return await work(await before);
  } catch (error) {
    if (nameOf(error) !== "InvalidStateError") throw error;
    if (opened === before) opened = undefined;
    return work(await current());
  }
}

function current(): Promise<Database> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/**
 * Runs `work` in one durable transaction: all of it is written, or nothing. When the phone is full, the exercises kept
 * for use without a network go, since they can be fetched again, and it is tried once more.
 */
export async function writing<Names extends StoreNames<Stores>, T>(
  stores: readonly Names[],
  work: (tx: IDBPTransaction<Stores, Names[], "readwrite">) => Promise<T>,
): Promise<T> {
  try {
    return await onDatabase((db) => whole(db.transaction([...stores], "readwrite", { durability: "strict" }), work));
  } catch (error) {
    // Some browsers end the transaction of a full phone without saying why.
    const mayHelp = isFull(error) || nameOf(error) === "AbortError";
    if (!mayHelp || !(await madeRoom())) throw error;
    return onDatabase((db) => whole(db.transaction([...stores], "readwrite", { durability: "strict" }), work));
  }
}

/** Whether a write failed for want of room. */
export function isFull(error: unknown): boolean {
  const { message } = (error ?? {}) as { message?: unknown };
  return nameOf(error) === "QuotaExceededError" || (nameOf(error) === "UnknownError" && /disk|space|quota/i.test(String(message)));
}

async function whole<Names extends StoreNames<Stores>, T>(
  tx: IDBPTransaction<Stores, Names[], "readwrite">,
  work: (tx: IDBPTransaction<Stores, Names[], "readwrite">) => Promise<T>,
): Promise<T> {
  const ended = tx.done.then(() => null, (why: unknown) => why);
  let result: T;
  try {
    result = await work(tx);
  } catch (error) {
    abort(tx);
    const why = await ended;
    throw isFull(why) ? why : error;
  }
  const why = await ended;
  if (why !== null) throw why;
  return result;
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It had ended by itself.
  }
}

async function madeRoom(): Promise<boolean> {
  try {
    return await onDatabase(async (db) => {
      if ((await db.count("library")) === 0) return false;
      await db.clear("library");
      return true;
    });
  } catch {
    return false;
  }
}

function nameOf(error: unknown): string {
  return (error as { name?: unknown } | null)?.name as string;
}
