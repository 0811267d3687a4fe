// What a therapist looked for last in what a client shared: in memory only, and only while that client's page is the last one
// that was open, so that it is there again on the way back.
import { signal } from "@preact/signals";
import type { Sought } from "./sought.ts";

interface Looked {
  client: string;
  sought: Sought | null;
  /** Which of the counted scenes. */
  turn: string | null;
}
const NOTHING: Looked = { client: "", sought: null, turn: null };
const looked = signal(NOTHING);

export function lookedFor(client: string): Looked {
  return looked.value.client === client ? looked.value : NOTHING;
}

export function look(client: string, part: Partial<Looked>): void {
  looked.value = { ...lookedFor(client), ...part, client };
}

export function forgetLooked(): void {
  looked.value = NOTHING;
}
