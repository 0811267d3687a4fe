// The page before a session as the server makes it. A part that is null is held back.
import type { Scene, WireRecord } from "../data/types.ts";

export interface NotEnough {
  n: number;
  needs: number;
}
export type Enough<T> = T | NotEnough;

export type PartName = "bring" | "how" | "words" | "scenes" | "body" | "practice" | "not_visited" | "questions";
export const PARTS: readonly PartName[] = ["bring", "how", "words", "scenes", "body", "practice", "not_visited", "questions"];

export type PartOfDay = "morning" | "afternoon" | "evening" | "night";

export interface Rated {
  n: number;
  median: Enough<number>;
  spread: Enough<{ low: number; high: number }>;
  change: Enough<{ before: number; after: number; difference: number; says: "same" | "higher" | "lower" }>;
}

export interface How {
  entries: number;
  days: number;
  strip: { at: number; day: string; distress: number | null; reminder: boolean }[];
  distress: Rated;
  pleasant: Rated;
  hard: { n: number; parts: Partial<Record<PartOfDay, number>> };
}

export interface Said {
  picks: number;
  distinct: Enough<number>;
  new: Enough<string[]>;
  most: { word: string; n: number }[];
  not_known: Enough<number>;
  asked: number;
  unknown: number;
  families: number;
  width: Enough<number>;
  width_change: Enough<{ before: number; after: number; n_before: number; n_after: number; says: "wider" | "narrower" | null }>;
}

export interface Turn {
  wish: string;
  expected: string;
  move: string;
}

export interface Scenes {
  told: { id: string; day: string; scene: Scene }[];
  n: number;
  turns: Enough<{ table: (Turn & { n: number })[]; repeats: Enough<(Turn & { n: number })[]> }>;
}

export interface Practised {
  exercise: string;
  title: string;
  opened: number;
  finished: number;
  stopped: number;
  /** How often it was left for another day, for which reasons, and the last words on it. Absent from an older server. */
  not_today?: number;
  reasons?: { word: string; n: number }[];
  said?: string;
  ratings: { question: string; pairs: [before: number, after: number][]; median: Enough<number> }[];
}

export interface Unvisited {
  not_opened: string[];
  not_finished: string[];
  families: Enough<string[]>;
  wishes: Enough<string[]>;
  skipped: string[];
}

export interface Question {
  about: "word_in_part" | "turn" | "hard_in_part" | "unknown";
  n: number;
  word?: string;
  part?: PartOfDay;
  turn?: Turn;
}

export interface Brief {
  since: string;
  until: string;
  paused: boolean;
  bring: { items: WireRecord[]; more: number } | null;
  how: How | null;
  words: Said | null;
  scenes: Scenes | null;
  body: { n: number; together: Enough<{ word: string; region: string; a: number; b: number }[]> } | null;
  practice: { exercises: Practised[] } | null;
  not_visited: Unvisited | null;
  questions: Question[] | null;
  /** Words that client and therapist share, by the id they are counted under. */
  shared_words?: Record<string, string>;
  /** What of it was talked about in a session, by id. */
  discussed: string[];
  foot: { not_shared: string[]; held: number; own: number; reminder: number; versions: [exercise: string, version: number][] };
}

/** The page as the therapist gets it, and with nothing held back. */
export interface OwnBrief {
  brief: Brief;
  whole: Brief;
}

/** Whether there was enough to say something. */
export function isEnough<T>(found: Enough<T>): found is T {
  return !(typeof found === "object" && found !== null && "needs" in found);
}
