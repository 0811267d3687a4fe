// Shared records as the phone's own code reads them, so that both count and find the same. Pure.
import type { LocalRecord, WireRecord } from "../../data/types.ts";
import type { Exercise, Library } from "../../exercise/types.ts";
import { type Entry, entriesOf, type EntryKind } from "../../history/entries.ts";
import type { Period } from "../../history/series.ts";
import { exerciseFor } from "./exercise-for.ts";
import type { Set } from "./shared.ts";

/** What the client shared, newest first, of the kinds that are known. What was deleted, taken back or is the therapist's own
 *  is not among it. */
export function toldIn(records: readonly WireRecord[]): Entry[] {
  return entriesOf(records.filter(({ author, audience }) => author === "client" && audience === "therapist").map(local));
}

/** Those of these kinds within a period. */
export function toldBetween(told: readonly Entry[], kinds: readonly EntryKind[], { from, to }: Pick<Period, "from" | "to">): Entry[] {
  return told.filter(({ kind, day }) => kinds.includes(kind) && day >= from && day <= to);
}

/** The exercises by id: those anyone may read, and those that were sent to this client alone. */
export function exercisesIn(library: Library | null, sets: readonly Set[]): (id: string) => Exercise | undefined {
  const sent = new Map(sets.map(({ body }) => [body.exercise, body.snapshot]));
  return (id) => exerciseFor(id, library, sent.get(id));
}

function local({ id, kind, schema, audience, author, rev, saved_at, deleted = false, felt_at = null, zone = null, day = null, body = null, conflict_of = null }: WireRecord): LocalRecord {
  return { id, kind, schema, audience, author, rev, saved_at, deleted, felt_at, zone, day, body, conflict_of, state: "sent", reason: null };
}
