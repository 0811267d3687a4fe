// Lists of exercises that a practice sets for many: what they hold, and what setting one for several clients takes. Pure.
import { doses } from "./assigning.ts";
import { against, type Limit } from "./limit.ts";
import type { Assignable, Client } from "./types.ts";

export interface Item {
  exercise: string;
  reason: string;
  times_a_week: number | null;
  /** Which session it follows, where that counts. */
  session: number | null;
}
export interface Template {
  id: string;
  name: string;
  items: Item[];
  /** 0 before it is kept. */
  rev: number;
}

export const NAME_MAX = 80;
export const MOST_ITEMS = 100;

/** Sixteen sessions to begin from, in the order the method works in: notice, tell, link, doubt, try out. Our own choice of
 *  exercises, none of them hard, to be changed by whoever uses it. */
const EXAMPLE = [
  "feet-on-floor", "body-weather", "name-it-gently", "longer-out-breath", "where-it-lives", "guess-and-check", "one-scene", "feeling-and-wish",
  "two-at-once", "calm-place", "sure-meter", "three-guesses", "kind-detective", "posture-swap", "tiny-experiment", "look-back",
];

/** The example with these reasons, one for each session. */
export function example(id: string, name: string, reasons: readonly string[]): Template {
  const items = EXAMPLE.map((exercise, at): Item => ({ exercise, reason: reasons[at] ?? "", times_a_week: 2, session: at + 1 }));
  return { id, name, items, rev: 0 };
}

/** The sessions of a list, in their order; null stands for what belongs to none. */
export function sessionsOf(items: readonly Item[]): (number | null)[] {
  const all = [...new Set(items.map(({ session }) => session))];
  return all.sort((one, other) => (one ?? Infinity) - (other ?? Infinity));
}

/** By session, those of one in the order they were written. */
export function inSessions(items: readonly Item[]): Item[] {
  return sessionsOf(items).flatMap((session) => items.filter((item) => item.session === session));
}

/** Why an item can't be set for many at once: it is done together first, or its exercise is not there or not approved. */
export function whyAlone({ exercise }: Item, cards: readonly Assignable[]): "therapist.lists.gone" | "therapist.lists.guarded" | "therapist.lists.notYet" | null {
  const card = cards.find(({ id }) => id === exercise);
  if (card === undefined) return "therapist.lists.gone";
  if (card.access === "therapist") return "therapist.lists.guarded";
  return card.assignable ? null : "therapist.lists.notYet";
}

/** One exercise to set for one client, under ids of its own: what goes wrong with it concerns no other. */
export interface Task {
  id: string;
  op: string;
  client: Client;
  item: Item;
  title: string;
}

export function tasksOf(clients: readonly Client[], items: readonly Item[], cards: readonly Assignable[], newId: () => string): Task[] {
  return clients.flatMap((client) => items.filter((item) => whyAlone(item, cards) === null).map((item) => (
    { id: newId(), op: newId(), client, item, title: cards.find(({ id }) => id === item.exercise)?.title ?? item.exercise }
  )));
}

/** What speaks against a task: codes that are kept closed for its client. */
export function closedFor({ item }: Task, cards: readonly Assignable[], limit: Limit): string[] {
  return against(cards.find(({ id }) => id === item.exercise)?.contraindications ?? [], limit);
}

/** What is sent for a task. It names no other client. */
export function askedFor({ id, op, item }: Task, cards: readonly Assignable[], locale: string): object {
  const card = cards.find((one) => one.id === item.exercise);
  const times = item.times_a_week === null || (card && doses(card).includes(item.times_a_week)) ? item.times_a_week : 1;
  return { id, op, locale, exercise: item.exercise, reason: item.reason.trim(), times_a_week: times };
}
