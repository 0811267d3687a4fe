// Looking through entries a little at a time: the page answers in between, however many there are. Pure.
import type { Entry } from "./entries.ts";

/** What was found so far, newest first, and whether all was looked through. */
export type Found = { entries: readonly Entry[]; done: boolean };

/** Milliseconds after the last letter. */
export const WHILE_TYPING = 200;

export interface Looking {
  /** Whether an entry is looked for. */
  is: (entry: Entry) => boolean;
  /** Whether the answer is no longer wanted. */
  gone: () => boolean;
  tell: (found: Found) => void;
  /** Lets the page answer, after so many entries `atOnce`. */
  pause: () => Promise<unknown>;
  atOnce: number;
}

/** Tells what is found among the `parts` of all entries, after each part; nothing more once it is gone. */
export async function lookThrough(parts: AsyncIterable<readonly Entry[]> | Iterable<readonly Entry[]>, { is, gone, tell, pause, atOnce }: Looking): Promise<void> {
  const hits: Entry[] = [];
  if (!gone()) tell({ entries: [], done: false });
  for await (const entries of parts) {
    for (let at = 0; at < entries.length; at += atOnce) {
      if (gone()) return;
      hits.push(...entries.slice(at, at + atOnce).filter(is));
      await pause();
    }
    if (gone()) return;
    if (hits.length > 0) tell({ entries: [...hits], done: false });
  }
  if (!gone()) tell({ entries: hits, done: true });
}
