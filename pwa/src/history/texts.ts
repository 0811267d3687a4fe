// The texts of one entry that was changed on two devices, or in two windows, at once: both were kept, each as an entry. Pure.
import type { Entry } from "./entries.ts";

/** The entry and those it was written at the same time as, newest first. One alone when there was no conflict. */
export function textsOf(entry: Entry, all: readonly Entry[]): Entry[] {
  const ids = new Set([entry.main.id, entry.main.conflict_of]);
  const related = ({ main }: Entry): boolean => ids.has(main.id) || (main.conflict_of !== null && ids.has(main.conflict_of));
  for (let known = 0; known !== ids.size; ) {
    known = ids.size;
    for (const { main } of all.filter(related)) ids.add(main.id).add(main.conflict_of ?? main.id);
  }
  return all.filter(related).sort((one, other) => other.main.saved_at - one.main.saved_at || (one.id < other.id ? 1 : -1));
}
