// That everything was just deleted here. It is kept in memory alone, since nothing else is left.
import { signal } from "@preact/signals";

/** How many entries this phone held; null when nothing was deleted since the app was opened. */
export const erased = signal<{ entries: number | null } | null>(null);
