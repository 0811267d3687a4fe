// Rows of the store, sealed and opened: a few at a time, so that a long list never holds up the screen.
import { type Database, type NamedRow, type NamedStore, type OpRow, onDatabase, type RecordRow } from "./database.ts";
import { newKey, seal, unseal, Unreadable } from "./sealed.ts";
import type { Op } from "./types.ts";
import type { Queued, Row } from "./versions.ts";

const SLICE = 8;
const place = (store: string, key: string): string => `${store}/${key}`;

/** The key belongs to the connection it was read through: a store that was cleared and made anew has another. */
let key: { of: Database; key: Promise<CryptoKey> } | undefined;

/** The phone's key. What it sealed is lost with it, wherever it lies. */
export function theKey(): Promise<CryptoKey> {
  return onDatabase((db) => {
    if (key?.of !== db) key = { of: db, key: loadKey(db) };
    return key.key.catch((error: unknown) => {
      key = undefined;
      throw error;
    });
  });
}

/** The key was destroyed: what comes is sealed with a new one. */
export function forgetKey(): void {
  key = undefined;
}

/** The very same for as long as this phone's key is; what was opened with it is of no use after. */
export function keyHere(): object | undefined {
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

/** What `work` makes of each, in order, a few at once. Inside a transaction too. */
export async function each<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let i = 0; i < list.length; i += SLICE) done.push(...(await Promise.all(list.slice(i, i + SLICE).map(async (item) => work(item)))));
  return done;
}

/** The same with a pause between slices, never inside a transaction: browsers seal and open small values on the spot. */
export async function gently<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let i = 0; i < list.length; i += SLICE) {
    if (i > 0) await pause();
    done.push(...(await Promise.all(list.slice(i, i + SLICE).map(async (item) => work(item)))));
  }
  return done;
}

/** Lets the browser answer a touch and draw before what comes next. */
export function pause(): Promise<unknown> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

export async function sealNamed(store: NamedStore, name: string, value: unknown): Promise<NamedRow> {
  return { name, at: Date.now(), sealed: await seal(await theKey(), place(store, name), value) };
}

/** The value, or undefined when it can't be opened. */
export async function openNamed<T>(store: NamedStore, { name, sealed }: NamedRow): Promise<T | undefined> {
  return unseal<T>(await theKey(), place(store, name), sealed).catch(missingIfUnreadable);
}

export async function sealRows(rows: readonly Row[]): Promise<RecordRow[]> {
  const secret = await theKey();
  return gently(rows, async ({ id, kind, state, ...rest }) => {
    const { day, audience, felt_at, saved_at, deleted, body, unreadable } = rest.shown;
    const gone = deleted || (body === null && !unreadable);
    const sealed = await seal(secret, place("records", id), rest);
    return { id, kind, state, day, at: felt_at ?? saved_at, audience, gone, sealed };
  });
}

export async function sealOps(ops: readonly Queued[]): Promise<OpRow[]> {
  const secret = await theKey();
  return gently(ops, async ({ seq, op, ...clear }) => {
    const sealed = await seal(secret, place("outbox", clear.id), op);
    return seq === null ? { ...clear, sealed } : { ...clear, seq, sealed };
  });
}

/** Those that can be opened. */
export async function openRows(rows: readonly RecordRow[]): Promise<Row[]> {
  if (rows.length === 0) return [];
  const secret = await theKey();
  const opened = await gently(rows, async ({ id, kind, state, sealed }) => {
    const rest = await unseal<Omit<Row, "id" | "kind" | "state">>(secret, place("records", id), sealed).catch(missingIfUnreadable);
    return rest && { ...rest, id, kind, state };
  });
  return opened.filter((row) => row !== undefined);
}

/** Those that can be opened. */
export async function openOps(rows: readonly OpRow[]): Promise<Queued[]> {
  if (rows.length === 0) return [];
  const secret = await theKey();
  const opened = await gently(rows, async ({ sealed, seq, ...clear }) => {
    const op = await unseal<Op>(secret, place("outbox", clear.id), sealed).catch(missingIfUnreadable);
    return op && { ...clear, seq: seq ?? null, op };
  });
  return opened.filter((op) => op !== undefined);
}

function missingIfUnreadable(error: unknown): undefined {
  if (!(error instanceof Unreadable)) throw error;
  return undefined;
}
