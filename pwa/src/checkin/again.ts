// A saved check-in in its form again: its answers as a draft, and the draft as the same records. Pure.
import type { Item } from "../data/journal.ts";
import type { Body, CheckIn, LocalRecord } from "../data/types.ts";
import { type CheckInDraft, emptyDraft, type Field, hasAnswer } from "./draft.ts";
import { type Agreement, USUAL } from "../sharing/agreement.ts";
import { recordsOf } from "./records.ts";

/** A check-in as it was saved: what is shared, or the only record, and the part that stays on this phone. */
export interface SavedCheckIn {
  main: LocalRecord<CheckIn>;
  part: LocalRecord<CheckIn> | null;
}

/** Fields this form writes; what else a record holds is kept as it is. */
const ASKED = new Set([
  "when", "affect", "distress", "words", "regions", "sensations", "contexts", "wish", "bring", "seconds", "source", "note",
  "own_words", "part_of",
]);

/** The answers as a draft under the ids they have, on top of what is there. */
export function draftOf({ main, part }: SavedCheckIn, newId: () => string): CheckInDraft {
  const [shared, kept] = [main.body ?? {}, part?.body ?? {}];
  const all: CheckIn = { ...kept, ...shared };
  const own = [...(shared.own_words ?? []), ...(kept.own_words ?? [])].map((word) => ({ id: "own_word", own: word }));
  return {
    ...emptyDraft(newId),
    id: main.id,
    private_id: part?.id ?? newId(),
    when: all.when ?? "now",
    affect: all.affect ?? null,
    distress: all.distress ?? null,
    words: [...(all.words ?? []), ...own],
    regions: all.regions ?? [],
    sensations: all.sensations ?? [],
    contexts: all.contexts ?? [],
    wish: all.wish ?? null,
    choice: main.audience === "therapist" ? { ...chosen(kept, false), ...chosen(shared, true) } : {},
    note: all.note ?? "",
    bring: all.bring === true,
    just_me: main.audience === "me",
    more: true,
    base: { [main.id]: main.rev, ...(part && { [part.id]: part.rev }) },
  };
}

/** The draft with some of it changed. The first change notes what it began from; `before` is what is there. */
export function changed(draft: CheckInDraft | null, before: CheckInDraft, some: Partial<CheckInDraft>): CheckInDraft {
  return { ...before, ...draft, ...some };
}

/** How each answer that is there was shared. */
function chosen(body: CheckIn, shared: boolean): CheckInDraft["choice"] {
  const there = FIELDS.filter(([, ...names]) => names.some((name) => body[name] !== undefined));
  return Object.fromEntries(there.map(([field]) => [field, shared]));
}

const FIELDS: readonly [Field, ...(keyof CheckIn)[]][] = [
  ["affect", "affect"], ["distress", "distress"], ["words", "words"], ["body", "regions", "sensations"],
  ["contexts", "contexts"], ["wish", "wish"], ["note", "note"], ["own_words", "own_words"],
];

/** A check-in that was saved stays one: a note alone would be another kind of record. */
export function canSaveAgain(draft: CheckInDraft): boolean {
  return hasAnswer(draft);
}

/** The records of the changed check-in, of the moment it was about, and the ids of those it no longer has. Another text that
 *  came since the draft was begun is kept beside it. */
export function recordsAgain(
  draft: CheckInDraft, { main, part }: SavedCheckIn, agreed: Agreement["fields"] = USUAL.fields,
): { items: Item[]; gone: string[] } {
  const moment = { now: main.felt_at ?? main.saved_at, zone: main.zone ?? "UTC", seconds: main.body?.seconds ?? Infinity, source: main.body?.source ?? "own" } as const;
  const items = recordsOf(draft, moment, agreed).map(({ felt_at: _, zone: __, day: ___, ...record }): Item => {
    const before = [main, part].find((one) => one?.id === record.id);
    return { ...record, ...lived(main), schema: main.schema, base: baseOf(draft, before), body: { ...unasked(before), ...record.body } };
  });
  const emptied = part?.id === draft.private_id && items.every(({ id }) => id !== part.id);
  return { items, gone: emptied ? [part.id] : [] };
}

/** A draft from before this was noted is put on top of what is there. */
function baseOf({ base }: CheckInDraft, before: LocalRecord<CheckIn> | null | undefined): string | null {
  return (before && base ? base[before.id] : before?.rev) ?? null;
}

function lived({ felt_at, zone, day }: LocalRecord<CheckIn>): Partial<Item> {
  return { ...(felt_at !== null && { felt_at }), ...(zone !== null && { zone }), ...(day !== null && { day }) };
}

function unasked(record: LocalRecord<CheckIn> | null | undefined): Body {
  return Object.fromEntries(Object.entries(record?.body ?? {}).filter(([field]) => !ASKED.has(field)));
}
