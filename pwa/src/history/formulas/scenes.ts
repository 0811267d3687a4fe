// Scenes: what was wished for, what answer was expected, what the person did. Source, twin and vectors: see ratings.ts.
import type { NotEnough } from "./enough.ts";
import { byText, counted } from "./words.ts";

export type Turn = { wish: string; expected: string; move: string };
/** How often each wish, expected answer and move came together; those that came more than once, from 3 scenes on. */
export type Turns = { table: (Turn & { n: number })[]; repeats: (Turn & { n: number })[] | NotEnough };

/**
 * Counts of wish × expected answer × move over scenes that name all three. The most frequent first; ties by the alphabet.
 * The list from 1 scene; "repeats" from 3.
 */
export function turns(scenes: readonly Turn[]): Turns | NotEnough {
  if (scenes.length === 0) return { n: 0, needs: 1 };
  const counts = counted(scenes.map(({ wish, expected, move }) => JSON.stringify([wish, expected, move])));
  const table = [...counts].map(([key, n]) => {
    const [wish, expected, move] = JSON.parse(key) as [string, string, string];
    return { wish, expected, move, n };
  }).sort((x, y) => y.n - x.n || byText(textOf(x), textOf(y)));
  return { table, repeats: scenes.length < 3 ? { n: scenes.length, needs: 3 } : table.filter(({ n }) => n > 1) };
}

function textOf({ wish, expected, move }: Turn): string {
  return [wish, expected, move].join("\n");
}
