// What of a saved entry is shared, part by part, and the records it becomes when that is changed. Pure.
import { draftOf, recordsAgain, type SavedCheckIn } from "../checkin/again.ts";
import type { Field } from "../checkin/draft.ts";
import { answersOf, isShared } from "../checkin/records.ts";
import type { Item } from "../data/journal.ts";
import type { Body, CheckIn, LocalRecord, Run } from "../data/types.ts";
import type { Entry } from "../history/entries.ts";
import { USUAL } from "./agreement.ts";

/** A part of an entry that can be shared by itself. */
export interface Part {
  key: string;
  shared: boolean;
  /** The part alone, in a body of its entry's kind. */
  body: Body;
}
/** The records an entry becomes, the first being the one to open, and the ids of those it no longer has. */
export interface Changed {
  items: Item[];
  gone: string[];
}
const ALL = "all";

/** The parts of an entry, in their order. A note, kept words and a scene are one. */
export function partsIn(entry: Entry): Part[] {
  if (entry.kind === "checkin") return checkInParts(entry);
  if (entry.kind === "run") return runParts(entry);
  return [{ key: ALL, shared: entry.main.audience === "therapist", body: entry.main.body ?? {} }];
}

/** The entry with other parts shared: those whose keys are in `shared`, and no others. */
export function sharing(entry: Entry, shared: ReadonlySet<string>, newId: () => string): Changed {
  if (entry.kind === "checkin") return checkInSharing(entry, shared, newId);
  if (entry.kind === "run") return runSharing(entry, shared, newId);
  return { items: [again(entry.main, shared.has(ALL) ? "therapist" : "me", entry.main.body ?? {})], gone: [] };
}

function checkInParts(entry: Entry): Part[] {
  const draft = draftOf(savedIn(entry), () => "");
  return answersOf(draft).map(([key, body]) => ({ key, body, shared: isShared(key, draft, USUAL.fields) }));
}

function checkInSharing(entry: Entry, shared: ReadonlySet<string>, newId: () => string): Changed {
  const saved = savedIn(entry);
  const draft = draftOf(saved, newId);
  const choice = Object.fromEntries(answersOf(draft).map(([field]) => [field, shared.has(field)])) as Partial<Record<Field, boolean>>;
  return recordsAgain({ ...draft, just_me: false, choice }, saved);
}

/** An entry that is a check-in, as its form takes it. */
export function savedIn({ main, parts }: Entry): SavedCheckIn {
  return { main: main as LocalRecord<CheckIn>, part: (partOf(parts, "checkin") as LocalRecord<CheckIn> | undefined) ?? null };
}

/** Answers and ratings; the key says which of the two it is. */
function runParts({ main, parts }: Entry): Part[] {
  const there = [main, partOf(parts, "run")].flatMap((record) => (record ? [record] : []));
  return there.flatMap(({ audience, body }) => (["ratings", "answers"] as const).flatMap((of) =>
    Object.entries((body as Partial<Run> | null)?.[of] ?? {}).map(([key, value]) =>
      ({ key: `${of}.${key}`, shared: audience === "therapist", body: { [of]: { [key]: value } } }))));
}

/** That it was done stays as it is shared; what was answered moves between the shared part and the one that stays here. */
function runSharing(entry: Entry, shared: ReadonlySet<string>, newId: () => string): Changed {
  const { main, parts } = entry;
  const part = partOf(parts, "run");
  const all = runParts(entry);
  const told = answers(all.filter(({ key }) => shared.has(key)));
  const kept = answers(all.filter(({ key }) => !shared.has(key)));
  const { answers: _, ratings: __, ...facts } = main.body ?? {};
  const item = again(main, shared.size > 0 ? "therapist" : main.audience, { ...facts, ...told });
  if (part === undefined) {
    if (Object.keys(kept).length === 0) return { items: [item], gone: [] };
    const { exercise, version, title, ended } = facts;
    const body = { exercise, version, title, ended, part_of: main.id, ...kept };
    return { items: [item, { ...again(main, "me", body), id: newId(), base: null }], gone: [] };
  }
  const { answers: ___, ratings: ____, ...other } = part.body ?? {};
  const empty = Object.keys(kept).length === 0 && other["own_words"] === undefined && other["step_seconds"] === undefined;
  return empty ? { items: [item], gone: [part.id] } : { items: [item, again(part, "me", { ...other, ...kept })], gone: [] };
}

function answers(parts: readonly Part[]): Body {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const { body } of parts) for (const [of, some] of Object.entries(body)) merged[of] = { ...merged[of], ...(some as object) };
  return merged;
}

function partOf(parts: readonly LocalRecord[], kind: string): LocalRecord | undefined {
  return parts.find((part) => part.kind === kind && part.audience === "me");
}

/** What is saved in the place of a record: another body, maybe for somebody else, on top of what is there. */
export function again({ id, kind, schema, felt_at, zone, day, rev }: LocalRecord, audience: LocalRecord["audience"], body: Body): Item {
  return {
    id, kind, schema, audience, body, base: rev, ...(felt_at !== null && { felt_at }), ...(zone !== null && { zone }),
    ...(day !== null && { day }),
  };
}
