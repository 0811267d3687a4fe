// Finding a client or an exercise by what was typed. Pure.
import type { Assignable, Client, Week } from "./types.ts";
import { named } from "./words.ts";

/** Letters without case and accents, so that "Zoe" finds "Zoë". */
export function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** Whether every typed word is in the text. */
export function holds(text: string, typed: string): boolean {
  const within = plain(text);
  return plain(typed).split(/\s+/).every((word) => within.includes(word));
}

/** By name; whoever is met next comes first, the rest in the order of the alphabet. */
export function clientsNamed(clients: readonly Client[], typed: string, weeks: ReadonlyMap<string, Week> = new Map()): Client[] {
  const next = ({ id }: Client): string => {
    const meeting = weeks.get(id)?.next;
    return meeting ? `${meeting.day} ${meeting.at}` : "later";
  };
  return clients.filter(({ name }) => holds(name, typed))
    .sort((one, other) => next(one).localeCompare(next(other)) || one.name.localeCompare(other.name));
}

/** By title, summary, family, function, intensity, and the words for what to be careful about. */
export function exercisesFound(exercises: readonly Assignable[], typed: string): Assignable[] {
  return exercises.filter((one) => holds(searched(one), typed));
}

/** The exercises of one family together, in the order they came. */
export function byFamily(exercises: readonly Assignable[]): [family: string, Assignable[]][] {
  const families = new Map<string, Assignable[]>();
  for (const one of exercises) families.set(one.family, [...(families.get(one.family) ?? []), one]);
  return [...families];
}

function searched(one: Assignable): string {
  return [
    one.title, one.summary, named("family", one.family), named("intensity", one.intensity),
    ...one.functions.map((id) => named("function", id)), ...one.contraindications,
  ].join(" ");
}
