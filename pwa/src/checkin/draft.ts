import type { AffectValue, Pick } from "../ui/inputs/types.ts";

/** The name a check-in in the making is kept under. */
export const DRAFT = "check-in";

export type When = "now" | "earlier" | "yesterday" | "older";

/** What of a check-in is shared, or not, by itself. */
export type Field = "affect" | "distress" | "words" | "body" | "contexts" | "wish" | "note" | "own_words";

/** A check-in while it is being made. Nothing is preset. The ids are made once, so saving twice saves one. */
export type CheckInDraft = {
  id: string;
  private_id: string;
  when: When | null;
  affect: AffectValue | null;
  distress: number | null;
  unsaid: boolean;
  words: Pick[];
  regions: string[];
  sensations: string[];
  contexts: string[];
  wish: string | null;
  /** What was chosen for this one; the rest is as agreed. */
  choice: Partial<Record<Field, boolean>>;
  note: string;
  bring: boolean;
  just_me: boolean;
  more: boolean;
  /** Of a saved one that is being changed: the revisions of its records, by their ids, when that began. */
  base?: Readonly<Record<string, string | null>>;
};

export const NOTE_MAX = 280;

/** A check-in with no answer yet. */
export function emptyDraft(newId: () => string): CheckInDraft {
  return {
    id: newId(), private_id: newId(), when: null, affect: null, distress: null, unsaid: false, words: [], regions: [],
    sensations: [], contexts: [], wish: null, choice: {}, note: "", bring: false, just_me: false, more: false,
  };
}

/** True from the first answer on: there is something to save. A moment of longer ago needs words. */
export function canSave(draft: CheckInDraft): boolean {
  return draft.when === "older" ? hasNote(draft) : hasAnswer(draft) || hasNote(draft);
}

/** True when at least one answer besides the note was given. */
export function hasAnswer(draft: CheckInDraft): boolean {
  return draft.affect !== null || draft.distress !== null || draft.wish !== null
    || [draft.words, draft.regions, draft.sensations, draft.contexts].some((list) => list.length > 0);
}

/** True when nothing was answered, written or switched on: such a draft need not be kept. */
export function isBlank(draft: CheckInDraft): boolean {
  const switched = draft.when !== null || draft.unsaid || draft.bring || draft.just_me;
  return !hasAnswer(draft) && draft.note === "" && !switched;
}

/** True when something was written. */
export function hasNote(draft: CheckInDraft): boolean {
  return draft.note.trim() !== "";
}

const NOBODY = new Set(["alone", "animal", "not_said", "nothing_special", "unknown"]);

/** True when the contexts say that another person was involved: only then is the wish asked for. */
export function someoneInvolved(contexts: readonly string[], people: ReadonlySet<string>): boolean {
  return contexts.some((id) => people.has(id) && !NOBODY.has(id));
}
