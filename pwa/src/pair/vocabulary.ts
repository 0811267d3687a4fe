// The words to pick from, those shared with the therapist among them, as this phone has them.
import { computed, effect, signal } from "@preact/signals";
import { onChanged } from "../data/changes.ts";
import { list, oneAtATime } from "../data/journal.ts";
import { library } from "../data/library.ts";
import { me } from "../data/session.ts";
import type { LocalRecord } from "../data/types.ts";
import type { Vocabulary } from "../exercise/types.ts";
import { HIDDEN, KIND, withShared } from "./shared-words.ts";

const records = signal<readonly LocalRecord[]>([]);

/** Null until the exercises were fetched once. */
export const vocabulary = computed<Vocabulary | null>(() => withShared(library.value?.vocabulary ?? null, records.value));

const read = oneAtATime(async () => {
  const owner = me.peek()?.id;
  const found = owner === undefined ? [] : await list({ kinds: [KIND, HIDDEN.kind] });
  if (me.peek()?.id === owner) records.value = found;
});

let whose: string | undefined;
effect(() => {
  const now = me.value?.role === "client" ? me.value.id : undefined;
  if (now !== whose) records.value = [];
  if (now !== whose && now !== undefined) read();
  whose = now;
});
onChanged((kinds) => (kinds.includes(KIND) || kinds.includes(HIDDEN.kind)) && read());
