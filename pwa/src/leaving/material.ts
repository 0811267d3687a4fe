// What a copy is made from: the phone's records with the words and exercises that explain them. Pure.
import type { Everything } from "../data/everything.ts";
import type { Assignment, Body, LocalRecord, Run } from "../data/types.ts";
import type { Exercise, Library, Vocabulary } from "../exercise/types.ts";
import { zoneHere } from "../history/days.ts";
import { type Entry, entriesOf, KINDS, wholeBody } from "../history/entries.ts";
import { dateFormat } from "../history/formats.ts";
import { withShared } from "../pair/shared-words.ts";

export interface Material {
  everything: Everything;
  /** The person's id: a number without a name. */
  person: string;
  /** Check-ins, runs, notes, cards and scenes with their parts, the newest first. */
  entries: Entry[];
  /** Every other record, such as reminders, the safety plan, and what came from the therapist. */
  others: LocalRecord[];
  vocabulary: Vocabulary | null;
  exercises: readonly Exercise[];
}

export function materialOf(everything: Everything, person: string, library: Library | null): Material {
  const { records } = everything;
  const set = records.flatMap(({ kind, body }) => (kind === "assignment" ? [(body as Assignment | null)?.snapshot as Exercise | undefined] : []));
  const kinds: readonly string[] = KINDS;
  return {
    everything,
    person,
    entries: entriesOf(records),
    others: records.filter(({ kind }) => !kinds.includes(kind)),
    vocabulary: withShared(library?.vocabulary ?? null, records),
    exercises: [...(library?.exercises ?? []), ...set.filter((one) => Array.isArray(one?.steps)) as Exercise[]],
  };
}

/** The exercise a run was made with, in the version it was made with where that is known; else null. */
export function exerciseOfRun({ exercises }: Material, { exercise, version }: Partial<Run>): Exercise | null {
  const same = exercises.filter(({ id }) => id === exercise);
  return same.find((one) => one.version === version) ?? same[0] ?? null;
}

/** Of the texts of an entry that was changed in two places, one counts. */
export function isCounted({ main }: Entry): boolean {
  return main.conflict_of === null;
}

/** An entry's fields, with the names of those that were never shared. */
export function fieldsWithin(entry: Entry): { body: Body; kept: string[] } {
  const records = [entry.main, ...entry.parts];
  const kept = records.filter(({ audience }) => audience === "me").flatMap(({ body }) => Object.keys(body ?? {}));
  return { body: wholeBody(entry), kept: [...new Set(kept)].filter((field) => field !== "part_of") };
}

/** An instant as ISO 8601 in UTC; empty for none, or one that no calendar holds. */
export function utc(at: unknown): string {
  return typeof at === "number" && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : "";
}

/** An instant as ISO 8601 with the offset it had in its zone. */
export function withOffset(at: number, zone: string | null): string {
  const parts = dateFormat("en-GB", {
    timeZone: zone ?? zoneHere(), hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "longOffset",
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  const offset = of("timeZoneName").replace("GMT", "") || "Z";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}:${of("second")}${offset.slice(0, 6)}`;
}
