// Records that were opened stay open in memory while this phone's key is known: what did not change is not opened again, and
// stays the very same object, so that what is drawn from it need not be drawn again.
import type { RecordRow } from "./database.ts";
import { shownRecord } from "./journal.ts";
import { openRows, theKey } from "./rows.ts";
import { type Sealed, sameWriting } from "./sealed.ts";
import type { LocalRecord } from "./types.ts";

type Opened = { sealed: Sealed["iv"]; record: LocalRecord };

/** They go with the key. */
const known = new WeakMap<CryptoKey, Map<string, Opened>>();

/** The records in these rows that can be opened, each opened once for as long as it says the same. */
export async function openedOnce(rows: readonly RecordRow[]): Promise<LocalRecord[]> {
  if (rows.length === 0) return [];
  const opened = await openedHere();
  const fresh = rows.filter(({ id, sealed }) => !sameIv(opened.get(id), sealed));
  const sealed = new Map(fresh.map((row) => [row.id, row.sealed.iv]));
  for (const row of await openRows(fresh)) opened.set(row.id, { sealed: sealed.get(row.id) as Sealed["iv"], record: shownRecord(row) });
  return rows.flatMap((row) => {
    const there = opened.get(row.id);
    return there !== undefined && sameIv(there, row.sealed) ? [there.record] : [];
  });
}

async function openedHere(): Promise<Map<string, Opened>> {
  const key = await theKey();
  const here = known.get(key) ?? new Map<string, Opened>();
  known.set(key, here);
  return here;
}

function sameIv(one: Opened | undefined, sealed: Sealed): boolean {
  return one !== undefined && sameWriting({ iv: one.sealed, ct: sealed.ct }, sealed);
}
