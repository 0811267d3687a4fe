// The one door to the phone's store. Values are sealed before a transaction begins and opened after it has ended.
//
// A change reads, decides, and writes only if nothing it read was written meanwhile (by this tab or another); otherwise
// it starts over. So no transaction ever waits for anything but the database, and no tab waits for another.
import type { IDBPTransaction, StoreNames } from "idb";
import { type Database, type NamedRow, type NamedStore, type OpRow, onDatabase, type RecordRow, type Stores } from "./database.ts";
import { newKey, type Sealed, sameWriting, seal, unseal } from "./sealed.ts";
import { Unreadable } from "./trouble.ts";
import type { Op, State } from "./types.ts";
import type { Change, Queued, Row } from "./versions.ts";

/** What a change starts from: the rows asked for, and the ops of those records, oldest first. */
export interface Seen {
  rows: Map<string, Row>;
  ops: Map<string, Queued[]>;
}
export interface Write extends Change {
  dropDraft?: string | undefined;
  meta?: Record<string, unknown>;
}

const TRIES = 20;
const place = (store: string, key: string): string => `${store}/${key}`;

// --- The key

let key: Promise<CryptoKey> | undefined;

function theKey(): Promise<CryptoKey> {
  key ??= onDatabase(loadKey).catch((error: unknown) => {
    key = undefined;
    throw error;
  });
  return key;
}

async function loadKey(db: Database): Promise<CryptoKey> {
  const known = await db.get("keys", "store");
  if (known) return known.key;
  const fresh = await newKey();
  const tx = db.transaction("keys", "readwrite", { durability: "strict" });
  const first = await tx.store.get("store");
  if (!first) await tx.store.put({ name: "store", key: fresh });
  await tx.done;
  return first?.key ?? fresh;
}

// --- Named values: drafts, meta, library

/** The value kept under `name`, or undefined. A value that can't be opened counts as missing and stays. */
export async function getNamed<T>(store: NamedStore, name: string): Promise<T | undefined> {
  const row = await onDatabase((db) => db.get(store, name));
  if (!row) return undefined;
  return unseal<T>(await theKey(), place(store, name), row.sealed).catch(missingIfUnreadable);
}

export async function putNamed(store: NamedStore, name: string, value: unknown): Promise<void> {
  const row = await sealNamed(await theKey(), store, name, value);
  await onDatabase(async (db) => {
    const tx = db.transaction(store, "readwrite", { durability: "strict" });
    await Promise.all([tx.store.put(row), tx.done]);
  });
}

async function sealNamed(secret: CryptoKey, store: NamedStore, name: string, value: unknown): Promise<NamedRow> {
  return { name, at: Date.now(), sealed: await seal(secret, place(store, name), value) };
}

export async function dropNamed(store: NamedStore, name: string): Promise<void> {
  await onDatabase((db) => db.delete(store, name));
}

/** The names in a store, with the time each was last written. */
export async function namesIn(store: NamedStore): Promise<{ name: string; at: number }[]> {
  const rows = await onDatabase((db) => db.getAll(store));
  return rows.map(({ name, at }) => ({ name, at }));
}

// --- Records and ops

export interface Query {
  kinds?: readonly string[];
  states?: readonly State[];
  /** Local days, both included. */
  from?: string;
  to?: string;
  limit?: number;
}

/** Rows that are not deleted, newest first. Rows that can't be opened are left out and left alone. */
export async function findRows(query: Query): Promise<Row[]> {
  const sealed = await onDatabase(async (db) =>
    query.kinds
      ? (await Promise.all(query.kinds.map((kind) => db.getAllFromIndex("records", "kind", kind)))).flat()
      : db.getAll("records"),
  );
  const within = sealed.filter((row) => shown(row, query)).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  return openRows(within.slice(0, query.limit));
}

/** A refused delete is shown too: something is to be decided about it. */
function shown({ gone, day, state }: RecordRow, { from, to, states }: Query): boolean {
  if (states ? !states.includes(state) : gone) return false;
  if (from === undefined && to === undefined) return true;
  return day !== null && (from === undefined || day >= from) && (to === undefined || day <= to);
}

/** Every row, deleted ones too. */
export async function allRows(state?: State): Promise<Row[]> {
  return openRows(await onDatabase((db) => (state ? db.getAllFromIndex("records", "state", state) : db.getAll("records"))));
}

export async function getRow(id: string): Promise<Row | undefined> {
  const row = await onDatabase((db) => db.get("records", id));
  return row && (await openRows([row]))[0];
}

/** Every op, oldest first. */
export async function allOps(): Promise<Queued[]> {
  return openOps(await onDatabase((db) => db.getAll("outbox")));
}

export async function counts(): Promise<{ waiting: number; refused: number; onlyHere: number }> {
  return onDatabase(async (db) => {
    const tx = db.transaction(["outbox", "records"]);
    const ops = tx.objectStore("outbox").index("state");
    const [waiting, refused, onlyHere] = await Promise.all([
      ops.count("waiting"),
      ops.count("refused"),
      tx.objectStore("records").index("state").count("only-here"),
    ]);
    return { waiting, refused, onlyHere };
  });
}

/**
 * Reads the records `ids` with their ops, lets `decide` say what to write, and writes it in one transaction, durably.
 * `decide` runs again when something it was shown has changed meanwhile. Resolves once it is on disk.
 */
