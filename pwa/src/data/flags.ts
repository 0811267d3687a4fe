// Small things this phone remembers for itself.
import { type Signal, signal } from "@preact/signals";
import { getNamed, putNamed } from "./door.ts";

export interface Remembered<T> {
  /** Undefined until it was read. */
  value: Signal<T | undefined>;
  set(next: T): Promise<void>;
  /** The same, but nobody sees it before it is on disk: who leaves then is not asked again. */
  settle(next: T): Promise<void>;
}

/** A value kept under `name`; `otherwise` when there is none, or the store can't be read. Read by `load`. */
export function remembered<T>(name: string, otherwise: T): Remembered<T> & { load(): Promise<void> } {
  const value = signal<T | undefined>(undefined);
  let sets = 0;
  return {
    value,
    async load() {
      const before = sets;
      const found = (await getNamed<T>("meta", name).catch(() => undefined)) ?? otherwise;
      if (sets === before) value.value = found; // what was chosen meanwhile is newer
    },
    async set(next) {
      sets += 1;
      value.value = next;
      await putNamed("meta", name, next);
    },
    async settle(next) {
      sets += 1;
      await putNamed("meta", name, next).finally(() => {
        value.value = next;
      });
    },
  };
}

/** "This is not watched live" was read. */
export const noticed = remembered("noticed", false);
/** What is shared was looked at once on this phone. */
export const sharingSeen = remembered("sharing-seen", false);
export const toldOffline = remembered("told-offline", false);
export const installDismissed = remembered("install-dismissed", false);
export const country = remembered("country", "");
export const kept = remembered("kept", 0);

/** Reads them all again, such as after a sign-out. */
export async function loadFlags(): Promise<void> {
  await Promise.all([noticed, sharingSeen, toldOffline, installDismissed, country, kept].map((flag) => flag.load()));
}
