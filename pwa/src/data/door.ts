// The one door to the phone's store. Values are sealed before a transaction begins and opened after it has ended.
//
// A change reads, decides, and writes only if nothing it read was written meanwhile (by this tab or another); otherwise
// it starts over. So no transaction ever waits for anything but the database, and no tab waits for another.
import type { IDBPTransaction, StoreNames } from "idb";
import { due, heldFor } from "./batch.ts";
import { type Database, type NamedStore, type OpRow, onDatabase, type RecordRow, type Stores, writing } from "./database.ts";
import { each, forgetKey, openNamed, openOps, openRows, sealNamed, sealOps, sealRows } from "./rows.ts";
import { sameWriting } from "./sealed.ts";
import type { State } from "./types.ts";
import type { Change, Queued, Row } from "./versions.ts";

/** What a change starts from: the rows asked for, and the ops of those records, oldest first. */
export interface Seen {
  rows: Map<string, Row>;
  ops: Map<string, Queued[]>;
}
export interface Write extends Change {
  dropDrafts?: readonly string[];
  meta?: Record<string, unknown>;
}

const TRIES = 20;
/** The browser's cache that holds the practice's recordings, sealed (see recordings.ts). */
export const RECORDINGS = "midweek-recordings";

// --- Named values: drafts, meta, library

/** The value kept under `name`, or undefined. A value that can't be opened counts as missing and stays. */
export async function getNamed<T>(store: NamedStore, name: string): Promise<T | undefined> {
  const row = await onDatabase((db) => db.get(store, name));
  return row && openNamed<T>(store, row);
}

/** Keeps a value, and drops those of the names in `drop` in the same transaction. */
export async function putNamed(store: NamedStore, name: string, value: unknown, drop: readonly string[] = []): Promise<void> {
  const row = await sealNamed(store, name, value);
  await writing([store], async (tx) => {
    await tx.objectStore(store).put(row);
    await each(drop, (other) => tx.objectStore(store).delete(other));
  });
}

export async function dropNamed(store: NamedStore, names: string | readonly string[]): Promise<void> {
  await onDatabase(async (db) => {
    await each([names].flat(), (name) => db.delete(store, name));
  });
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
    query.kinds ? (await Promise.all(query.kinds.map((kind) => rowsOf(db, kind, query)))).flat() : db.getAll("records"),
  );
  const within = sealed.filter((row) => shown(row, query)).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  return openRows(within.slice(0, query.limit));
}

/** Rows of a kind that may be asked for: those of the days alone, the newest few alone, or all. */
async function rowsOf(db: Database, kind: string, query: Query): Promise<RecordRow[]> {
  const { from, to, limit } = query;
  if (from !== undefined || to !== undefined) {
    return db.getAllFromIndex("records", "kind_day", IDBKeyRange.bound([kind, from ?? ""], [kind, to ?? LAST]));
  }
  if (limit === undefined) return db.getAllFromIndex("records", "kind", kind);
  const range = IDBKeyRange.bound([kind, -Infinity], [kind, Infinity]);
  const { store } = db.transaction("records");
  const ids = await store.index("kind_at").getAllKeys(range);
  const newest: RecordRow[] = [];
  for (let end = ids.length; end > 0 && newest.length < limit; end -= limit) {
    const some = await Promise.all(ids.slice(Math.max(0, end - limit), end).reverse().map((id) => store.get(id)));
    newest.push(...some.filter((row) => row !== undefined && shown(row, query)) as RecordRow[]);
  }
  return newest.slice(0, limit);
}

/** After every day. */
const LAST = "\uffff";

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

/** The ids of all rows, of deleted records too. */
export async function allIds(): Promise<Set<string>> {
  return new Set(await onDatabase((db) => db.getAllKeys("records")));
}

/** The ids of the records that have something in the outbox. */
export async function unsentRecords(): Promise<Set<string>> {
  return new Set((await onDatabase((db) => db.getAll("outbox"))).map(({ record }) => record));
}

/**
 * Picks the ops that may go out now and notes, in the same transaction, that they are about to leave: from now on their
 * content is fixed.
 */
export async function takeDue(now: number, most: number): Promise<Queued[]> {
  if ((await untilDue(now)) !== 0) return [];
  const rows = await writing(["outbox"], async (tx) => {
    const outbox = tx.objectStore("outbox");
    const leaving = due(readable(await outbox.index("state").getAll("waiting")), now, sizeOf, most);
    const marked = leaving.map((row) => ({ ...row, tries: row.tries + 1 }));
    await each(marked, (row) => outbox.put(row));
    return marked;
  });
  const ops = await openOps(rows);
  const opened = new Set(ops.map(({ id }) => id));
  for (const { id } of rows) if (!opened.has(id)) unreadable.add(id);
  return ops;
}