export async function change(ids: readonly string[], decide: (seen: Seen) => Write | null): Promise<void> {
  for (let i = 0; i < TRIES; i += 1) {
    const raw = await onDatabase((db) => look(db.transaction(["records", "outbox"]), ids));
    const write = decide(await openAll(raw));
    if (!write || (await commit(ids, raw, write))) return;
  }
  throw new Error("The store kept changing while it was written.");
}

interface Raw {
  rows: (RecordRow | undefined)[];
  ops: OpRow[][];
}

async function look<Names extends ArrayLike<StoreNames<Stores>>, Mode extends IDBTransactionMode>(
  tx: IDBPTransaction<Stores, Names, Mode>,
  ids: readonly string[],
): Promise<Raw> {
  const records = tx.objectStore("records" as Names[number]);
  const outbox = tx.objectStore("outbox" as Names[number]);
  const [rows, ops] = await Promise.all([
    Promise.all(ids.map((id) => records.get(id) as Promise<RecordRow | undefined>)),
    Promise.all(ids.map((id) => outbox.index("record" as never).getAll(id as never) as Promise<unknown[]>)),
  ]);
  return { rows, ops: ops as OpRow[][] };
}

async function openAll(raw: Raw): Promise<Seen> {
  const [rows, ops] = await Promise.all([
    openRows(raw.rows.filter((row) => row !== undefined)),
    Promise.all(raw.ops.map(openOps)),
  ]);
  const byRecord = new Map<string, Queued[]>();
  for (const list of ops) if (list[0]) byRecord.set(list[0].record, list);
  return { rows: new Map(rows.map((row) => [row.id, row])), ops: byRecord };
}

async function commit(ids: readonly string[], seen: Raw, write: Write): Promise<boolean> {
  const secret = await theKey();
  const [rows, ops, meta] = await Promise.all([
    Promise.all(write.rows.map((row) => sealRow(secret, row))),
    Promise.all(write.ops.map((op) => sealOp(secret, op))),
    Promise.all(Object.entries(write.meta ?? {}).map(([name, value]) => sealNamed(secret, "meta", name, value))),
  ]);
  return onDatabase(async (db) => {
    const tx = db.transaction(["records", "outbox", "drafts", "meta"], "readwrite", { durability: "strict" });
    if (!unchanged(seen, await look(tx, ids))) return false;
    const [records, outbox] = [tx.objectStore("records"), tx.objectStore("outbox")];
    const seqs = await Promise.all(write.dropOps.map((id) => outbox.index("id").getKey(id)));
    await Promise.all([
      ...seqs.filter((seq) => seq !== undefined).map((seq) => outbox.delete(seq)),
      ...write.dropRows.map((id) => records.delete(id)),
      ...rows.map((row) => records.put(row)),
      ...ops.map((op) => outbox.put(op)),
      ...meta.map((row) => tx.objectStore("meta").put(row)),
      ...(write.dropDraft === undefined ? [] : [tx.objectStore("drafts").delete(write.dropDraft)]),
      tx.done,
    ]);
    return true;
  });
}

function unchanged(before: Raw, now: Raw): boolean {
  const same = (one: { sealed: Sealed } | undefined, other: { sealed: Sealed } | undefined) => sameWriting(one?.sealed, other?.sealed);
  return (
    before.rows.every((row, i) => same(row, now.rows[i])) &&
    before.ops.every((list, i) => list.length === now.ops[i]?.length && list.every((op, j) => same(op, now.ops[i]?.[j])))
  );
}

/** Empties everything, the key included: what was sealed with it can never be opened again. */
export async function wipe(): Promise<void> {
  await onDatabase(async (db) => {
    const tx = db.transaction(["keys", "records", "outbox", "drafts", "meta", "library"], "readwrite", { durability: "strict" });
    const stores = ["keys", "records", "outbox", "drafts", "meta", "library"] as const;
    await Promise.all([...stores.map((name) => tx.objectStore(name).clear()), tx.done]);
  });
  key = undefined;
}

// --- Sealing rows

async function sealRow(secret: CryptoKey, row: Row): Promise<RecordRow> {
  const { id, kind, state, ...rest } = row;
  const { day, audience, felt_at, saved_at, deleted, body } = row.shown;
  const sealed = await seal(secret, place("records", id), rest);
  return { id, kind, state, day, at: felt_at ?? saved_at, audience, gone: deleted || body === null, sealed };
}

async function sealOp(secret: CryptoKey, queued: Queued): Promise<OpRow> {
  const { seq, op, ...clear } = queued;
  const sealed = await seal(secret, place("outbox", queued.id), op);
  return seq === null ? { ...clear, sealed } : { ...clear, seq, sealed };
}

async function openRows(rows: readonly RecordRow[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const secret = await theKey();
  const opened = await Promise.all(
    rows.map(async ({ id, kind, state, sealed }) => {
      const rest = await unseal<Omit<Row, "id" | "kind" | "state">>(secret, place("records", id), sealed).catch(missingIfUnreadable);
      return rest && { ...rest, id, kind, state };
    }),
  );
  return opened.filter((row) => row !== undefined);
}

async function openOps(rows: readonly OpRow[]): Promise<Queued[]> {
  if (rows.length === 0) return [];
  const secret = await theKey();
  const opened = await Promise.all(
    rows.map(async ({ sealed, seq, ...clear }) => {
      const op = await unseal<Op>(secret, place("outbox", clear.id), sealed).catch(missingIfUnreadable);
      return op && { ...clear, seq: seq ?? null, op };
    }),
  );
  return opened.filter((op) => op !== undefined);
}

function missingIfUnreadable(error: unknown): undefined {
  if (!(error instanceof Unreadable)) throw error;
  return undefined;
}
