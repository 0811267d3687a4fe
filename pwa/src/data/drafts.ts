// Drafts: what is being typed, sealed and stored on every change, so that nothing is lost when the app goes away.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { dropNamed, getNamed, namesIn, putNamed } from "./door.ts";

interface Pending {
  latest: unknown;
  dirty: boolean;
  writing: Promise<void>;
}

const pending = new Map<string, Pending>();

/** A draft: `value` is null until it was read. `set` stores it as typed; `clear` forgets it. */
export interface Draft<T> {
  value: Signal<T | null>;
  set(next: T): void;
  clear(): Promise<void>;
}

/** The draft kept under `key`, or `empty` when there is none. */
export function useDraft<T>(key: string, empty: T): Draft<T> {
  const value = useSignal<T | null>(null);
  useEffect(() => {
    let gone = false;
    const fallback = (): undefined => undefined;
    void getNamed<T>("drafts", key).catch(fallback).then((kept) => {
      if (!gone && value.peek() === null) value.value = kept ?? empty;
    });
    return () => {
      gone = true;
    };
  }, [key]);
  return useMemo(
    () => ({
      value,
      set(next: T) {
        value.value = next;
        store(key, next);
      },
      async clear() {
        value.value = empty;
        await forgetPending(key);
        await dropNamed("drafts", key);
      },
    }),
    [key],
  );
}

/** Stores a draft without a screen. */
export function store(key: string, value: unknown): void {
  const known = pending.get(key);
  if (known) {
    known.latest = value;
    known.dirty = true;
    return;
  }
  const entry: Pending = { latest: value, dirty: true, writing: Promise.resolve() };
  pending.set(key, entry);
  entry.writing = writeAll(key, entry);
}

async function writeAll(key: string, entry: Pending): Promise<void> {
  while (entry.dirty) {
    entry.dirty = false;
    await putNamed("drafts", key, entry.latest).catch(console.error);
  }
  if (pending.get(key) === entry) pending.delete(key);
}

/** Drops what is typed and not yet written, so that a draft being cleared is not written again. */
export async function forgetPending(key: string): Promise<void> {
  const entry = pending.get(key);
  if (!entry) return;
  entry.dirty = false;
  await entry.writing;
}

/** The drafts that are kept, with the time each was last touched. */
export function draftNames(): Promise<{ name: string; at: number }[]> {
  return namesIn("drafts");
}

export function readDraft<T>(key: string): Promise<T | undefined> {
  return getNamed<T>("drafts", key);
}
