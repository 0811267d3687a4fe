// Scenes by what was wished for, what answer was expected and what the person did: counting, and nothing but. Pure.
import type { Entry } from "../../history/entries.ts";
import { notEnough, type NotEnough } from "../../history/formulas/enough.ts";
import { type Turn, turns } from "../../history/formulas/scenes.ts";
import type { Period } from "../../history/series.ts";
import { turnOf, turnsOf } from "../../history/tallies.ts";

/** One answer and one move to a wish, as the newest of its scenes says them, and which scenes they are. */
export interface Cell extends Turn {
  key: string;
  ids: ReadonlySet<string>;
}
/** A wish with all that followed it, the most frequent first. */
export interface Wish {
  wish: string;
  n: number;
  cells: Cell[];
}
export interface Formulation {
  wishes: Wish[];
  /** Scenes that name all three. */
  n: number;
  /** The days of the first and the last of them. */
  days: Pick<Period, "from" | "to"> | null;
  /** What is there while it is too little to say that anything came more than once. */
  few: NotEnough | null;
}

/** The scenes that name all three, by wish; the wish with the most scenes first, else in the order of the counts. `label`
 *  gives the words of a wish that was picked from the list. */
export function formulation(entries: readonly Entry[], label: (wish: string) => string): Formulation {
  const [found, told] = [turns(turnsOf(entries)), byTurn(entries)];
  if (notEnough(found)) return { wishes: [], n: 0, days: null, few: null };
  const wishes = new Map<string, Wish>();
  for (const turn of found.table) {
    const cell = cellOf(turn, told.get(keyOf(turn)) ?? [], label);
    const { wish, n, cells } = wishes.get(turn.wish) ?? { wish: cell.wish, n: 0, cells: [] };
    wishes.set(turn.wish, { wish, n: n + turn.n, cells: [...cells, cell] });
  }
  const days = [...told.values()].flat().map(({ day }) => day).sort();
  return {
    wishes: [...wishes.values()].sort((one, other) => other.n - one.n), n: days.length,
    days: { from: days[0] ?? "", to: days.at(-1) ?? "" }, few: notEnough(found.repeats) ? found.repeats : null,
  };
}

function byTurn(entries: readonly Entry[]): Map<string, Entry[]> {
  const told = new Map<string, Entry[]>();
  for (const entry of entries) {
    const turn = turnOf(entry);
    if (turn === null) continue;
    const there = told.get(keyOf(turn));
    if (there === undefined) told.set(keyOf(turn), [entry]);
    else there.push(entry);
  }
  return told;
}

function cellOf(turn: Turn, scenes: readonly Entry[], label: (wish: string) => string): Cell {
  const said = (field: string): string => String(scenes[0]?.main.body?.[field] ?? "").trim();
  return { key: keyOf(turn), wish: label(said("wish")), expected: said("expected"), move: said("my_move"), ids: new Set(scenes.map(({ id }) => id)) };
}

function keyOf({ wish, expected, move }: Turn): string {
  return JSON.stringify([wish, expected, move]);
}
