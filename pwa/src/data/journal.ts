// The journal on this phone: what the screens read and write. A save is on disk before it resolves.
import { useEffect, useState } from "preact/hooks";
import { afterPaint } from "./after-paint.ts";
import { changed, onChanged } from "./changes.ts";
import { change, findRows, getRow, type Query } from "./door.ts";
import { forgetPending, namesToDrop } from "./drafts.ts";
import { discarded, edited, removed, retried, withdrawn } from "./edits.ts";
import { derivedId, newId } from "./ids.ts";
import { recountSoon } from "./outbox.ts";
import { placeHere } from "./receive.ts";
import { tell } from "./status.ts";
import { syncSoon } from "./sync.ts";
import { notSaved, Taken } from "./trouble.ts";
import type { Audience, Body, LocalRecord } from "./types.ts";
import { type Change, type Edit, joined, named, nothing, type Queued, type Row } from "./versions.ts";

export { status } from "./status.ts";
export type { Query } from "./door.ts";

/** Something to save. Without an id it is new; `base` is the `rev` on screen when editing began. */
export interface Item {
  id?: string;
  kind: string;
  schema?: number;
  audience: Audience;
  felt_at?: number;
  zone?: string;
  day?: string;
  body: object;
  base?: string | null;
}

/**
 * Saves all items, or none, and deletes what is `gone` with them, in one durable transaction over records, outbox and
 * draft. The same thing saved twice is one record. Throws NotSaved, with words to show; the draft is then still there.
 */
export function save(items: readonly Item[], clearDraft?: string, gone: readonly string[] = []): Promise<LocalRecord[]> {
  return write(items, clearDraft, edited, false, gone);
}

/**
 * Saves what a draft has become, as new records under the ids that were made with it. What is there already stays as it
 * is; the fields in `aside` make no difference. Throws Taken when one of the ids holds something else, since the same
 * draft was saved in another tab: then give it new ids.
 */
export function saveNew(items: readonly Item[], clearDraft: string, aside: readonly string[] = []): Promise<LocalRecord[]> {
  return write(items, clearDraft, (id, row, ops, edit, opId, now) => {
    if (!row) return edited(id, row, ops, edit, opId, now);
    if (!saysTheSame(row, edit, aside)) throw new Taken();
    return nothing();
  }, true);
}

function saysTheSame({ shown }: Row, edit: Edit, aside: readonly string[]): boolean {
  const said = ({ audience, body }: { audience: Audience; body: Body | null }): string =>
    JSON.stringify([audience, Object.entries(body ?? {}).filter(([field]) => !aside.includes(field))]);
  return !shown.deleted && said(shown) === said(edit);
}

async function write(
  items: readonly Item[], clearDraft: string | undefined, decide: typeof edited, asNew = false, gone: readonly string[] = [],
): Promise<LocalRecord[]> {
  const named = items.map((item) => ({ ...item, id: item.id ?? newId() }));
  const [edits, opIds, now] = [named.map(editOf), named.map(() => newId()), Date.now()];
  const putBack = clearDraft === undefined ? undefined : await forgetPending(clearDraft);
  const saved = new Map<string, Row>();
  await commit([...named.map(({ id }) => id), ...gone], clearDraft, (rows, ops) => {
    saved.clear();
    const parts = named.map(({ id }, i) => {
      const row = rows.get(id) ?? null;
      const part = decide(id, row, ops.get(id) ?? [], edits[i] as Edit, opIds[i] as string, now);
      const kept = part.rows[0] ?? row;
      if (kept) saved.set(id, kept);
      return part;
    });
    return joined([...parts, ...eachOf(gone, rows, ops, deleted)]);
  }, asNew).catch((error: unknown) => {
    putBack?.();
    throw error;
  });
  tell({ full: false });
  afterPaint(keepStorage);
  return [...saved.values()].map(shownRecord);
}

function editOf({ kind, schema, audience, felt_at, zone, day, body, base }: Item): Edit {
  return {
    kind,
    schema: schema ?? 1,
    audience,
    felt_at: felt_at ?? null,
    zone: zone ?? null,
    day: day ?? null,
    body: body as Body,
    base: base ?? null,
  };
}

/** Deletes records here, and on the server once it is reached. */
export function remove(ids: readonly string[]): Promise<void> {
  return eachRow(ids, deleted);
}

