// Entries from a file, kept as the person's own. They come back private: whoever saw them when the file was made need not be
// who would see them now. docs/export.md says which come back and how.
import { changed } from "./changes.ts";
import { allIds, change } from "./door.ts";
import { edited } from "./edits.ts";
import { newId } from "./ids.ts";
import { recount } from "./outbox.ts";
import { syncNow, syncSoon } from "./sync.ts";
import { notSaved } from "./trouble.ts";
import type { Audience, Body } from "./types.ts";
import { blank, type Change, joined, nothing } from "./versions.ts";

/** One record to bring in. */
export interface Coming {
  id: string;
  kind: string;
  schema: number;
  audience: Audience;
  felt_at: number | null;
  zone: string | null;
  day: string | null;
  saved_at: number;
  body: Body;
  conflict_of: string | null;
}

/** How the app was set, and what was shared, is chosen on this phone and never by a file. */
const CHOSEN_HERE = new Set(["preference"]);

/** What of these would come in, and how many stay out because something with their id is here, or was deleted here. */
export async function sorted<R extends Coming>(records: readonly R[]): Promise<{ fresh: R[]; there: number }> {
  await syncNow(); // what the server lists is known first, as far as it can be reached
  const ids = await allIds();
  const wanted = records.filter(({ kind }) => !CHOSEN_HERE.has(kind));
  const fresh = wanted.filter(({ id }) => !ids.has(id));
  return { fresh, there: wanted.length - fresh.length };
}

/**
 * Keeps these records under their ids, all in one transaction; what has such an id stays as it is. How many came in.
 * Throws NotSaved, and then none did.
 */
export async function bringIn(records: readonly Coming[]): Promise<number> {
  const { fresh } = await sorted(records);
  const ops = fresh.map(() => newId());
  let brought = 0;
  try {
    await change(fresh.map(({ id }) => id), ({ rows }) => {
      const parts = fresh.flatMap((record, at) => (rows.has(record.id) ? [] : [keptAs(record, ops[at] as string)]));
      brought = parts.length;
      return joined(parts);
    });
  } catch (error) {
    throw notSaved(error);
  }
  changed(fresh.map(({ kind }) => kind));
  await recount();
  syncSoon();
  return brought;
}

/** A reminder goes to the server again, which nobody reads and which could not remind otherwise. All else stays here. */
function keptAs(record: Coming, op: string): Change {
  const { id, kind, saved_at, conflict_of, ...said } = record;
  if (kind === "plan") return edited(id, null, [], { ...said, kind, audience: "service", base: null }, op, saved_at);
  const version = { ...said, audience: "me" as const, rev: null, author: "client" as const, deleted: false, saved_at, conflict_of, own: true };
  return { ...nothing(), rows: [blank(id, kind, version)] };
}
