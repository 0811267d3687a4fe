import { onChanged } from "./changes.ts";

/** What is read ahead of its use; `now` answers what the newest reading found. */
export interface Ahead<T> {
  now(): Promise<T>;
  stop(): void;
}

/** Reads at once, and again whenever records of these kinds change, in any tab, until it is stopped. What could not be read
 *  is read when it is asked for. */
export function ahead<T>(kinds: readonly string[], read: () => Promise<T>): Ahead<T> {
  let held: Promise<T> | null = null;
  const again = (): void => {
    const reading = read();
    held = reading;
    reading.catch(() => {
      if (held === reading) held = null;
    });
  };
  again();
  const stop = onChanged((changed) => kinds.some((kind) => changed.includes(kind)) && again());
  return { now: () => held ?? read(), stop };
}
