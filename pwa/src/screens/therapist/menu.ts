// In which order what is set is offered: a menu that is put in order, not a course. Pure.
import type { Menu, WireRecord } from "../../data/types.ts";
import { ordered } from "../../practise/ordered.ts";

/** The record that says it, if there is one. */
export function menuRecord(records: readonly WireRecord[]): WireRecord | undefined {
  return records.find(({ kind, author, deleted }) => kind === "menu" && author === "therapist" && deleted !== true);
}

export function menuIn(records: readonly WireRecord[]): Menu | undefined {
  return menuRecord(records)?.body as Menu | undefined;
}

/** The list with one of it moved up (-1) or down (1); at its ends it stays. */
export function moved(order: readonly string[], id: string, by: -1 | 1): string[] {
  const at = order.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return [...order];
  const rest = order.filter((one) => one !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** The menu with `id` as the one to begin with, at the top; null for none. */
export function startingWith(order: readonly string[], id: string | null): Menu {
  return id === null ? { order: [...order], first: null } : { order: [id, ...order.filter((one) => one !== id)], first: id };
}

/** What is set, in the order in which it is offered. */
export function inOrder<T extends { id: string }>(sets: readonly T[], menu: Menu | undefined): T[] {
  return ordered(sets, menu);
}
