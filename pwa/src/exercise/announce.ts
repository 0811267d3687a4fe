// One polite line for screen readers: what a timer says, when its phase changes and never each second.
import { signal } from "@preact/signals";

/** Shown by the player in its one live region. */
export const announced = signal("");

/** Says `words` when the reader has finished what it is saying. */
export function announce(words: string): void {
  announced.value = words;
}
