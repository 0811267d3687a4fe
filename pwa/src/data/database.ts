// The phone's database: its stores, and what happens when it is upgraded, taken away or deleted.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Sealed } from "./sealed.ts";
import { tell } from "./status.ts";
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
  records: { key: string; value: RecordRow; indexes: { kind: string; state: State } };
  outbox: { key: number; value: OpRow; indexes: { id: string; record: string; state: string } };
  drafts: { key: string; value: NamedRow };
  meta: { key: string; value: NamedRow };
  library: { key: string; value: NamedRow };
}
export type NamedStore = "drafts" | "meta" | "library";
export type Database = IDBPDatabase<Stores>;

const NAME = "midweek";
const VERSION = 1;
let opened: Promise<Database> | undefined;
let closedForNewer = false;

function upgrade(db: Database): void {
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

function open(): Promise<Database> {
  return openDB<Stores>(NAME, VERSION, {
    upgrade,
    blocking: (_now, _next, event) => {
      closedForNewer = true;
      (event.target as IDBDatabase).close();
      tell({ stale: true });
    },
    terminated: () => {
      opened = undefined;
    },
  });
}

/** Runs `work` on the open database; once more on a fresh connection when the browser had dropped the old one. */
export async function onDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await work(await current());
  } catch (error) {
    const dropped = error instanceof DOMException && error.name === "InvalidStateError";
    if (!dropped || closedForNewer) throw error;
    opened = undefined;
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
