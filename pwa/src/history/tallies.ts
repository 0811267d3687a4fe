// Entries counted for the charts: words and families, places in the body, exercises, scenes. Pure.
import type { CheckIn, Run } from "../data/types.ts";
import type { Vocabulary } from "../exercise/types.ts";
import { type Entry, wholeBody } from "./entries.ts";
import type { Felt } from "./formulas/body.ts";
import type { Turn } from "./formulas/scenes.ts";

/** A count, told apart by how the entry came. */
export type Tally = { own: number; reminder: number };
export const sumOf = ({ own, reminder }: Tally): number => own + reminder;

/** A check-in with all its parts. */
export type Said = { entry: Entry; body: CheckIn; own_words: string[] };

/** The check-ins that count: copies that nobody has looked at don't. */
export function checkInsOf(entries: readonly Entry[]): Said[] {
  return entries.filter(({ kind, main }) => kind === "checkin" && main.conflict_of === null && main.body !== null).map((entry) => {
    const body = wholeBody<CheckIn>(entry);
    return { entry, body, own_words: body.own_words ?? [] };
  });
}

/** What was picked, how often: families by themselves, their words, own words, and the special answers apart. */
export type Words = { families: Map<string, Tally>; words: Map<string, Tally>; own: Map<string, Tally>; special: Map<string, Tally> };

export function wordsOf(checkIns: readonly Said[], vocabulary: Vocabulary): Words {
  const [families, special] = [idsOf(vocabulary.families), idsOf(vocabulary.special)];
  const found: Words = { families: new Map(), words: new Map(), own: new Map(), special: new Map() };
  for (const { body, own_words } of checkIns) {
    const source = body.source ?? "own";
    for (const { id } of body.words ?? []) add(special.has(id) ? found.special : families.has(id) ? found.families : found.words, id, source);
    for (const word of own_words) add(found.own, word, source);
  }
  return found;
}

/** Every pick of a word, own words among them; whole families and special answers are none. */
export function picksOf(checkIns: readonly Said[], vocabulary: Vocabulary): string[] {
  const apart = new Set([...idsOf(vocabulary.families), ...idsOf(vocabulary.special)]);
  return checkIns.flatMap(({ body, own_words }) => [...(body.words ?? []).map(({ id }) => id).filter((id) => !apart.has(id)), ...own_words]);
}

/** How often each place was named. */
export function placesOf(checkIns: readonly Said[]): Map<string, Tally> {
  const found = new Map<string, Tally>();
  for (const { body } of checkIns) for (const region of new Set(body.regions)) add(found, region, body.source ?? "own");
  return found;
}

/** Words and places of each check-in, for what was seen together. Special answers are no words. */
export function feltOf(checkIns: readonly Said[], vocabulary: Vocabulary): Felt[] {
  const special = idsOf(vocabulary.special);
  return checkIns.map(({ body, own_words }) => ({
    words: [...(body.words ?? []).map(({ id }) => id).filter((id) => !special.has(id)), ...own_words], regions: body.regions ?? [],
  }));
}

/** The runs of one exercise: how each ended, and for each question asked before and after, the pairs, oldest first. */
export type Practised = { exercise: string; title: string | null; endings: string[]; pairs: Map<string, RunPair[]> };
export type RunPair = { day: string; at: number; before: number; after: number };

/** By exercise, the one done last first. */
export function practised(entries: readonly Entry[]): Practised[] {
  const found = new Map<string, Practised>();
  for (const entry of entries) {
    const body = entry.main.body as Partial<Run> | null;
    if (entry.kind !== "run" || typeof body?.exercise !== "string" || entry.main.conflict_of !== null) continue;
    const one: Practised = found.get(body.exercise) ?? { exercise: body.exercise, title: body.title ?? null, endings: [], pairs: new Map() };
    found.set(body.exercise, one);
    one.endings.unshift(body.ended ?? "left");
    for (const [question, pair] of pairsOf(entry)) one.pairs.set(question, [pair, ...(one.pairs.get(question) ?? [])]);
  }
  return [...found.values()];
}

function pairsOf(entry: Entry): [string, RunPair][] {
  const { ratings = {} } = wholeBody<Partial<Run>>(entry);
  return Object.entries(ratings).flatMap(([key, before]): [string, RunPair][] => {
    const question = key.endsWith("_before") ? key.slice(0, -"_before".length) : null;
    const after = question === null ? undefined : ratings[`${question}_after`];
    if (question === null || typeof before !== "number" || typeof after !== "number") return [];
    return [[question, { day: entry.day, at: entry.at, before, after }]];
  });
}

/** The scenes that name a wish, the answer that was expected and the person's own move. */
export function turnsOf(entries: readonly Entry[]): Turn[] {
  return entries.flatMap((entry) => turnOf(entry) ?? []);
}

/** What one scene counts as; null when it does not name all three. A copy that nobody has looked at counts as nothing. */
export function turnOf({ kind, main }: Entry): Turn | null {
  const [wish, expected, move] = ["wish", "expected", "my_move"].map((field) => main.body?.[field]);
  if (kind !== "scene" || main.conflict_of !== null || !isText(wish) || !isText(expected) || !isText(move)) return null;
  return { wish: plain(wish), expected: plain(expected), move: plain(move) };
}

function add(counts: Map<string, Tally>, id: string, source: keyof Tally): void {
  const there = counts.get(id) ?? { own: 0, reminder: 0 };
  counts.set(id, { ...there, [source]: there[source] + 1 });
}

function idsOf(named: readonly { id: string }[]): Set<string> {
  return new Set(named.map(({ id }) => id));
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function plain(text: string): string {
  return text.trim().toLocaleLowerCase();
}