const deleted: OfRow = (row, ops) => removed(row, ops, newId());

/** Takes back a share: the text stays on this phone; the server and the therapist lose it. */
export function withdraw(id: string): Promise<void> {
  return eachRow([id], (row, ops) => withdrawn(row, ops, newId()));
}

/** Gives up an edit that the server refused. */
export async function discard(id: string): Promise<void> {
  const [row, { epochs }] = await Promise.all([getRow(id), placeHere()]);
  const opId = await derivedId(id, row?.before?.rev ?? "");
  return eachRow([id], (now, ops) => discarded(now, ops, opId, epochs));
}

/** Tries a refused edit again. */
export function retry(id: string): Promise<void> {
  return eachRow([id], (row, ops) => retried(row, ops, newId()));
}

/** A record that is not deleted, or undefined. */
export async function get<B extends object = Body>(id: string): Promise<LocalRecord<B> | undefined> {
  const row = await getRow(id);
  return row && !row.shown.deleted ? (shownRecord(row) as LocalRecord<B>) : undefined;
}

/** Records that are not deleted, newest first by when they were felt, else saved. */
export async function list<B extends object = Body>(query: Query): Promise<LocalRecord<B>[]> {
  return (await findRows(query)).map((row) => shownRecord(row) as LocalRecord<B>);
}

/** `list`, read again whenever such records change, in any tab. Null until first read. */
export function useRecords<B extends object = Body>(query: Query): LocalRecord<B>[] | null {
  const [records, setRecords] = useState<LocalRecord<B>[] | null>(null);
  const asked = JSON.stringify(query);
  useEffect(() => {
    let gone = false;
    const read = oneAtATime(async () => {
      const found = await list<B>(JSON.parse(asked) as Query);
      if (!gone) setRecords(found);
    });
    read();
    const stop = onChanged((kinds) => (!query.kinds || query.kinds.some((kind) => kinds.includes(kind))) && read());
    return () => {
      gone = true;
      stop();
    };
  }, [asked]);
  return records;
}

/** Starts `work`, or lets it run once more after it has ended: many changes at once are read together. */
export function oneAtATime(work: () => Promise<void>): () => void {
  let [running, asked] = [false, false];
  return function start() {
    asked = true;
    if (running) return;
    running = true;
    asked = false;
    void work()
      .catch(console.error)
      .finally(() => {
        running = false;
        if (asked) start();
      });
  };
}

/** A row as the screens see it. */
export function shownRecord({ id, kind, state, reason, shown }: Row): LocalRecord {
  const { own: _, edit: __, ...version } = shown;
  return { id, kind, state, reason, ...version, rev: named(shown) };
}

type Rows = ReadonlyMap<string, Row>;
type Ops = ReadonlyMap<string, Queued[]>;
type OfRow = (row: Row, ops: readonly Queued[]) => Change;
type Decide = (rows: Rows, ops: Ops) => Change;

async function eachRow(ids: readonly string[], decide: OfRow): Promise<void> {
  await commit(ids, undefined, (rows, ops) => joined(eachOf(ids, rows, ops, decide)));
}

/** What is decided of those of `ids` that are here. */
function eachOf(ids: readonly string[], rows: Rows, ops: Ops, decide: OfRow): Change[] {
  return [...rows.values()].filter(({ id }) => ids.includes(id)).map((row) => decide(row, ops.get(row.id) ?? []));
}

async function commit(ids: readonly string[], clearDraft: string | undefined, decide: Decide, asNew = false): Promise<void> {
  const kinds = new Set<string>();
  try {
    const dropDrafts = clearDraft === undefined ? [] : await namesToDrop(clearDraft);
    await change(ids, ({ rows, ops }) => {
      const decided = decide(rows, ops);
      for (const row of [...rows.values(), ...decided.rows]) kinds.add(row.kind);
      return { ...decided, dropDrafts };
    }, asNew);
  } catch (error) {
    throw notSaved(error);
  }
  recountSoon();
  changed(kinds);
  afterPaint(syncSoon);
}

let asked = false;

/** Asks the browser, once, not to clear this store when the phone runs low. */
function keepStorage(): void {
  if (asked) return;
  asked = true;
  void navigator.storage?.persist?.().catch(() => false);
}
