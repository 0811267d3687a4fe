// What became of an assignment, as neutral facts: begun, finished, and the ratings before and after. Pure.
import type { Exercise, Measure, MeasureCode } from "../../exercise/types.ts";
import type { Assignment, NotToday, Run } from "../../data/types.ts";
import type { Entry, Set as SetExercise } from "./shared.ts";

/** One question asked before and after, with both answers. */
export interface Pair {
  measure: MeasureCode;
  before: number;
  after: number;
  at: number;
  day: string;
}
export interface Practice {
  begun: number;
  finished: number;
  stopped: number;
  /** Left for another day. */
  left: number;
  /** Oldest first. */
  pairs: Pair[];
}
export type Over = "ended" | "past" | "expired";

/** A fall or rise of one is about the same. */
const SAME = 1;

/** Why an assignment is no longer with the client; null while it is. */
export function over(body: Assignment, today: string): Over | null {
  if (body.ended_at !== undefined && body.ended_at !== null) return "ended";
  if (body.until && body.until < today) return "past";
  return body.expires_on && body.expires_on < today ? "expired" : null;
}

/** The runs of one assignment: those that name it; and how often it was left for another day. */
export function practised(set: SetExercise, runs: readonly Entry<Run>[], exercise: Exercise | undefined, left: readonly Entry<NotToday>[] = []): Practice {
  const own = runs.filter(({ body }) => body.assignment === set.id);
  const measures = exercise?.measures ?? [];
  return {
    begun: own.length,
    finished: own.filter(({ body }) => body.ended === "finished").length,
    stopped: own.filter(({ body }) => body.ended === "stopped").length,
    left: left.filter(({ body }) => body.assignment === set.id).length,
    pairs: own.flatMap((run) => pairsOf(run, measures)).sort((one, other) => one.at - other.at),
  };
}

/** The pairs of one run; without known measures, ratings whose names end in _before and _after. */
export function pairsOf(run: Entry<Run>, measures: readonly Measure[]): Pair[] {
  const ratings = run.body.ratings ?? {};
  return (measures.length > 0 ? measures : guessed(ratings)).flatMap(({ code, before, after }) => {
    const [from, to] = [ratings[before], ratings[after]];
    return from === undefined || to === undefined ? [] : [{ measure: code, before: from, after: to, at: run.at, day: run.day }];
  });
}

/** The ratings of a run that are no half of a pair. */
export function singleRatings(run: Entry<Run>, measures: readonly Measure[]): [key: string, value: number][] {
  const known = measures.length > 0 ? measures : guessed(run.body.ratings ?? {});
  const ratings = run.body.ratings ?? {};
  const paired = new Set(known.filter(({ before, after }) => before in ratings && after in ratings).flatMap(({ before, after }) => [before, after]));
  return Object.entries(ratings).filter(([key]) => !paired.has(key));
}

/** Pairs of the same question together. */
export function byMeasure(pairs: readonly Pair[]): [MeasureCode, Pair[]][] {
  const groups = new Map<MeasureCode, Pair[]>();
  for (const pair of pairs) groups.set(pair.measure, [...(groups.get(pair.measure) ?? []), pair]);
  return [...groups];
}

/** How many were lower, about the same, and higher after. */
export function compared(pairs: readonly Pair[]): { lower: number; same: number; higher: number } {
  const count = (fits: (change: number) => boolean) => pairs.filter(({ before, after }) => fits(after - before)).length;
  return { lower: count((d) => d < -SAME), same: count((d) => Math.abs(d) <= SAME), higher: count((d) => d > SAME) };
}

/** The scale from 0 to 10 as text: a ring where it was before, a dot where it was after, both in one where it stayed. */
export function dots({ before, after }: Pick<Pair, "before" | "after">): string {
  const at = (place: number): string => {
    if (place === before && place === after) return "◉";
    return place === after ? "●" : place === before ? "○" : "·";
  };
  return Array.from({ length: 11 }, (_, place) => at(place)).join("");
}

/** What a rating is of, by the name exercises give it. */
export const MEASURE_CODES: Readonly<Record<string, MeasureCode>> = { distress: "D", clarity: "K", sure: "S", sureness: "S", agency: "P", closeness: "C" };

function guessed(ratings: Readonly<Record<string, number>>): Measure[] {
  return Object.keys(ratings).flatMap((key) => {
    const name = key.endsWith("_before") ? key.slice(0, -"_before".length) : "";
    return name && `${name}_after` in ratings ? [{ code: MEASURE_CODES[name] ?? "other", before: key, after: `${name}_after` }] : [];
  });
}
