// The words a client chose, by id. An id that is not in the vocabulary (from a newer or an older one) is made readable.
import { energyKey, pleasantKey } from "../../ui/inputs/affect-words.ts";
import { t } from "../../app/words.ts";
import type { Named, Vocabulary } from "../../exercise/types.ts";
import { readable } from "./words.ts";

export interface Labels {
  word(id: string): string;
  region(id: string): string;
  sensation(id: string): string;
  context(id: string): string;
  wish(id: string): string;
  /** Whatever list the id is from. */
  any(id: string): string | undefined;
}

export function labelsOf(vocabulary: Vocabulary | null): Labels {
  const words = byId(vocabulary?.families, vocabulary?.families.flatMap((family) => family.words), vocabulary?.special, vocabulary?.shared?.words);
  const regions = byId(vocabulary?.regions);
  const sensations = byId(vocabulary?.sensations);
  const contexts = byId(vocabulary?.contexts.where, vocabulary?.contexts.with, vocabulary?.contexts.people);
  const wishes = byId(vocabulary?.wishes);
  const all = [words, regions, sensations, contexts, wishes];
  const from = (list: Map<string, string>) => (id: string): string => list.get(id) ?? readable(id);
  return {
    word: from(words),
    region: from(regions),
    sensation: from(sensations),
    context: from(contexts),
    wish: from(wishes),
    any: (id) => all.find((list) => list.has(id))?.get(id),
  };
}

/** A place on the square in words: how pleasant, how much energy. */
export function affectInWords({ v, a }: { v: number; a: number }): string {
  return t("inputs.affect.both", { pleasant: t(pleasantKey(v)), energy: t(energyKey(a)) });
}

function byId(...lists: (readonly Named[] | undefined)[]): Map<string, string> {
  return new Map(lists.flatMap((list) => (list ?? []).map(({ id, label }) => [id, label] as const)));
}