/** How long until the next op may go out: 0 for now, null when none will. */
export async function untilDue(now: number): Promise<number | null> {
  const waiting = readable(await onDatabase((db) => db.getAllFromIndex("outbox", "state", "waiting")));
  if (due(waiting, now, sizeOf, 1).length > 0) return 0;
  const times = waiting.map((op) => heldFor(op, now)).filter((time) => time > 0);
  return times.length > 0 ? Math.min(...times) : null;
}

/** Ops that don't open with this phone's key: nothing of them can be sent, and they hold nothing up. */
const unreadable = new Set<string>();
const readable = (ops: readonly OpRow[]): OpRow[] => ops.filter(({ id }) => !unreadable.has(id));
const sizeOf = ({ sealed }: OpRow): number => sealed.ct.byteLength;

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
 * `decide` runs again when something it was shown has changed meanwhile. Resolves once it is on disk. Records that should
 * all be new (`asNew`) are taken to be so until the transaction itself looks, which spares reading them before it.
 */
export async function change(ids: readonly string[], decide: (seen: Seen) => Write | null, asNew = false): Promise<void> {
  for (let i = 0; i < TRIES; i += 1) {
    const raw = asNew && i === 0 ? none(ids) : await onDatabase((db) => look(db.transaction(["records", "outbox"]), ids));
    const write = decide(await openAll(raw));
    if (!write || (await commit(ids, raw, write))) return;
  }
  throw new Error("The store kept changing while it was written.");
}

interface Raw {
  rows: (RecordRow | undefined)[];
  ops: OpRow[][];
}

const none = (ids: readonly string[]): Raw => ({ rows: ids.map(() => undefined), ops: ids.map(() => []) });

async function look<Names extends ArrayLike<StoreNames<Stores>>, Mode extends IDBTransactionMode>(
  tx: IDBPTransaction<Stores, Names, Mode>,
  ids: readonly string[],
): Promise<Raw> {
  const records = tx.objectStore("records" as Names[number]);
  const outbox = tx.objectStore("outbox" as Names[number]);
  const [rows, ops] = await Promise.all([
    each(ids, (id) => records.get(id) as Promise<RecordRow | undefined>),
    each(ids, (id) => outbox.index("record" as never).getAll(id as never) as Promise<unknown[]>),
  ]);
  return { rows, ops: ops as OpRow[][] };
}

async function openAll(raw: Raw): Promise<Seen> {
  const rows = await openRows(raw.rows.filter((row) => row !== undefined));
  const ops = new Map<string, Queued[]>();
  for (const op of await openOps(raw.ops.flat())) ops.set(op.record, [...(ops.get(op.record) ?? []), op]);
  return { rows: new Map(rows.map((row) => [row.id, row])), ops };
}

async function commit(ids: readonly string[], seen: Raw, write: Write): Promise<boolean> {
  const [rows, ops, meta] = await Promise.all([
    sealRows(write.rows),
    sealOps(write.ops),
    each(Object.entries(write.meta ?? {}), ([name, value]) => sealNamed("meta", name, value)),
  ]);
  return writing(["records", "outbox", "drafts", "meta"], async (tx) => {
    if (!unchanged(seen, await look(tx, ids))) return false;
    const [records, outbox] = [tx.objectStore("records"), tx.objectStore("outbox")];
    const drop = new Set(write.dropOps);
    const seqs = seen.ops.flat().flatMap(({ id, seq }) => (drop.has(id) && seq !== undefined ? [seq] : []));
    await Promise.all([each(seqs, (seq) => outbox.delete(seq)), each(write.dropRows, (id) => records.delete(id))]);
    await Promise.all([
      each(rows, (row) => records.put(row)),
      each(ops, (op) => outbox.put(op)),
      each(meta, (row) => tx.objectStore("meta").put(row)),
      each(write.dropDrafts ?? [], (name) => tx.objectStore("drafts").delete(name)),
    ]);
    return true;
  });
}

function unchanged(before: Raw, now: Raw): boolean {
  const same = (one: RecordRow | undefined, other: RecordRow | undefined) => sameWriting(one?.sealed, other?.sealed);
  const sameOp = (one: OpRow, other: OpRow | undefined) => sameWriting(one.sealed, other?.sealed) && one.tries === other?.tries;
  return (
    before.rows.every((row, i) => same(row, now.rows[i])) &&
    before.ops.every((list, i) => list.length === now.ops[i]?.length && list.every((op, j) => sameOp(op, now.ops[i]?.[j])))
  );
}

/** Empties everything, the key included: what was sealed with it can never be opened again. */
export async function wipe(): Promise<void> {
  const stores = ["keys", "records", "outbox", "drafts", "meta", "library"] as const;
  await writing(stores, (tx) => Promise.all(stores.map((name) => tx.objectStore(name).clear())));
  forgetKey();
  await globalThis.caches?.delete(RECORDINGS).catch(() => false);
}
