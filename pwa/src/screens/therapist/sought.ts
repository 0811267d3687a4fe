// What is looked for in what a client shared. Pure.
import type { CheckIn } from "../../data/types.ts";
import type { Exercise, Vocabulary } from "../../exercise/types.ts";
import { addDays } from "../../history/days.ts";
import { type Entry, type EntryKind, wholeBody } from "../../history/entries.ts";
import { ANYTHING, finder, folded } from "../../history/finding.ts";

/** Distress from which on a moment is called hard: the brief's own number (server/brief/parts.py). */
export const HARD = 7;
export const SPANS = ["any", "session", "30", "90", "365", "own"] as const;
export type Span = (typeof SPANS)[number];

/** Null, false and empty narrow nothing down; `from` and `to` count where the span is one's own. */
export interface Sought {
  text: string;
  kind: EntryKind | null;
  word: string | null;
  hard: boolean;
  span: Span;
  from: string;
  to: string;
}
export const EVERYTHING: Sought = { text: "", kind: null, word: null, hard: false, span: "any", from: "", to: "" };

/** The days that are looked at, both included; an end that is open is empty. */
export interface Days {
  from: string;
  to: string;
}

/** Which days a span means today; the last session's own day is among them. */
export function daysSought({ span, from, to }: Sought, today: string, session: string | null): Days {
  if (span === "own") return from !== "" && to !== "" && from > to ? { from: to, to: from } : { from, to };
  if (span === "session") return { from: session ?? "", to: "" };
  return { from: span === "any" ? "" : addDays(today, 1 - Number(span)), to: "" };
}

export function isWithin({ from, to }: Days, day: string): boolean {
  return (from === "" || day >= from) && (to === "" || day <= to);
}

/** Whether words were typed: only they take looking into what every entry says. */
export function hasWords({ text }: Sought): boolean {
  return folded(text).trim() !== "";
}

/** Whether anything but days is narrowed down. */
export function isNarrow(sought: Sought): boolean {
  return hasWords(sought) || sought.kind !== null || sought.word !== null || sought.hard;
}

/** Whether all is shown. */
export function isEverything(sought: Sought): boolean {
  return !isNarrow(sought) && sought.span === "any";
}

/** Whether an entry is one of those looked for, by everything but what it says; and whether it says what was typed. */
export function soughtBy(
  sought: Sought, days: Days, vocabulary: Vocabulary | null, exerciseIn: (entry: Entry) => Exercise | null,
): { fits: (entry: Entry) => boolean; says: (entry: Entry) => boolean } {
  const { text, kind, word, hard } = sought;
  const chosen = finder({ ...ANYTHING, kind, word }, vocabulary, exerciseIn);
  return {
    fits: (entry) => isWithin(days, entry.day) && (!hard || isHard(entry)) && chosen(entry),
    says: finder({ ...ANYTHING, text }, vocabulary, exerciseIn),
  };
}

function isHard(entry: Entry): boolean {
  return entry.kind === "checkin" && (wholeBody<CheckIn>(entry).distress ?? 0) >= HARD;
}
