// Which assignment Today offers: not what was left for another day; the one a reminder is about, then what is still due this week and was not done today; of
// those the one to begin with, then in the order of the menu, then the one left longest. Pure.
import type { LocalRecord, Menu, Run } from "../../data/types.ts";
import { addDays, weekday } from "../../history/days.ts";
import { livedDay } from "../../history/entries.ts";
import type { Assigned } from "../../practise/lists.ts";

export interface Next {
  assignment: Assigned;
  /** Days of this week (from Monday) on which it was finished. */
  done: number;
  /** How many were asked for; null when nothing was. */
  asked: number | null;
  /** Done as often as asked this week. */
  enough: boolean;
  /** Left for another day. */
  aside: boolean;
}

/** What is known beside what is set and done. */
export interface Beside {
  /** The id of the one that a reminder was about: it goes first. */
  about?: string | undefined;
  menu?: Menu | null | undefined;
  /** The exercises that were left for another day today. They come last. */
  aside?: { has(exercise: string): boolean };
}

/** The one to offer, or null when nothing is set. */
export function nextOf(live: readonly Assigned[], runs: readonly LocalRecord<Run>[], today: string, { about, menu, aside }: Beside = {}): Next | null {
  const all = live.map((assignment) => (
    { ...standing(assignment, runs, today), aside: aside?.has(assignment.body.exercise) ?? false, last: lastDay(assignment, runs) }
  ));
  const place = ({ assignment: { id }, enough, last, aside: left }: (typeof all)[number]): number => {
    const at = menu?.order?.indexOf(id) ?? -1;
    return [left, id !== about, enough, last === today, id !== menu?.first].reduce((sum, one) => 2 * sum + Number(one), 0) * 1000 + (at < 0 ? 999 : at);
  };
  all.sort((one, other) => place(one) - place(other) || compare(one.last, other.last));
  return all[0] ?? null;
}

function standing(assignment: Assigned, runs: readonly LocalRecord<Run>[], today: string): Omit<Next, "aside"> {
  const monday = addDays(today, 1 - weekday(today));
  const done = new Set(daysOf(assignment, runs).filter((day) => day >= monday && day <= today)).size;
  const asked = assignment.body.times_a_week ?? null;
  return { assignment, done, asked, enough: asked === null ? done > 0 : done >= asked };
}

function daysOf({ body }: Assigned, runs: readonly LocalRecord<Run>[]): string[] {
  return runs.filter((run) => run.body?.exercise === body.exercise && run.body.ended === "finished").map(livedDay);
}

function lastDay(assignment: Assigned, runs: readonly LocalRecord<Run>[]): string {
  return daysOf(assignment, runs).sort().at(-1) ?? "";
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
