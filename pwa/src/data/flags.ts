// Small things this phone remembers for itself.
import { type Signal, signal } from "@preact/signals";
import { getNamed, putNamed } from "./door.ts";

export interface Remembered<T> {
  /** Undefined until it was read. */
  value: Signal<T | undefined>;
  set(next: T): Promise<void>;
}

/** A value kept under `name`; `otherwise` when there is none, or the store can't be read. Read by `load`. */
export function remembered<T>(name: string, otherwise: T): Remembered<T> & { load(): Promise<void> } {
  const value = signal<T | undefined>(undefined);
  return {
    value,
    async load() {
      value.value = (await getNamed<T>("meta", name).catch(() => undefined)) ?? otherwise;
    },
    async set(next) {
      value.value = next;
      await putNamed("meta", name, next);
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
