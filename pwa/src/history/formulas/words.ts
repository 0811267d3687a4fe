// Words: how many different ones, how wide the choice is, what is picked together. Special answers ("I don't know yet", "a
// mix", ...) are counted apart and never passed in as words. Source, twin and vectors: see ratings.ts.
import type { NotEnough } from "./enough.ts";

/** How often each word was picked, in the order of first use. */
export function counted(picks: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pick of picks) counts.set(pick, (counts.get(pick) ?? 0) + 1);
  return counts;
}

/** The number of different words. From 1 pick. */
export function distinct(picks: readonly string[]): number | NotEnough {
  return picks.length === 0 ? { n: 0, needs: 1 } : new Set(picks).size;
}

/** The words that this person never used before, in the order of first use. From 1 pick. */
export function newWords(picks: readonly string[], everBefore: Iterable<string>): string[] | NotEnough {
  const known = new Set(everBefore);
  return picks.length === 0 ? { n: 0, needs: 1 } : [...new Set(picks)].filter((word) => !known.has(word));
}

/**
 * Vocabulary width, rarefied: how many different words to expect among m picks, E[S_m] = Σ_j [1 − C(N−N_j, m)/C(N, m)],
 * from how often each word was picked. Unlike a bare count it does not grow with N, so periods of different length can
 * stand side by side. From N = m; m = 10 everywhere in Midweek.
 */
export function width(counts: readonly number[], m = 10): number | NotEnough {
  const all = total(counts);
  if (all < m || all === 0) return { n: all, needs: m };
  return counts.reduce((sum, count) => sum + 1 - missed(all, count, m), 0);
}

/** C(N−N_j, m)/C(N, m) as a product of m fractions, each at most 1: exact for any N, where binomials would overflow. */
function missed(all: number, count: number, m: number): number {
  let chance = 1;
  for (let i = 0; i < m && chance > 0; i += 1) chance *= Math.max(0, all - count - i) / (all - i);
  return chance;
}

/** The widths of two periods with both N. `says` is null where there is nothing to say: then they stand without comment. */
export type WidthChange = { before: number; after: number; n_before: number; n_after: number; says: "wider" | "narrower" | null };

/**
 * Whether the width to 10 picks changed: only by 3 words and more with N ≥ 15 in both periods, or by 2 with N ≥ 20 in both
 * (false alarms: 2 and 7 in 100). From N = 10 in each.
 */
export function widthChange(before: readonly number[], after: readonly number[]): WidthChange | NotEnough {
  const [was, is, n] = [width(before), width(after), Math.min(total(before), total(after))];
  if (typeof was !== "number" || typeof is !== "number") return { n, needs: 10 };
  const difference = is - was;
  const least = n >= 20 ? 2 : n >= 15 ? 3 : Infinity;
  const says = Math.abs(difference) < least - 1e-9 ? null : difference > 0 ? "wider" : "narrower";
  return { before: was, after: is, n_before: total(before), n_after: total(after), says };
}

/** Entropy in nats, the effective number of words e^H, and H corrected for small N (Miller–Madow), in nats. */
export type Evenness = { entropy: number; effective: number; corrected: number };

/** How evenly the words are used: H = −Σ p ln p; Miller–Madow H + (S−1)/(2N). From N = 50; never across unequal N. */
export function evenness(counts: readonly number[], least = 50): Evenness | NotEnough {
  const used = counts.filter((count) => count > 0);
  const all = total(used);
  if (all < least || all === 0) return { n: all, needs: least };
  const entropy = -used.reduce((sum, count) => sum + (count / all) * Math.log(count / all), 0) + 0;
  return { entropy, effective: Math.exp(entropy), corrected: entropy + (used.length - 1) / (2 * all) };
}

/** The share of words among all picks of words and of whole families, 0 to 1. From 10 picks. */
export function specificity(words: number, families: number): number | NotEnough {
  const all = words + families;
  return all < 10 ? { n: all, needs: 10 } : words / all;
}

/** The share of "I don't know yet" among the entries that answered the question for words, 0 to 1. From 5. No deficit. */
export function notKnown(unknown: number, asked: number): number | NotEnough {
  return asked < 5 ? { n: asked, needs: 5 } : unknown / asked;
}

export type Together = { words: readonly [string, string]; n: number };

/** Pairs of words picked in one entry, from 3 times on, the most frequent first; ties by the alphabet. */
export function pickedTogether(entries: readonly (readonly string[])[], least = 3): Together[] {
  const pairs = counted(entries.flatMap((words) => pairsOf([...new Set(words)].sort())));
  return [...pairs].filter(([, n]) => n >= least).map(([pair, n]): Together => ({ words: JSON.parse(pair) as [string, string], n }))
    .sort((x, y) => y.n - x.n || byText(x.words.join("\n"), y.words.join("\n")));
}

function pairsOf(words: readonly string[]): string[] {
  return words.flatMap((one, at) => words.slice(at + 1).map((other) => JSON.stringify([one, other])));
}

/** The order of the letters' code points: the same in both languages. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
