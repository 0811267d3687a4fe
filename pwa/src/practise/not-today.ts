// What was set and is left for another day: why is the person's to say or not, and to whom. Pure.
import type { LocalRecord, Mark, NotToday } from "../data/types.ts";
import { livedDay } from "../history/entries.ts";
import type { Slot } from "../reminders/done.ts";

export const KIND = "not-today";

/** Reasons by id. The last is "rather not say", and stands alone. */
export const REASONS = ["time", "place", "tired", "much", "unsure", "unwanted", "unsaid"] as const;
export type Reason = (typeof REASONS)[number];
export const UNSAID: Reason = "unsaid";
/** The one after which grounding is offered. */
export const MUCH: Reason = "much";

/** Characters of one's own words. */
export const MOST = 500;

export function isReason(id: string): id is Reason {
  return (REASONS as readonly string[]).includes(id);
}

/** What is being filled in. `of` is the entry that is changed by it, with the rev that was on screen when it began. */
export interface Leaving {
  id: string;
  of: { id: string; rev: string | null } | null;
  reasons: string[];
  text: string;
}
export type Left = LocalRecord<NotToday> & { body: NotToday };

/** The newest of today's, by exercise. */
export function leftToday(records: readonly LocalRecord<NotToday>[], today: string): ReadonlyMap<string, Left> {
  const of = records.filter((record): record is Left => !record.deleted && record.body !== null && livedDay(record) === today);
  const oldestFirst = [...of].sort((one, other) => momentOf(one) - momentOf(other));
  return new Map(oldestFirst.map((record) => [record.body.exercise, record]));
}

function momentOf({ felt_at, saved_at }: LocalRecord<NotToday>): number {
  return felt_at ?? saved_at;
}

/** A form for it, empty or with what was said before. */
export function formOf(before: Left | undefined, id: string): Leaving {
  if (before === undefined) return { id, of: null, reasons: [], text: "" };
  return { id, of: { id: before.id, rev: before.rev }, reasons: [...(before.body.reasons ?? [])], text: before.body.text ?? "" };
}

/** The form to go on with after something was `typed` before. What was typed over an entry of another day is for one of its own. */
export function goneOn(typed: Leaving, begun: Leaving): Leaving {
  return typed.of === null || typed.of.id === begun.of?.id ? typed : { ...typed, id: begun.id, of: null };
}

/** The body to save. What is not known here of an entry that is changed stays in it. */
export function bodyOf({ reasons, text }: Leaving, set: Pick<NotToday, "exercise" | "title" | "assignment">, before?: NotToday): NotToday {
  const said = { ...before, ...set, reasons, text: text.trim() };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0))) as NotToday;
}

/** A mark to save for a reminder that is not to come any more. It names the entry, and nothing of what that says. */
export interface Rest {
  kind: "mark";
  audience: "service";
  body: Mark;
}

export function restOf(slots: readonly Slot[], record: string): Rest[] {
  return slots.map((slot) => ({ kind: "mark", audience: "service", body: { what: "done", ...slot, record } }));
}
