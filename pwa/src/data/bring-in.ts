// Entries from a file, kept as the person's own. They come back private: whoever saw them when the file was made need not be
// who would see them now. docs/export.md says which come back and how.
import { changed } from "./changes.ts";
import { allIds, allRows, change } from "./door.ts";
import { edited } from "./edits.ts";
import { derivedId, newId } from "./ids.ts";
import { recount } from "./outbox.ts";
import { each } from "./rows.ts";
import { syncNow, syncSoon } from "./sync.ts";
import { notSaved } from "./trouble.ts";
import type { Audience, Body } from "./types.ts";
import { blank, type Change, joined, nothing, type Version } from "./versions.ts";

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
  /** It waited to be sent when the file was made: nobody else may have this text. */
  unsent: boolean;
}

/** How the app was set, and what was shared, is chosen on this phone and never by a file. */
const CHOSEN_HERE = new Set(["preference"]);

/**
 * What of these would come in, and how many stay out because something with their id is here, or was deleted here. What was
 * never sent comes in beside another text of its record.
 */
export async function sorted<R extends Coming>(records: readonly R[]): Promise<{ fresh: R[]; there: number }> {
  await syncNow(); // what the server lists is known first, as far as it can be reached
  const ids = await allIds();
  const wanted = records.filter(({ kind }) => !CHOSEN_HERE.has(kind));
  const fresh = (await besideOthers(wanted, ids)).filter(({ id }) => !ids.has(id));
  return { fresh, there: wanted.length - fresh.length };
}

/**
 * The records, those that were never sent under an id of their own where another text has theirs: always the same one, so
 * that they come in once. Without those whose very text is here, as the record's or as another one of it.
 */
async function besideOthers<R extends Coming>(records: readonly R[], ids: ReadonlySet<string>): Promise<R[]> {
  if (!records.some(({ unsent }) => unsent)) return [...records];
  const rows = await allRows();
  const gone = new Set(rows.filter(({ shown }) => shown.deleted).map(({ id }) => id));
  const texts = new Set(rows.filter(({ shown }) => !shown.deleted).map(({ id, shown }) => textOf({ ...shown, id })));
  const isHere = (record: R): boolean => record.unsent && texts.has(textOf(record));
  return each(records.filter((record) => !isHere(record)), async (record) => {
    const { id, unsent, audience } = record;
    if (!unsent || !ids.has(id) || gone.has(id) || audience === "service") return record;
    return { ...record, id: await derivedId(id, textOf(record)), conflict_of: id };
  });
}

/** What is said, and of which record. */
function textOf({ id, conflict_of, felt_at, zone, day, body }: Pick<Version, "conflict_of" | "felt_at" | "zone" | "day" | "body"> & { id: string }): string {
  return JSON.stringify([conflict_of ?? id, felt_at, zone, day, body]);
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
  const { id, kind, saved_at, conflict_of, unsent: _, ...said } = record;
  if (kind === "plan") return edited(id, null, [], { ...said, kind, audience: "service", base: null }, op, saved_at);
  const version = { ...said, audience: "me" as const, rev: null, author: "client" as const, deleted: false, saved_at, conflict_of, own: true };
  return { ...nothing(), rows: [blank(id, kind, version)] };
}
