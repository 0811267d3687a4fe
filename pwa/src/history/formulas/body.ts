// Words and places in the body that were named in one entry. Source, twin and vectors: see ratings.ts.
import type { NotEnough } from "./enough.ts";
import { byText, counted } from "./words.ts";

/** The words and the body answer of one entry. */
export type Felt = { words: readonly string[]; regions: readonly string[] };

/** Seen together in `a` of the `b` entries that have this word and any body answer. */
export type SeenTogether = { word: string; region: string; a: number; b: number };

/** No place: it counts as a body answer and is not paired. */
const NO_PLACE = "unknown";

/**
 * Word and region "seen together", never "linked": a ≥ 3, a/b ≥ 0.6, and lift (a/b)/(share of the region among all body
 * answers) ≥ 1.5. By chance alone 5 in 100 people with 8 body answers see at least one pair, 46 with 50. From 8 entries
 * with a body answer. The most frequent first; ties by the alphabet.
 */
export function seenTogether(entries: readonly Felt[]): SeenTogether[] | NotEnough {
  const felt = entries.filter(({ regions }) => regions.length > 0);
  if (felt.length < 8) return { n: felt.length, needs: 8 };
  const words = counted(felt.flatMap((entry) => [...new Set(entry.words)]));
  const regions = counted(felt.flatMap((entry) => [...new Set(entry.regions)]));
  const pairs = counted(felt.flatMap(pairsOf));
  return [...pairs].flatMap(([pair, a]): SeenTogether[] => {
    const [word, region] = JSON.parse(pair) as [string, string];
    const [b, share] = [words.get(word) ?? 0, (regions.get(region) ?? 0) / felt.length];
    return region !== NO_PLACE && a >= 3 && a >= 0.6 * b - 1e-9 && a / b >= 1.5 * share - 1e-9 ? [{ word, region, a, b }] : [];
  }).sort((x, y) => y.a - x.a || byText(`${x.word}\n${x.region}`, `${y.word}\n${y.region}`));
}

function pairsOf({ words, regions }: Felt): string[] {
  return [...new Set(words)].flatMap((word) => [...new Set(regions)].map((region) => JSON.stringify([word, region])));
}
